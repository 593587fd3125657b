"""How good a picture is, measure by measure: a bar with its limits as ticks, an icon, a figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from facecheck_gui.domain.quality import Standing
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_ICON_PX, _LINE_PX, _HEIGHT_PX, _WIDEST_PX = 18, 8.0, 24, 280
_ICONS = {
    Standing.GOOD: "check",
    Standing.TOO_LOW: "warning",
    Standing.TOO_HIGH: "warning",
    Standing.NOT_MEASURED: "dash",
}
_TOKENS = {
    Standing.GOOD: "match_edge",
    Standing.TOO_LOW: "unsure_edge",
    Standing.TOO_HIGH: "unsure_edge",
    Standing.NOT_MEASURED: "muted",
}


@dataclass(frozen=True, slots=True)
class QualityBar:
    """One row. ``share``, ``least`` and ``most`` are places on the bar, 0 to 1; None where there is
    no value or no such limit. ``description`` is the whole row for those who cannot see it."""

    label: str
    value_text: str
    share: float | None
    least: float | None
    most: float | None
    standing: Standing
    description: str


class QualityBars(QWidget):
    """One row for each measure. What was not measured is grey with a dash, never green."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._bars: tuple[QualityBar, ...] = ()
        self._parts: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(2, 1000)
        self._grid.setColumnStretch(4, 1)

    @property
    def bars(self) -> tuple[QualityBar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: Sequence[QualityBar]) -> None:
        """Show these rows, from the top."""
        if tuple(bars) == self._bars:
            return
        self._bars = tuple(bars)
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for row, bar in enumerate(self._bars):
            value = PlainLabel(bar.value_text, role="muted")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            parts = (_Mark(self._look, bar), PlainLabel(bar.label), _Line(self._look, bar), value)
            for column, part in enumerate(parts):
                self._grid.addWidget(part, row, column)
                part.show()
            self._parts += parts


class _Mark(QWidget):
    """The icon of a standing."""

    def __init__(self, look: Look, bar: QualityBar) -> None:
        super().__init__()
        self._look, self._bar = look, bar
        self.setFixedSize(_ICON_PX, _HEIGHT_PX)
        self.setToolTip(bar.description)
        look.changed.connect(self._on_look_changed)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The icon alone."""
        standing, ratio = self._bar.standing, self.devicePixelRatioF()
        pixmap = self._look.pixmap(_ICONS[standing], _ICON_PX, _TOKENS[standing], ratio)
        QPainter(self).drawPixmap(0, (self.height() - _ICON_PX) // 2, pixmap)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()


class _Line(QWidget):
    """The bar itself."""

    def __init__(self, look: Look, bar: QualityBar) -> None:
        super().__init__()
        self._look, self._bar = look, bar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST_PX)
        self.setAccessibleName(bar.description)
        self.setToolTip(bar.description)
        look.changed.connect(self._on_look_changed)

    def sizeHint(self) -> QSize:
        """Wide enough for a limit to be told from an end."""
        return QSize(180, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Still a bar."""
        return QSize(64, _HEIGHT_PX)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Track, value, ticks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(1, (self.height() - _LINE_PX) / 2, self.width() - 2, _LINE_PX)
        self._paint_track(painter, line)
        if self._bar.share is not None and self._bar.standing is not Standing.NOT_MEASURED:
            self._paint_value(painter, line, self._bar.share)
        for limit in (self._bar.least, self._bar.most):
            if limit is not None:
                self._paint_tick(painter, line, limit)

    def _paint_track(self, painter: QPainter, line: QRectF) -> None:
        plain = self._look.theme.high_contrast
        painter.setPen(QPen(self._look.colour("track"), 1) if plain else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if plain else self._look.colour("track"))
        painter.drawPath(painting.rounded(line, _LINE_PX / 2))

    def _paint_value(self, painter: QPainter, line: QRectF, share: float) -> None:
        colour = self._look.colour(_TOKENS[self._bar.standing])
        brush = QBrush(colour)
        if self._look.theme.high_contrast and self._bar.standing is not Standing.GOOD:
            brush = QBrush(colour, Qt.BrushStyle.BDiagPattern)
        width = max(_LINE_PX, line.width() * min(max(share, 0.0), 1.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        value = QRectF(line.left(), line.top(), width, line.height())
        painter.drawPath(painting.rounded(value, _LINE_PX / 2))

    def _paint_tick(self, painter: QPainter, line: QRectF, limit: float) -> None:
        x = line.left() + 2 + (line.width() - 4) * min(max(limit, 0.0), 1.0)
        ends = QPointF(x, line.top() - 4), QPointF(x, line.bottom() + 4)
        # A gap round the tick sets it off from the value.
        for token, width in (("surface", 5), ("tick", 2)):
            pen = QPen(self._look.colour(token), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(*ends)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
