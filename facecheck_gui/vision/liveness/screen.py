"""What a screen shows besides its picture: flicker, and the moiré of its pixels."""

import functools
import math

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Pixels

_PATCH_PX = 96
_EVERY = 3
# Cycles a pixel: below lies what faces look like, and JPEG's blocks have their own at eighths.
_FINE_FROM = 0.10
_RING_WIDTH = 0.02
_BLOCKS_NEAR = 0.012
# Power of a narrow peak over the median at as fine a grain. Chance alone gives 15 to 20.
_PEAK = 120.0
_LEAST_PATCHES, _MOSTLY = 3, 0.6
# How much the logarithm of brightness jumps forth and back, as a median.
_FLICKER = 0.12
_LEAST_FRAMES = 8

Floats = NDArray[np.float64]


class ScreenWatch:
    """Looks at the face's brightness in every frame, and at its spectrum now and then."""

    def __init__(self) -> None:
        self._brightness: list[float] = []
        self._peaks: list[bool] = []

    def see(self, grey: Pixels, box: FaceBox) -> None:
        """Take in one frame. ``grey`` must be as the camera gave it: scaling wipes moiré away."""
        left, top = max(0, box.left), max(0, box.top)
        part = grey[top : max(top, box.top + box.height), left : max(left, box.left + box.width)]
        if part.size == 0:
            return
        if len(self._brightness) % _EVERY == 0:
            patch = _middle(part)
            if patch is not None:
                self._peaks.append(peak_of(patch) > _PEAK)
        self._brightness.append(math.log(float(part.mean()) + 1.0))

    @property
    def seen(self) -> bool:
        """Whether it was a screen, as far as these signs go."""
        return self._flickers or self._moire

    @property
    def _flickers(self) -> bool:
        if len(self._brightness) < _LEAST_FRAMES:
            return False
        jumps = np.abs(np.diff(self._brightness, n=2))
        return bool(np.median(jumps) > _FLICKER)

    @property
    def _moire(self) -> bool:
        enough = len(self._peaks) >= _LEAST_PATCHES
        return enough and sum(self._peaks) >= _MOSTLY * len(self._peaks)


def peak_of(patch: Pixels) -> float:
    """The strongest narrow peak in a square patch's fine grain, over the median at such a grain."""
    side = patch.shape[0]
    window, ring, counted = _grid(side)
    power = np.abs(np.fft.rfft2((patch - patch.mean()) * window)) ** 2
    rings = int(ring.max()) + 1
    usual = np.array(
        [np.median(power[ring == i]) if (ring == i).any() else 1.0 for i in range(rings)]
    )
    return float((power / (usual[ring] + side))[counted].max())


@functools.lru_cache(maxsize=4)
def _grid(side: int) -> tuple[Floats, NDArray[np.int64], NDArray[np.bool_]]:
    """A window, each frequency's ring, and which frequencies count."""
    hann = np.hanning(side)
    down, across = np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None, :]
    fine = np.hypot(down, across)
    on_axis = (np.abs(down) < _BLOCKS_NEAR) | (np.abs(across) < _BLOCKS_NEAR)
    blocks = [np.abs(f * 8 - np.round(f * 8)) / 8 < _BLOCKS_NEAR for f in (down, across)]
    counted = (fine > _FINE_FROM) & ~on_axis & ~(blocks[0] & blocks[1])
    return np.outer(hann, hann), (fine / _RING_WIDTH).astype(np.int64), counted


def _middle(part: Pixels) -> Pixels | None:
    """A square of fixed size: where the face is smaller, nothing is told."""
    height, width = part.shape
    if min(height, width) < _PATCH_PX:
        return None
    top, left = (height - _PATCH_PX) // 2, (width - _PATCH_PX) // 2
    return part[top : top + _PATCH_PX, left : left + _PATCH_PX]
