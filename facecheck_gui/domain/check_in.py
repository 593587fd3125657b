"""Who is expected, where, and what is remembered of each attempt to check somebody."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from facecheck_gui.domain.comparison import EngineName, Subject, Threshold, Verdict
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster. ``person_id`` is what badge and list say; days are included."""

    person_id: str
    name: str
    group: str = ""
    notes: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the person is expected on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Station:
    """One machine at one desk or door. ``station_id`` never changes, ``name`` is for people."""

    station_id: str
    name: str


class Transport(Enum):
    """How the two pictures went to whoever compared them."""

    NONE = "none"
    """Nobody was asked outside this program."""
    HTTPS = "https"
    HTTP = "http"
    """Open on the way, as somebody acknowledged in the settings."""


class AttemptState(Enum):
    """How far an attempt has come."""

    OPEN = "open"
    ENDED = "ended"
    BROKEN_OFF = "broken_off"
    """The program ended in the middle of it."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What is written before anything is compared. ``started_at`` is UTC."""

    attempt_id: str
    started_at: datetime
    engine: EngineName
    threshold: Threshold
    transport: Transport = Transport.NONE
    operator: str = ""
    subject: Subject | None = None
    liveness_asked: LivenessLevel = LivenessLevel.NONE
    probe_kind: FaceType = FaceType.LIVE
    reference_kind: FaceType = FaceType.LIVE
    despite_quality: bool = False
    consent_id: str = ""
    """The consent under which it is done; "" where none was asked for."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What is written after it. ``fault`` is the word of the fault, where nothing was compared;
    ``findings`` are words of findings, of quality and liveness, each with its picture."""

    state: AttemptState
    ended_at: datetime
    verdict: Verdict = Verdict.NOT_CHECKED
    score: float | None = None
    liveness: LivenessResult = LivenessResult.NOT_CHECKED
    fault: str = ""
    findings: tuple[str, ...] = ()
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One row of the audit: the ``number``-th attempt of a station. Without ``ending`` it is under
    way, or its program was killed and has not started again."""

    number: int
    station: Station
    intent: Intent
    ending: Ending | None = None

    @property
    def state(self) -> AttemptState:
        """How far it has come."""
        return self.ending.state if self.ending is not None else AttemptState.OPEN

    @property
    def outcome(self) -> Verdict | AttemptState:
        """The verdict; of an attempt that never came to one, how far it came."""
        if self.ending is None or self.ending.state is not AttemptState.ENDED:
            return self.state
        return self.ending.verdict
