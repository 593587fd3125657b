"""The one door from a plain thread to the thread of a QObject."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")


class _Bell(QObject):
    rang = Signal(object)


class Outlet(Generic[T]):
    """``post`` a value from any thread; ``slot`` gets it, in order, where the outlet was made.

    ``slot`` is a bound method of a QObject: Qt then knows where and how long to deliver.
    Threads hold the outlet, never the QObject behind it, which so lives and ends on its thread.
    """

    def __init__(self, slot: Callable[[T], None]) -> None:
        self._lock = threading.Lock()
        self._bell: _Bell | None = _Bell()
        self._bell.rang.connect(slot, Qt.ConnectionType.QueuedConnection)

    def post(self, value: T) -> None:
        """Send ``value``; never waits. Dropped when the outlet is closed."""
        with self._lock:
            if self._bell is not None:
                self._bell.rang.emit(value)

    def close(self) -> None:
        """Deliver nothing that is posted from now on. To be called where the outlet was made."""
        with self._lock:
            self._bell = None
