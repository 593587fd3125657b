"""Looks for a badge in the live picture, and listens to a hand scanner that types."""

import time
from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.flows.hand_scanner import HandScanner
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_SPACING_S, _GONE_AFTER_S = 0.3, 2.0
_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}


class Reads(Protocol):
    """What finds a code in a picture; see ``vision.badge_reader``."""

    def read(self, pixels: Pixels) -> str:
        """The code's text; "" where there is none."""
        ...


class BadgeWatch(QObject):
    """``code_seen`` carries what the camera saw, once however long a badge is held up;
    ``code_scanned`` what a hand scanner typed.

    ``wanted`` says whether the camera is to be looked through now. The hand scanner is heard while
    ``window`` is in front and nobody is in a field where text is written.
    """

    code_seen = Signal(str)
    code_scanned = Signal(str)

    def __init__(
        self,
        lane: Lane,
        make_reader: Callable[[], Reads],
        window: QWidget,
        *,
        wanted: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)  # it ends with what it listens to
        self._lane, self._make_reader, self._window = lane, make_reader, window
        self._wanted, self._clock = wanted, clock
        self._reader: Reads | None = None
        self._task: Task | None = None
        self._next_s = 0.0
        self._held, self._held_s = "", 0.0
        self._scanner = HandScanner()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    @property
    def idle(self) -> bool:
        """Whether no frame is being looked at."""
        return self._task is None

    def forget(self) -> None:
        """Another visitor: the same badge counts again."""
        self._held = ""
        self._scanner.forget()

    @Slot(object)
    def see_frame(self, frame: Frame) -> None:
        """A frame has arrived. Looks three times a second, at one frame at a time."""
        now_s = self._clock()
        if self._task is not None or now_s < self._next_s or not self._wanted():
            return
        self._next_s = now_s + _SPACING_S
        self._task = Task(lambda _: self._read(frame.pixels))
        self._task.succeeded.connect(self._on_read)
        self._task.finished.connect(self._on_finished)
        self._lane.submit(self._task)

    def _read(self, pixels: Pixels) -> str:
        """On the lane: what reads takes a moment to load, too."""
        if self._reader is None:
            self._reader = self._make_reader()
        return self._reader.read(pixels)

    @Slot(object)
    def _on_read(self, code: object) -> None:
        read, now_s = cast(str, code), self._clock()
        if not read:
            return
        again = read == self._held and now_s - self._held_s < _GONE_AFTER_S
        self._held, self._held_s = read, now_s
        if not again and self._wanted():
            self.code_seen.emit(read)

    @Slot()
    def _on_finished(self) -> None:
        self._task = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own hook: sees every key before whoever has the keyboard does."""
        if event.type() == QEvent.Type.KeyPress and watched is self._window.windowHandle():
            return self._hear(cast(QKeyEvent, event))
        return False

    def _hear(self, event: QKeyEvent) -> bool:
        """Whether the key was a scanner's, and so nobody else's."""
        if isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self._scanner.forget()
            return False
        if event.key() in _ENDS:
            was_busy = self._scanner.busy
            code = self._scanner.end(self._clock())
            if code:
                self.code_scanned.emit(code)
            return was_busy and bool(code)
        character = event.text()
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if not plain or len(character) != 1 or not character.isprintable():
            if character:
                self._scanner.forget()
            return False
        self._scanner.key(character, self._clock())
        return self._scanner.busy
