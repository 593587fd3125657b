"""Frames that come a second time: a loop, or a picture that stands still."""

from hashlib import blake2b

from facecheck_gui.domain.image import Pixels

# A driver may hand out a frame twice in the dark; a loop does it again and again.
_TOLERATED = 3
_GRID = 4


class Repeats:
    """Counts frames equal, to the bit on a grid of pixels, to any one before."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()
        self._repeated = 0

    def see(self, grey: Pixels) -> None:
        """Take in one frame."""
        seen = blake2b(grey[::_GRID, ::_GRID].tobytes(), digest_size=16).digest()
        self._repeated += seen in self._known
        self._known.add(seen)

    @property
    def seen(self) -> bool:
        """Whether more came again than a camera ever does."""
        return self._repeated > _TOLERATED
