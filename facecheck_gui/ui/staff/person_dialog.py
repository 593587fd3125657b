"""Puts somebody on the roster, or changes who is on it: a form, and photos with what was found of
each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.bookkeeping.people import PersonFile
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Cancelled, FaceCheckError, PictureError, WhichPicture
from facecheck_gui.domain.image import Picture
from facecheck_gui.i18n import Words
from facecheck_gui.imaging.files import read_file
from facecheck_gui.messages import explain
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.person_form import PersonForm
from facecheck_gui.ui.staff.photo_tray import ExaminedPhoto, PhotoTray, TrayPhoto
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.ui.widgets.painting import picture_of
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_SIZE_PX = (640, 600)

Examine = Callable[[Picture, CancelToken, str], ExaminedPhoto]
"""What there is to know about a photo of the person with this id. Raises FaceCheckError."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Somebody as they are to be from now on. ``photos`` None leaves those on file."""

    person: Person
    photos: tuple[TrayPhoto, ...] | None


@dataclass(frozen=True, slots=True)
class PersonParts:
    """What the dialog works with. ``lane`` examines; ``take_portrait`` asks the camera, None where
    nothing was taken."""

    look: Look
    words: Words
    lane: Lane
    examine: Examine
    take_portrait: Callable[[QWidget], Picture | None]


class PersonDialog(QDialog):
    """``saving`` carries a ``Draft``; whoever writes it answers with ``accept`` or ``refuse``."""

    saving = Signal(object)

    def __init__(
        self, file: PersonFile | None, parts: PersonParts, parent: QWidget | None = None
    ) -> None:
        """``file`` None puts on somebody new."""
        super().__init__(parent)
        self._parts, self._words = parts, parts.words
        self._known_as = file.person.person_id if file is not None else ""
        self._tasks: list[Task] = []
        self._photos_changed = self._writing = False
        self.setAcceptDrops(True)
        self.setWindowTitle(self._words.text("roster.change" if file else "roster.add"))
        self.resize(*_SIZE_PX)
        self.form = PersonForm(file.person if file else None, self._words)
        self.tray = PhotoTray(parts.look, self._words)
        self._open, self._paste, self._camera = QPushButton(), QPushButton(), QPushButton()
        self._refusal = PlainLabel(wraps=True)
        self._buttons = ok_and_cancel(self._words, "dialog.save")
        self._build()
        self._connect()
        if file is not None:
            self.tray.show_photos(file.photos)
        self.form.focus_first()
        self._show_state()

    @property
    def refusal(self) -> str:
        """Why it was not saved, or a photo not taken; "" for nothing."""
        return self._refusal.text()

    @property
    def known_as(self) -> str:
        """The id on file; "" for somebody new."""
        return self._known_as

    @property
    def busy(self) -> bool:
        """Whether a photo is still being looked at."""
        return bool(self._tasks)

    def refuse(self, error: FaceCheckError) -> None:
        """It could not be written; everything typed stays."""
        self._writing = False
        self._say(error)
        self._show_state()

    def _build(self) -> None:
        text = self._words.text
        sources = QHBoxLayout()
        sources.setSpacing(8)
        for button, key in (
            (self._open, "staff.open"),
            (self._paste, "staff.paste"),
            (self._camera, "roster.from_camera"),
        ):
            button.setText(text(key))
            button.setAutoDefault(False)
            sources.addWidget(button)
        sources.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.form)
        layout.addWidget(PlainLabel(text("roster.photos"), role="heading"))
        layout.addWidget(self.tray)
        layout.addLayout(sources)
        layout.addStretch()
        layout.addWidget(self._refusal)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        self._open.clicked.connect(self._on_open)
        self._paste.clicked.connect(self._on_paste)
        self._camera.clicked.connect(self._on_camera)
        self.tray.changed.connect(self._on_photos_changed)
        self.form.changed.connect(self._on_typed)
        self._buttons.accepted.connect(self._on_save)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self._drop)
        for keys, slot in (("Ctrl+O", self._on_open), ("Ctrl+T", self._on_camera)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def take(self, mime: QMimeData) -> bool:
        """Look at what was dropped or pasted; False where that is no photo."""
        if mime.hasUrls():
            files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
            for file in files:
                self._look_at_file(Path(file))
            return bool(files)
        if mime.hasImage():
            image = mime.imageData()
            pasted = image if isinstance(image, QImage) else QImage(image)
            label = self._words.text("staff.pasted_name")
            self._look_at(lambda: picture_of(pasted, label))
            return True
        return False

    def _look_at_file(self, file: Path) -> None:
        self._look_at(lambda: read_file(file))

    def _look_at(self, picture: Callable[[], Picture]) -> None:
        if self.tray.full:
            return
        examine, person_id = self._parts.examine, self._known_as

        def work(token: CancelToken) -> ExaminedPhoto:
            try:
                return examine(picture(), token, person_id)
            except PictureError as error:
                raise error.about(WhichPicture.REFERENCE) from None

        task = Task(work)
        task.succeeded.connect(self._on_examined)
        task.failed.connect(self._on_failed)
        task.finished.connect(self._on_finished)
        self._tasks.append(task)
        self._parts.lane.submit(task)
        self._refusal.setText("")
        self._show_state()

    def _show_state(self) -> None:
        room = not self.tray.full and not self._writing
        for button in (self._open, self._paste, self._camera):
            button.setEnabled(room)
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(not self._tasks and not self._writing)
        if self._tasks:
            self._refusal.setText(self._words.text("roster.examining"))

    def _say(self, error: FaceCheckError) -> None:
        said = explain(error, self._words)
        self._refusal.setText(f"{said.sentence} {said.staff}")

    @Slot()
    def _on_open(self) -> None:
        words = self._words
        pictures = f"{words.text('staff.image_filter')} (*.jpg *.jpeg *.png *.webp *.bmp)"
        files, _ = QFileDialog.getOpenFileNames(self, words.text("staff.open"), "", pictures)
        for file in files:
            self._look_at_file(Path(file))

    @Slot()
    def _on_paste(self) -> None:
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._refusal.setText(self._words.text("notice.paste_nothing"))

    @Slot()
    def _on_camera(self) -> None:
        if self.tray.full:
            return
        picture = self._parts.take_portrait(self)
        if picture is not None:
            self._look_at(lambda: picture)

    @Slot(object)
    def _on_examined(self, photo: object) -> None:
        if not self.tray.full:
            self.tray.add(cast(ExaminedPhoto, photo))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self._say(cast(FaceCheckError, error))

    @Slot()
    def _on_finished(self) -> None:
        said = self._refusal.text()
        self._tasks = [task for task in self._tasks if not task.is_settled]
        if not self._tasks and said == self._words.text("roster.examining"):
            self._refusal.setText("")
        self._show_state()

    @Slot()
    def _on_photos_changed(self) -> None:
        self._photos_changed = True
        self._show_state()

    @Slot()
    def _on_typed(self) -> None:
        self._refusal.setText("")
        self._show_state()

    @Slot()
    def _on_save(self) -> None:
        refusal = self.form.refusal
        if refusal:
            self._refusal.setText(self._words.text(refusal))
            return
        self._writing = True
        self._show_state()
        self.saving.emit(
            Draft(self.form.person, self.tray.photos if self._photos_changed else None)
        )

    @Slot()
    def _drop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos may be dropped."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        event.acceptProposedAction()
        self.take(event.mimeData())
