"""The station's eyes: what the live picture shows is said over it, and a good picture taken."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.guidance import Guidance
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.observation import Observation
from facecheck_gui.flows.capture import AutoCapture, Capture
from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.guidance import INSTRUCTION_ICONS, GuidanceContent
from facecheck_gui.vision.guidance import Guide
from facecheck_gui.workers.analysis import AnalysisWorker


class Watching(QObject):
    """``observed`` carries each observation, ``captured`` a picture that took itself."""

    observed = Signal(object)
    captured = Signal(object)

    def __init__(
        self,
        analysis: AnalysisWorker,
        guide: Guide,
        view: CameraView,
        words: Words,
        *,
        capture: AutoCapture | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``capture`` None leaves taking pictures to people."""
        super().__init__(view)  # it ends with what it speaks through
        self._analysis, self._view, self._words = analysis, view, words
        self._guide, self._capture, self._clock = guide, capture, clock
        self._last: tuple[Observation, Guidance] | None = None
        self._quiet = False
        analysis.observed.connect(self._on_observed)

    @property
    def guidance(self) -> Guidance | None:
        """What is asked now; None while nothing is seen."""
        return self._last[1] if self._last is not None else None

    def use(self, guide: Guide, capture: AutoCapture | None) -> None:
        """Other settings."""
        self._guide, self._capture = guide, capture
        self._last = None

    def rearm(self) -> None:
        """Another person, or the same once more: the next good picture is taken again."""
        if self._capture is not None:
            self._capture.rearm()

    def be_quiet(self, quiet: bool) -> None:  # noqa: FBT001 - a state
        """While a probe stands still, or a movement is asked for, nothing else is."""
        self._quiet = quiet
        if quiet:
            self._view.show_guidance(None)

    @Slot(object)
    def see_frame(self, frame: Frame) -> None:
        """A frame has arrived from the camera."""
        self._analysis.offer(frame)

    @Slot(object, object)
    def see_camera(self, state: CameraState, _: object) -> None:
        """Without a live camera there is nobody to guide."""
        if state is not CameraState.LIVE:
            self._last = None
            self._view.show_guidance(None)
            self.rearm()

    def retranslate(self) -> None:
        """The language has changed."""
        self._say()

    @Slot(object)
    def _on_observed(self, observation: Observation) -> None:
        now_s = self._clock()
        guidance = self._guide.see(observation, now_s)
        self._last = (observation, guidance)
        self.observed.emit(observation)
        taken: Capture | None = None
        if self._capture is not None and not self._quiet:
            taken = self._capture.see(observation, guidance, now_s)
        self._say()
        if taken is not None:
            self.captured.emit(taken)

    def _say(self) -> None:
        if self._last is None or self._quiet:
            return
        observation, guidance = self._last
        instruction = guidance.instruction
        self._view.show_guidance(
            GuidanceContent(
                INSTRUCTION_ICONS[instruction],
                self._words.text(f"instruction.{instruction.value}"),
                ready=guidance.ready,
                face=observation.face.box if observation.face is not None else None,
                progress=self._capture.progress if self._capture is not None else 0.0,
            )
        )
