"""People on the roster with what is kept of each: read, written, taken off, and many at once."""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import (
    FaceCheckError,
    Fault,
    PictureError,
    RecordsError,
)
from facecheck_gui.domain.image import Picture
from facecheck_gui.flows.enrolment import EMBEDDED_BY, Examined
from facecheck_gui.flows.roster_import import Ready
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.encode import to_jpeg

if TYPE_CHECKING:
    from facecheck_gui.records.album import KeptPhoto, NewPhoto
    from facecheck_gui.records.consents import Consent


@dataclass(frozen=True, slots=True, eq=False)
class FiledPhoto:
    """A reference photo on file, and what it shows."""

    picture: Picture
    kept: "KeptPhoto"


@dataclass(frozen=True, slots=True, eq=False)
class PersonFile:
    """What is kept of somebody. ``trouble`` is why there are no photos that can be looked at."""

    person: Person
    photos: tuple[FiledPhoto, ...] = ()
    consents: "tuple[Consent, ...]" = ()
    trouble: FaceCheckError | None = None


def person_file(ledger: LateLedger, person: Person) -> PersonFile:
    """Everything that is kept of ``person``, pictures too. Raises RecordsError."""
    books = ledger.books()
    consents = books.consents.of(person.person_id)
    try:
        kept = books.album.references(person.person_id)
        photos = tuple(FiledPhoto(decode(one.jpeg, label=person.name), one) for one in kept)
    except (RecordsError, PictureError) as error:
        if error.fault is Fault.PERSON_UNKNOWN:
            raise
        return PersonFile(person, consents=consents, trouble=error)
    return PersonFile(person, photos, consents)


def write_person(
    ledger: LateLedger,
    person: Person,
    *,
    known_as: str = "",
    photos: "Sequence[Examined | FiledPhoto] | None" = None,
) -> None:
    """Put ``person`` on the roster, or change who was ``known_as`` another id.

    ``photos`` replace the references, at most 5; None leaves them. Somebody new is on the roster
    with photos or not at all. Raises RecordsError as ``Roster`` and ``Album``.
    """
    books = ledger.books()
    if known_as:
        books.roster.change(known_as, person)
    else:
        books.roster.add(person)
    try:
        if photos:
            new = [_new_photo(photo) for photo in photos]
            books.album.put_references(person.person_id, new)
        elif photos is not None:
            books.album.remove_references(person.person_id)
    except FaceCheckError:
        if not known_as:
            books.roster.remove(person.person_id)
        raise


def enrol(ledger: LateLedger, person_id: str, photos: Sequence[Examined]) -> None:
    """Keep these photos as the person's references. Raises RecordsError as ``Album``, and
    ValueError unless 1 to 5."""
    ledger.books().album.put_references(person_id, [_new_photo(photo) for photo in photos])


def _new_photo(photo: "Examined | FiledPhoto") -> "NewPhoto":
    from facecheck_gui.records.album import NewPhoto

    if isinstance(photo, FiledPhoto):
        kept = photo.kept
        return NewPhoto(kept.jpeg, kept.face_type, kept.embedding, kept.embedded_by)
    return NewPhoto(to_jpeg(photo.picture), photo.face_type, photo.embedding, EMBEDDED_BY)


def known_faces(ledger: LateLedger) -> FaceIndex:
    """The faces on the roster, for the thread that asks. Takes a second for 100,000."""
    index = FaceIndex()
    index.add_all(ledger.books().album.embeddings())
    return index


def take_back(ledger: LateLedger, consent: "Consent") -> int:
    """Take a consent back; how many pictures went with it. Raises RecordsError."""
    from facecheck_gui.records.withdrawal import withdraw

    books = ledger.books()
    return withdraw(books.consents, books.album, consent)


def strike_off(ledger: LateLedger, person_id: str) -> None:
    """Take somebody off the roster; the key first, so that no copy can be opened any more. What
    was agreed to ends too: the id may be given to somebody else. Rows of the audit stay.

    Raises RecordsError.
    """
    books = ledger.books()
    books.album.forget(person_id)
    for consent in books.consents.of(person_id):
        if consent.holds:
            books.consents.withdraw(consent.consent_id)
    books.roster.remove(person_id)


class RosterKeeper:
    """Where an import puts people. Everything raises RecordsError."""

    def __init__(self, ledger: LateLedger) -> None:
        from facecheck_gui.records.enrolling import Enrolling

        books = ledger.books()
        self._books = books
        self._enrolling = Enrolling(books.database, books.roster, books.album)

    @property
    def digest_key(self) -> bytes:
        """What rows are digested with: not even their digests say anything without it."""
        return hmac.new(self._books.key, b"facecheck imported rows", hashlib.sha256).digest()

    def known(self, person_ids: Collection[str]) -> Mapping[str, Person]:
        """Who of these is on the roster already."""
        return self._books.roster.get_all(person_ids)

    def came_before(self, digest: str) -> bool:
        """Whether this row was written in an earlier run."""
        return self._enrolling.is_marked(digest)

    def put_on(self, ready: Sequence[Ready]) -> None:
        """Write these, all of them or none."""
        from facecheck_gui.records.enrolling import Enrolled

        self._enrolling.put_on(
            [
                Enrolled(one.person, tuple(_new_photo(photo) for photo in one.photos), one.digest)
                for one in ready
            ]
        )
