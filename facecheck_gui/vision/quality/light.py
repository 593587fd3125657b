"""How the light falls on a face."""

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.quality import Measure
from facecheck_gui.vision.quality.face_patch import FacePatch, Zone

_CHEEKS = (Zone(-0.55, 0.6, 0.3, 0.3), Zone(0.55, 0.6, 0.3, 0.3))
_BRIGHT, _DARK = 247 / 255, 25 / 255
# Wide enough that the grain of a camera does not part two cheeks that are lit alike.
_CHEEK_BINS = 32
_AROUND = 0.5


def light(patch: FacePatch) -> dict[Measure, float | None]:
    """Brightness, its share at both ends, its evenness and its range; units as in ``Measure``."""
    luminance = patch.luminance
    return {
        Measure.EVENNESS: _evenness(patch),
        Measure.OVER_EXPOSED: float((luminance >= _BRIGHT).mean()),
        Measure.UNDER_EXPOSED: float((luminance <= _DARK).mean()),
        Measure.LUMINANCE: float(luminance.mean()),
        Measure.DYNAMIC_RANGE: _entropy(patch),
    }


def _evenness(patch: FacePatch) -> float:
    """Overlap of the histograms of both cheeks, 0 to 1 (OFIQ: uniformity of illumination)."""
    one, other = (_histogram(patch.part(patch.grey, cheek), _CHEEK_BINS) for cheek in _CHEEKS)
    return float(np.minimum(one, other).sum())


def _entropy(patch: FacePatch) -> float:
    """Of the luminance of the face in 256 steps of equal brightness to the eye, bits."""
    steps = np.clip(patch.luminance, 0, 1) ** (1 / 2.2) * 255
    share = _histogram(steps, 256)
    there = share[share > 0]
    return float(-(there * np.log2(there)).sum())


def _histogram(values: NDArray[np.float32], bins: int) -> NDArray[np.float64]:
    """Shares, which make 1 together."""
    counted, _ = np.histogram(values, bins, (0, 256))
    return np.asarray(counted / max(values.size, 1), np.float64)


def side_of_light(patch: FacePatch) -> float:
    """Which cheek is darker, -1 to 1: above 0 it is the one on the picture's left."""
    left, right = (float(patch.part(patch.grey, cheek).mean()) for cheek in _CHEEKS)
    return (right - left) / max(right + left, 1.0)


def backlit(pixels: Pixels, face: Face) -> float:
    """How much brighter it is around the face than on it, -1 to 1, of RGB ``pixels``."""
    box, (height, width) = face.box, pixels.shape[:2]
    left, right = max(0, box.left), min(width, box.left + box.width)
    top, bottom = max(0, box.top), min(height, box.top + box.height)
    if left >= right or top >= bottom:
        return 0.0
    reach = round(box.width * _AROUND)
    # Every fourth pixel is enough for a mean. Above and beside: below are clothes.
    wide = pixels[
        max(0, top - reach) : bottom : 4, max(0, left - 2 * reach) : right + 2 * reach : 4
    ]
    inner = pixels[top:bottom:4, left:right:4]
    whole, own = float(wide.sum()), float(inner.sum())
    around_size = wide.size - inner.size
    if around_size <= 0:
        return 0.0
    return ((whole - own) / around_size - own / inner.size) / 255
