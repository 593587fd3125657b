"""Whether two frames are one, and whether a frame shows anything."""

import numpy as np

from facecheck_gui.domain.image import Pixels

_STEP = 16
_FLAT_BELOW_STD = 1.0


def is_same(one: Pixels | None, other: Pixels) -> bool:
    """Whether two frames are equal to the bit. A sensor's noise makes that impossible.

    Some pixels are compared first, so that it costs next to nothing while a camera lives.
    """
    if one is None or one.shape != other.shape:
        return False
    if not np.array_equal(one[::_STEP, ::_STEP], other[::_STEP, ::_STEP]):
        return False
    return np.array_equal(one, other)


def is_flat(pixels: Pixels) -> bool:
    """Whether the frame is of one colour: a closed shutter, a dead sensor.

    Brightness varies by less than 1 of 255 (standard deviation over a grid of pixels).
    """
    grid = pixels[::_STEP, ::_STEP].mean(axis=2)
    return float(grid.std()) < _FLAT_BELOW_STD
