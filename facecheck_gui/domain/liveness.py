"""Whether a living person is in front of the camera."""

from dataclasses import dataclass
from enum import Enum


class LivenessLevel(Enum):
    """How much is asked; the values are also what the command line takes."""

    NONE = "none"
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class LivenessResult(Enum):
    """What came of it. Shown with every verdict: a check without liveness says so."""

    NOT_CHECKED = "not_checked"
    PASSED = "passed"
    FAILED = "failed"


class Challenge(Enum):
    """What the person is asked to do. Left and right are the person's own."""

    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    COME_CLOSER = "come_closer"


class LivenessSign(Enum):
    """Why liveness was not passed."""

    MOVES_AS_FLAT = "moves_as_flat"
    """The points keep to one plane, or to a bent sheet."""
    MOVES_WITH_SURROUNDINGS = "moves_with_surroundings"
    """The face and what is round it move as one picture."""
    DOES_NOT_MOVE = "does_not_move"
    FRAMES_REPEAT = "frames_repeat"
    SCREEN_PATTERN = "screen_pattern"
    """Flicker, or the moiré of a screen."""
    VIRTUAL_CAMERA = "virtual_camera"
    OTHER_PERSON = "other_person"
    FACE_LOST = "face_lost"
    NOT_DONE_IN_TIME = "not_done_in_time"
    LOCKED = "locked"
    """Too many failures; staff must look."""


@dataclass(frozen=True, slots=True)
class LivenessReport:
    """How a liveness check ended. ``signs`` says why, where it did not pass."""

    level: LivenessLevel
    result: LivenessResult
    signs: tuple[LivenessSign, ...] = ()

    def proves(self, asked: LivenessLevel) -> bool:
        """Whether it passed, at no lower a level than ``asked``."""
        levels = tuple(LivenessLevel)
        return self.result is LivenessResult.PASSED and levels.index(self.level) >= levels.index(
            asked
        )


_ATTACKS = frozenset(
    {
        LivenessSign.MOVES_AS_FLAT,
        LivenessSign.MOVES_WITH_SURROUNDINGS,
        LivenessSign.FRAMES_REPEAT,
        LivenessSign.SCREEN_PATTERN,
        LivenessSign.VIRTUAL_CAMERA,
        LivenessSign.OTHER_PERSON,
    }
)


def is_attack(sign: LivenessSign) -> bool:
    """Whether it speaks of deception; else it says that nothing could be told."""
    return sign in _ATTACKS


def report_of(level: LivenessLevel, signs: tuple[LivenessSign, ...]) -> LivenessReport:
    """Passed without signs, failed with any sign of an attack, not checked otherwise.

    NONE asks for nothing, so it is never passed.
    """
    if any(is_attack(sign) for sign in signs):
        return LivenessReport(level, LivenessResult.FAILED, signs)
    if signs or level is LivenessLevel.NONE:
        return LivenessReport(level, LivenessResult.NOT_CHECKED, signs)
    return LivenessReport(level, LivenessResult.PASSED)
