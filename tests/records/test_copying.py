"""Everything moves to another database, seals and all, or nothing does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.errors import Cancelled, Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records import verification
from facecheck_gui.records.album import Album, NewPhoto
from facecheck_gui.records.consents import Consents
from facecheck_gui.records.copying import copy_all, copy_keys
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.tables import check_ins, people
from facecheck_gui.records.vault import Vault
from tests.records import book
from tests.records.test_album import add_person


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Database]:
    """A file with a little of everything."""
    made = Database(file_url(tmp_path / "source.db"))
    bring_up_to_date(made)
    for number in range(1, 4):
        add_person(made, f"P{number}")
    _album(made).put_references("P2", [NewPhoto(b"face", FaceType.CERT, b"e" * 512, "net")])
    consents = Consents(made, lambda: book.BEGAN)
    consents.give("P2", [Purpose.COMPARE], text="x", version="1", language="zh")
    book.write(book.audit(made), 5)
    yield made
    made.close()


def _album(database: Database) -> Album:
    vault = Vault(database, b"s" * 32)
    vault.prepare()
    return Album(database, vault, lambda: book.BEGAN)


def test_everything_moves_and_goes_on_there(source: Database, database: Database) -> None:
    seen: list[int] = []
    copied = copy_all(source, database, CancelToken(), seen.append)
    album = _album(database)
    assert copy_keys(source, database, CancelToken()) == 1
    assert copied == seen[-1] == 3 + 1 + 1 + 5 + 1
    (photo,) = album.references("P2")
    assert (photo.jpeg, photo.face_type) == (b"face", FaceType.CERT)
    assert Consents(database, lambda: book.BEGAN).covers("P2", Purpose.COMPARE) is not None
    book.audit(database).begin(book.intent(6))
    report = verification.verify(database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (6, None)
    add_person(database, "P4")
    with database.reading() as connection:
        assert len(set(connection.execute(select(people.c.pk)).scalars())) == 4


def test_what_is_not_empty_is_left_alone(source: Database, database: Database) -> None:
    add_person(database, "there already")
    with pytest.raises(RecordsError) as caught:
        copy_all(source, database, CancelToken())
    assert caught.value.fault is Fault.RECORDS_TARGET_IN_USE
    with database.reading() as connection:
        assert list(connection.execute(select(people.c.person_id)).scalars()) == ["there already"]


def test_who_cancels_leaves_it_as_empty_as_before(source: Database, database: Database) -> None:
    cancel = CancelToken()
    stop: Callable[[int], None] = lambda _: cancel.cancel()  # noqa: E731 - a progress that stops
    with pytest.raises(Cancelled):
        copy_all(source, database, cancel, stop)
    with database.reading() as connection:
        for table in (people, check_ins):
            assert connection.execute(select(table)).first() is None


def test_many_rows_are_copied_in_their_order(source: Database, database: Database) -> None:
    from sqlalchemy import insert

    from facecheck_gui.records.tables import person_words

    words = [{"word": f"w{number:05d}", "person_pk": 1 + number % 3} for number in range(2500)]
    with source.writing() as connection:
        connection.execute(insert(person_words), words)
    copy_all(source, database, CancelToken())
    with database.reading() as connection:
        assert len(connection.execute(select(person_words)).all()) == 2500
