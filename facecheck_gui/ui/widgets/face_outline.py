"""The corners round the face that the camera sees: drawn once, moved with every picture."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from facecheck_gui.camera.preview import Preview
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.ui.theme import Theme

_LINE_PX, _HALO_PX, _ROUND_PX, _EDGE_PX = 2.5, 5.5, 9.0, 4.0
# How long a corner's arms are: a share of the face, within these pixels.
_ARM_SHARE, _SHORTEST_PX, _LONGEST_PX, _ARM_STEP_PX = 0.2, 12, 40, 4
# A box that moves less than this share of its width has not moved: detectors tremble.
_TREMBLE = 0.02


def place_of(face: FaceBox, preview: Preview, area: QRectF) -> QRectF:
    """Where a face of the camera's frame lies in the view, logical pixels; may lie outside."""
    placement = preview.placement
    one = QPointF(*placement.point((face.left, face.top)))
    other = QPointF(*placement.point((face.left + face.width, face.top + face.height)))
    height, width = preview.bgra.shape[:2]
    # A preview of an old size is stretched until it covers the view, about its middle.
    scale = max(area.width() / width, area.height() / height)
    middle = QPointF(width / 2, height / 2)
    one, other = ((p - middle) * scale + area.center() for p in (one, other))
    return QRectF(one, other).normalized()


def steadied(shown: FaceBox | None, seen: FaceBox | None) -> FaceBox | None:
    """``seen``, or what is shown already where the two hardly differ."""
    if shown is None or seen is None:
        return seen
    moves = (
        shown.left - seen.left,
        shown.top - seen.top,
        shown.left + shown.width - seen.left - seen.width,
        shown.top + shown.height - seen.top - seen.height,
    )
    return shown if max(map(abs, moves)) <= seen.width * _TREMBLE else seen


class FaceOutline:
    """Four corners rather than a box: nothing crosses the face. Paints about 0.03 ms."""

    def __init__(self) -> None:
        self._corners: tuple[QPixmap, ...] = ()
        self._drawn_for: tuple[str, str, int, float] | None = None

    def paint(
        self, painter: QPainter, rect: QRectF, theme: Theme, token: str, ratio: float
    ) -> None:
        """Draw round ``rect`` in the colour of ``token``; ``ratio`` is the screen's."""
        side = min(rect.width(), rect.height())
        arm_px = min(max(round(side * _ARM_SHARE), _SHORTEST_PX), _LONGEST_PX)
        arm_px -= arm_px % _ARM_STEP_PX
        key = (theme.name, token, arm_px, ratio)
        if key != self._drawn_for:
            self._corners, self._drawn_for = _corners(theme, token, arm_px, ratio), key
        near, far_x = rect.topLeft() - QPointF(_EDGE_PX, _EDGE_PX), rect.right() - arm_px
        far_y = rect.bottom() - arm_px
        # Whole pixels: half ones would be blended, which costs five times as much.
        painter.drawPixmap(near.toPoint(), self._corners[0])
        painter.drawPixmap(QPointF(far_x, near.y()).toPoint(), self._corners[1])
        painter.drawPixmap(QPointF(far_x, far_y).toPoint(), self._corners[2])
        painter.drawPixmap(QPointF(near.x(), far_y).toPoint(), self._corners[3])


def _corners(theme: Theme, token: str, arm_px: int, ratio: float) -> tuple[QPixmap, ...]:
    """Upper left, upper right, lower right, lower left."""
    side = arm_px + _EDGE_PX
    return tuple(_corner(theme, token, side, quarter, ratio) for quarter in range(4))


def _corner(theme: Theme, token: str, side: float, quarter: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    path = QPainterPath(QPointF(_EDGE_PX, side - _EDGE_PX))
    path.lineTo(_EDGE_PX, _EDGE_PX + _ROUND_PX)
    path.quadTo(_EDGE_PX, _EDGE_PX, _EDGE_PX + _ROUND_PX, _EDGE_PX)
    path.lineTo(side - _EDGE_PX, _EDGE_PX)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(side / 2, side / 2)
    painter.rotate(90 * quarter)
    painter.translate(-side / 2, -side / 2)
    for colour, width in ((theme.colour("halo"), _HALO_PX), (theme.colour(token), _LINE_PX)):
        pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
    painter.end()
    return pixmap
