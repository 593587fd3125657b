"""The picture of the decision: a line from 0 to 100, the threshold, the grey band, the score."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from facecheck_gui.domain.comparison import ComparisonScore, Threshold, decide
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, Theme, font
from facecheck_gui.ui.widgets import painting

_LINE_PX, _DOT_PX, _HEIGHT_PX = 8.0, 18.0, 56
_TICK_ABOVE_PX, _TICK_BELOW_PX = 16.0, 13.0


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """What the bar shows."""

    score: ComparisonScore
    threshold: Threshold


class ScoreBar(QWidget):
    """Drawn the same way wherever a score is shown. ``ink`` is the token of line and figures."""

    def __init__(self, look: Look, ink: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ink = ink
        self._reading: ScoreReading | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    @property
    def reading(self) -> ScoreReading | None:
        """What is shown."""
        return self._reading

    def show_reading(self, reading: ScoreReading | None, ink: str, description: str) -> None:
        """Show a score, or nothing; ``description`` is for those who cannot see it."""
        self._reading = reading
        self._ink = ink
        self.setAccessibleName(description)
        self.setToolTip(description)
        self.update()

    def sizeHint(self) -> QSize:
        """At home about a third of the window's width."""
        return QSize(360, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Below this the figures would touch each other."""
        return QSize(160, _HEIGHT_PX)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Line, band, tick, dot and figures."""
        if self._reading is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_score_bar(painter, QRectF(self.rect()), self._look.theme, self._reading, self._ink)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()


def paint_score_bar(
    painter: QPainter, area: QRectF, theme: Theme, reading: ScoreReading, ink: str = "text"
) -> None:
    """The same drawing for lists and reports. ``area`` is at least 160 x 48 logical pixels."""
    letters = font(TextRole.SMALL)
    painter.setFont(letters)
    metrics = QFontMetricsF(letters)
    # A dot at either end must not lie on the figures.
    gap = _DOT_PX / 2 + 8
    ends = metrics.horizontalAdvance("0") + gap, metrics.horizontalAdvance("100") + gap
    middle = area.center().y() + metrics.height() / 2 - 1
    line = QRectF(area.left() + ends[0], middle - _LINE_PX / 2, 0, _LINE_PX)
    line.setRight(area.right() - ends[1])
    _paint_ends(painter, area, line, theme)
    _paint_line(painter, line, theme, reading.threshold)
    # The tick reaches beyond the dot, so that a dot on it never hides on which side it lies.
    _paint_threshold(painter, line, theme, reading.threshold, ink)
    _paint_dot(painter, line, theme, reading)


def _x(line: QRectF, score: float) -> float:
    return line.left() + line.width() * score / 100


def _paint_ends(painter: QPainter, area: QRectF, line: QRectF, theme: Theme) -> None:
    painter.setPen(theme.colour("muted"))
    flags = Qt.AlignmentFlag.AlignVCenter
    row = QRectF(area.left(), line.center().y() - 12, area.width(), 24)
    painter.drawText(row, flags | Qt.AlignmentFlag.AlignLeft, "0")
    painter.drawText(row, flags | Qt.AlignmentFlag.AlignRight, "100")


def _paint_line(painter: QPainter, line: QRectF, theme: Theme, threshold: Threshold) -> None:
    painter.save()
    painter.setClipPath(painting.rounded(line, _LINE_PX / 2))
    band_from, turn = _x(line, threshold.unsure_from), _x(line, threshold.score)
    if theme.high_contrast:
        _paint_plain_line(painter, line, theme, band_from, turn)
    else:
        painter.fillRect(line, theme.colour("track"))
        painter.fillRect(_between(line, band_from, turn), theme.colour("band"))
        painter.fillRect(_between(line, turn, line.right()), theme.colour("track_above"))
    painter.restore()


def _paint_plain_line(
    painter: QPainter, line: QRectF, theme: Theme, band_from: float, turn: float
) -> None:
    """Black and white: an outline, hatched in the band, filled above the threshold."""
    white = theme.colour("track")
    painter.fillRect(_between(line, turn, line.right()), white)
    painter.fillRect(_between(line, band_from, turn), QBrush(white, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(white, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(painting.rounded(line.adjusted(0.5, 0.5, -0.5, -0.5), _LINE_PX / 2))


def _between(line: QRectF, left: float, right: float) -> QRectF:
    return QRectF(left, line.top(), right - left, line.height())


def _paint_threshold(
    painter: QPainter, line: QRectF, theme: Theme, threshold: Threshold, ink: str
) -> None:
    x, metrics = _x(line, threshold.score), QFontMetricsF(painter.font())
    top, bottom = line.center().y() - _TICK_ABOVE_PX, line.center().y() + _TICK_BELOW_PX
    gap = QPen(theme.colour("surface"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(gap)
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    tick = QPen(theme.colour(ink), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(tick)
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    label = f"{threshold.score:g}"
    width = metrics.horizontalAdvance(label)
    left = min(max(x - width / 2, line.left()), line.right() - width)
    painter.drawText(QPointF(left, top - 4), label)


def _paint_dot(painter: QPainter, line: QRectF, theme: Theme, reading: ScoreReading) -> None:
    colours = theme.verdict(decide(reading.score, reading.threshold))
    centre = QPointF(_x(line, reading.score.value), line.center().y())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("surface"))
    painter.drawEllipse(centre, _DOT_PX / 2 + 2, _DOT_PX / 2 + 2)
    painter.setPen(QPen(colours.edge, 2))
    painter.setBrush(colours.ground)
    painter.drawEllipse(centre, _DOT_PX / 2 - 1, _DOT_PX / 2 - 1)
