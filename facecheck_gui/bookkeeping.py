"""Settings -> records. What the records need takes 0.2 s to load, so it comes with the first row
that is written or read, on the thread that asks."""

import hashlib
import hmac
import platform
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Ending, Intent, Person, Station
from facecheck_gui.domain.comparison import Subject, Verification
from facecheck_gui.domain.errors import (
    FaceCheckError,
    Fault,
    PictureError,
    RecordsError,
    SettingsError,
)
from facecheck_gui.domain.image import Picture
from facecheck_gui.flows.enrolment import EMBEDDED_BY, Examined
from facecheck_gui.flows.roster_import import Ready
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.encode import to_jpeg
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings
from facecheck_gui.settings.station_key import fleet_secret, station_key

if TYPE_CHECKING:
    from facecheck_gui.records.album import KeptPhoto, NewPhoto
    from facecheck_gui.records.backup import Backup, Backups
    from facecheck_gui.records.consents import Consent
    from facecheck_gui.records.ledger import Books, Ledger, StationKey
    from facecheck_gui.records.restoring import Restored
    from facecheck_gui.records.retention import Gone, Keeping
    from facecheck_gui.records.sessions import Sessions
    from facecheck_gui.records.verification import ChainReport


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class LateLedger:
    """The station's records for any thread. Everything raises RecordsError."""

    def __init__(self, places: Places, settings: RecordsSettings) -> None:
        self._places = places
        self._settings = settings
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None

    def books(self) -> "Books":
        """Everything that is remembered, open."""
        return self._opened().books()

    def begin(self, intent: Intent) -> None:
        """Write down the beginning of an attempt."""
        self._opened().begin(intent)

    def end(self, intent: Intent, ending: Ending) -> None:
        """Write down its end."""
        self._opened().end(intent, ending)

    def move_to(
        self, to: str, cancel: CancelToken, on_progress: Callable[[int], None] = lambda _: None
    ) -> int:
        """Copy everything to an empty database ("" stands for the file in the data folder), seals
        and all; how many rows. Where it fails the other one is as empty as before, and what is
        here stays as it is.

        Raises RecordsError (RECORDS_TARGET_IN_USE where it is not empty), and Cancelled.
        """
        from facecheck_gui.records.copying import copy_all, copy_keys
        from facecheck_gui.records.ledger import databases, prepare

        books = self.books()
        target, keys = databases(self._url(to))
        try:
            prepare(target, keys)
            copied = copy_all(books.database, target, cancel, on_progress)
            return copied + copy_keys(books.keys, keys, cancel)
        finally:
            target.close()
            keys.close()

    def _url(self, asked: str | None = None) -> str:
        """Of another database ("" stands for the file), or the one that is used."""
        from facecheck_gui.records.database import file_url

        address = self._settings.database if asked is None else asked
        return address or file_url(self._places.records_file)

    def lying(self) -> "Lying":
        """Where everything lies."""
        books, key_file = self.books(), self._places.station_key
        file = books.database.file
        return Lying(
            str(file) if file is not None else self._settings.database,
            books.station,
            key_file if key_file.exists() else None,
            books.roster.count(),
            books.album.people_with_faces(),
        )

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._let_go()

    def backups(self) -> "Backups":
        """The last backups. Opens nothing."""
        from facecheck_gui.records.backup import Backups

        return Backups(self._places.backups)

    def back_up(self, file: Path | None = None) -> "Backup":
        """Make one now, in ``file`` or as one of the last."""
        from facecheck_gui.records.backup import write

        records = self.books().database
        return write(records, file) if file else self.backups().make(records, utc_now())

    def last_good(self) -> "Backup | None":
        """What could take the place of a damaged file; None where there is nothing, or a server.

        Where only people's keys are damaged, that is a backup of now.
        """
        from facecheck_gui.records import sqlite
        from facecheck_gui.records.database import Database
        from facecheck_gui.records.ledger import keys_url

        if self._settings.database:
            return None
        with closing(Database(keys_url(self._url()))) as keys:
            keys_are_whole = keys.file is not None and sqlite.is_whole(keys.file)
        if not keys_are_whole:
            with suppress(RecordsError), closing(Database(self._url())) as records:
                self.backups().make(records, utc_now())
        return self.backups().newest_good()

    def restore(self, file: Path) -> "Restored":
        """Put the backup in ``file`` in the records' place. RECORDS_LOCKED where another run of
        the program has them open."""
        from facecheck_gui.records.ledger import keys_url
        from facecheck_gui.records.restoring import Restoring

        with self._lock:
            self._let_go()
            if self._sessions().is_any_alive():
                raise RecordsError(Fault.RECORDS_LOCKED)
            url, key = self._url(), self._station_key()
            restoring = Restoring(url, keys_url(url), key.faces, self._places.data)
            return restoring.restore(file, utc_now())

    def _let_go(self) -> None:
        ledger, self._ledger = self._ledger, None
        if ledger is not None:
            ledger.close()

    def _opened(self) -> "Ledger":
        with self._lock:
            if self._ledger is None:
                self._ledger = self._made()
            return self._ledger

    def _made(self) -> "Ledger":
        from facecheck_gui.records.ledger import Ledger

        return Ledger(
            self._url(),
            station_name=self._settings.station or platform.node(),
            station_key=self._station_key,
            sessions=self._sessions(),
            clock=utc_now,
            backups=self.backups(),
        )

    def _sessions(self) -> "Sessions":
        from facecheck_gui.records.sessions import Sessions

        return Sessions(self._places.sessions)

    def _station_key(self) -> "StationKey":
        from facecheck_gui.records.ledger import StationKey

        try:
            found = station_key(self._places.station_key)
            return StationKey(found.station_id, found.key, fleet_secret() or found.key)
        except SettingsError as error:
            raise RecordsError(error.fault, detail=error.detail) from None


