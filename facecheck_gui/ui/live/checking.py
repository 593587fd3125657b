"""Runs checks for the window: one attempt at a time, on a lane, with a witness from the camera."""

from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.comparison import ComparisonRequest, EngineName, Verification
from facecheck_gui.domain.errors import CameraError, FaceCheckError, Fault
from facecheck_gui.domain.image import Frame
from facecheck_gui.flows.attempt import Attempt
from facecheck_gui.flows.verification import Verifier, not_decided
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_WITNESS_WITHIN_MS = 1500


class Checking(QObject):
    """``began`` tells the request, ``ended`` the verification; each begin has exactly one end.

    An end is told when it was written down, which is done on ``records``: the engine may be busy.
    """

    began = Signal(object)
    ended = Signal(object)

    def __init__(
        self, lane: Lane, records: Lane, verifier: Verifier, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._records = records
        self._asked = verifier
        self._unwritten: Verification | None = None
        self._verifier = verifier
        self._attempt: Attempt | None = None
        self._task: Task | None = None
        self._witness_timer = QTimer(self)
        self._witness_timer.setSingleShot(True)
        self._witness_timer.setInterval(_WITNESS_WITHIN_MS)
        self._witness_timer.timeout.connect(self._on_witness_missed)

    @property
    def running(self) -> bool:
        """Whether an attempt is under way."""
        return self._attempt is not None or self._unwritten is not None

    @property
    def engine(self) -> EngineName:
        """Who would answer now."""
        return self._verifier.engine

    def use(self, verifier: Verifier) -> None:
        """From the next attempt on, ask this verifier."""
        self._verifier = verifier

    def start(self, request: ComparisonRequest) -> None:
        """Begin an attempt. Does nothing while one is under way."""
        if self.running:
            return
        verifier = self._asked = self._verifier
        self._attempt = Attempt(
            request, verifier.engine, verifier.threshold, ended=self._on_attempt_ended
        )
        self._task = Task(lambda token: verifier.verify(request, token))
        self._task.succeeded.connect(self._on_answered)
        self._task.failed.connect(self._on_crashed)
        self.began.emit(request)
        self._lane.submit(self._task)

    def refuse(self, request: ComparisonRequest, error: FaceCheckError) -> None:
        """Tell of an attempt that ended before it could begin: the camera gave no probe."""
        if self.running:
            return
        verifier = self._asked = self._verifier
        self._attempt = Attempt(
            request, verifier.engine, verifier.threshold, ended=self._on_attempt_ended
        )
        self._attempt.crashed(error)

    @Slot()
    def cancel(self) -> None:
        """End the attempt now; its call is cut off."""
        if self._attempt is not None:
            self._attempt.cancel()

    @Slot(object)
    def see_frame(self, frame: Frame) -> None:
        """A frame has arrived from the camera; one that may be stuck or shows nothing is no
        witness."""
        if self._attempt is not None and not frame.suspect:
            self._attempt.frame_arrived(frame.captured_at_s)

    def see_camera(self, state: CameraState, error: CameraError | None) -> None:
        """The camera's state has changed: an attempt lives only with a live camera."""
        if self._attempt is not None and state is not CameraState.LIVE:
            self._attempt.camera_failed(error or CameraError(Fault.CAMERA_LOST))

    @Slot(object)
    def _on_answered(self, verification: object) -> None:
        if self._attempt is None:
            return
        self._attempt.answered(cast(Verification, verification))
        if self._attempt is not None and self._attempt.awaits_witness:
            self._witness_timer.start()

    @Slot(object)
    def _on_crashed(self, error: object) -> None:
        if self._attempt is not None:
            self._attempt.crashed(cast(FaceCheckError, error))

    @Slot()
    def _on_witness_missed(self) -> None:
        if self._attempt is not None:
            self._attempt.witness_missed()

    def _on_attempt_ended(self, verification: Verification) -> None:
        self._attempt = None
        self._witness_timer.stop()
        task, self._task = self._task, None
        if task is not None:
            task.succeeded.disconnect(self._on_answered)
            task.failed.disconnect(self._on_crashed)
            task.cancel()
        self._write_down(verification)

    def _write_down(self, verification: Verification) -> None:
        verifier = self._asked
        if not verifier.writes_down:
            self.ended.emit(verification)
            return
        self._unwritten = verification
        writing = Task(lambda _: verifier.conclude(verification))
        writing.succeeded.connect(self._on_written)
        writing.failed.connect(self._on_unwritten)
        self._records.submit(writing)

    @Slot(object)
    def _on_written(self, verification: object) -> None:
        self._unwritten = None
        self.ended.emit(verification)

    @Slot(object)
    def _on_unwritten(self, error: object) -> None:
        """A bug, or the program's end: what was not written down is not told."""
        unwritten, self._unwritten = self._unwritten, None
        if unwritten is None:
            return
        self.ended.emit(
            not_decided(
                unwritten.request,
                unwritten.engine,
                unwritten.threshold,
                unwritten.elapsed_ms,
                cast(FaceCheckError, error),
            )
        )
