"""Asks the person in front of the camera for a sign of life before a check."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.liveness import LivenessLevel, LivenessReport, LivenessSign
from facecheck_gui.flows.proof import MakeProof, ProofState, could_not_tell
from facecheck_gui.i18n import Words
from facecheck_gui.messages import challenge_text
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.guidance import ChallengeContent, GuidanceContent
from facecheck_gui.vision.liveness.lock import FailureLock, LockState
from facecheck_gui.workers.analysis import AnalysisWorker

# Two challenges of 8 s with one more try; a camera that gives nothing may not stretch it.
_LONGEST_MS = 30_000


class Proving(QObject):
    """``ended`` carries the report and the best frames, best first; once for each ``start``."""

    ended = Signal(object, object)

    def __init__(
        self,
        analysis: AnalysisWorker,
        make_proof: MakeProof,
        view: CameraView,
        words: Words,
        lock: FailureLock,
    ) -> None:
        super().__init__(view)
        self._analysis, self._make_proof = analysis, make_proof
        self._view, self._words, self._lock = view, words, lock
        self._level: LivenessLevel | None = None
        self._longest = QTimer(self, singleShot=True, interval=_LONGEST_MS)
        self._longest.timeout.connect(self._on_longest)
        analysis.followed.connect(self._on_followed)

    @property
    def running(self) -> bool:
        """Whether a sign of life is asked for."""
        return self._level is not None

    def start(self, level: LivenessLevel, camera_name: str) -> None:
        """Begin; after too many failures it ends at once."""
        if self.running:
            return
        if self._lock.state is not LockState.OPEN:
            self.ended.emit(could_not_tell(level, LivenessSign.LOCKED), ())
            return
        self._level = level
        make: Callable[..., object] = self._make_proof(level, camera_name).see
        self._analysis.follow(make)
        self._longest.start()

    @Slot()
    def cancel(self) -> None:
        """Break it off. Nothing is told, and a try that was not finished counts as one."""
        if self._level is not None:
            self._lock.count(could_not_tell(self._level, LivenessSign.NOT_DONE_IN_TIME))
        self._stop()

    @Slot()
    def forgive(self) -> None:
        """Another person: the count begins anew."""
        self._lock.unlock()

    @Slot(object, object)
    def see_camera(self, state: CameraState, _: object) -> None:
        """Without a live camera nobody can be seen to live."""
        if self._level is not None and state is not CameraState.LIVE:
            self._end(could_not_tell(self._level, LivenessSign.FACE_LOST), ())

    @Slot(object)
    def _on_followed(self, state: ProofState) -> None:
        if self._level is None:
            return
        if state.report is not None:
            self._end(state.report, state.frames)
            return
        face = state.observation.face
        box = face.box if face is not None else None
        if state.challenge is None:
            text = self._words.text("staff.liveness_watching")
            self._view.show_guidance(
                GuidanceContent("hold", text, face=box, progress=state.progress)
            )
            return
        self._view.show_challenge(
            ChallengeContent(
                state.challenge,
                challenge_text(state.challenge, self._words),
                state.progress,
                state.remaining_s,
                box,
            )
        )

    @Slot()
    def _on_longest(self) -> None:
        if self._level is not None:
            self._end(could_not_tell(self._level, LivenessSign.NOT_DONE_IN_TIME), ())

    def _end(self, report: LivenessReport, frames: tuple[object, ...]) -> None:
        self._stop()
        self._lock.count(report)
        self.ended.emit(report, frames)

    def _stop(self) -> None:
        self._level = None
        self._longest.stop()
        self._analysis.follow(None)
        self._view.show_challenge(None)
        self._view.show_guidance(None)
