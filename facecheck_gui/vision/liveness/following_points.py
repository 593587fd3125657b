"""Points all over a face, followed from one reference frame to each later one."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.face import Landmarks
from facecheck_gui.domain.image import Pixels

Points = NDArray[np.float64]
"""n x 2, x and y."""

EYES_PX = 72.0
"""Distance of the outer corners of the eyes in a chip."""
CHIP_WIDTH_PX, CHIP_HEIGHT_PX = 160, 184
ORIGIN_PX = (80.0, 66.0)
"""Midway between the eyes, in a chip."""

_MOST_POINTS = 160
_APART_PX = 5
_LEAST_TEXTURE = 0.01
# Larger windows hold the nose back: they see the cheeks behind it.
_WINDOW_PX = (7, 7)
_PYRAMID_LEVELS = 2
_BACK_AGAIN_PX = 0.6
_REDUCED_FROM = 2
_COARSE_SIGMA_PX, _USUAL_CONTRAST, _LEAST_CONTRAST = 9.0, 40.0, 10.0
# The face without hair, ears and neck: half its width and height, and its middle, by the eyes.
_MASK_HALF = (0.62, 0.76)
_MASK_MIDDLE_Y = 0.33


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """How points of the reference chip moved. Both n x 2, in distances between the eyes.

    ``at`` is where they stood in the reference, from midway between the eyes, x to the right.
    ``by`` is how far they moved, both chips brought upright and to one size by the eyes.
    """

    at: Points
    by: Points


class FollowedFace:
    """One reference frame, and its points in the last frame that was followed."""

    def __init__(self, grey: Pixels, landmarks: Landmarks) -> None:
        from facecheck_gui.opencv import cv2

        self._chip = face_chip(grey, landmarks)
        found = cv2.goodFeaturesToTrack(
            self._chip, _MOST_POINTS, _LEAST_TEXTURE, _APART_PX, mask=_mask(), blockSize=5
        )
        none = np.zeros((0, 1, 2), np.float32)
        self._at = none if found is None else np.asarray(found, np.float32)
        self._last = self._at.copy()

    def follow(self, grey: Pixels, landmarks: Landmarks) -> Motion:
        """Where the points went. Those that cannot be followed there and back are left out."""
        if len(self._at) == 0:
            return Motion(np.zeros((0, 2)), np.zeros((0, 2)))
        chip = face_chip(grey, landmarks)
        there, found, _ = self._flow(self._chip, chip, self._at, self._last)
        back, again, _ = self._flow(chip, self._chip, there, self._at)
        wrong = np.abs(back - self._at).reshape(-1, 2).max(axis=1)
        kept = (found.ravel() == 1) & (again.ravel() == 1) & (wrong < _BACK_AGAIN_PX)
        self._last = np.where(kept[:, None, None], there, self._at)
        at = self._at[kept].reshape(-1, 2).astype(np.float64)
        by = there[kept].reshape(-1, 2) - at
        return Motion((at - ORIGIN_PX) / EYES_PX, by / EYES_PX)

    @staticmethod
    def _flow(
        one: Pixels, other: Pixels, at: NDArray[np.float32], guess: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]]:
        from facecheck_gui.opencv import cv2

        found: tuple[NDArray[np.float32], NDArray[np.uint8], NDArray[np.float32]]
        found = cv2.calcOpticalFlowPyrLK(  # type: ignore[assignment]
            one,
            other,
            at,
            guess.copy(),
            winSize=_WINDOW_PX,
            maxLevel=_PYRAMID_LEVELS,
            flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
        )
        return found


def face_chip(grey: Pixels, landmarks: Landmarks) -> Pixels:
    """The face upright, at one size and evenly lit, so that a shadow that wanders is no motion."""
    from facecheck_gui.opencv import cv2

    left, right = np.array(landmarks.left_eye_outer), np.array(landmarks.right_eye_outer)
    middle, along = (left + right) / 2, left - right
    scale = math.hypot(*along) / EYES_PX
    angle = math.atan2(along[1], along[0])
    turn = scale * np.array(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    )
    to_picture = np.column_stack([turn, middle - turn @ np.array(ORIGIN_PX)])
    source, to_source = _reduced(grey, middle, scale)
    chip = cv2.warpAffine(
        source,
        (to_source @ np.vstack([to_picture, [0, 0, 1]]))[:2],
        (CHIP_WIDTH_PX, CHIP_HEIGHT_PX),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    ).astype(np.float32)
    detail = chip - cv2.GaussianBlur(chip, (0, 0), _COARSE_SIGMA_PX)
    contrast = np.sqrt(cv2.GaussianBlur(detail * detail, (0, 0), _COARSE_SIGMA_PX))
    even = detail * (_USUAL_CONTRAST / np.maximum(contrast, _LEAST_CONTRAST)) + 128
    return np.clip(even, 0, 255).astype(np.uint8)


def _reduced(grey: Pixels, middle: Points, scale: float) -> tuple[Pixels, Points]:
    """What the chip will show, nearly as small as there: sampling a larger one would alias.

    Returns it with the 3 x 3 matrix that leads from the picture's pixels to its own.
    """
    from facecheck_gui.opencv import cv2

    times = int(scale)
    if times < _REDUCED_FROM:
        return grey, np.eye(3)
    reach = scale * CHIP_HEIGHT_PX
    left, top = (max(0, int(centre - reach)) for centre in middle)
    part = grey[top : int(middle[1] + reach), left : int(middle[0] + reach)]
    size = (max(1, part.shape[1] // times), max(1, part.shape[0] // times))
    part = part[: size[1] * times, : size[0] * times]
    if part.size == 0:
        return grey, np.eye(3)
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    half = (1 - times) / 2
    to_small = np.array([[1, 0, half - left], [0, 1, half - top], [0, 0, times]]) / times
    return np.asarray(small, np.uint8), to_small


def _mask() -> Pixels:
    from facecheck_gui.opencv import cv2

    mask = np.zeros((CHIP_HEIGHT_PX, CHIP_WIDTH_PX), np.uint8)
    middle = (round(ORIGIN_PX[0]), round(ORIGIN_PX[1] + _MASK_MIDDLE_Y * EYES_PX))
    half = (round(_MASK_HALF[0] * EYES_PX), round(_MASK_HALF[1] * EYES_PX))
    cv2.ellipse(mask, middle, half, 0, 0, 360, 255, -1)
    return mask