def keeping(settings: RecordsSettings) -> "Keeping":
    """How long what is kept; 0 in the settings stands for ever."""
    from facecheck_gui.records.retention import Keeping

    return Keeping(
        settings.keep_references_days or None,
        settings.keep_pictures_days or None,
        settings.keep_consents_days or None,
        settings.keep_audit_days or None,
    )


@dataclass(frozen=True, slots=True)
class Tidied:
    """What a tidying took away, and of how many people a face is kept now."""

    gone: "Gone"
    faces: int


def tidy(ledger: LateLedger, settings: RecordsSettings, *, clock_confirmed: bool) -> Tidied:
    """Purge what was kept for long enough. Raises RecordsError as ``Retention.purge``."""
    books = ledger.books()
    gone = books.retention.purge(keeping(settings), clock_confirmed=clock_confirmed)
    return Tidied(gone, books.album.people_with_faces())


def back_up_daily(ledger: LateLedger) -> None:
    """Make today's backup of a file; a server is backed up by whoever looks after it, not by each
    of its stations. Raises RecordsError."""
    if ledger.books().database.is_sqlite and ledger.backups().is_due(utc_now()):
        ledger.back_up()


def consent_of(ledger: LateLedger, subject: Subject, *, leaves: bool) -> str:
    """Under which consent somebody is compared, here or (``leaves``) elsewhere; "" without one."""
    from facecheck_gui.records.consents import Purpose

    purpose = Purpose.SEND_TO_CLOUD if leaves else Purpose.COMPARE
    found = ledger.books().consents.covers(subject.person_id, purpose)
    return found.consent_id if found is not None else ""


def keep_picture(ledger: LateLedger, verification: Verification) -> None:
    """Keep the probe of somebody on the roster who agreed to that; of nobody else."""
    from facecheck_gui.records.consents import Purpose

    request = verification.request
    subject, picture = request.subject, request.probe.source
    if subject is None or not isinstance(picture, Picture):
        return
    books = ledger.books()
    if books.consents.covers(subject.person_id, Purpose.KEEP_CHECK_IN) is not None:
        books.album.add_check_in(
            subject.person_id, request.attempt_id, to_jpeg(picture), request.probe.face_type
        )


def known_faces(ledger: LateLedger) -> FaceIndex:
    """The faces on the roster, for the thread that asks. Takes a second for 100,000."""
    index = FaceIndex()
    index.add_all(ledger.books().album.embeddings())
    return index


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


@dataclass(frozen=True, slots=True)
class Lying:
    """Where the records and the key of their seals lie, and how much there is. ``key_file`` is
    None where a key store has it."""

    where: str
    station: Station
    key_file: Path | None
    people: int
    faces: int


def verified(ledger: LateLedger, cancel: CancelToken) -> "ChainReport":
    """Whether this station's audit is as it was written. Raises RecordsError, and Cancelled."""
    from facecheck_gui.records.verification import verify

    books = ledger.books()
    return verify(books.database, books.station.station_id, books.key, cancel=cancel)


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
