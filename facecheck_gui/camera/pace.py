"""A steady rhythm for sources that make their own frames."""

import math
from collections.abc import Callable


class Pace:
    """When the next frame is due. Lateness of less than a frame is made up for, more is not."""

    def __init__(self, interval_s: float, clock: Callable[[], float]) -> None:
        self._interval_s = interval_s
        self._clock = clock
        self._due_s = -math.inf

    @property
    def wait_s(self) -> float:
        """Seconds until the next frame is due, 0 or more."""
        return max(0.0, self._due_s - self._clock())

    def tick(self) -> float:
        """A frame is taken now; returns the time."""
        now_s = self._clock()
        if now_s - self._due_s > self._interval_s:
            self._due_s = now_s
        self._due_s += self._interval_s
        return now_s
