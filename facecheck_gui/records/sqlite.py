"""How SQLite is held so that what was acknowledged survives a power cut."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

# Before 3.51.3 two connections that reset the write-ahead log at once can damage the file.
_LOG_IS_SAFE = (3, 51, 3)
# 8 MB: between two such pieces of a copy others may write.
_PAGES_AT_ONCE, _RESTARTS = 2048, 10
_PATIENCE_S = 1.0
_BROKEN_OFF = {sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY}


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


def is_whole(file: Path, *, thorough: bool = False) -> bool:
    """Whether SQLite finds nothing wrong with the file. Reads all of it; ``thorough`` holds every
    index to its table as well, which takes ten times as long (9 s for 1 GB)."""
    check = "integrity_check" if thorough else "quick_check"
    try:
        with _opened(file) as connection:
            return _passes(connection, check)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) not in _BROKEN_OFF:
            return False
    # Somebody was killed in the middle of a change: SQLite takes it back, as at the next start.
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            return _passes(connection, check)
    except sqlite3.Error:
        return False


def _passes(connection: sqlite3.Connection, check: str) -> bool:
    return bool(connection.execute(f"PRAGMA {check}(1)").fetchone() == ("ok",))


def form(file: Path) -> str | None:
    """Which form the tables have; None for a file without them. Raises sqlite3.Error."""
    with _opened(file) as connection:
        found = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()
        if found == (0,):
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row is not None else None


def copy(source: Path, target: Path) -> None:
    """A consistent copy in one file of its own, while others may write. ``target`` is there and
    empty. Raises sqlite3.Error and OSError."""
    restarts = _Restarts()
    with _opened(source) as connection, closing(sqlite3.connect(target)) as made:
        try:
            connection.backup(made, pages=_PAGES_AT_ONCE, progress=restarts.watch)
        except _TooOftenError:
            # Somebody writes all the time: now they wait.
            connection.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")


def put_in_one_file(file: Path) -> None:
    """What lies in a write-ahead log goes into the file. Raises sqlite3.Error."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def is_in_use(file: Path) -> bool:
    """Whether somebody is reading or writing at this moment. A damaged file is used by nobody."""
    try:
        with closing(
            sqlite3.connect(file, timeout=_PATIENCE_S, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorcode", 0) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return False


class _TooOftenError(Exception):
    """The source was written to again and again."""


class _Restarts:
    """SQLite begins a copy anew whenever somebody else has written."""

    def __init__(self) -> None:
        self._left = _RESTARTS
        self._remaining: int | None = None

    def watch(self, _: int, remaining: int, __: int) -> None:
        """Raises _TooOftenError."""
        if self._remaining is not None and remaining >= self._remaining:
            self._left -= 1
            if self._left == 0:
                raise _TooOftenError
        self._remaining = remaining


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection
