"""Cutting a face out of a picture."""

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Picture


def around(picture: Picture, box: FaceBox, margin: float) -> Picture:
    """The part of ``picture`` around ``box``, wider by ``margin`` times the box on each side.

    Cut off at the picture's edges; at least one pixel. The address is dropped: it names the whole.
    """
    left = max(0, round(box.left - margin * box.width))
    top = max(0, round(box.top - margin * box.height))
    right = min(picture.width, round(box.left + (1 + margin) * box.width))
    bottom = min(picture.height, round(box.top + (1 + margin) * box.height))
    left, top = min(left, picture.width - 1), min(top, picture.height - 1)
    part = picture.pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    return Picture(part, label=picture.label)
