"""Pictures and inks onto widgets."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from facecheck_gui.domain.errors import Fault, PictureError, WhichPicture
from facecheck_gui.domain.image import ImageLimits, Picture, Pixels

CORNER_PX = 8.0
_INDENT_PX = 9


def image_of(pixels: Pixels) -> QImage:
    """RGB pixels as an image that owns its bytes."""
    contiguous = np.ascontiguousarray(pixels)
    height, width = contiguous.shape[:2]
    image = QImage(contiguous.data, width, height, width * 3, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def picture_of(image: QImage, label: str) -> Picture:
    """An image of Qt's as a picture: on white where it is transparent, fitted into the usual
    limits, read-only. Any thread may call this. Raises PictureError for an image of nothing."""
    if image.isNull():
        raise PictureError(Fault.NOT_A_PICTURE, picture=WhichPicture.REFERENCE)
    limits, ratio = ImageLimits(), Qt.AspectRatioMode.KeepAspectRatio
    if image.width() > limits.max_width_px or image.height() > limits.max_height_px:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(limits.max_width_px, limits.max_height_px, ratio, smooth)
    ground = QImage(image.size(), QImage.Format.Format_RGB888)
    ground.fill(QColor("white"))
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    rows = np.frombuffer(ground.constBits(), np.uint8).reshape(ground.height(), -1)
    pixels = rows[:, : ground.width() * 3].reshape(ground.height(), ground.width(), 3).copy()
    pixels.flags.writeable = False
    return Picture(pixels, label=label)


def rounded(rect: QRectF, corner_px: float = CORNER_PX) -> QPainterPath:
    """The outline of a picture with soft corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, corner_px, corner_px)
    return path


def soften_corners(painter: QPainter, rect: QRectF, ground: QColor) -> None:
    """Paint ``ground`` over what lies outside the soft corners of ``rect``.

    Far cheaper than clipping a picture to them: only the four corners are blended.
    """
    side = CORNER_PX
    corners = QPainterPath()
    for x in (rect.left(), rect.right() - side):
        for y in (rect.top(), rect.bottom() - side):
            corners.addRect(QRectF(x, y, side, side))
    painter.fillPath(corners.subtracted(rounded(rect)), ground)


def covering(image: QImage, target: QRectF) -> QRectF:
    """The part of ``image`` that fills ``target`` in the same shape, cut evenly at the edges."""
    scale = max(target.width() / image.width(), target.height() / image.height())
    width, height = target.width() / scale, target.height() / scale
    return QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)


def contained(width: float, height: float, target: QRectF) -> QRectF:
    """Where in ``target`` all of a picture of this size fits, as large as possible."""
    scale = min(target.width() / width, target.height() / height)
    shown_w, shown_h = width * scale, height * scale
    left = target.left() + (target.width() - shown_w) / 2
    top = target.top() + (target.height() - shown_h) / 2
    return QRectF(left, top, shown_w, shown_h)


def ink(widget: QWidget, colour: QColor) -> None:
    """Let ``widget`` write in ``colour``, whatever the theme writes in elsewhere."""
    palette = widget.palette()
    palette.setColor(widget.foregroundRole(), colour)
    widget.setPalette(palette)


def faded(colour: QColor, strength: float) -> QColor:
    """``colour`` with ``strength`` (0 to 1) of its opacity."""
    made = QColor(colour)
    made.setAlphaF(colour.alphaF() * strength)
    return made


def indent(box: QAbstractSpinBox) -> None:
    """Keep the figures of a number box off its edge: Qt ignores the style sheet's padding there."""
    box.lineEdit().setTextMargins(_INDENT_PX, 0, 0, 0)
