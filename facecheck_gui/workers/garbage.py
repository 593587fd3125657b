"""Where Python may look for garbage."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1000
_MIDDLE_EVERY = 10
_OLD_EVERY = 60


class GarbageCollection(QObject):
    """Lets Python break up reference cycles on the window's thread alone, once a second.

    By default the search starts on whichever thread happens to allocate; a QObject that it finds
    is then destroyed on that thread, which ends the program in a crash sooner or later.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Take over. To be called before the first thread starts."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Hand back to Python, once the threads have ended."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _on_time(self) -> None:
        """Young objects every time, 0.1 ms; all of them once a minute, about 20 ms."""
        self._rounds += 1
        if self._rounds % _OLD_EVERY == 0:
            gc.collect(2)
        elif self._rounds % _MIDDLE_EVERY == 0:
            gc.collect(1)
        else:
            gc.collect(0)
