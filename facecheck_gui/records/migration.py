"""The way from every earlier form of the database to today's."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.database import Database

NEWEST = "0001"
"""The form that this program writes; a test holds it to the newest file in ``versions``."""

_LOCK = 4_032_019_113


def bring_up_to_date(database: Database, before: Callable[[], None] = lambda: None) -> bool:
    """Make or migrate the tables, in one transaction; whether anything was to be done.

    ``before`` is called first where tables of an earlier form are there. Raises RecordsError:
    RECORDS_NEWER for a database that a newer program has written.
    """
    with database.reading() as connection:
        found = _form(connection)
    if found == NEWEST:
        return False
    if found is not None and found < NEWEST:
        before()
    with database.writing() as connection:
        if not database.is_sqlite:
            # Of fifty stations that are updated at once only one does it.
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        found = _form(connection)
        if found == NEWEST:
            return False
        _migrate(connection, found)
    return True


def _form(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, found: str | None) -> None:
    # Takes 0.2 s to import, and is needed once.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%")
    )
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise RecordsError(Fault.RECORDS_NEWER)
    command.upgrade(config, NEWEST)
