"""Reads the code on a badge that is held before the camera."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from facecheck_gui.domain.badge import MOST_CODE_CHARS, is_badge
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.opencv import cv2

# What badges carry; each further kind costs time and finds codes where there are none.
_FORMATS = (
    zxingcpp.BarcodeFormat.QRCode,
    zxingcpp.BarcodeFormat.DataMatrix,
    zxingcpp.BarcodeFormat.PDF417,
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.Code39,
)
# A badge that fills a tenth of a picture this wide is read; finer only costs time.
_WIDEST_PX = 1280


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    area_px: float


class BadgeReader:
    """For one thread at a time. ``read`` lets other threads go on meanwhile."""

    def read(self, pixels: Pixels) -> str:
        """The text of the one code that is meant: a badge of this program's before any other, a
        large one before a small one; "" where there is none. ``pixels`` are RGB.

        Control and direction characters are taken out; a text that is longer than any badge's is
        none.
        """
        found = [_found(code) for code in _codes(_grey(pixels))]
        usable = [one for one in found if 0 < len(one.text) <= MOST_CODE_CHARS]
        best = max(usable, key=lambda one: (is_badge(one.text), one.area_px), default=None)
        return best.text if best is not None else ""


def _grey(pixels: Pixels) -> NDArray[np.uint8]:
    height, width = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if width > _WIDEST_PX:
        size = (_WIDEST_PX, max(1, round(height * _WIDEST_PX / width)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return np.asarray(grey, np.uint8)


def _codes(grey: NDArray[np.uint8]) -> Sequence[zxingcpp.Barcode]:
    # People hold badges upright, and in black on white.
    return zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(_FORMATS),
        try_rotate=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )


def _found(code: zxingcpp.Barcode) -> _Found:
    corners = code.position
    across = abs(corners.bottom_right.x - corners.top_left.x)
    down = abs(corners.bottom_right.y - corners.top_left.y)
    text = code.text[: MOST_CODE_CHARS + 1]
    return _Found(printable(text, MOST_CODE_CHARS + 1), float(max(across, 1) * max(down, 1)))
