"""Reference photos of the people on the roster, sealed with their own keys."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, distinct, func, insert, select

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import from_us, people, photos, to_us
from facecheck_gui.records.vault import PersonKey, Vault

MOST_REFERENCES = 5
REFERENCE, CHECK_IN = "reference", "check_in"
_PICTURE, _EMBEDDING = "picture", "embedding"
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo to be kept. ``embedding`` is 128 float32, little-endian, made by ``embedded_by``;
    empty where none was made."""

    jpeg: bytes = field(repr=False)
    face_type: FaceType
    embedding: bytes = field(default=b"", repr=False)
    embedded_by: str = ""


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo as it was kept."""

    pk: int
    person_id: str
    face_type: FaceType
    jpeg: bytes = field(repr=False)
    embedding: bytes = field(repr=False)
    embedded_by: str
    added_at: datetime


class Album:
    """Raises RecordsError everywhere; PERSON_UNKNOWN where nobody on the roster has the id."""

    def __init__(self, database: Database, vault: Vault, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    def references(self, person_id: str) -> tuple[KeptPhoto, ...]:
        """A person's reference photos, the oldest first."""
        with self._database.reading() as connection:
            person_pk = _pk(connection, person_id)
            rows = list(connection.execute(_of(person_pk, REFERENCE)).mappings())
        if not rows:
            return ()
        key = self._vault.existing(person_pk)
        if key is None:
            raise RecordsError(Fault.RECORDS_KEY_GONE)
        return tuple(_kept(row, person_id, key) for row in rows)

    def put_references(self, person_id: str, new: Sequence[NewPhoto]) -> None:
        """Keep these in place of the person's earlier ones. Raises ValueError unless 1 to 5."""
        if not 1 <= len(new) <= MOST_REFERENCES:
            raise ValueError("a person has one to five reference photos")
        with self._database.reading() as connection:
            person_pk = _pk(connection, person_id)
        # The key first, in its own transaction: a key without a photo harms nobody.
        key = self._vault.key(person_pk)
        added_us = to_us(self._clock())
        rows = [_row(photo, person_pk, key, added_us) for photo in new]
        with self._database.writing() as connection:
            connection.execute(_delete(person_pk, REFERENCE))
            connection.execute(insert(photos), rows)

    def put_in(self, connection: Connection, new: Mapping[int, Sequence[NewPhoto]]) -> None:
        """The same for many people, by their keys in the database, within a transaction of somebody
        else's. Raises ValueError unless each has 1 to 5."""
        if not all(1 <= len(given) <= MOST_REFERENCES for given in new.values()):
            raise ValueError("a person has one to five reference photos")
        # Keys without photos harm nobody: they are there even where the transaction fails.
        keys = self._vault.keys(new)
        added_us = to_us(self._clock())
        rows = [_row(photo, pk, keys[pk], added_us) for pk, given in new.items() for photo in given]
        mine = photos.c.person_pk.in_(new)
        connection.execute(delete(photos).where(mine, photos.c.purpose == REFERENCE))
        if rows:
            connection.execute(insert(photos), rows)

    def add_check_in(
        self, person_id: str, attempt_id: str, jpeg: bytes, face_type: FaceType
    ) -> None:
        """Keep the picture of one attempt."""
        with self._database.reading() as connection:
            person_pk = _pk(connection, person_id)
        row = _row(
            NewPhoto(jpeg, face_type), person_pk, self._vault.key(person_pk), to_us(self._clock())
        )
        with self._database.writing() as connection:
            connection.execute(
                insert(photos).values({**row, "purpose": CHECK_IN, "attempt_id": attempt_id})
            )

    def check_in(self, person_id: str, attempt_id: str) -> bytes | None:
        """The picture of one attempt; None where none was kept, or it is gone."""
        with self._database.reading() as connection:
            person_pk = _pk(connection, person_id)
            wanted = _of(person_pk, CHECK_IN).where(photos.c.attempt_id == attempt_id)
            row = connection.execute(wanted).mappings().first()
        key = self._vault.existing(person_pk) if row is not None else None
        return key.open(_PICTURE, bytes(row["sealed"])) if row is not None and key else None

    def remove_references(self, person_id: str) -> None:
        """Let go of a person's reference photos; of the key too, unless pictures of check-ins
        still need it."""
        with self._database.writing() as connection:
            person_pk = _pk(connection, person_id)
            connection.execute(_delete(person_pk, REFERENCE))
            others = select(photos.c.pk).where(photos.c.person_pk == person_pk).limit(1)
            needed = connection.execute(others).first() is not None
        if not needed:
            self._vault.forget(person_pk)

    def forget(self, person_id: str) -> int:
        """Let go of every picture of a person, and of the key, so that copies in backups are
        closed for good; how many there were."""
        with self._database.reading() as connection:
            person_pk = _pk(connection, person_id)
        self._vault.forget(person_pk)
        with self._database.writing() as connection:
            gone = connection.execute(delete(photos).where(photos.c.person_pk == person_pk))
        return gone.rowcount

    def people_with_faces(self) -> int:
        """Of how many people a face is kept."""
        with self._database.reading() as connection:
            wanted = select(func.count(distinct(photos.c.person_pk)))
            return int(connection.execute(wanted).scalar() or 0)

    def embeddings(self) -> Iterator[tuple[str, bytes]]:
        """Person id and embedding of every reference that has one, in short looks.

        Those whose key is gone are left out.
        """
        after = 0
        while True:
            wanted = (
                select(photos.c.pk, photos.c.person_pk, photos.c.embedding, people.c.person_id)
                .join(people, people.c.pk == photos.c.person_pk)
                .where(photos.c.pk > after, photos.c.purpose == REFERENCE)
                .order_by(photos.c.pk)
                .limit(_BATCH)
            )
            with self._database.reading() as connection:
                batch = list(connection.execute(wanted))
            keys = self._vault.existing_of({person_pk for _, person_pk, _, _ in batch})
            for pk, person_pk, sealed, person_id in batch:
                after = pk
                if sealed is not None and person_pk in keys:
                    yield person_id, keys[person_pk].open(_EMBEDDING, bytes(sealed))
            if len(batch) < _BATCH:
                return


