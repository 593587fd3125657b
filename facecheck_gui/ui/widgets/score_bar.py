"""The picture of the decision: a line from 0 to 100, the threshold, the grey band, the score."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from facecheck_gui.domain.comparison import ComparisonScore, Threshold
from facecheck_gui.ui.theme import Look, tabular

_LINE_PX, _DOT_PX, _SIDE_PX, _HEIGHT_PX = 6, 9, 16, 64


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

    def show_reading(self, reading: ScoreReading | None, ink: str, description: str) -> None:
        """Show a score, or nothing; ``description`` is for those who cannot see it."""
        self._reading = reading
        self._ink = ink
        self.setAccessibleName(description)
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
        ink = self._look.colour(self._ink)
        self._paint_line(painter, ink, self._reading.threshold)
        self._paint_threshold(painter, ink, self._reading.threshold)
        self._paint_dot(painter, ink, self._reading.score.value)

    def _x(self, score: float) -> float:
        return _SIDE_PX + (self.width() - 2 * _SIDE_PX) * score / 100

    def _y(self) -> float:
        return self.height() / 2

    def _paint_line(self, painter: QPainter, ink: QColor, threshold: Threshold) -> None:
        faint, band = QColor(ink), QColor(ink)
        faint.setAlphaF(0.30)
        band.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faint)
        top = self._y() - _LINE_PX / 2
        line = QRectF(self._x(0), top, self._x(100) - self._x(0), _LINE_PX)
        painter.drawRoundedRect(line, _LINE_PX / 2, _LINE_PX / 2)
        painter.setBrush(band)
        left, right = self._x(threshold.unsure_from), self._x(threshold.score)
        painter.drawRect(QRectF(left, top, right - left, _LINE_PX))
        self._paint_figure(painter, ink, "0", 0, below=True)
        self._paint_figure(painter, ink, "100", 100, below=True)

    def _paint_threshold(self, painter: QPainter, ink: QColor, threshold: Threshold) -> None:
        x = self._x(threshold.score)
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QPointF(x, self._y() - 12), QPointF(x, self._y() + 12))
        self._paint_figure(painter, ink, f"{threshold.score:g}", threshold.score, below=False)

    def _paint_figure(
        self, painter: QPainter, ink: QColor, figure: str, at: float, *, below: bool
    ) -> None:
        font = tabular(self.font())
        font.setPixelSize(13)
        painter.setFont(font)
        painter.setPen(ink)
        box = QRectF(self._x(at) - 30, self._y() + (10 if below else -32), 60, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, figure)

    def _paint_dot(self, painter: QPainter, ink: QColor, score: float) -> None:
        painter.setPen(QPen(ink, 3))
        hole = QColor(ink)
        hole.setAlphaF(0.15)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(self._x(score), self._y()), _DOT_PX, _DOT_PX)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
