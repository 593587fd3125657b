"""A button that shows the key that does the same."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, font, size_px

_GAP_PX, _CAP_SIDE_PX, _CAP_HEIGHT_PX = 16.0, 8.0, 24.0


class KeyButton(QPushButton):
    """Words in the middle, the key on a small cap beside them. ``primary`` is for the one thing to
    do next; there is at most one on a page."""

    def __init__(self, look: Look, *, primary: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._key = look, ""
        self.setProperty("primary", primary)
        self.setProperty("large", True)  # noqa: FBT003 - Qt's way
        look.changed.connect(self._on_look_changed)

    def show_words(self, text: str, key: str) -> None:
        """``key`` is what stands on the key cap, "" for none."""
        self._key = key
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> str:
        """What stands on the key cap."""
        return self._key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space belongs to the window: pressed twice it would end what it has begun."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """As when it is pressed."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyReleaseEvent(event)

    def sizeHint(self) -> QSize:
        """Room for words and key."""
        hint = super().sizeHint()
        return QSize(round(hint.width() + self._cap_width() + _GAP_PX), max(52, hint.height()))

    def minimumSizeHint(self) -> QSize:
        """The same: neither may be cut."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The style's own ground, then words and key as one group in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        letters = font(TextRole.TITLE, strong=True)
        wide = QFontMetricsF(letters).horizontalAdvance(self.text())
        cap = self._cap_width()
        gap = _GAP_PX if cap else 0.0
        left = (self.width() - wide - gap - cap) / 2
        painter.setFont(letters)
        painter.setPen(self._look.colour(self._ink()))
        row = QRectF(left, 0, wide + 2, self.height())
        painter.drawText(
            row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        if cap:
            self._paint_cap(painter, left + wide + gap, cap)

    def _paint_cap(self, painter: QPainter, left: float, width: float) -> None:
        colour = self._look.colour(self._ink())
        rect = QRectF(left, (self.height() - _CAP_HEIGHT_PX) / 2, width, _CAP_HEIGHT_PX)
        painter.setFont(_cap_font())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = self._look.colour(self._ink())
        edge.setAlphaF(0.55)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(colour)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._key)

    def _cap_width(self) -> float:
        if not self._key:
            return 0.0
        return QFontMetricsF(_cap_font()).horizontalAdvance(self._key) + 2 * _CAP_SIDE_PX

    def _ink(self) -> str:
        if not self.isEnabled():
            return "disabled"
        return "on_accent" if self.property("primary") else "text"

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()


def _cap_font() -> QFont:
    made = font(TextRole.SMALL)
    made.setPixelSize(size_px(TextRole.SMALL))
    return made
