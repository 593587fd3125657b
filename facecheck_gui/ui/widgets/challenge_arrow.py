"""The arrow that asks to turn the head: large, beside the oval, on the side to turn to.

Who faces the screen has the own left on the screen's left, as in a mirror.
"""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from facecheck_gui.domain.liveness import Challenge
from facecheck_gui.ui.theme import Theme

_SHARE, _SMALLEST_PX, _LARGEST_PX, _EDGE_PX, _GAP_PX = 0.24, 56.0, 220.0, 4.0, 28.0


def place(area: QRectF, oval: QRectF, challenge: Challenge) -> QRectF:
    """Where the arrow lies: beside the oval where there is room, else over its edge."""
    side = min(max(area.height() * _SHARE, _SMALLEST_PX), _LARGEST_PX)
    rect = QRectF(0, 0, round(side), round(side))
    away = oval.width() / 2 + _GAP_PX + side / 2
    away = min(away, area.width() / 2 - side / 2 - _GAP_PX / 2)
    sign = -1 if challenge is Challenge.TURN_LEFT else 1
    rect.moveCenter(QPointF(oval.center().x() + sign * away, oval.center().y()))
    return rect


def arrow(side_px: float, theme: Theme, ratio: float, challenge: Challenge) -> QPixmap:
    """The arrow as a square picture of ``side_px`` logical pixels."""
    pixels = math.ceil(side_px * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if challenge is Challenge.TURN_RIGHT:
        painter.translate(side_px, 0)
        painter.scale(-1, 1)
    painter.translate(_EDGE_PX, _EDGE_PX)
    side = side_px - 2 * _EDGE_PX
    painter.scale(side, side)
    halo = QPen(theme.colour("halo"), 2 * _EDGE_PX / side)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(halo)
    painter.drawPath(_outline())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("outline_chosen"))
    painter.drawPath(_outline())
    line = QPen(theme.colour("on_scrim"), 2.5 / side)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(line)
    painter.drawPath(_outline())
    painter.end()
    return pixmap


def _outline() -> QPainterPath:
    """An arrow to the left in a square of side 1."""
    path = QPainterPath(QPointF(0.0, 0.5))
    for x, y in ((0.5, 0.06), (0.5, 0.31), (1.0, 0.31), (1.0, 0.69), (0.5, 0.69), (0.5, 0.94)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path
