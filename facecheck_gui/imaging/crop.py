"""Cutting a face out of a picture, and turning a picture upright."""

import numpy as np

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Picture


def around(picture: Picture, box: FaceBox, margin: float) -> Picture:
    """The part of ``picture`` around ``box``, wider by ``margin`` times the box on each side.

    Cut off at the picture's edges; at least one pixel. The pixels are a copy, so that a small crop
    does not keep a large picture in memory, and read-only.
    """
    left, right = _span(box.left, box.width, margin, picture.width)
    top, bottom = _span(box.top, box.height, margin, picture.height)
    pixels = picture.pixels[top:bottom, left:right].copy()
    pixels.flags.writeable = False
    return Picture(pixels, label=picture.label)


def turned(picture: Picture, quarters: int) -> Picture:
    """``picture`` turned against the clock by ``quarters`` times 90 degrees; read-only."""
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, quarters))
    pixels.flags.writeable = False
    return Picture(pixels, label=picture.label)


def _span(start: int, length: int, margin: float, limit: int) -> tuple[int, int]:
    """From where to where, within 0 to ``limit``."""
    first = min(max(0, round(start - margin * length)), limit - 1)
    last = min(limit, round(start + (1 + margin) * length))
    return first, max(last, first + 1)
