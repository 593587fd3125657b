"""One sentence that stays until it no longer holds, or until it is read."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_ICON_PX = 20


class NoticeStrip(QFrame):
    """Icon, sentence, at most one action, and a way to close it where it may be closed."""

    action_requested = Signal()
    closed = Signal()

    def __init__(
        self,
        look: Look,
        *,
        closable: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._icon = PlainLabel()
        self._sentence = PlainLabel(wraps=True)
        self._action = QPushButton()
        self._close = QToolButton()
        self._close.setVisible(closable)
        self._action.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 5, 5, 5)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.setMinimumHeight(44)
        self._action.clicked.connect(self.action_requested)
        self._close.clicked.connect(self._on_close)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def allow_closing(self, allowed: bool) -> None:  # noqa: FBT001 - a state
        """Whether a person may close it."""
        self._close.setVisible(allowed)

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

    def paintEvent(self, _: QPaintEvent) -> None:
        """Its own ground and edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("notice_warning_edge"), 1))
        painter.setBrush(self._look.colour("notice_warning"))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawPath(painting.rounded(area))

    @Slot()
    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    @Slot()
    def _on_look_changed(self) -> None:
        token, ratio = "on_notice_warning", self.devicePixelRatioF()
        self._icon.setPixmap(self._look.pixmap("warning", _ICON_PX, token, ratio))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._close.setIcon(self._look.icon("close", token))
        painting.ink(self._sentence, self._look.colour(token))
        self.update()
