"""The newest thing only: between a thread that makes frames and one that shows them."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """One slot. A newer item replaces an older one; a slow reader misses items, never lags.

    At most one wake is under way: ``put`` says when to send one, ``answer`` that it arrived.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._item: T | None = None
        self._waking = False

    def put(self, item: T) -> bool:
        """Leave ``item``; True when the reader must be woken."""
        with self._lock:
            self._item = item
            must_wake, self._waking = not self._waking, True
        return must_wake

    def answer(self) -> None:
        """The wake has arrived; the next ``put`` sends another."""
        with self._lock:
            self._waking = False

    def take(self) -> T | None:
        """The newest item, once; None when there is none since the last ``take``."""
        with self._lock:
            item, self._item = self._item, None
        return item
