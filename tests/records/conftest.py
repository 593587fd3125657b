"""Every test of the records runs on SQLite, and on PostgreSQL where its programs are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import bring_up_to_date

KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        return file_url(tmp_path / "records.db")
    url: str = request.getfixturevalue("postgresql")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        connection.commit()
    engine.dispose()
    return url


@pytest.fixture
def open_database(empty_url: str) -> Iterator[Callable[[], Database]]:
    """Opens the test's database, as often as asked; each is closed at the end."""
    opened: list[Database] = []

    def open_one() -> Database:
        opened.append(Database(empty_url))
        bring_up_to_date(opened[-1])
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database: Callable[[], Database]) -> Database:
    """A database with today's tables."""
    return open_database()
