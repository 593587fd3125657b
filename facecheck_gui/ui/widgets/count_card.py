"""How often a verdict was given: icon on its colour, number, word."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, font
from facecheck_gui.ui.widgets import painting

_HEIGHT_PX, _DISC_PX, _ICON_PX, _PAD_PX, _GAP_PX = 76, 40, 22, 14, 12
_ELIDE = Qt.TextElideMode.ElideRight


class CountCard(QWidget):
    """One number. Its accessible name has word and number."""

    def __init__(self, look: Look, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._verdict = look, verdict
        self._count, self._word = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def show_count(self, count: str, word: str) -> None:
        """Show this."""
        self._count, self._word = count, word
        self.setAccessibleName(f"{word}: {count}")
        self.setToolTip(f"{word}: {count}")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the word."""
        word = QFontMetricsF(font(TextRole.SMALL)).horizontalAdvance(self._word)
        return QSize(round(2 * _PAD_PX + _DISC_PX + _GAP_PX + word) + 2, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Where there is less, the word is cut and the tooltip has it."""
        return QSize(140, _HEIGHT_PX)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Card, disc, number above word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, area = self._look.theme.verdict(self._verdict), QRectF(self.rect())
        painter.setPen(QPen(self._look.colour("border"), 1))
        painter.setBrush(self._look.colour("surface"))
        painter.drawPath(painting.rounded(area.adjusted(0.5, 0.5, -0.5, -0.5)))
        middle = QPointF(_PAD_PX + _DISC_PX / 2, area.center().y())
        painter.setPen(QPen(colours.edge, 1.5))
        painter.setBrush(colours.ground)
        painter.drawEllipse(middle, _DISC_PX / 2 - 1, _DISC_PX / 2 - 1)
        name, ratio = self._verdict.value, self.devicePixelRatioF()
        icon = self._look.pixmap(name, _ICON_PX, f"on_{name}", ratio)
        painter.drawPixmap(middle - QPointF(_ICON_PX / 2, _ICON_PX / 2), icon)
        self._paint_words(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        left = _PAD_PX + _DISC_PX + _GAP_PX
        room = area.width() - left - _PAD_PX
        for token, role, text, strong, top, height in (
            ("text", TextRole.TITLE, self._count, True, 13.0, 28.0),
            ("muted", TextRole.SMALL, self._word, False, 42.0, 20.0),
        ):
            letters = font(role, strong=strong)
            painter.setFont(letters)
            painter.setPen(self._look.colour(token))
            place = QRectF(left, top, room, height)
            shown = QFontMetricsF(letters).elidedText(text, _ELIDE, room)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
