"""The database: one transaction a block, and troubles that are told without what they are about."""

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import sqlite
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import NEWEST, bring_up_to_date
from facecheck_gui.records.tables import metadata, notes


def _note(database: Database, name: str, value: str = "x") -> None:
    with database.writing() as connection:
        connection.execute(insert(notes).values(name=name, value=value))


def _names(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.execute(select(notes.c.name)).scalars())


def test_the_tables_are_what_the_migrations_make(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_an_empty_database_gets_today_s_tables_once(empty_url: str) -> None:
    made = Database(empty_url)
    assert bring_up_to_date(made)
    assert not bring_up_to_date(made)
    with made.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    made.close()


def test_the_newest_form_is_the_newest_file() -> None:
    from facecheck_gui.records.migrations import versions

    files = sorted(path.name for path in Path(versions.__path__[0]).glob("v*.py"))
    assert files[-1].startswith(f"v{NEWEST}_")


def test_what_is_up_to_date_is_left_alone(database: Database) -> None:
    assert not bring_up_to_date(database)


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordsError) as caught:
        bring_up_to_date(database)
    assert caught.value.fault is Fault.RECORDS_NEWER
    with database.reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == (
            "9999"
        )


def test_a_block_that_fails_leaves_nothing(database: Database) -> None:
    def write_half() -> None:
        with database.writing() as connection:
            connection.execute(insert(notes).values(name="half", value="x"))
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert _names(database) == set()


def test_many_writers_at_once_lose_nothing(open_database: Callable[[], Database]) -> None:
    databases = [open_database() for _ in range(3)]

    def write(database: Database, start: int) -> None:
        for number in range(start, start + 10):
            _note(database, str(number))

    writers = [
        threading.Thread(target=write, args=(database, 100 * index + 10 * part))
        for index, database in enumerate(databases)
        for part in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    assert len(_names(databases[0])) == 60


def test_a_fault_tells_no_values(database: Database) -> None:
    _note(database, "CANARY")
    with pytest.raises(RecordsError) as caught:
        _note(database, "CANARY", "CANARY-value")
    assert "CANARY" not in f"{caught.value!r} {caught.value.__cause__!r} {caught.value.detail}"
    assert caught.value.__suppress_context__


def test_a_lock_that_is_held_is_told(url: str, database: Database) -> None:
    waits = Database(url, patience_s=0.1)
    with database.writing() as connection:
        connection.execute(insert(notes).values(name="held", value="x"))
        if not database.is_sqlite:
            connection.execute(text("LOCK TABLE notes IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(RecordsError) as caught:
            _note(waits, "late")
    assert caught.value.fault is Fault.RECORDS_LOCKED
    _note(waits, "then")
    waits.close()
    assert _names(database) == {"held", "then"}


def test_a_damaged_file_is_told_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    file.write_bytes(b"this is no database" * 100)
    database = Database(file_url(file))
    with pytest.raises(RecordsError) as caught:
        bring_up_to_date(database)
    database.close()
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert file.read_bytes() == b"this is no database" * 100
    assert not sqlite.is_whole(file)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    database = Database(file_url(tmp_path / "nowhere" / "records.db"))
    with pytest.raises(RecordsError) as caught:
        bring_up_to_date(database)
    database.close()
    assert caught.value.fault is Fault.RECORDS_UNREACHABLE


@pytest.mark.parametrize("strange", ["", "mysql://x/y", "sqlite://", "nonsense", "http://a/b"])
def test_what_names_no_database_is_refused(strange: str) -> None:
    with pytest.raises(RecordsError):
        Database(strange)


def test_a_server_that_is_away_is_told() -> None:
    database = Database("postgresql://facecheck:CANARY@127.0.0.1:1/x", patience_s=0.2)
    with pytest.raises(RecordsError) as caught:
        bring_up_to_date(database)
    database.close()
    assert caught.value.fault is Fault.RECORDS_UNREACHABLE
    assert "CANARY" not in repr(caught.value)


def test_sqlite_keeps_its_log_only_where_that_is_safe() -> None:
    assert sqlite.journal_mode((3, 51, 2)) == "DELETE"
    assert sqlite.journal_mode((3, 51, 3)) == "WAL"


def test_sqlite_is_told_to_hold_on(tmp_path: Path) -> None:
    database = Database(file_url(tmp_path / "records.db"))
    with database.reading() as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("synchronous", "foreign_keys", "secure_delete", "journal_mode")
        }
    database.close()
    mode = sqlite.journal_mode(sqlite3.sqlite_version_info).lower()
    assert told == {
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "journal_mode": mode,
    }


def test_a_change_that_was_broken_off_by_a_kill_is_no_damage(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(file)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert file.with_name("records.db-journal").stat().st_size > 0
    assert sqlite.is_whole(file)
    assert not file.with_name("records.db-journal").exists()


_KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=10")
connection.execute("CREATE TABLE a (x)")
connection.execute("BEGIN IMMEDIATE")
connection.executemany("INSERT INTO a VALUES (?)", [(bytes(1000),)] * 2000)
connection.execute("COMMIT")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE a SET x = randomblob(1000)")
os.kill(os.getpid(), signal.SIGKILL)
"""
