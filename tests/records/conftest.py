"""Every test of the records runs on SQLite, and on PostgreSQL where its programs are."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import NEWEST, bring_up_to_date
from facecheck_gui.records.tables import metadata

KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        return file_url(tmp_path / "records.db")
    server: str = request.getfixturevalue("postgresql")
    _drop_all(server)
    return server


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with today's tables and nothing in them: made once, copied for each test."""
    file = tmp_path_factory.mktemp("prepared") / "records.db"
    _prepare(file_url(file))
    return file


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with today's tables and nothing in them."""
    if request.param == "sqlite":
        file = tmp_path / "records.db"
        shutil.copyfile(request.getfixturevalue("prepared"), file)
        return file_url(file)
    server: str = request.getfixturevalue("postgresql")
    _empty(server)
    return server


def _prepare(url: str) -> None:
    database = Database(url)
    try:
        bring_up_to_date(database)
    finally:
        database.close()


def _empty(server: str) -> None:
    """Deleting the few rows of a test takes a tenth of truncating tables, let alone making them."""
    rows = [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
    counts = [
        f"ALTER SEQUENCE {t.name}_pk_seq RESTART" for t in metadata.sorted_tables if "pk" in t.c
    ]
    fresh = ["DROP TABLE IF EXISTS person_keys", *rows, *counts]
    try:
        with psycopg.connect(server) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if found == (NEWEST,):
                connection.execute("; ".join(fresh).encode())
                return
    except psycopg.errors.UndefinedTable:
        pass
    _drop_all(server)
    _prepare(server)


def _drop_all(server: str) -> None:
    with psycopg.connect(server) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture
def open_database(url: str) -> Iterator[Callable[[], Database]]:
    """Opens the test's database, as often as asked; each is closed at the end."""
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database(url))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database: Callable[[], Database]) -> Database:
    """A database with today's tables."""
    return open_database()
