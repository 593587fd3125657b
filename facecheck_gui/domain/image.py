"""Pictures: from the camera, from a file, or named by an address or a token."""

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]
"""Height x width x 3, RGB, 8 bits. RGB everywhere: a camera's BGR is turned round at its source."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture from a camera. ``captured_at_s`` is on the monotonic clock.

    ``suspect`` says that it is the one before once more, or shows one colour only.
    """

    pixels: Pixels = field(repr=False)
    captured_at_s: float
    source: str
    suspect: bool = False


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Picture:
    """Safe pixels, fit to be shown and compared. Two pictures are equal only when identical.

    ``label`` is what people call it: a file's name or a camera's, already fit to be shown.
    """

    pixels: Pixels = field(repr=False)
    label: str = ""

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.pixels.shape[0])


@dataclass(frozen=True, slots=True)
class ImageAddress:
    """A picture that only the far end will see. May hold a secret in its query: not in repr."""

    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FaceToken:
    """The name the cloud gave to a picture. Whoever has it can use it: not in repr."""

    token: str = field(repr=False)


ImageSource: TypeAlias = Picture | ImageAddress | FaceToken
"""What can stand on one side of a comparison."""


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What a receiver takes. Lengths in bytes, sides in pixels."""

    max_width_px: int = 1920
    max_height_px: int = 1080
    max_base64_bytes: int = 2 * 1024 * 1024
