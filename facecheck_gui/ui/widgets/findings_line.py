"""What was found of a picture's quality, in one or two lines below it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, font
from facecheck_gui.ui.widgets.plain_label import plain_tip

_ICON_PX, _EDGE_PX, _GAP_PX, _ABOVE_PX, _BELOW_PX = 18, 12, 8, 5, 8
# A lower slot spares only one line of its picture.
_LOW_SLOT_PX = 240
_BETWEEN = " \N{MIDDLE DOT} "


class FindingsLine(QWidget):
    """An icon and what fits of the lines; the tooltip has all of them. Always the same height, so
    that the picture above keeps its size whatever is found."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: tuple[str, ...] = ()
        self._poor = False
        self.setFont(font(TextRole.SMALL))
        self.hide()
        look.changed.connect(self._on_look_changed)

    @property
    def lines(self) -> tuple[str, ...]:
        """All of them."""
        return self._lines

    @property
    def is_poor(self) -> bool:
        """Whether they are said with a warning."""
        return self._poor

    def show_lines(self, lines: Sequence[str], *, poor: bool) -> None:
        """Show these; nothing for none."""
        self._lines, self._poor = tuple(lines), poor
        self.setAccessibleName("\n".join(self._lines))
        self.setToolTip(plain_tip("\n".join(self._lines)))
        self.setVisible(bool(self._lines))
        self.update()

    def height_for(self, slot_height_px: int) -> int:
        """How much of a slot's height it takes, logical pixels."""
        lines = 1 if slot_height_px < _LOW_SLOT_PX else 2
        step = QFontMetricsF(font(TextRole.SMALL)).lineSpacing()
        return round(max(_ICON_PX, step * lines)) + _ABOVE_PX + _BELOW_PX

    def shown_lines(self) -> tuple[str, ...]:
        """What can be read now: the last line has all that found no line of its own."""
        metrics = QFontMetricsF(font(TextRole.SMALL))
        room = self.width() - 2 * _EDGE_PX - _ICON_PX - _GAP_PX
        most = max(1, int((self.height() - _ABOVE_PX - _BELOW_PX) / metrics.lineSpacing()))
        kept = self._lines[: most - 1]
        if rest := self._lines[most - 1 :]:
            kept += (_BETWEEN.join(rest),)
        elide = Qt.TextElideMode.ElideRight
        return tuple(metrics.elidedText(line, elide, room) for line in kept)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Icon and lines."""
        painter = QPainter(self)
        letters = font(TextRole.SMALL)
        painter.setFont(letters)
        step = QFontMetricsF(letters).lineSpacing()
        lines = self.shown_lines()
        top = _ABOVE_PX + (self.height() - _ABOVE_PX - _BELOW_PX - step * len(lines)) / 2
        icon, token = ("warning", "unsure_edge") if self._poor else ("check", "match_edge")
        pixmap = self._look.pixmap(icon, _ICON_PX, token, self.devicePixelRatioF())
        painter.drawPixmap(_EDGE_PX, round(top + (step - _ICON_PX) / 2), pixmap)
        painter.setPen(self._look.colour("text"))
        left = _EDGE_PX + _ICON_PX + _GAP_PX
        for number, line in enumerate(lines):
            room = QRectF(left, top + number * step, self.width() - left, step)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
