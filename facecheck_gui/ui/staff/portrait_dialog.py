"""Takes a portrait with the camera: guided, by itself as soon as it is good, and looked at before
it is used."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.domain.image import Frame, Picture
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_VIEW_PX = QSize(640, 480)


class PortraitDialog(QDialog):
    """``picture`` is what was taken, once it is accepted. ``take_wanted`` asks for a picture at
    once, ``again_wanted`` for another one."""

    take_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._picture: Picture | None = None
        self.view = CameraView(look)
        self.view.setMinimumSize(_VIEW_PX)
        self._said = PlainLabel(role="muted", wraps=True)
        self._take, self._again, self._use = QPushButton(), QPushButton(), QPushButton()
        self._cancel = QPushButton(words.text("dialog.cancel"))
        self.setWindowTitle(words.text("roster.portrait"))
        self._build()
        self._show_state()

    @property
    def picture(self) -> Picture | None:
        """What was taken; None while nothing was."""
        return self._picture

    @property
    def said(self) -> str:
        """The line below the picture."""
        return self._said.text()

    def show_taken(self, frame: Frame) -> None:
        """A picture was taken, by itself or by hand."""
        self._picture = Picture(frame.pixels, label=self._words.text("roster.portrait"))
        self.view.freeze(frame.pixels, mirrored=True)
        self.view.rest()
        self._show_state()

    def show_trouble(self, sentence: str) -> None:
        """None could be taken."""
        self._said.setText(sentence)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._take)
        buttons.addWidget(self._again)
        buttons.addStretch()
        buttons.addWidget(self._use)
        buttons.addWidget(self._cancel)
        for button, key, slot in (
            (self._take, "roster.take_now", self.take_wanted),
            (self._again, "roster.take_again", self._on_again),
            (self._use, "roster.use_photo", self.accept),
        ):
            button.setText(self._words.text(key))
            button.clicked.connect(slot)
        self._use.setProperty("primary", True)  # noqa: FBT003 - Qt's way
        self._cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._said)
        layout.addLayout(buttons)

    def _show_state(self) -> None:
        taken = self._picture is not None
        self._take.setVisible(not taken)
        self._again.setVisible(taken)
        self._use.setEnabled(taken)
        (self._use if taken else self._take).setDefault(True)
        (self._use if taken else self._take).setFocus()
        key = "roster.portrait_taken" if taken else "roster.portrait_waiting"
        self._said.setText(self._words.text(key))

    @Slot()
    def _on_again(self) -> None:
        self._picture = None
        self.view.unfreeze()
        self._show_state()
        self.again_wanted.emit()
