"""Pictures onto widgets."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainterPath

from facecheck_gui.domain.image import Pixels

CORNER_PX = 8.0


def image_of(pixels: Pixels) -> QImage:
    """RGB pixels as an image that owns its bytes."""
    contiguous = np.ascontiguousarray(pixels)
    height, width = contiguous.shape[:2]
    image = QImage(contiguous.data, width, height, width * 3, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def rounded(rect: QRectF) -> QPainterPath:
    """The outline of a picture with soft corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, CORNER_PX, CORNER_PX)
    return path


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
