"""Moving to another database: everything that is remembered, row by row, seals and all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select, text, tuple_

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import metadata
from facecheck_gui.records.vault import key_metadata

_BATCH = 1000
_Look = Callable[[Select[Any]], list[dict[str, Any]]]


def copy_all(
    source: Database,
    target: Database,
    cancel: CancelToken,
    on_progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Copy all records into an empty database with today's tables; how many rows.

    All of it in one transaction of the target's: it has everything, or is as empty as before. A
    file must rest meanwhile; a server is copied as it was at the beginning. Raises RecordsError
    (RECORDS_TARGET_IN_USE where something is there already), and Cancelled.
    """
    return _copy(source, target, list(metadata.sorted_tables), cancel, on_progress)


def copy_keys(source: Database, target: Database, cancel: CancelToken) -> int:
    """The same for people's keys."""
    return _copy(source, target, list(key_metadata.sorted_tables), cancel, lambda _: None)


def _copy(
    source: Database,
    target: Database,
    tables: list[Table],
    cancel: CancelToken,
    on_progress: Callable[[int], None],
) -> int:
    copied = 0
    with target.writing() as connection, _looks(source) as look:
        if any(_has_rows(connection, table) for table in tables):
            raise RecordsError(Fault.RECORDS_TARGET_IN_USE)
        for table in tables:
            for batch in _batches(look, table):
                cancel.raise_if_cancelled()
                connection.execute(insert(table), batch)
                copied += len(batch)
                on_progress(copied)
            if not target.is_sqlite:
                _count_on(connection, table)
    return copied


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


@contextmanager
def _looks(source: Database) -> Iterator[_Look]:
    """A way to read a few rows: of a file in short looks, which keep nobody waiting for long."""

    def look(wanted: Select[Any]) -> list[dict[str, Any]]:
        with source.reading() as connection:
            return _rows(connection, wanted)

    if source.is_sqlite:
        yield look
        return
    with source.snapshot() as connection:
        yield partial(_rows, connection)


def _rows(connection: Connection, wanted: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(wanted).mappings()]


def _batches(look: _Look, table: Table) -> Iterator[list[dict[str, Any]]]:
    """A table's rows by its primary key."""
    key = list(table.primary_key.columns)
    after: tuple[Any, ...] | None = None
    while True:
        wanted = select(table).order_by(*key).limit(_BATCH)
        if after is not None:
            # As one comparison of rows the index answers it; as two with "or" it would not.
            wanted = wanted.where(tuple_(*key) > tuple_(*after))
        batch = look(wanted)
        if batch:
            yield batch
            after = tuple(batch[-1][column.name] for column in key)
        if len(batch) < _BATCH:
            return


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from where the copied ones end."""
    if "pk" not in table.c:
        return
    highest = connection.execute(select(func.max(table.c.pk))).scalar()
    if highest is not None:
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'pk'), :highest)"),
            {"name": table.name, "highest": highest},
        )
