"""A backup takes the place of damaged records; what was there is kept, what was withdrawn stays
gone."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records import sqlite
from facecheck_gui.records.album import Album, NewPhoto
from facecheck_gui.records.backup import Backup, Backups
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.ledger import keys_url
from facecheck_gui.records.restoring import Restored, Restoring
from facecheck_gui.records.roster import Roster
from facecheck_gui.records.tables import check_ins, notes
from facecheck_gui.records.vault import Vault
from facecheck_gui.records.verification import ChainReport, verify
from tests.records import book
from tests.records.damage import flip_pages
from tests.records.test_album import add_person

NOW, LATER = book.BEGAN, book.BEGAN + timedelta(hours=5)
SECRET = b"f" * 32


class Station:
    """Records in a folder, with keys beside them, as a station keeps them."""

    def __init__(self, folder: Path, prepared: Path) -> None:
        self.folder, self.file = folder, folder / "records.db"
        folder.mkdir(mode=0o700)
        shutil.copyfile(prepared, self.file)
        self.backups = Backups(folder / "backups")
        self._opened: list[Database] = []
        self.open()

    def open(self) -> None:
        self.database = Database(file_url(self.file))
        self.keys = Database(keys_url(file_url(self.file)))
        self._opened += [self.database, self.keys]
        self.vault = Vault(self.keys, SECRET)
        self.vault.prepare()
        self.album = Album(self.database, self.vault, lambda: NOW)

    def close(self) -> None:
        for database in self._opened:
            database.close()

    def enrol(self, person_id: str) -> None:
        add_person(self.database, person_id)
        photo = NewPhoto(f"face of {person_id}".encode(), FaceType.CERT, b"e" * 512, "net")
        self.album.put_references(person_id, [photo])

    def strike_off(self, person_id: str) -> None:
        self.album.forget(person_id)
        Roster(self.database, lambda: NOW).remove(person_id)

    def photos(self, person_id: str) -> list[bytes]:
        return [photo.jpeg for photo in self.album.references(person_id)]

    def back_up(self) -> Backup:
        return self.backups.make(self.database, NOW)

    def restore(self, file: Path, *, secret: bytes = SECRET) -> Restored:
        self.close()
        url = file_url(self.file)
        found = Restoring(url, keys_url(url), secret, self.folder).restore(file, LATER)
        self.open()
        return found

    def verified(self) -> ChainReport:
        return verify(self.database, book.STATION.station_id, book.KEY)


@pytest.fixture
def station(tmp_path: Path, prepared: Path) -> Iterator[Station]:
    """With three attempts."""
    made = Station(tmp_path / "data", prepared)
    book.write(book.audit(made.database), 3)
    yield made
    made.close()


def _flip(file: Path) -> None:
    flip_pages(file)


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _empty(file: Path) -> None:
    os.truncate(file, 0)


def _overwrite(file: Path) -> None:
    file.write_bytes(b"no database at all " * 300)


@pytest.mark.parametrize("damage", [_flip, _cut, _empty, _overwrite])
def test_a_backup_takes_the_place_of_a_damaged_file_that_is_kept(
    station: Station, damage: Callable[[Path], None]
) -> None:
    backup = station.back_up()
    audit = book.audit(station.database)
    audit.begin(book.intent(4))
    station.close()
    damage(station.file)
    damaged = station.file.read_bytes()
    restored = station.restore(backup.file)
    assert restored.backup.made_at == NOW
    assert restored.kept == station.folder / "records-before-20260301T130000Z.db"
    assert restored.kept.read_bytes() == damaged
    assert (station.verified().rows, station.verified().broken) == (3, None)
    assert station.file.stat().st_mode & 0o077 == 0
    assert backup.file.exists()
    book.audit(station.database).begin(book.intent(5))
    assert (station.verified().rows, station.verified().broken) == (4, None)


def test_a_file_that_is_gone_is_there_again(station: Station) -> None:
    backup = station.back_up()
    station.close()
    station.file.unlink()
    assert station.restore(backup.file).kept is None
    assert station.verified().rows == 3


def test_a_journal_is_not_taken_for_that_of_the_file_that_comes(station: Station) -> None:
    backup = station.back_up()
    station.close()
    for word in ("journal", "wal"):
        station.file.with_name(f"records.db-{word}").write_bytes(word.encode())
    _overwrite(station.file)
    assert station.restore(backup.file).kept is not None
    lying = {f.name: f.read_bytes() for f in station.folder.glob("records*.db-*")}
    assert set(lying.values()) == {b"journal", b"wal"}
    assert (station.verified().rows, station.verified().broken) == (3, None)


def test_what_a_killed_run_left_half_done_is_undone_before_the_file_is_kept(
    station: Station,
) -> None:
    backup = station.back_up()
    journal = station.file.with_name("records.db-journal")
    with closing(sqlite3.connect(station.file, isolation_level=None)) as killed:
        if killed.execute("PRAGMA journal_mode").fetchone() != ("delete",):
            pytest.skip("with a write-ahead log there is no such journal")
        killed.execute("PRAGMA cache_size=1")
        killed.execute("BEGIN IMMEDIATE")
        rows = [(f"name {number}", "x" * 3000) for number in range(50)]
        killed.executemany("INSERT INTO notes VALUES (?, ?)", rows)
        half_done, undoing = station.file.read_bytes(), journal.read_bytes()
        killed.execute("ROLLBACK")
    station.file.write_bytes(half_done)
    journal.write_bytes(undoing)
    kept = station.restore(backup.file).kept
    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM check_ins").fetchone() == (3,)
    assert sqlite.is_whole(kept)


def test_rows_in_a_write_ahead_log_are_kept_with_their_file(station: Station) -> None:
    backup = station.back_up()
    station.close()
    log = station.file.with_name("records.db-wal")
    with closing(sqlite3.connect(station.file, isolation_level=None)) as killed:
        killed.execute("PRAGMA journal_mode=WAL")
        killed.execute("INSERT INTO notes VALUES ('in the log', 'x')")
        file, in_log = station.file.read_bytes(), log.read_bytes()
    station.file.write_bytes(file)
    log.write_bytes(in_log)
    kept = station.restore(backup.file).kept
    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT name FROM notes").fetchall() == [("in the log",)]
    with station.database.reading() as now:
        assert now.execute(select(notes)).all() == []


def test_what_was_kept_can_be_put_back_in_its_turn(station: Station) -> None:
    backup = station.back_up()
    book.audit(station.database).begin(book.intent(4))
    station.enrol("P1")
    kept = station.restore(backup.file).kept
    assert kept is not None
    assert station.verified().rows == 3
    again = station.restore(kept)
    assert again.kept == station.folder / "records-before-20260301T130000Z-2.db"
    assert (station.verified().rows, station.verified().broken) == (4, None)
    assert station.photos("P1") == [b"face of P1"]


@pytest.mark.parametrize("damage", [_flip, _cut, _empty, _overwrite])
def test_a_damaged_backup_changes_nothing(station: Station, damage: Callable[[Path], None]) -> None:
    backup = station.back_up()
    station.close()
    damage(backup.file)
    before = {file.name: file.read_bytes() for file in station.folder.glob("*.db")}
    with pytest.raises(RecordsError) as caught:
        station.restore(backup.file)
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert {file.name: file.read_bytes() for file in station.folder.glob("*.db")} == before
    assert {file.name for file in station.folder.iterdir()} == {"backups", *before}


def test_records_that_somebody_reads_or_writes_stay_where_they_are(station: Station) -> None:
    backup = station.back_up()
    before = station.file.stat().st_ino
    with closing(sqlite3.connect(station.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordsError) as caught:
            station.restore(backup.file)
    assert caught.value.fault is Fault.RECORDS_LOCKED
    assert station.file.stat().st_ino == before
    assert {f.name for f in station.folder.iterdir()} == {"backups", "keys.db", "records.db"}


def test_who_still_had_the_old_file_open_loses_no_row_in_silence(station: Station) -> None:
    backup = station.back_up()
    with closing(sqlite3.connect(station.file, isolation_level=None)) as other:
        other.execute("SELECT count(*) FROM notes").fetchone()
        if other.execute("PRAGMA journal_mode").fetchone() != ("delete",):
            pytest.skip("with a write-ahead log only the sessions guard against this")
        station.restore(backup.file)
        with pytest.raises(sqlite3.OperationalError):
            other.execute("INSERT INTO notes VALUES ('late', 'x')")


def test_a_face_that_was_withdrawn_stays_gone_and_the_number_s_new_owner_gets_no_old_key(
    station: Station,
) -> None:
    station.enrol("stays")
    station.enrol("leaves")
    backup = station.back_up()
    station.strike_off("leaves")
    station.enrol("newcomer")  # is given the number of who left
    assert station.photos("newcomer") == [b"face of newcomer"]
    restored = station.restore(backup.file)
    assert restored.pictures_gone == 1
    assert station.photos("stays") == [b"face of stays"]
    assert station.photos("leaves") == []
    assert [person for person, _ in station.album.embeddings()] == ["stays"]
    station.strike_off("leaves")
    station.enrol("another")
    assert station.photos("another") == [b"face of another"]


def test_a_key_that_was_set_aside_is_there_again_with_its_person(station: Station) -> None:
    earlier = station.back_up()
    station.enrol("newcomer")
    later = station.backups.make(station.database, LATER)
    assert station.restore(earlier.file).pictures_gone == 0
    assert station.vault.existing(1) is None
    station.enrol("somebody else")
    assert station.restore(later.file).pictures_gone == 0
    assert station.photos("newcomer") == [b"face of newcomer"]


def test_who_is_struck_off_leaves_no_key_that_was_set_aside(station: Station) -> None:
    earlier = station.back_up()
    station.enrol("newcomer")
    later = station.backups.make(station.database, LATER)
    station.restore(earlier.file)
    station.enrol("newcomer")
    station.strike_off("newcomer")
    assert station.restore(later.file).pictures_gone == 1
    assert station.photos("newcomer") == []


def test_damaged_keys_are_kept_beside_and_the_pictures_are_gone(station: Station) -> None:
    station.enrol("P1")
    backup = station.back_up()
    station.close()
    keys = station.folder / "keys.db"
    _overwrite(keys)
    assert station.restore(backup.file).pictures_gone == 1
    kept = station.folder / "keys-before-20260301T130000Z.db"
    assert kept.read_bytes().startswith(b"no database")
    assert keys.stat().st_mode & 0o077 == 0
    assert station.photos("P1") == []
    station.album.put_references("P1", [NewPhoto(b"new", FaceType.LIVE, b"", "")])
    assert station.photos("P1") == [b"new"]


def test_where_the_station_s_secret_is_gone_no_picture_is_thrown_away(station: Station) -> None:
    station.enrol("P1")
    backup = station.back_up()
    assert station.restore(backup.file, secret=b"o" * 32).pictures_gone == 0
    assert station.photos("P1") == [b"face of P1"]


def test_a_backup_goes_into_an_empty_server_and_into_no_other(
    station: Station, database: Database, url: str, tmp_path: Path
) -> None:
    if database.is_sqlite:
        pytest.skip("a file is replaced")
    station.enrol("P1")
    backup = station.back_up()
    restoring = Restoring(url, keys_url(url), SECRET, tmp_path / "drafts")
    restored = restoring.restore(backup.file, LATER)
    assert (restored.kept, restored.pictures_gone) == (None, 1)
    report = verify(database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (3, None)
    assert list((tmp_path / "drafts").iterdir()) == []
    with pytest.raises(RecordsError) as caught:
        restoring.restore(backup.file, LATER)
    assert caught.value.fault is Fault.RECORDS_TARGET_IN_USE
    with database.reading() as connection:
        assert len(connection.execute(select(check_ins.c.pk)).all()) == 3


def test_a_server_s_backup_becomes_the_file_of_one_station(
    station: Station, database: Database
) -> None:
    book.write(book.audit(database), 5)
    backup = station.backups.make(database, NOW)
    station.restore(backup.file)
    assert (station.verified().rows, station.verified().broken) == (5, None)
