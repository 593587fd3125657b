"""One face upright and at one size, so that measures do not depend on how it was taken."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.face import Landmarks
from facecheck_gui.domain.image import Pixels

EYE_DISTANCE_PX = 64
"""Between the middles of the eyes, in a patch."""

CHIN_BELOW = 1.85
"""From between the eyes to the chin, in eye distances: 1.84 on a portrait, 1.80 to 1.90 in the
anthropometry of Farkas (1994)."""

_WIDTH_PX, _HEIGHT_PX = 176, 208
_MIDDLE_X, _MIDDLE_Y = 88.0, 64.0
_REDUCE_FROM = 0.75
# In eye distances: to the corners of the patch and a little more.
_REACH = 3.2

Grey = NDArray[np.float32]
"""Height x width, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle of a face: middle and size in eye distances, from between the eyes, x to the
    right edge of the picture and y to the chin."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class FacePatch:
    """``pixels`` is 208 x 176 x 3, RGB; ``eye_distance_px`` is what it was in the picture."""

    pixels: Pixels
    eye_distance_px: float

    @cached_property
    def grey(self) -> Grey:
        """Luma as the eye weighs it, 0 to 255."""
        from facecheck_gui.opencv import cv2

        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), np.float32)

    @cached_property
    def luminance(self) -> NDArray[np.float32]:
        """Linearised sRGB, 0.2126 R + 0.7152 G + 0.0722 B, of the face alone: n values, 0 to 1."""
        linear = _LINEAR[self.pixels[_FACE]]
        return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)

    def part(self, of: Grey, zone: Zone) -> Grey:
        """What ``zone`` shows of a picture as large as the patch."""
        left = _MIDDLE_X + (zone.x - zone.width / 2) * EYE_DISTANCE_PX
        top = _MIDDLE_Y + (zone.y - zone.height / 2) * EYE_DISTANCE_PX
        right, bottom = left + zone.width * EYE_DISTANCE_PX, top + zone.height * EYE_DISTANCE_PX
        return of[round(top) : round(bottom), round(left) : round(right)]


def face_patch(pixels: Pixels, landmarks: Landmarks) -> FacePatch | None:
    """The face with these ``landmarks`` in RGB ``pixels``; None where the eyes are one point."""
    from facecheck_gui.opencv import cv2

    left, right = eyes_of(landmarks)
    across, down = left[0] - right[0], left[1] - right[1]
    distance = math.hypot(across, down)
    if not math.isfinite(distance) or distance < 1:
        return None
    scale = EYE_DISTANCE_PX / distance
    middle = np.array([(left[0] + right[0]) / 2, (left[1] + right[1]) / 2])
    source, reduced, corner = pixels, 1.0, np.zeros(2)
    if scale < _REDUCE_FROM:
        # Sampling a larger picture would alias; so the part that is needed is reduced before.
        source, corner = _part(pixels, middle, _REACH * distance)
        size = tuple(max(1, round(length * scale)) for length in source.shape[1::-1])
        source = np.asarray(cv2.resize(source, size, interpolation=cv2.INTER_AREA), np.uint8)
        reduced = scale
    turn = np.array([[across, down], [-down, across]]) * scale / distance / reduced
    shift = np.array([_MIDDLE_X, _MIDDLE_Y]) - turn @ ((middle - corner) * reduced)
    patch = cv2.warpAffine(
        source,
        np.column_stack([turn, shift]),
        (_WIDTH_PX, _HEIGHT_PX),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return FacePatch(np.asarray(patch, np.uint8), distance)


def _part(
    pixels: Pixels, middle: NDArray[np.float64], reach: float
) -> tuple[Pixels, NDArray[np.float64]]:
    """What lies within ``reach`` of ``middle``, at least a pixel, and where it begins."""
    limits = np.array(pixels.shape[1::-1])
    first = np.clip(np.floor(middle - reach), 0, limits - 1).astype(int)
    last = np.clip(np.ceil(middle + reach), first + 1, limits).astype(int)
    return pixels[first[1] : last[1], first[0] : last[0]], first.astype(np.float64)


def eyes_of(landmarks: Landmarks) -> tuple[tuple[float, float], tuple[float, float]]:
    """The middles of the person's left and right eye, pixels."""
    left_outer, left_inner = landmarks.left_eye_outer, landmarks.left_eye_inner
    right_outer, right_inner = landmarks.right_eye_outer, landmarks.right_eye_inner
    return (
        ((left_outer[0] + left_inner[0]) / 2, (left_outer[1] + left_inner[1]) / 2),
        ((right_outer[0] + right_inner[0]) / 2, (right_outer[1] + right_inner[1]) / 2),
    )


def _face_mask() -> NDArray[np.bool_]:
    """From the brows to the chin, without hair and ears: an ellipse."""
    y, x = np.mgrid[0:_HEIGHT_PX, 0:_WIDTH_PX]
    middle_y = _MIDDLE_Y + 0.6 * EYE_DISTANCE_PX
    across = (x - _MIDDLE_X) / (0.92 * EYE_DISTANCE_PX)
    along = (y - middle_y) / (1.15 * EYE_DISTANCE_PX)
    return np.asarray(across**2 + along**2 <= 1)


def _linear() -> NDArray[np.float32]:
    """IEC 61966-2-1: what each of the 256 values of sRGB means."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004
    return np.asarray(linear, np.float32)


_FACE = _face_mask()
_LINEAR = _linear()
