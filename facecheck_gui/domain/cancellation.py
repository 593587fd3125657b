"""Ending a piece of work from another thread."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from facecheck_gui.domain.errors import Cancelled


class CancelToken:
    """Handed to a piece of work; whoever holds it may cancel, once and for ever. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._event = threading.Event()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether ``cancel`` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the work to end. Runs what ``on_cancel`` registered, on the caller's thread."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def raise_if_cancelled(self) -> None:
        """Raise ``Cancelled`` when the work is no longer wanted."""
        if self.cancelled:
            raise Cancelled

    def wait(self, timeout_s: float) -> bool:
        """Sleep, but wake at once when cancelled; returns whether it was."""
        return self._event.wait(timeout_s)

    @contextmanager
    def on_cancel(self, callback: Callable[[], None]) -> Iterator[None]:
        """Run ``callback`` if the work is cancelled within the block, or was so before it."""
        with self._lock:
            already = self._event.is_set()
            if not already:
                self._callbacks.append(callback)
        if already:
            callback()
        try:
            yield
        finally:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)
