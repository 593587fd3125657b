"""Five failures in a row, and it takes patience; one more, and it takes staff."""

from collections.abc import Callable
from enum import Enum

from facecheck_gui.domain.liveness import LivenessReport, LivenessResult

_FREE_FAILURES = 5
_WAIT_S = 30.0


class LockState(Enum):
    """Whether another check may begin."""

    OPEN = "open"
    WAIT = "wait"
    """It opens by itself."""
    STAFF = "staff"
    """Staff must look."""


class FailureLock:
    """Counts checks that did not pass. Only a pass or staff sets the count back, no retry does.

    The fifth failure locks for 30 s; every failure after that locks until staff unlock.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._locked_at_s: float | None = None

    @property
    def failures(self) -> int:
        """How many in a row."""
        return self._failures

    @property
    def wait_s(self) -> float:
        """Seconds until it opens by itself; 0 where it is open or waits for staff."""
        if self._failures != _FREE_FAILURES or self._locked_at_s is None:
            return 0.0
        return max(0.0, self._locked_at_s + _WAIT_S - self._clock())

    @property
    def state(self) -> LockState:
        """Whether another check may begin now."""
        if self._failures > _FREE_FAILURES:
            return LockState.STAFF
        return LockState.WAIT if self.wait_s > 0 else LockState.OPEN

    def count(self, report: LivenessReport) -> None:
        """Take in how a check ended. What was not finished counts as not passed."""
        if report.result is LivenessResult.PASSED:
            self.unlock()
            return
        if self.state is not LockState.OPEN:
            return
        self._failures += 1
        if self._failures == _FREE_FAILURES:
            self._locked_at_s = self._clock()

    def unlock(self) -> None:
        """Staff have looked."""
        self._failures = 0
        self._locked_at_s = None
