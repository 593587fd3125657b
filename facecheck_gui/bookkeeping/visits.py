"""What the check-in station asks of the records: who a visitor is, and what is written of a visit
that the comparison itself does not write."""

import hashlib
import hmac
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from facecheck_gui.bookkeeping.badges import person_of
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain.check_in import AttemptState, Ending, Intent, Person
from facecheck_gui.domain.comparison import EngineName, Subject, Threshold, Verdict
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.errors import BadgeError, Fault, RecordsError
from facecheck_gui.domain.kiosk import Known, Why
from facecheck_gui.settings.schema import BadgeSettings

_CODE_FIGURES = 6


def visitor(ledger: LateLedger, code: str, settings: BadgeSettings, now: datetime) -> Known | None:
    """Whose badge or id this is, and what stands in the way of a comparison; None for nobody.

    ``now`` has the zone of this place. Raises RecordsError where the records cannot be read.
    """
    try:
        person = person_of(ledger, code, settings)
    except BadgeError:
        return None
    except RecordsError as error:
        if error.fault is Fault.PERSON_UNKNOWN:
            return None
        raise
    subject = Subject(person.person_id, person.name)
    return Known(subject, _hindrance(ledger, person, now), _seconds_since(ledger, person, now))


def _hindrance(ledger: LateLedger, person: Person, now: datetime) -> Why | None:
    if not person.valid_on(now.date()):
        return Why.NOT_TODAY
    try:
        photos = ledger.books().album.references(person.person_id)
    except RecordsError as error:
        if error.fault is not Fault.RECORDS_KEY_GONE:
            raise
        photos = ()
    return None if photos else Why.NO_PHOTO


def _seconds_since(ledger: LateLedger, person: Person, now: datetime) -> float | None:
    """Since the person was let in last."""
    from facecheck_gui.records.history_look import HistoryFilter

    wanted = HistoryFilter(person_id=person.person_id, verdict=Verdict.MATCH)
    rows = ledger.books().history.page(wanted, size=1).rows
    return (now - rows[0].intent.started_at).total_seconds() if rows else None


def people_called(ledger: LateLedger, typed: str, most: int) -> tuple[Person, ...]:
    """Who may be meant by the beginning of a name; at most ``most``. Raises RecordsError."""
    return ledger.books().roster.search(typed, limit=most)


def photos_of(ledger: LateLedger, person_id: str) -> tuple[bytes, ...]:
    """The reference photos, as they were kept. Raises RecordsError."""
    return tuple(photo.jpeg for photo in ledger.books().album.references(person_id))


@dataclass(frozen=True, slots=True)
class Agreement:
    """The words that somebody agreed to, which form of them, and in which language."""

    text: str
    version: str
    language: str


def write_agreement(
    ledger: LateLedger, subject: Subject, purposes: Collection[Purpose], agreement: Agreement
) -> None:
    """Write down what a visitor agreed to, unless just that was agreed to before and still holds.
    Raises RecordsError."""
    consents = ledger.books().consents
    held = [one for one in consents.of(subject.person_id) if one.holds]
    if not any(frozenset(purposes) <= one.purposes for one in held):
        consents.give(
            subject.person_id,
            purposes,
            text=agreement.text,
            version=agreement.version,
            language=agreement.language,
        )


def write_without_face(ledger: LateLedger, subject: Subject | None, now: datetime) -> None:
    """A row for somebody who was checked in by staff's code: nothing was compared, and the row
    says why. Raises RecordsError."""
    intent = Intent(
        uuid.uuid4().hex, now, EngineName.DEVICE, Threshold(), operator="", subject=subject
    )
    ledger.begin(intent)
    ledger.end(intent, Ending(AttemptState.ENDED, now, fault=Fault.WITHOUT_FACE.word))


def code_of_the_day(ledger: LateLedger, day: date) -> str:
    """The six figures that staff tell a visitor who checks in without a face: another each day, the
    same at every station of a fleet. Raises RecordsError."""
    about = b"facecheck code of the day " + day.isoformat().encode()
    made = hmac.new(ledger.shared_secret(), about, hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**_CODE_FIGURES:0{_CODE_FIGURES}d}"


def is_code_of_the_day(ledger: LateLedger, typed: str, day: date) -> bool:
    """Whether staff told this today. Raises RecordsError."""
    return hmac.compare_digest(code_of_the_day(ledger, day).encode(), typed.strip().encode())
