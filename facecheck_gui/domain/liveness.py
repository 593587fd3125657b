"""Whether a living person is in front of the camera."""

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
