"""The one way to the records' database, a file of SQLite's or a PostgreSQL server.

Every block of work is one transaction. Whatever the database raises leaves here as a RecordsError,
without statement, values and address: they may hold names, faces and passwords.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import sqlite
from facecheck_gui.records.faults import fault_of

_WRITES = "facecheck_writes"
_POSTGRESQL = "postgresql+psycopg"
# A lock that is held longer is told; a clerk does not wait for it.
_PATIENCE_S = 5.0


def file_url(file: Path) -> str:
    """The URL of a database in one file."""
    return URL.create("sqlite", database=str(file)).render_as_string()


class Database:
    """Connections for any thread. ``writing`` blocks come one after another, ``reading`` blocks
    see what was there when they began. Neither may be held open for long: where SQLite keeps no
    write-ahead log, readers keep writers waiting."""

    def __init__(self, url: str, *, patience_s: float = _PATIENCE_S) -> None:
        """Opens nothing yet. Raises RecordsError for a URL that names no database we know."""
        self._url = _known(url)
        self._patience_s = patience_s
        self._turn = threading.Lock()
        self._engine = self._made()

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for a server."""
        return Path(self._url.database or "") if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return self._url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One look. Raises RecordsError."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One long look at a server, at what was there when it began; writers do not wait for it.

        Raises RecordsError.
        """
        with self._translated(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change: all of it is on the disk when the block has ended, or none of it.

        Raises RecordsError.
        """
        with self._translated(), self._turn_taken(), self._engine.connect() as connection:
            writer = connection.execution_options(**{_WRITES: True})
            with writer.begin():
                yield writer

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _turn_taken(self) -> Iterator[None]:
        # SQLite lets those who wait try again and again, unfairly; here they queue.
        if not self._turn.acquire(timeout=self._patience_s):
            raise RecordsError(Fault.RECORDS_LOCKED)
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise RecordsError(fault_of(error), detail=type(error).__name__) from None

    def _made(self) -> Engine:
        if self.is_sqlite:
            engine = create_engine(
                self._url,
                poolclass=QueuePool,
                hide_parameters=True,
                connect_args={"timeout": self._patience_s, "check_same_thread": False},
            )
            event.listen(engine, "connect", sqlite.prepare)
            event.listen(engine, "begin", _begin)
            return engine
        patience_ms = round(self._patience_s * 1000)
        return create_engine(
            self._url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": max(2, round(self._patience_s)),
                "options": f"-c lock_timeout={patience_ms} -c timezone=UTC",
                "application_name": "facecheck",
            },
        )


def _begin(connection: Connection) -> None:
    """SQLite: who will write says so at once. Else two that began by reading can both fail."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _known(url: str) -> URL:
    with suppress(ArgumentError):
        made = make_url(url)
        if made.get_backend_name() == "sqlite" and made.database:
            return made
        if made.get_backend_name() == "postgresql":
            return made.set(drivername=_POSTGRESQL)
    raise RecordsError(Fault.RECORDS_UNREACHABLE, detail="no database is called so")