def opens(key: PersonKey, row: Any) -> bool:
    """Whether ``key`` opens a row of photos, all of it."""
    try:
        key.open(_PICTURE, bytes(row["sealed"]))
        if row["embedding"] is not None:
            key.open(_EMBEDDING, bytes(row["embedding"]))
    except RecordsError:
        return False
    return True


def _pk(connection: Connection, person_id: str) -> int:
    wanted = select(people.c.pk).where(people.c.person_id == person_id)
    found = connection.execute(wanted).scalar()
    if found is None:
        raise RecordsError(Fault.PERSON_UNKNOWN)
    return int(found)


def _of(person_pk: int, purpose: str) -> Any:
    mine = (photos.c.person_pk == person_pk, photos.c.purpose == purpose)
    return select(photos).where(*mine).order_by(photos.c.pk)


def _delete(person_pk: int, purpose: str) -> Any:
    return delete(photos).where(photos.c.person_pk == person_pk, photos.c.purpose == purpose)


def _row(photo: NewPhoto, person_pk: int, key: PersonKey, added_us: int) -> dict[str, object]:
    return {
        "person_pk": person_pk,
        "purpose": REFERENCE,
        "face_type": photo.face_type.value,
        "sealed": key.seal(_PICTURE, photo.jpeg),
        "embedding": key.seal(_EMBEDDING, photo.embedding) if photo.embedding else None,
        "embedded_by": photo.embedded_by,
        "added_us": added_us,
    }


def _kept(row: Any, person_id: str, key: PersonKey) -> KeptPhoto:
    sealed = row["embedding"]
    return KeptPhoto(
        row["pk"],
        person_id,
        FaceType(row["face_type"]),
        key.open(_PICTURE, bytes(row["sealed"])),
        key.open(_EMBEDDING, bytes(sealed)) if sealed is not None else b"",
        row["embedded_by"],
        from_us(row["added_us"]),
    )
