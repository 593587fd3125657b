"""How SQLite is held so that what was acknowledged survives a power cut."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

# Before 3.51.3 two connections that reset the write-ahead log at once can damage the file.
_LOG_IS_SAFE = (3, 51, 3)


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """``WAL`` where this SQLite keeps it safely, else ``DELETE``."""
    return "WAL" if version >= _LOG_IS_SAFE else "DELETE"


def prepare(connection: Any, _: object) -> None:
    """What every connection is told at first."""
    # SQLAlchemy begins transactions; Python's module must not begin its own.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA journal_mode={journal_mode()}")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # What was deleted is overwritten: a withdrawn face must not be left in free pages.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA trusted_schema=OFF")
    # Sorting and indexing never leave copies in temporary files.
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def is_whole(file: Path) -> bool:
    """Whether SQLite finds nothing wrong with the file. Reads all of it."""
    try:
        with _opened(file) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def copy(source: Path, target: Path) -> None:
    """A consistent copy, while others may write. Raises sqlite3.Error and OSError."""
    with _opened(source) as connection, closing(sqlite3.connect(target)) as made:
        connection.backup(made)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection
