"""One sentence that stays until it no longer holds, or until it is read."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from facecheck_gui.ui.theme import Look
from facecheck_gui.ui.widgets.plain_label import PlainLabel


class NoticeStrip(QFrame):
    """Icon, sentence, at most one action, and a way to close it where it may be closed."""

    action_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, *, closable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._look = look
        self._icon = PlainLabel()
        self._sentence = PlainLabel(wraps=True)
        self._action = QPushButton()
        self._close = QToolButton()
        self._close.setVisible(closable)
        self._action.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(self._icon)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._action.clicked.connect(self.action_requested)
        self._close.clicked.connect(self._on_close)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_text(self, sentence: str, close_name: str, action: str = "") -> None:
        """Show ``sentence``; ``action`` names the button, "" for none."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._close.setAccessibleName(close_name)
        self._close.setToolTip(close_name)
        self._action.setText(action)
        self._action.setVisible(bool(action))

    @property
    def sentence(self) -> str:
        """What is shown."""
        return self._sentence.text()

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot()
    def _on_look_changed(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._look.pixmap("warning", 20, "on_notice", ratio))
        self._close.setIcon(self._look.icon("close", "on_notice"))
