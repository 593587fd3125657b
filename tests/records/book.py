"""A book for tests: attempts as a station writes them."""

from datetime import UTC, datetime, timedelta

from facecheck_gui.domain.check_in import AttemptState, Ending, Intent, Station
from facecheck_gui.domain.comparison import EngineName, Subject, Threshold, Verdict
from facecheck_gui.domain.liveness import LivenessResult
from facecheck_gui.records.audit import Audit
from facecheck_gui.records.database import Database

STATION = Station("station-1", "Front desk")
KEY = b"k" * 32
BEGAN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def audit(database: Database, *, session: str = "this run", station: Station = STATION) -> Audit:
    """A station's book."""
    return Audit(database, station, KEY, session=session, clock=lambda: BEGAN)


def intent(number: int, *, subject: Subject | None = None) -> Intent:
    """The beginning of the ``number``-th attempt."""
    return Intent(
        f"attempt-{number}",
        BEGAN + timedelta(seconds=10 * number),
        EngineName.DEVICE,
        Threshold(80.0, 5.0),
        operator="Li",
        subject=subject or Subject(f"P{number:05d}", f"Person {number}"),
    )


def ending(number: int, verdict: Verdict = Verdict.MATCH) -> Ending:
    """Its end."""
    return Ending(
        AttemptState.ENDED,
        BEGAN + timedelta(seconds=10 * number + 1),
        verdict,
        91.37,
        LivenessResult.NOT_CHECKED,
        findings=("several_faces:reference",),
        elapsed_ms=43.21,
    )


def write(book: Audit, count: int) -> None:
    """So many attempts that began and ended."""
    for number in range(1, count + 1):
        book.begin(intent(number))
        book.end(intent(number), ending(number))
