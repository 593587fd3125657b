"""What is drawn over the camera's picture: where the head goes, what to do, that a check runs."""

import math

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QConicalGradient, QPainter, QPen, QPixmap

from facecheck_gui.ui.theme import Theme
from facecheck_gui.ui.widgets import painting

RING_EDGE_PX = 12
"""How far from the edge the ring reaches, in logical pixels."""

OVAL_EDGE = QPoint(15, 15)
"""What the oval's line and the ring round it need beyond the oval, in logical pixels."""

_RING_PX, _RING_TAIL = 4.0, 0.42
# The oval's share of the view's height, its width as a share of its height (a head is 3 : 4), and
# how far down its middle is: below it there must be room for the ring and a line of words.
_OVAL_HEIGHT, _OVAL_SHAPE, _OVAL_MIDDLE = 0.66, 0.76, 0.45
COUNTDOWN_GAP_PX = 6.0
"""Between the oval and the ring round it, in logical pixels."""

_COUNTDOWN_PX = 7.0
# How much larger the oval is that asks to come closer.
_CLOSER = 1.16


def oval_in(area: QRectF) -> QRectF:
    """Where the head should be."""
    height = min(area.height() * _OVAL_HEIGHT, area.width() * _OVAL_HEIGHT / _OVAL_SHAPE)
    oval = QRectF(0, 0, height * _OVAL_SHAPE, height)
    oval.moveCenter(QPointF(area.center().x(), area.top() + area.height() * _OVAL_MIDDLE))
    return oval


def grown(rect: QRectF, share: float) -> QRectF:
    """The oval on its way (0 to 1) to the larger one that asks to come closer."""
    factor = 1 + (_CLOSER - 1) * share
    made = QRectF(0, 0, rect.width() * factor, rect.height() * factor)
    made.moveCenter(rect.center())
    return made


def oval(
    rect: QRectF,
    theme: Theme,
    ratio: float,
    *,
    well_placed: bool,
    dashed: bool = True,
    ringed: bool = False,
) -> QPixmap:
    """A dashed line to put the head in; whole and in colour when the head is in it.
    ``ringed`` adds the dark ground that ``paint_countdown`` draws on.

    ``OVAL_EDGE`` larger on each side than ``rect``. ``ratio`` is the screen's device pixels for
    each logical one.
    """
    rect = QRectF(rect)
    size = rect.size().toSize() + QSize(2 * OVAL_EDGE.x(), 2 * OVAL_EDGE.y())
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect.moveTopLeft(QPointF(OVAL_EDGE))
    if ringed:
        painter.setPen(QPen(theme.colour("halo"), _COUNTDOWN_PX + 2))
        painter.drawEllipse(_ring_round(rect))
    token = "guide_good" if well_placed else "guide"
    # A dark halo keeps the line visible on a white wall.
    for colour, width in ((theme.colour("halo"), 5.0), (theme.colour(token), 2.5)):
        pen = QPen(colour, width)
        if dashed and not well_placed:
            _dash(pen, math.pi * (rect.width() + rect.height()) / 2, width - 2.5)
        painter.setPen(pen)
        painter.drawEllipse(rect)
    painter.end()
    return pixmap


def _dash(pen: QPen, around: float, grown: float) -> None:
    """Whole dashes only, all the way round; each ``grown`` pixels longer than the line's own."""
    dash_px, gap_px = 10.0, 9.0
    fit = around / round(around / (dash_px + gap_px)) / (dash_px + gap_px)
    width = pen.widthF()
    pen.setDashPattern([(dash_px * fit + grown) / width, (gap_px * fit - grown) / width])
    pen.setDashOffset(grown / 2 / width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)


def paint_countdown(painter: QPainter, oval_rect: QRectF, theme: Theme, share: float) -> None:
    """The ring outside the oval, closed from the top with the clock to ``share`` (0 to 1)."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.colour("guide_good"), _COUNTDOWN_PX)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    turned = -round(min(max(share, 0.0), 1.0) * 360 * 16)
    painter.drawArc(_ring_round(oval_rect), 90 * 16, turned)


def _ring_round(oval_rect: QRectF) -> QRectF:
    away = COUNTDOWN_GAP_PX + _COUNTDOWN_PX / 2
    return oval_rect.adjusted(-away, -away, away, away)


def paint_frame(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """A line round an empty stage, for themes in which grounds do not differ."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("border"), 1))
    painter.drawPath(painting.rounded(area.adjusted(0.5, 0.5, -0.5, -0.5)))


def paint_ring(
    painter: QPainter, area: QRectF, theme: Theme, turn: float, *, running: bool
) -> None:
    """A thin ring round the probe; ``turn`` (0 to 1) is how far its bright end has gone.

    Where nothing may move it is bright all round.
    """
    inset = 3 + _RING_PX / 2
    track = painting.rounded(area.adjusted(inset, inset, -inset, -inset), 6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(painting.faded(theme.colour("halo"), 0.6), _RING_PX + 1))
    painter.drawPath(track)
    bright = theme.colour("outline_chosen")
    brush = QBrush(bright)
    if running:
        # The angle of a conical gradient grows against the clock; the ring runs with it.
        sweep = QConicalGradient(area.center(), 90 - turn * 360)
        sweep.setColorAt(0.0, bright)
        sweep.setColorAt(_RING_TAIL / 3, bright)
        sweep.setColorAt(_RING_TAIL, painting.faded(bright, 0.0))
        sweep.setColorAt(0.99, painting.faded(bright, 0.0))
        sweep.setColorAt(1.0, bright)
        brush = QBrush(sweep)
    painter.setPen(QPen(brush, _RING_PX))
    painter.drawPath(track)
