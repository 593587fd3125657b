"""Finding out whether a living person stands there, and keeping the best frames of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.liveness import (
    Challenge,
    LivenessLevel,
    LivenessReport,
    LivenessResult,
    LivenessSign,
)
from facecheck_gui.domain.observation import Observation
from facecheck_gui.flows.capture import by_quality

_BEST_FRAMES = 3


class Session(Protocol):
    """A liveness check that runs; see ``vision.liveness.session``."""

    @property
    def challenge(self) -> Challenge | None:
        """What is asked now."""
        ...

    @property
    def progress(self) -> float:
        """0 to 1."""
        ...

    @property
    def remaining_s(self) -> float:
        """Seconds left for what is asked."""
        ...

    @property
    def report(self) -> LivenessReport | None:
        """How it ended."""
        ...

    def see(self, observation: Observation) -> None:
        """Take in one observation."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ProofState:
    """Where it stands after one more observation. ``frames`` are the best so far, best first."""

    observation: Observation
    challenge: Challenge | None
    progress: float
    remaining_s: float
    report: LivenessReport | None
    frames: tuple[Frame, ...]


class Proof:
    """One session with the frames that show the person best. For one thread.

    The probe is chosen among the frames in which liveness was seen: no other could stand for it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._best: list[Observation] = []

    def see(self, observation: Observation) -> ProofState:
        """Take in one observation."""
        session = self._session
        session.see(observation)
        if observation.face is not None and session.report is None:
            self._best = by_quality([*self._best, observation])[:_BEST_FRAMES]
        return ProofState(
            observation,
            session.challenge,
            session.progress,
            session.remaining_s,
            session.report,
            tuple(seen.frame for seen in self._best),
        )


MakeProof = Callable[[LivenessLevel, str], Proof]
"""A proof at a level, before a camera of that name."""


def could_not_tell(level: LivenessLevel, sign: LivenessSign) -> LivenessReport:
    """A report of a check that was not finished."""
    return LivenessReport(level, LivenessResult.NOT_CHECKED, (sign,))
