"""What stands where a picture should be: what is missing, why, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.ui.theme import Look
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_ICON_PX = 48


class StatusPanel(QWidget):
    """Icon, title, sentence and up to two buttons; the buttons tell their number."""

    action_requested = Signal(int)

    def __init__(self, look: Look, ink: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._ink = look, ink
        self._icon_name = ""
        self._icon, self._title = PlainLabel(), PlainLabel(role="title", wraps=True)
        self._sentence = PlainLabel(wraps=True)
        self._buttons = (QPushButton(), QPushButton())
        for label in (self._icon, self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons[0].clicked.connect(self._on_first)
        self._buttons[1].clicked.connect(self._on_second)
        row = QHBoxLayout()
        row.addStretch()
        for button in self._buttons:
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(10)
        layout.addStretch()
        for label in (self._icon, self._title, self._sentence):
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addLayout(row)
        layout.addStretch()
        look.changed.connect(self._on_look_changed)

    def show_status(self, icon: str, title: str, sentence: str, *actions: str) -> None:
        """Show this; ``actions`` name the buttons."""
        self._icon_name = icon
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)
        for index, button in enumerate(self._buttons):
            button.setVisible(index < len(actions))
            button.setText(actions[index] if index < len(actions) else "")
        self._on_look_changed()

    @property
    def title(self) -> str:
        """What is shown as title."""
        return self._title.text()

    @property
    def sentence(self) -> str:
        """What is shown below the title."""
        return self._sentence.text()

    def _on_first(self) -> None:
        self.action_requested.emit(0)

    def _on_second(self) -> None:
        self.action_requested.emit(1)

    def _on_look_changed(self) -> None:
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(self._look.pixmap(self._icon_name, _ICON_PX, self._ink, ratio))
        for label in (self._title, self._sentence):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), self._look.colour(self._ink))
            label.setPalette(palette)
