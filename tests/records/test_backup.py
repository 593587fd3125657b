"""A backup is whole and opens by itself, and a damaged one pushes no good one out."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import sqlite
from facecheck_gui.records.backup import MOST_KEPT, Backups, check, write
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.tables import check_ins, people
from facecheck_gui.records.verification import verify
from tests.records import book
from tests.records.damage import flip_pages
from tests.records.test_album import add_person

NOW = book.BEGAN


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    """A folder that is not there yet."""
    return Backups(tmp_path / "data" / "backups")


def _days(count: int) -> timedelta:
    return timedelta(days=count)


def _rows(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM check_ins").fetchone()[0])


def test_a_backup_holds_everything_and_opens_by_itself(
    database: Database, backups: Backups
) -> None:
    add_person(database, "P1")
    book.write(book.audit(database), 3)
    made = backups.make(database, NOW)
    assert (made.file.name, made.made_at) == ("records-20260301T080000Z.db", NOW)
    assert [file.name for file in made.file.parent.iterdir()] == [made.file.name]
    assert made.file.stat().st_mode & 0o077 == 0
    assert made.file.parent.stat().st_mode & 0o077 == 0
    with closing(Database(file_url(made.file))) as copied:
        assert not bring_up_to_date(copied)
        report = verify(copied, book.STATION.station_id, book.KEY)
        assert (report.rows, report.broken) == (3, None)
        with copied.reading() as connection:
            assert list(connection.execute(select(people.c.person_id)).scalars()) == ["P1"]


def test_the_last_seven_are_kept_and_the_newest_first(database: Database, backups: Backups) -> None:
    for day in range(MOST_KEPT + 2):
        backups.make(database, NOW + _days(day))
    kept = backups.all()
    assert [backup.made_at - NOW for backup in kept] == [_days(d) for d in range(8, 1, -1)]
    assert backups.newest_good() == kept[0]


def test_a_clock_that_was_ahead_costs_no_new_backup(database: Database, backups: Backups) -> None:
    for day in range(MOST_KEPT):
        backups.make(database, NOW + _days(100 + day))
    assert backups.is_due(NOW)
    made = backups.make(database, NOW)
    assert made in backups.all()
    assert len(backups.all()) == MOST_KEPT


def test_a_backup_is_due_once_a_day(database: Database, backups: Backups) -> None:
    assert backups.is_due(NOW)
    backups.make(database, NOW)
    assert not backups.is_due(NOW + timedelta(hours=19))
    assert backups.is_due(NOW + timedelta(hours=21))


def test_a_damaged_file_pushes_no_backup_out(
    tmp_path: Path, prepared: Path, backups: Backups
) -> None:
    file = tmp_path / "records.db"
    file.write_bytes(prepared.read_bytes())
    database = Database(file_url(file))
    book.write(book.audit(database), 30)
    for day in range(MOST_KEPT):
        backups.make(database, NOW + _days(day))
    before = backups.all()
    database.close()
    flip_pages(file)
    with pytest.raises(RecordsError) as caught:
        backups.make(database, NOW + _days(30))
    database.close()
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert backups.all() == before
    assert sorted(before[0].file.parent.iterdir()) == sorted(b.file for b in before)


def test_an_index_that_does_not_fit_its_table_is_damage(
    tmp_path: Path, prepared: Path, backups: Backups
) -> None:
    file = tmp_path / "records.db"
    file.write_bytes(prepared.read_bytes())
    with closing(Database(file_url(file))) as database:
        book.write(book.audit(database), 3)
    with closing(sqlite3.connect(file)) as connection:
        # A row that its unique index does not know.
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_master WHERE type='index' AND tbl_name='check_ins'")
        connection.commit()
    assert not sqlite.is_whole(file, thorough=True)
    with closing(Database(file_url(file))) as database, pytest.raises(RecordsError) as caught:
        backups.make(database, NOW)
    assert caught.value.fault is Fault.RECORDS_DAMAGED


def test_a_file_that_lost_its_journal_pushes_no_backup_out(
    tmp_path: Path, prepared: Path, backups: Backups
) -> None:
    file = tmp_path / "records.db"
    file.write_bytes(prepared.read_bytes())
    database = Database(file_url(file))
    with closing(sqlite3.connect(file, isolation_level=None)) as killed:
        killed.execute("PRAGMA journal_mode=DELETE")
        killed.executemany(
            "INSERT INTO notes VALUES (?, ?)", [(f"{n:05d}", "x" * 500) for n in range(500)]
        )
        good = backups.make(database, NOW)
        killed.execute("PRAGMA cache_size=5")
        killed.execute("BEGIN IMMEDIATE")
        killed.execute("DELETE FROM notes WHERE name < '00450'")
        half_done = file.read_bytes()
        killed.execute("ROLLBACK")
    file.write_bytes(half_done)
    with closing(database), pytest.raises(RecordsError) as caught:
        backups.make(database, NOW + _days(1))
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert backups.all() == (good,)


def test_a_damaged_backup_is_passed_over(database: Database, backups: Backups) -> None:
    good = backups.make(database, NOW)
    bad = backups.make(database, NOW + _days(1))
    cut = backups.make(database, NOW + _days(2))
    flip_pages(bad.file)
    os.truncate(cut.file, cut.size_bytes // 2)
    assert backups.newest_good() == good


@pytest.mark.parametrize("content", [b"", b"no database at all " * 300])
def test_what_holds_no_records_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "some.db"
    file.write_bytes(content)
    with pytest.raises(RecordsError) as caught:
        check(file)
    assert caught.value.fault is Fault.RECORDS_DAMAGED


def test_a_backup_of_a_newer_program_is_told(database: Database, tmp_path: Path) -> None:
    made = write(database, tmp_path / "b.db")
    with closing(sqlite3.connect(made.file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(RecordsError) as caught:
        check(made.file)
    assert caught.value.fault is Fault.RECORDS_NEWER


def test_others_may_write_while_a_backup_is_made(
    open_database: Callable[[], Database], backups: Backups
) -> None:
    source, writer = open_database(), open_database()
    ended = threading.Event()
    written = []

    def write_all() -> None:
        audit = book.audit(writer)
        while not ended.is_set() or not written:
            number = len(written) + 1
            audit.begin(book.intent(number))
            audit.end(book.intent(number), book.ending(number))
            written.append(number)

    thread = threading.Thread(target=write_all)
    thread.start()
    try:
        made = [backups.make(source, NOW + _days(day)) for day in range(3)]
    finally:
        ended.set()
        thread.join(30)
    for backup in made:
        with closing(Database(file_url(backup.file))) as copied:
            report = verify(copied, book.STATION.station_id, book.KEY)
            assert report.broken is None or report.rows == 0
    assert len(written) >= _rows(made[-1].file)
    with source.reading() as connection:
        assert len(connection.execute(select(check_ins.c.pk)).all()) == len(written)


def test_a_backup_of_a_file_with_a_log_needs_no_log(tmp_path: Path, prepared: Path) -> None:
    file, target = tmp_path / "records.db", tmp_path / "copy.db"
    file.write_bytes(prepared.read_bytes())
    target.touch()
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO notes VALUES ('in the log', 'x')")
        sqlite.copy(file, target)
    assert not target.with_name("copy.db-wal").exists()
    with closing(sqlite3.connect(target)) as copied:
        assert copied.execute("SELECT name FROM notes").fetchall() == [("in the log",)]
        assert copied.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_drafts_of_killed_runs_go_and_those_of_others_stay(
    database: Database, backups: Backups
) -> None:
    folder = backups.make(database, NOW).file.parent
    old, young = folder / ".draft-1.db", folder / ".draft-2.db"
    for draft, age in ((old, _days(1)), (young, timedelta(hours=1))):
        draft.touch()
        moment = (NOW - age).timestamp()
        os.utime(draft, (moment, moment))
    backups.make(database, NOW)
    assert not old.exists()
    assert young.exists()


def test_a_folder_that_cannot_be_written_is_told(database: Database, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file, not a folder", "utf-8")
    with pytest.raises(RecordsError) as caught:
        Backups(tmp_path / "backups").make(database, NOW)
    assert caught.value.fault is Fault.RECORDS_READ_ONLY


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only_is_told_and_left_as_it_was(
    database: Database, backups: Backups
) -> None:
    made = backups.make(database, NOW)
    made.file.parent.chmod(0o500)
    try:
        with pytest.raises(RecordsError) as caught:
            backups.make(database, NOW + _days(1))
    finally:
        made.file.parent.chmod(0o700)
    assert caught.value.fault is Fault.RECORDS_READ_ONLY
    assert backups.all() == (made,)


def test_tables_of_an_earlier_form_are_copied_before_they_are_changed(database: Database) -> None:
    asked: list[bool] = []
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(RecordsError):  # there is no such form, so nothing is changed
        bring_up_to_date(database, lambda: asked.append(True))
    assert asked == [True]
