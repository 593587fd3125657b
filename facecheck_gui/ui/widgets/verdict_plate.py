"""The part of the banner that is read from across the room: colour, icon, word, score."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, VerdictColours, font, size_px
from facecheck_gui.ui.widgets import painting

_ICON_PX, _SIDE_PX, _GAP_PX, _NARROWEST_PX = 64, 24, 20, 320
_SMALLEST_WORD_PX = 24
_DISC_PX = 84
# What tells verdicts apart where there are only black and white.
_PATTERNS = {
    Verdict.MATCH: Qt.BrushStyle.SolidPattern,
    Verdict.NON_MATCH: Qt.BrushStyle.BDiagPattern,
    Verdict.UNSURE: Qt.BrushStyle.Dense6Pattern,
    Verdict.NOT_CHECKED: Qt.BrushStyle.HorPattern,
    Verdict.ATTACK_SUSPECTED: Qt.BrushStyle.DiagCrossPattern,
}


class VerdictPlate(QWidget):
    """A verdict in its colour. The word shrinks before it is ever cut."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._verdict = Verdict.NOT_CHECKED
        self._word = self._score = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._on_look_changed)

    def show_verdict(self, verdict: Verdict, word: str, score: str) -> None:
        """Show this; ``score`` is "" where nothing was compared."""
        self._verdict, self._word, self._score = verdict, word, score
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        """The verdict in words."""
        return self._word

    def word_size_px(self) -> int:
        """How large the word is drawn at the plate's present width."""
        return self._word_font().pixelSize()

    def width_within(self, most_px: int) -> int:
        """The width that shows everything, but at most ``most_px``."""
        beside = self._words_from() + _SIDE_PX + 4
        word = QFontMetricsF(font(TextRole.VERDICT, strong=True)).horizontalAdvance(self._word)
        score = QFontMetricsF(font(TextRole.LARGE, strong=True)).horizontalAdvance(self._score)
        return min(most_px, max(_NARROWEST_PX, round(beside + max(word, score))))

    def sizeHint(self) -> QSize:
        """As wide as the word wants to be."""
        return QSize(self.width_within(10_000), 144)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, icon, word and score."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._look.theme.verdict(self._verdict)
        area = QRectF(self.rect())
        self._paint_ground(painter, area, colours)
        self._paint_icon(painter, area, colours)
        painter.setPen(colours.on_ground)
        self._paint_words(painter, area)

    def _paint_ground(self, painter: QPainter, area: QRectF, colours: VerdictColours) -> None:
        shape = _left_rounded(area)
        painter.fillPath(shape, colours.ground)
        if self._look.theme.high_contrast:
            strip = QRectF(0, 0, _SIDE_PX + _ICON_PX + _GAP_PX, area.height())
            painter.save()
            painter.setClipPath(shape)
            pattern = QBrush(colours.edge, _PATTERNS[self._verdict])
            painter.fillRect(strip, pattern)
            painter.restore()
        if colours.edge != colours.ground or self._look.theme.high_contrast:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.edge, 3 if self._look.theme.high_contrast else 2))
            painter.drawPath(_left_rounded(area.adjusted(1, 1, -1, -1)))

    def _paint_icon(self, painter: QPainter, area: QRectF, colours: VerdictColours) -> None:
        left, top = float(_SIDE_PX), area.center().y() - _ICON_PX / 2
        if self._look.theme.high_contrast:
            left = (_SIDE_PX + _ICON_PX + _GAP_PX - _ICON_PX) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.ground)
            centre = QPointF(left + _ICON_PX / 2, area.center().y())
            painter.drawEllipse(centre, _DISC_PX / 2, _DISC_PX / 2)
        token, ratio = f"on_{self._verdict.value}", self.devicePixelRatioF()
        pixmap = self._look.pixmap(self._verdict.value, _ICON_PX, token, ratio)
        painter.drawPixmap(QPointF(left, top), pixmap)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        left = self._words_from()
        room = area.width() - left - _SIDE_PX
        word_font, score_font = self._word_font(), font(TextRole.LARGE, strong=True)
        word, score = QFontMetricsF(word_font), QFontMetricsF(score_font)
        gap = 24.0
        height = word.capHeight() + (gap + score.capHeight() if self._score else 0)
        base = area.center().y() - height / 2 + word.capHeight()
        painter.setFont(word_font)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(QPointF(left, base), word.elidedText(self._word, elide, room))
        if not self._score:
            return
        base += gap + score.capHeight()
        painter.setFont(score_font)
        painter.drawText(QPointF(left, base), self._score)

    def _words_from(self) -> int:
        return _SIDE_PX + _ICON_PX + _GAP_PX + (12 if self._look.theme.high_contrast else 0)

    def _word_font(self) -> QFont:
        made = font(TextRole.VERDICT, strong=True)
        room = self.width() - self._words_from() - _SIDE_PX - 2
        wanted = QFontMetricsF(made).horizontalAdvance(self._word)
        if wanted > room > 0:
            fitting = int(size_px(TextRole.VERDICT) * room / wanted)
            made.setPixelSize(max(_SMALLEST_WORD_PX, fitting))
        return made

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()


def _left_rounded(area: QRectF) -> QPainterPath:
    """Soft corners where the plate meets the banner's edge, straight where it meets the rest."""
    path = painting.rounded(area)
    straight = QPainterPath()
    straight.addRect(area.adjusted(painting.CORNER_PX, 0, 0, 0))
    return path.united(straight).simplified()
