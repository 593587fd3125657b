"""One choice out of a few, all in sight."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from facecheck_gui.ui.look import Look

_ICON_PX, _SIDE_PX, _HEIGHT_PX = 18, 14, 36


class _Segment(QAbstractButton):
    """One of them."""

    def __init__(self, look: Look, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._icon_name = look, icon
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Room for icon and words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        icon = _ICON_PX + (8 if words else 0) if self._icon_name else 0
        return QSize(words + icon + 2 * _SIDE_PX, _HEIGHT_PX)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A raised card where it is chosen, a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        ink = "muted"
        if self.isChecked():
            ink = "on_accent_soft"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent_soft"))
            painter.drawRoundedRect(rect, 6, 6)
        elif self.underMouse():
            ink = "text"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(rect, 6, 6)
        self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        words = self.fontMetrics().horizontalAdvance(self.text())
        icon = _ICON_PX + (8 if words else 0) if self._icon_name else 0
        left = (self.width() - words - icon) // 2
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            pixmap = self._look.pixmap(self._icon_name, _ICON_PX, ink, ratio)
            painter.drawPixmap(left, (self.height() - _ICON_PX) // 2, pixmap)
        painter.setPen(self._look.colour(ink))
        row = QRectF(left + icon, 0, words + 2, self.height())
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, self.text())


class Segmented(QWidget):
    """``chosen`` tells what a person chose, not what the program set. Arrow keys change it."""

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        values: Sequence[Enum],
        icons: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``icons`` names one icon for each value, or is empty."""
        super().__init__(parent)
        self._look, self._values = look, tuple(values)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for index in range(len(self._values)):
            segment = _Segment(look, icons[index] if icons else "", self)
            self._group.addButton(segment, index)
            layout.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self._on_clicked)
        look.changed.connect(self._on_look_changed)

    def show_words(self, name: str, words: Sequence[str], *, visible: bool = True) -> None:
        """``name`` says what is chosen here; ``words`` one value each, spoken only where they are
        not ``visible``."""
        self.setAccessibleName(name)
        for button, word in zip(self._group.buttons(), words, strict=True):
            button.setText(word if visible else "")
            button.setAccessibleName(word)
            button.setToolTip("" if visible else word)

    @property
    def value(self) -> Enum | None:
        """What is chosen now; None before anything was."""
        index = self._group.checkedId()
        return self._values[index] if index >= 0 else None

    def choose(self, value: Enum) -> None:
        """Choose without telling."""
        self._group.button(self._values.index(value)).setChecked(True)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The trough that the segments lie in."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("strong_border"), 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    @Slot(int)
    def _on_clicked(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
