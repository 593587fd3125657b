"""One piece of work away from the window, with one outcome."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal, Slot

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, FaceCheckError

Work = Callable[[CancelToken], object]
"""Runs on a lane's thread. Returns its result or raises; looks at the token where it waits."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a piece of work ended: with a value, or with an error."""

    value: object = field(default=None, repr=False)
    error: FaceCheckError | None = None


class Task(QObject):
    """Emits exactly one of ``succeeded`` and ``failed``, then ``finished``, all on the thread it
    was made on; ``failed`` carries a ``FaceCheckError``. Connect bound methods of QObjects.

    ``cancel`` makes the outcome ``failed(Cancelled)`` at the next turn of the event loop, whether
    or not the work ever returns; what it answers afterwards is dropped. Runs once.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()
    cancel_asked = Signal()
    _cancel_due = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = work
        self.token = CancelToken()
        self._settled = False
        self._cancel_due.connect(self._on_cancel_due, Qt.ConnectionType.QueuedConnection)

    @property
    def is_settled(self) -> bool:
        """Whether the outcome was told."""
        return self._settled

    def take_work(self) -> Work:
        """What is to be done, once; the task then keeps nothing of it alive. For the lane alone."""
        work, self._work = self._work, None
        if work is None:
            raise RuntimeError("a task runs once")
        return work

    def cancel(self) -> None:
        """Stop it. May be called at any time, more than once, on the task's own thread."""
        if self._settled or self.token.cancelled:
            return
        self.token.cancel()
        self._cancel_due.emit()
        self.cancel_asked.emit()

    def settle(self, outcome: Outcome) -> None:
        """Tell the outcome, unless it was told or the task was cancelled. For the lane alone."""
        if not self._settled and not self.token.cancelled:
            self._tell(outcome)

    @Slot()
    def _on_cancel_due(self) -> None:
        if not self._settled:
            self._tell(Outcome(error=Cancelled()))

    def _tell(self, outcome: Outcome) -> None:
        self._settled = True
        self._work = None
        if outcome.error is not None:
            self.failed.emit(outcome.error)
        else:
            self.succeeded.emit(outcome.value)
        self.finished.emit()
