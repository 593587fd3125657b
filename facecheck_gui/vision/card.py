"""Whether a picture shows an identity card, and where on it the portrait stands."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from facecheck_gui.domain.face import FaceBox, Point
from facecheck_gui.domain.image import Pixels

# ISO/IEC 7810: ID-1 is 85.60 x 53.98 mm. Seen at a slant it is shorter or lower.
_CARD_ASPECT = 85.60 / 53.98
_SLANTED = 1.2
_SCANNED = 1.04
# A portrait stands beside the print: off the middle, and it leaves room above and below.
_LEAST_OFF_MIDDLE = 0.1
_LEAST_FACE, _MOST_FACE = 0.2, 0.65
# No smaller one leaves a face that can be compared.
_LEAST_SHORT_PX = 100
_LEAST_AREA = 0.05
_LEAST_FILLED = 0.85
_LONGEST_SIDE_PX = 640


@dataclass(frozen=True, slots=True)
class _Card:
    """A rectangle in the picture: its middle, its long and short side, and the long one's turn."""

    centre: Point
    long_px: float
    short_px: float
    angle_rad: float

    def holds(self, box: FaceBox) -> bool:
        """Whether ``box`` is where a card's portrait is, and as large."""
        x, y = box.centre[0] - self.centre[0], box.centre[1] - self.centre[1]
        cosine, sine = math.cos(self.angle_rad), math.sin(self.angle_rad)
        along = abs(x * cosine + y * sine) / self.long_px
        across = abs(y * cosine - x * sine) / self.short_px
        share = box.height / self.short_px
        return (
            _LEAST_OFF_MIDDLE <= along < 0.5  # noqa: PLR2004 - the card's end
            and across + share / 2 <= 0.5  # noqa: PLR2004 - the card's edge
            and _LEAST_FACE <= share <= _MOST_FACE
        )

    def has_aspect(self, tolerance: float) -> bool:
        aspect = self.long_px / max(self.short_px, 1.0)
        return _CARD_ASPECT / tolerance <= aspect <= _CARD_ASPECT * tolerance


def is_on_card(pixels: Pixels, face: FaceBox) -> bool:
    """Whether the upright ``face`` in RGB ``pixels`` is the portrait on a card.

    True for a scan that ends at the card's edges, and for a camera's picture of a card on a ground
    that it stands out from. A card that is held upright like a portrait is not known for one.
    """
    height, width = pixels.shape[:2]
    if min(width, height) < _LEAST_SHORT_PX:
        return False
    whole = _Card((width / 2, height / 2), width, height, 0.0)
    if whole.has_aspect(_SCANNED) and whole.holds(face):
        return True
    scale = min(1.0, _LONGEST_SIDE_PX / max(width, height))
    small = face.scaled(scale)
    return any(card.holds(small) for card in _cards(pixels, scale))


def _cards(pixels: Pixels, scale: float) -> Iterator[_Card]:
    """Rectangles of a card's shape in the picture reduced by ``scale``."""
    from facecheck_gui.opencv import cv2

    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    reduced = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(reduced, cv2.COLOR_RGB2GRAY), (5, 5), 0)
    for mask in _masks(np.asarray(grey, np.uint8)):
        outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            area = cv2.contourArea(cv2.convexHull(outline))
            if area < _LEAST_AREA * size[0] * size[1]:
                continue
            (x, y), (width, height), turn = cv2.minAreaRect(outline)
            if width < height:
                width, height, turn = height, width, turn + 90
            card = _Card((x, y), width, height, math.radians(turn))
            if area >= _LEAST_FILLED * width * height and card.has_aspect(_SLANTED):
                yield card


def _masks(grey: Pixels) -> Iterator[Pixels]:
    """Where a card may stand out: by its edge, or by being lighter or darker than its ground."""
    from facecheck_gui.opencv import cv2

    edges = cv2.Canny(grey, 20, 60)
    yield np.asarray(cv2.dilate(edges, np.ones((3, 3), np.uint8)), np.uint8)
    _, light = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield np.asarray(light, np.uint8)
    yield np.asarray(255 - np.asarray(light, np.uint8), np.uint8)
