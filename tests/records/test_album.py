"""Faces are kept sealed, each person's with a key of its own: without the key there is no face."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import delete, insert, select, update

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records.album import Album, NewPhoto
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import people, photos
from facecheck_gui.records.vault import Vault, person_keys
from tests.records import book

FACE = b"\xff\xd8CANARY-face" * 50
EMBEDDING = b"CANARY-embedding" * 32
SECRET = b"s" * 32


@dataclass(frozen=True)
class Kept:
    """An album with two people."""

    database: Database
    vault: Vault
    album: Album


def add_person(database: Database, person_id: str) -> None:
    with database.writing() as connection:
        connection.execute(
            insert(people).values(
                person_id=person_id, name=f"Name {person_id}", added_us=0, changed_us=0
            )
        )


@pytest.fixture
def kept(database: Database) -> Kept:
    vault = Vault(database, SECRET)
    vault.prepare()
    for person_id in ("P1", "P2"):
        add_person(database, person_id)
    return Kept(database, vault, Album(database, vault, lambda: book.BEGAN))


def _photo(face: bytes = FACE) -> NewPhoto:
    return NewPhoto(face, FaceType.CERT, EMBEDDING, "net 1")


def _all_bytes(database: Database) -> bytes:
    found = b""
    with database.reading() as connection:
        for table in (photos, person_keys):
            for row in connection.execute(select(table)):
                found += b"".join(
                    bytes(v) if isinstance(v, bytes) else str(v).encode() for v in row
                )
    return found


def test_what_was_put_in_comes_out(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo(), _photo(b"second")])
    first, second = kept.album.references("P1")
    assert (first.jpeg, second.jpeg) == (FACE, b"second")
    assert (first.embedding, first.embedded_by, first.face_type) == (
        EMBEDDING,
        "net 1",
        FaceType.CERT,
    )
    assert first.added_at == book.BEGAN
    assert kept.album.references("P2") == ()
    assert dict(kept.album.embeddings()) == {"P1": EMBEDDING}
    assert kept.album.people_with_faces() == 1


def test_new_photos_take_the_old_ones_places(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo(), _photo()])
    kept.album.put_references("P1", [_photo(b"new")])
    (only,) = kept.album.references("P1")
    assert only.jpeg == b"new"
    kept.album.remove_references("P1")
    assert kept.album.references("P1") == ()
    assert kept.vault.existing(1) is None


def test_check_ins_can_still_be_opened_when_the_references_are_gone(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo()])
    kept.album.add_check_in("P1", "attempt-1", FACE, FaceType.LIVE)
    kept.album.remove_references("P1")
    assert kept.album.references("P1") == ()
    assert kept.album.check_in("P1", "attempt-1") == FACE


def test_the_database_holds_no_face_and_no_key_unsealed(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo()])
    lying_there = _all_bytes(kept.database)
    assert len(lying_there) > len(FACE) + len(EMBEDDING)
    assert b"CANARY" not in lying_there
    assert SECRET not in lying_there
    assert b"CANARY" not in repr(_photo()).encode() + repr(kept.album.references("P1")).encode()


def test_who_lets_go_of_the_key_closes_every_copy(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo()])
    with kept.database.reading() as connection:
        backup = [dict(row) for row in connection.execute(select(photos)).mappings()]
    assert kept.album.forget("P1") == 1
    assert kept.vault.existing(1) is None
    with kept.database.writing() as connection:
        connection.execute(insert(photos), backup)  # somebody restores yesterday's backup
    with pytest.raises(RecordsError) as caught:
        kept.album.references("P1")
    assert caught.value.fault is Fault.RECORDS_KEY_GONE
    assert list(kept.album.embeddings()) == []
    kept.vault.key(1)  # and the person is enrolled again
    with pytest.raises(RecordsError) as caught:
        kept.album.references("P1")
    assert caught.value.fault is Fault.RECORDS_DAMAGED


def test_a_picture_in_another_person_s_place_is_not_opened(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo()])
    kept.album.put_references("P2", [_photo(b"other")])
    with kept.database.writing() as connection:
        first, second = connection.execute(select(photos.c.pk).order_by(photos.c.pk)).scalars()
        connection.execute(delete(photos).where(photos.c.pk == second))
        connection.execute(update(photos).where(photos.c.pk == first).values(person_pk=2))
    with pytest.raises(RecordsError) as caught:
        kept.album.references("P2")
    assert caught.value.fault is Fault.RECORDS_DAMAGED


def test_an_embedding_in_a_picture_s_place_is_not_opened(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo()])
    with kept.database.writing() as connection:
        connection.execute(update(photos).values(sealed=photos.c.embedding))
    with pytest.raises(RecordsError):
        kept.album.references("P1")


def test_another_station_s_secret_opens_nothing(kept: Kept) -> None:
    kept.album.put_references("P1", [_photo()])
    stranger = Album(kept.database, Vault(kept.database, b"x" * 32), lambda: book.BEGAN)
    with pytest.raises(RecordsError) as caught:
        stranger.references("P1")
    assert caught.value.fault is Fault.RECORDS_KEY_GONE


@pytest.mark.parametrize(
    "ask",
    [
        lambda album: album.references("nobody"),
        lambda album: album.put_references("nobody", [_photo()]),
        lambda album: album.forget("nobody"),
    ],
)
def test_who_is_not_on_the_roster_has_no_photos(kept: Kept, ask: Callable[[Album], object]) -> None:
    with pytest.raises(RecordsError) as caught:
        ask(kept.album)
    assert caught.value.fault is Fault.PERSON_UNKNOWN


@pytest.mark.parametrize("count", [0, 6])
def test_a_person_has_one_to_five_references(kept: Kept, count: int) -> None:
    with pytest.raises(ValueError, match="one to five"):
        kept.album.put_references("P1", [_photo()] * count)
