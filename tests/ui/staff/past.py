"""A history that says what the test wrote down, with a clock that stands still."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from facecheck_gui.domain.check_in import (
    AttemptState,
    CheckIn,
    Ending,
    Intent,
    Station,
    Transport,
)
from facecheck_gui.domain.comparison import EngineName, Subject, Threshold, Verdict
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.records.history import DayAtAGlance, Page
from facecheck_gui.records.history_look import Cursor, HistoryFilter

ZONE = timezone(timedelta(hours=8))
NOW = datetime(2026, 3, 12, 7, 30, tzinfo=UTC)
"""Half past three in the afternoon where the station stands."""
DAYS = LocalDays(lambda: NOW, ZONE)
_PEOPLE = (
    ("Zhang Wei", "00417"),
    ("李娜", "00418"),
    ("Ahmad Faisal bin Abdul Rahman al-Hashimi", "V-2026-000193"),
    ("Müller, Anke", "00733"),
    ("<b>Bobby</b> & Sons", "=1+1"),
)
_SCORES = (91.37, 42.17, 77.04, None, None, 88.0, 95.52, 83.4, 12.9, 99.99, 90.15, 86.61)
_FAULTS = {3: "face_blurred", 4: "liveness_failed"}


def _verdict(number: int, score: float | None) -> Verdict:
    if score is None:
        attack = number % len(_SCORES) == 4
        return Verdict.ATTACK_SUSPECTED if attack else Verdict.NOT_CHECKED
    if score >= 80:
        return Verdict.MATCH
    return Verdict.UNSURE if score >= 75 else Verdict.NON_MATCH


def check_in(number: int, *, state: AttemptState = AttemptState.ENDED) -> CheckIn:
    """The attempt that began ``number`` times 7 minutes before now."""
    kind = number % len(_SCORES)
    score = _SCORES[kind] if state is AttemptState.ENDED else None
    began = NOW - timedelta(minutes=7 * number, seconds=11)
    name, person_id = _PEOPLE[number % len(_PEOPLE)]
    intent = Intent(
        f"0192f0c1-{number:04d}-7000-8000-3b5e7d1c9a42",
        began,
        EngineName.KUAIDI100 if number % 5 == 2 else EngineName.DEVICE,
        Threshold(),
        Transport.HTTPS if number % 5 == 2 else Transport.NONE,
        operator="lihua",
        subject=None if number % 7 == 6 else Subject(person_id, name),
        liveness_asked=LivenessLevel.NORMAL,
    )
    ending = None
    if state is not AttemptState.OPEN:
        ending = Ending(
            state,
            began + timedelta(seconds=1),
            _verdict(number, score) if state is AttemptState.ENDED else Verdict.NOT_CHECKED,
            score,
            LivenessResult.PASSED if score else LivenessResult.NOT_CHECKED,
            _FAULTS.get(kind, ""),
            ("several_faces:reference", "liveness:does_not_move", "from_tomorrow:probe"),
            43.21,
        )
    return CheckIn(10_000 - number, Station("station-1", "Front desk"), intent, ending)


def check_ins(count: int) -> tuple[CheckIn, ...]:
    """So many, newest first; the first is under way and the fourth was broken off."""
    states = {0: AttemptState.OPEN, 3: AttemptState.BROKEN_OFF}
    return tuple(check_in(n, state=states.get(n, AttemptState.ENDED)) for n in range(count))


GLANCE = DayAtAGlance(
    {
        Verdict.MATCH: 213,
        Verdict.NON_MATCH: 9,
        Verdict.UNSURE: 6,
        Verdict.NOT_CHECKED: 11,
        Verdict.ATTACK_SUSPECTED: 1,
    },
    (0, 1, 2, 2, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1, 2, 4, 21, 48, 83, 60),
    (0, 0, 0, 0, 0, 0, 2, 31, 58, 27, 14, 9, 22, 19, 12, 8, 6, 25, 7, 0, 0, 0, 0, 0),
)
NO_GLANCE = DayAtAGlance(dict.fromkeys(Verdict, 0), (0,) * 20, (0,) * 24)


@dataclass
class Past:
    """A history of ``rows``; waits before it answers while ``gate`` is closed."""

    rows: tuple[CheckIn, ...] = ()
    glance: DayAtAGlance = NO_GLANCE
    counted: int | None = None
    error: FaceCheckError | None = None
    asked: list[HistoryFilter] = field(default_factory=list)
    days: list[tuple[datetime, datetime]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    on_asked: Callable[[HistoryFilter], None] = lambda wanted: None

    def __post_init__(self) -> None:
        self.gate.set()

    def page(
        self,
        wanted: HistoryFilter,
        *,
        size: int = 50,
        before: Cursor | None = None,
        after: Cursor | None = None,
    ) -> Page:
        """Cursors are places in the list of those that fit."""
        self.asked.append(wanted)
        self.on_asked(wanted)
        self._answer()
        fitting = self._fitting(wanted)
        start = 0
        if before is not None:
            start = before.pk
        elif after is not None:
            start = max(0, after.pk - size)
        end = start + size
        return Page(
            fitting[start:end],
            Cursor(0, end) if end < len(fitting) else None,
            Cursor(0, start) if start else None,
        )

    def count(self, wanted: HistoryFilter, most: int = 10_000) -> int:
        self._answer()
        return min(most, self.counted if self.counted is not None else len(self._fitting(wanted)))

    def day(self, start: datetime, end: datetime) -> DayAtAGlance:
        self.days.append((start, end))
        self._answer()
        return self.glance

    def all(self, wanted: HistoryFilter) -> Iterator[CheckIn]:
        yield from self._fitting(wanted)

    def _answer(self) -> None:
        assert self.gate.wait(20)
        if self.error is not None:
            raise self.error

    def _fitting(self, wanted: HistoryFilter) -> tuple[CheckIn, ...]:
        return tuple(row for row in self.rows if _fits(row, wanted))


def _fits(row: CheckIn, wanted: HistoryFilter) -> bool:
    subject, began = row.intent.subject, row.intent.started_at
    said = f"{subject.name} {subject.person_id}".lower() if subject is not None else ""
    verdict = row.ending.verdict if row.ending is not None else None
    return (
        wanted.text.lower() in said
        and wanted.person_id in (None, subject.person_id if subject is not None else "")
        and wanted.verdict in (None, verdict)
        and wanted.engine in (None, row.intent.engine)
        and (wanted.since is None or began >= wanted.since)
        and (wanted.until is None or began < wanted.until)
    )
