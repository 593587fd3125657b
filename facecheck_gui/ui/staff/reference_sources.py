"""Where a reference photo can come from, each way a person can hand one over."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from facecheck_gui.domain.errors import CameraError
from facecheck_gui.domain.image import Picture
from facecheck_gui.i18n import Words
from facecheck_gui.ui.staff.notices import Notice
from facecheck_gui.ui.staff.reference_desk import ReferenceDesk
from facecheck_gui.ui.staff.text_dialog import TextDialog
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.workers.camera import CameraWorker

_MAX_AGE_S = 0.5
_PASTE = "paste"


class ReferenceSources(QObject):
    """Connects the reference panel with what loads references."""

    def __init__(
        self,
        window: StaffWindow,
        references: ReferenceDesk,
        camera: CameraWorker,
        words: Words,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__(window)
        self._window, self._references = window, references
        self._camera, self._words, self._now = camera, words, now
        panel = window.reference
        panel.open_requested.connect(self._on_open)
        panel.paste_requested.connect(self._on_paste)
        panel.camera_requested.connect(self._on_from_camera)
        panel.address_requested.connect(self._on_address)
        panel.token_requested.connect(self._on_token)
        panel.remove_requested.connect(references.clear)
        panel.slot.path_dropped.connect(references.load_path)
        panel.slot.address_dropped.connect(references.load_address)
        panel.slot.image_dropped.connect(self._on_image)
        panel.slot.face_chosen.connect(references.choose_face)

    @Slot()
    def _on_open(self) -> None:
        words = self._words
        pictures = f"{words.text('staff.image_filter')} (*.jpg *.jpeg *.png *.webp *.bmp)"
        path, _ = QFileDialog.getOpenFileName(self._window, words.text("staff.open"), "", pictures)
        if path:
            self._references.load_path(path)

    @Slot()
    def _on_paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        notices = self._window.notices
        if self._window.reference.slot.take(mime):
            notices.take_away(_PASTE)
        else:
            notices.show_notice(_PASTE, Notice("paste_nothing"))

    @Slot(QImage)
    def _on_image(self, image: QImage) -> None:
        """A picture from the clipboard, which Qt has decoded already."""
        self._references.load_image(image, self._words.text("staff.pasted_name"))

    @Slot()
    def _on_from_camera(self) -> None:
        try:
            frame = self._camera.fresh_frame(_MAX_AGE_S)
        except CameraError as error:
            self._references.fail(error)
            return
        time = self._now().strftime("%H:%M:%S")
        label = self._words.text("staff.from_camera_name", time=time)
        self._references.load_picture(Picture(frame.pixels, label=label))

    @Slot()
    def _on_address(self) -> None:
        dialog = TextDialog(
            self._words,
            "staff_address.title",
            "staff_address.prompt",
            parent=self._window,
        )
        if dialog.exec():
            self._references.load_address(dialog.text)

    @Slot()
    def _on_token(self) -> None:
        dialog = TextDialog(
            self._words,
            "staff_address.token_title",
            "staff_address.token_prompt",
            parent=self._window,
        )
        if dialog.exec():
            self._references.load_token(dialog.text)
