"""Takes portraits for the roster with the staff window's camera, which then shows nothing else."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from facecheck_gui.domain.errors import CameraError
from facecheck_gui.domain.image import Frame, Picture
from facecheck_gui.flows.capture import AutoCapture, Capture
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.camera_desk import CameraDesk
from facecheck_gui.ui.staff.portrait_dialog import PortraitDialog
from facecheck_gui.vision.guidance import Guide
from facecheck_gui.workers.analysis import AnalysisWorker

_MAX_AGE_S = 0.5


class Studio(QObject):
    """``fresh_frame`` gives a frame not older than its seconds, or raises CameraError; ``clear``
    lets the staff window drop what it shows of a check; ``make_guide`` gives a new guide."""

    def __init__(
        self,
        camera: CameraDesk,
        analysis: AnalysisWorker,
        watching: Watching,
        look: Look,
        words: Words,
        *,
        fresh_frame: Callable[[float], Frame],
        make_guide: Callable[[], Guide],
        clear: Callable[[], None],
    ) -> None:
        super().__init__(camera)
        self._camera, self._analysis, self._staff = camera, analysis, watching
        self._look, self._words = look, words
        self._fresh_frame, self._make_guide, self._clear = fresh_frame, make_guide, clear
        self._dialog: PortraitDialog | None = None
        self._watching: Watching | None = None

    def take(self, parent: QWidget) -> Picture | None:
        """Ask for a portrait; None where the dialog was left."""
        self._clear()
        dialog = PortraitDialog(self._look, self._words, parent)
        watching = Watching(
            self._analysis, self._make_guide(), dialog.view, self._words, capture=AutoCapture()
        )
        self._dialog, self._watching = dialog, watching
        watching.captured.connect(self._on_captured)
        dialog.take_wanted.connect(self._on_take_wanted)
        dialog.again_wanted.connect(self._on_again_wanted)
        self._staff.be_quiet(True)  # noqa: FBT003 - a state
        self._camera.lend(dialog.view)
        taken = dialog.exec()
        self._camera.take_home()
        self._staff.be_quiet(False)  # noqa: FBT003
        self._dialog = self._watching = None
        picture = dialog.picture if taken else None
        dialog.deleteLater()
        return picture

    @Slot(object)
    def _on_captured(self, capture: Capture) -> None:
        self._show(capture.best.frame)

    @Slot()
    def _on_take_wanted(self) -> None:
        try:
            self._show(self._fresh_frame(_MAX_AGE_S))
        except CameraError as error:
            if self._dialog is not None:
                said = explain(error, self._words)
                self._dialog.show_trouble(f"{said.sentence} {said.staff}")

    def _show(self, frame: Frame) -> None:
        if self._dialog is not None and self._watching is not None:
            self._watching.be_quiet(True)  # noqa: FBT003 - a state
            self._dialog.show_taken(frame)

    @Slot()
    def _on_again_wanted(self) -> None:
        if self._watching is not None:
            self._watching.rearm()
            self._watching.be_quiet(False)  # noqa: FBT003 - a state
