"""From every earlier form of the tables to today's, with data in them, on both databases.

Every file among the versions is a case by itself: who adds one has it tested.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
    select,
)

import facecheck_gui.records
from facecheck_gui.records import verification
from facecheck_gui.records.database import Database
from facecheck_gui.records.migration import NEWEST, bring_up_to_date
from tests.records import book

_SCRIPTS = Path(facecheck_gui.records.__file__).parent / "migrations"
_CONFIG = Config()
_CONFIG.set_main_option("script_location", str(_SCRIPTS))
_FORMS = sorted(script.revision for script in ScriptDirectory.from_config(_CONFIG).walk_revisions())


def _made_in_form(database: Database, form: str) -> MetaData:
    """Tables as that version of the program made them, with a row in each."""
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, form)
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(insert(table).values(_row(table)))
    return tables


def _row(table: Table) -> dict[str, Any]:
    return {column.name: _value(column) for column in table.columns}


def _value(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, Float):
        return 91.25
    if isinstance(kind, LargeBinary):
        return b"sealed"
    return date(2026, 3, 1) if isinstance(kind, Date) else "open"


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


@pytest.mark.parametrize("form", _FORMS)
def test_what_an_earlier_version_wrote_is_there_in_today_s_tables(
    empty_url: str, form: str
) -> None:
    database = Database(empty_url)
    before = _made_in_form(database, form)
    with database.reading() as connection:
        written = {table.name: _rows(connection, table) for table in before.sorted_tables}
    assert bring_up_to_date(database) is (form != NEWEST)
    after = MetaData()
    with database.reading() as connection:
        after.reflect(connection)
        for name, rows in written.items():
            if name == "alembic_version":
                continue
            kept = _rows(connection, after.tables[name])
            assert len(kept) == len(rows) == 1, name
            shared = kept[0].keys() & rows[0].keys()
            assert {k: kept[0][k] for k in shared} == {k: rows[0][k] for k in shared}, name
    database.close()


@pytest.mark.parametrize("form", _FORMS)
def test_today_s_program_goes_on_in_an_earlier_version_s_empty_tables(
    empty_url: str, form: str
) -> None:
    database = Database(empty_url)
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(_SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, form)
    bring_up_to_date(database)
    book.write(book.audit(database), 3)
    report = verification.verify(database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (3, None)
    database.close()
