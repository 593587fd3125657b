"""The station's camera: open only while the page may read it, shown in the page's own view."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from facecheck_gui.camera.address import CameraAddress
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.errors import CameraError
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.workers.camera import CameraWorker


class KioskCamera(QObject):
    """``frame_seen`` carries each ``Frame``, ``lost`` tells that no pictures come any more."""

    frame_seen = Signal(object)
    lost = Signal()

    def __init__(
        self,
        worker: CameraWorker,
        address: Callable[[], CameraAddress | None],
        parent: QObject | None = None,
    ) -> None:
        """``address`` is asked at each opening; None where there is no camera."""
        super().__init__(parent)
        self._worker, self._address = worker, address
        self._view: CameraView | None = None
        self._name = ""
        worker.frame_ready.connect(self._on_frame_ready)
        worker.state_changed.connect(self._on_state_changed)

    @property
    def name(self) -> str:
        """What the open camera is called."""
        return self._name

    @property
    def worker(self) -> CameraWorker:
        """Whose state a check must outlive."""
        return self._worker

    def show_in(self, view: CameraView | None) -> None:
        """Read it and show it there; None closes it, and nothing of it is left on a view."""
        if view is self._view:
            return
        before, self._view = self._view, view
        if before is not None:
            before.size_wanted.disconnect(self._on_size_wanted)
            before.show_guidance(None)
            before.unfreeze()
            before.show_status("camera", "", "")
        if view is None:
            self._worker.close()
            return
        view.size_wanted.connect(self._on_size_wanted)
        self._on_size_wanted(*view.device_size())
        if before is None:
            self._open()

    def _open(self) -> None:
        address = self._address()
        if address is None:
            self.lost.emit()
            return
        self._name = address.name
        self._worker.open(address)

    @Slot()
    def _on_frame_ready(self) -> None:
        preview = self._worker.take_preview()
        if preview is not None and self._view is not None:
            self._view.show_preview(preview)
            self.frame_seen.emit(preview.frame)

    @Slot(object, object)
    def _on_state_changed(self, state: CameraState, _: CameraError | None) -> None:
        if self._view is not None and state in {CameraState.LOST, CameraState.FROZEN}:
            self.lost.emit()

    @Slot(int, int)
    def _on_size_wanted(self, width_px: int, height_px: int) -> None:
        self._worker.set_preview_size(width_px, height_px)
