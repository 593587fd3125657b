"""Chooses, opens and watches the camera, and says in words how it is."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from facecheck_gui.camera.address import (
    Backend,
    CameraAddress,
    CameraDevice,
    CameraIdentity,
    CameraStream,
    Demonstration,
    VideoFile,
)
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.settings.schema import CameraSettings
from facecheck_gui.ui.staff.camera_choice import ChoiceReason, choose
from facecheck_gui.ui.staff.camera_picker import CameraPicker
from facecheck_gui.ui.staff.notices import Notice, Notices
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.workers.camera import CameraWorker
from facecheck_gui.workers.devices import DeviceWatcher

_STAND_IN = "camera"
_PLAYED = "demonstration"


class CameraDesk(QObject):
    """``remember_requested`` carries setting names and values of the camera a person chose."""

    remember_requested = Signal(dict)
    frame_seen = Signal(object)
    """Carries each ``Frame``."""
    camera_chosen = Signal()
    """Another camera is being opened."""

    def __init__(
        self,
        worker: CameraWorker,
        watcher: DeviceWatcher,
        *,
        view: CameraView,
        picker: CameraPicker,
        notices: Notices,
        words: Words,
        settings: CameraSettings,
        fixed: CameraAddress | None = None,
    ) -> None:
        """``fixed`` is opened instead of any remembered camera, and nothing is remembered."""
        super().__init__()
        self._worker, self._watcher = worker, watcher
        self._view, self._picker, self._notices, self._words = view, picker, notices, words
        self._settings = settings
        self._address: CameraAddress | None = fixed or _typed(settings.address)
        self._chosen_by_hand = self._address is not None
        self._told: tuple[CameraState, CameraError | None] = (CameraState.CLOSED, None)
        self._guest: CameraView | None = None
        worker.frame_ready.connect(self._on_frame_ready)
        worker.state_changed.connect(self._on_state_changed)
        watcher.cameras_changed.connect(self._on_cameras_changed)
        watcher.cameras_changed.connect(worker.retry_now)
        picker.chosen.connect(self._on_chosen)
        view.size_wanted.connect(self._on_size_wanted)

    @property
    def address(self) -> CameraAddress | None:
        """The camera that is open, or meant to be."""
        return self._address

    def start(self) -> None:
        """Open the camera and look for others."""
        self._on_size_wanted(*self._view.device_size())
        if self._address is not None:
            self._open(self._address)
        self._watcher.start()

    def use(self, settings: CameraSettings) -> None:
        """Other settings: a camera of this machine is opened again where they matter."""
        before, self._settings = self._settings, settings
        matters = ("width_px", "height_px", "backend")
        changed = any(getattr(before, name) != getattr(settings, name) for name in matters)
        if changed and isinstance(self._address, CameraDevice):
            self._open(self._device(self._address.identity))

    def type_address(self, text: str) -> bool:
        """Open what a person typed; False when it is no camera."""
        address = _typed(text)
        if address is None:
            return False
        self._choose_by_hand(address)
        typed = text if not isinstance(address, CameraStream) or "@" not in text else ""
        # An address with a password in it is used and not kept.
        self.remember_requested.emit({"camera.address": typed})
        return True

    def retranslate(self) -> None:
        """The language has changed."""
        self._show_state(*self._told)

    def lend(self, view: CameraView) -> None:
        """Show the live picture in another view meanwhile, until ``take_home``."""
        self._guest = view
        view.size_wanted.connect(self._on_guest_size_wanted)
        self._show_state(*self._told)
        self._on_guest_size_wanted(*view.device_size())

    def take_home(self) -> None:
        """Show it in its own view again."""
        if self._guest is not None:
            self._guest.size_wanted.disconnect(self._on_guest_size_wanted)
        self._guest = None
        self._worker.set_preview_size(*self._view.device_size())

    @Slot(object)
    def _on_chosen(self, content: object) -> None:
        if isinstance(content, CameraIdentity):
            self._choose_by_hand(self._device(content))
            self.remember_requested.emit(
                {
                    "camera.name": content.name,
                    "camera.path": content.path,
                    "camera.vendor_id": content.vendor_id,
                    "camera.product_id": content.product_id,
                    "camera.address": "",
                }
            )
        else:
            self._choose_by_hand(cast(CameraAddress, content))

    def _choose_by_hand(self, address: CameraAddress) -> None:
        self._chosen_by_hand = True
        self._notices.take_away(_STAND_IN)
        self._open(address)

    def _device(self, identity: CameraIdentity | None) -> CameraDevice:
        settings = self._settings
        backend = Backend(settings.backend)
        return CameraDevice(identity, backend, settings.width_px, settings.height_px)

    def _open(self, address: CameraAddress) -> None:
        self._address = address
        self._picker.show_cameras(self._watcher.cameras, address)
        self._worker.open(address)
        self.camera_chosen.emit()

    @Slot(object)
    def _on_cameras_changed(self, cameras: tuple[CameraIdentity, ...]) -> None:
        if not self._chosen_by_hand:
            self._follow(cameras)
        self._picker.show_cameras(cameras, self._address)

    def _follow(self, cameras: tuple[CameraIdentity, ...]) -> None:
        """Take the remembered camera, or the next known one while it is away."""
        remembered = _remembered(self._settings)
        choice = choose(remembered, cameras)
        if choice.camera is None:
            self._notices.take_away(_STAND_IN)
            if self._address is None:
                self._show_state(CameraState.CLOSED, CameraError(Fault.CAMERA_ABSENT))
            return
        if choice.reason is ChoiceReason.STAND_IN and remembered is not None:
            values = {"wanted": remembered.name, "used": choice.camera.name}
            self._notices.show_notice(_STAND_IN, Notice("camera_stand_in", values))
        else:
            self._notices.take_away(_STAND_IN)
        wanted = self._device(choice.camera)
        if wanted != self._address:
            self._open(wanted)

    @Slot()
    def _on_frame_ready(self) -> None:
        preview = self._worker.take_preview()
        if preview is not None:
            (self._guest or self._view).show_preview(preview)
            self.frame_seen.emit(preview.frame)

    @Slot(object, object)
    def _on_state_changed(self, state: CameraState, error: CameraError | None) -> None:
        self._show_state(state, error)

    def _show_state(self, state: CameraState, error: CameraError | None) -> None:
        self._told = (state, error)
        if isinstance(self._address, Demonstration):
            self._notices.show_notice(_PLAYED, Notice("demonstration", lasting=True))
        else:
            self._notices.take_away(_PLAYED)
        views = [self._view] if self._guest is None else [self._view, self._guest]
        for view in views:
            self._tell(view, state, error)

    def _tell(self, view: CameraView, state: CameraState, error: CameraError | None) -> None:
        text = self._words.text
        if state is CameraState.LIVE:
            view.show_caption(text("staff.caption_live"))
        elif error is not None and error.fault is Fault.CAMERA_ABSENT and self._address is None:
            view.show_status(
                "camera-off",
                text("staff_camera.none_title"),
                text("staff_camera.none"),
                text("staff_camera.retry"),
            )
        elif error is not None:
            explanation = explain(error, self._words)
            view.show_status(
                "camera-off",
                explanation.sentence,
                explanation.staff,
                text("staff_camera.retry"),
                text("staff_camera.choose_another"),
            )
        elif state is CameraState.OPENING:
            name = self._address.name if self._address else ""
            view.show_status("camera", text("staff_camera.opening_title"), name)

    def retry(self) -> None:
        """Look again, and try the camera again, now."""
        self._watcher.look()
        self._worker.retry_now()

    @Slot(int, int)
    def _on_size_wanted(self, width_px: int, height_px: int) -> None:
        if self._guest is None:
            self._worker.set_preview_size(width_px, height_px)

    @Slot(int, int)
    def _on_guest_size_wanted(self, width_px: int, height_px: int) -> None:
        self._worker.set_preview_size(width_px, height_px)


def _remembered(settings: CameraSettings) -> CameraIdentity | None:
    if not settings.name and not settings.path:
        return None
    return CameraIdentity(settings.name, settings.path, settings.vendor_id, settings.product_id)


def _typed(text: str) -> CameraAddress | None:
    """A stream's address or a video file's path; None when it is neither."""
    text = text.strip()
    try:
        if "://" in text:
            return CameraStream(text)
        return VideoFile(Path(text)) if text else None
    except ValueError:
        return None
