"""A camera for trying the program without one: a portrait that moves a little, as people do."""

import math
from collections.abc import Callable

import numpy as np

from facecheck_gui.camera.address import Sitter
from facecheck_gui.camera.pace import Pace
from facecheck_gui.domain.image import Pixels
from facecheck_gui.opencv import cv2

_WIDTH_PX, _HEIGHT_PX = 640, 480
_INTERVAL_S = 1 / 30
# Where to look, as fractions of the picture's width and height, and how near to go.
_POSE = {
    Sitter.COLLINS: (0.44, 0.30, 1.30),
    Sitter.HOPPER: (0.5, 0.42, 1.0),
}


class DemonstrationSource:
    """Thirty frames a second of whoever ``sitter`` names, 640 x 480; what it shows at a moment
    depends on the clock alone."""

    name = "demonstration"
    size = (_WIDTH_PX, _HEIGHT_PX)
    may_repeat = True

    def __init__(
        self,
        *,
        sitter: Callable[[], Sitter],
        find_portrait: Callable[[Sitter], Pixels],
        clock: Callable[[], float],
        pause: Callable[[float], object],
    ) -> None:
        self._sitter = sitter
        self._find_portrait = find_portrait
        self._pause = pause
        self._portraits: dict[Sitter, Pixels] = {}
        self._pace = Pace(_INTERVAL_S, clock)

    def read(self) -> Pixels:
        """The next frame, when it is due. Raises what ``find_portrait`` raises."""
        self._pause(self._pace.wait_s)
        now_s = self._pace.tick()
        sitter = self._sitter()
        if sitter not in self._portraits:
            self._portraits[sitter] = self._find_portrait(sitter)
        return moved(self._portraits[sitter], _POSE[sitter], now_s)

    def release(self) -> None:
        """Nothing is held."""


def moved(picture: Pixels, pose: tuple[float, float, float], time_s: float) -> Pixels:
    """``picture`` as a camera would see it at ``time_s``: 640 x 480, always filled.

    ``pose`` is where to look, as fractions of the picture's width and height, and the zoom beyond
    filling the frame, 1 or more.
    """
    height, width = picture.shape[:2]
    cover = max(_WIDTH_PX / width, _HEIGHT_PX / height)
    scale = cover * pose[2] * (1.06 + 0.04 * math.sin(time_s * 2 * math.pi / 11))
    tilt_deg = 2.0 * math.sin(time_s * 2 * math.pi / 7)
    x = width * (pose[0] + 0.010 * math.sin(time_s * 2 * math.pi / 5))
    y = height * (pose[1] + 0.008 * math.sin(time_s * 2 * math.pi / 6))
    x = _within(x, _WIDTH_PX / 2 / scale, width)
    y = _within(y, _HEIGHT_PX / 2 / scale, height)
    turn = cv2.getRotationMatrix2D((x, y), tilt_deg, scale)
    turn[0, 2] += _WIDTH_PX / 2 - x
    turn[1, 2] += _HEIGHT_PX / 2 - y
    frame = cv2.warpAffine(
        picture,
        turn,
        (_WIDTH_PX, _HEIGHT_PX),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    return np.asarray(frame, dtype=np.uint8)


def _within(centre: float, half: float, length: float) -> float:
    return min(max(centre, half), length - half)
