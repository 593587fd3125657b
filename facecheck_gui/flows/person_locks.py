"""Five failures of one person in a row, and the face way is closed: for a while, then until staff
open it. Kept in memory, per person."""

from collections.abc import Callable
from dataclasses import dataclass

_FREE_FAILURES = 5
_WAIT_S = 30.0
_FORGOTTEN_AFTER_S = 24 * 3600.0


@dataclass(slots=True)
class _Count:
    failures: int
    last_s: float


class PersonLocks:
    """``clock`` gives seconds. The fifth failure locks for 30 s, every one after that until staff
    unlock; a day without any is forgotten, so that memory does not grow."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._counts: dict[str, _Count] = {}

    def is_locked(self, person_id: str) -> bool:
        """Whether the face way is closed to this person now."""
        count = self._counts.get(person_id)
        if count is None or count.failures < _FREE_FAILURES:
            return False
        waits = count.failures == _FREE_FAILURES
        return not waits or self._clock() - count.last_s < _WAIT_S

    def count_failure(self, person_id: str) -> None:
        """One more that did not pass."""
        now_s = self._clock()
        self._counts = {
            known: count
            for known, count in self._counts.items()
            if now_s - count.last_s < _FORGOTTEN_AFTER_S
        }
        before = self._counts.get(person_id)
        failures = before.failures if before is not None else 0
        self._counts[person_id] = _Count(failures + 1, now_s)

    def unlock(self, person_id: str) -> None:
        """Staff have looked, or the person has passed."""
        self._counts.pop(person_id, None)
