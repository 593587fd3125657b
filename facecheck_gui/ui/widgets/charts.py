"""Bars on two axes, drawn by pyqtgraph in the colours of the theme."""

import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, font
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_LEAST_PX = (220, 130)
_STEPS = (1, 2, 5)
_MOST_TICKS = 5
_BAR_SHARE = 0.82


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a decision turns: a line with its label, and the band just below it."""

    at: float
    band_from: float
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """``heights`` stand side by side, ``width`` of the axis each, from ``start`` on. ``ticks`` are
    places on the axis with their labels."""

    heights: tuple[int, ...]
    start: float
    width: float
    ticks: tuple[tuple[float, str], ...]
    turn: Turn | None = None

    @property
    def end(self) -> float:
        """Where the axis ends."""
        return self.start + self.width * len(self.heights)


def count_ticks(highest: int) -> tuple[int, ...]:
    """Round numbers from 0 to at least ``highest``, and at least to 1; five steps at most."""
    rough = max(1.0, highest / _MOST_TICKS)
    size = 10 ** math.floor(math.log10(rough))
    step = next(int(s * size) for s in (*_STEPS, 10) if s * size >= rough)
    top = max(math.ceil(highest / step), 1) * step
    return tuple(range(0, top + 1, step))


class BarChart(QWidget):
    """A picture for those who see it; for the others the same in words, as its description.

    Nothing in it answers to the mouse: a wheel above it scrolls the page. pyqtgraph is imported
    with the first chart, about a quarter of a second.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        import pyqtgraph

        super().__init__(parent)
        self._look = look
        self._bars: Bars | None = None
        self._graph: Any = pyqtgraph
        self._plot: Any = pyqtgraph.PlotWidget(enableMenu=False)
        self._up, self._across = PlainLabel(role="heading"), PlainLabel(role="heading")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._build()
        look.changed.connect(self._on_look_changed)

    def _build(self) -> None:
        plot = self._plot
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setMinimumSize(*_LEAST_PX)
        plot.setMouseEnabled(x=False, y=False)
        plot.hideButtons()
        plot.getPlotItem().setContentsMargins(0, 6, 12, 0)
        bottom = QHBoxLayout()
        bottom.addStretch()
        bottom.addWidget(self._across)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(2)
        column.addWidget(self._up)
        column.addWidget(plot, 1)
        column.addLayout(bottom)

    @property
    def bars(self) -> Bars | None:
        """What is drawn; None before anything was."""
        return self._bars

    def show_bars(self, bars: Bars, up: str, across: str, description: str) -> None:
        """Draw ``bars``; ``up`` and ``across`` name the axes."""
        self._bars = bars
        self._up.setText(up)
        self._across.setText(across)
        self.setAccessibleDescription(description)
        self._draw()

    def _draw(self) -> None:
        bars, plot = self._bars, self._plot
        plot.setBackground(self._look.colour("surface"))
        plot.clear()
        if bars is None:
            return
        ticks = count_ticks(max(bars.heights, default=0))
        plot.setXRange(bars.start, bars.end, padding=0)
        plot.setYRange(0, ticks[-1] * (1.18 if bars.turn is not None else 1.04), padding=0)
        self._draw_axes(bars, ticks)
        if bars.turn is not None:
            self._draw_band(bars.turn)
        self._draw_bars(bars)
        if bars.turn is not None:
            self._draw_turn(bars.turn)

    def _draw_axes(self, bars: Bars, ticks: tuple[int, ...]) -> None:
        small, ink = font(TextRole.SMALL), self._look.colour("muted")
        for name, labels in (
            ("left", [(tick, f"{tick:,}") for tick in ticks]),
            ("bottom", list(bars.ticks)),
        ):
            axis = self._plot.getAxis(name)
            axis.setStyle(
                tickFont=small, tickLength=4, tickTextOffset=6, hideOverlappingLabels=False
            )
            axis.setPen(QPen(self._look.colour("strong_border"), 1))
            axis.setTextPen(QPen(ink))
            axis.setTicks([labels])
        for tick in ticks[1:]:
            pen = QPen(self._look.colour("border"), 1)
            pen.setStyle(Qt.PenStyle.DotLine if self._contrast else Qt.PenStyle.SolidLine)
            self._plot.addItem(self._graph.InfiniteLine(tick, angle=0, pen=_thin(pen)))

    def _draw_bars(self, bars: Bars) -> None:
        # One of no height would still be a line.
        standing = [(i, height) for i, height in enumerate(bars.heights) if height]
        self._plot.addItem(
            self._graph.BarGraphItem(
                x=[bars.start + bars.width * (index + 0.5) for index, _ in standing],
                height=[height for _, height in standing],
                width=bars.width * _BAR_SHARE,
                brush=QBrush(self._look.colour("accent")),
                pen=_thin(QPen(self._look.colour("accent"), 1)),
            )
        )

    def _draw_band(self, turn: Turn) -> None:
        """The scores that are unsure; hatched where there are only black and white."""
        colour = painting.faded(self._look.colour("band"), 1.0 if self._contrast else 0.45)
        style = Qt.BrushStyle.BDiagPattern if self._contrast else Qt.BrushStyle.SolidPattern
        self._plot.addItem(
            self._graph.LinearRegionItem(
                (turn.band_from, turn.at),
                movable=False,
                brush=QBrush(colour, style),
                pen=QPen(Qt.PenStyle.NoPen),
            )
        )

    def _draw_turn(self, turn: Turn) -> None:
        for token, width in (("surface", 5), ("text", 2)):
            pen = _thin(QPen(self._look.colour(token), width))
            self._plot.addItem(self._graph.InfiniteLine(turn.at, angle=90, pen=pen))
        # Written towards the wider side, so that it is never cut off.
        before = self._bars is not None and turn.at > (self._bars.start + self._bars.end) / 2
        label = self._graph.TextItem(
            turn.label,
            color=self._look.colour("text"),
            anchor=(1.0 if before else 0.0, 0.0),
            fill=self._look.colour("surface"),
        )
        label.setFont(font(TextRole.SMALL, strong=True))
        label.setPos(turn.at, self._plot.viewRange()[1][1])
        self._plot.addItem(label, ignoreBounds=True)

    @property
    def _contrast(self) -> bool:
        return self._look.theme.high_contrast

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Letters may have become larger."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A card, with a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge: QColor = self._look.colour("focus" if focused else "border")
        inset = 1.0 if focused else 0.5
        painter.setPen(QPen(edge, 2 * inset))
        painter.setBrush(self._look.colour("surface"))
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawPath(painting.rounded(area))

    @Slot()
    def _on_look_changed(self) -> None:
        self._draw()
        self.update()


def _thin(pen: QPen) -> QPen:
    """As wide on the screen whatever the axes measure."""
    pen.setCosmetic(True)
    return pen
