"""What a walk finds, and how it refuses."""

from dataclasses import dataclass, field

from facecheck_gui.domain.errors import Fault, PictureError


@dataclass(frozen=True, slots=True)
class Claims:
    """What the bytes of a picture say of themselves; true only once a decoder agrees.

    ``format`` is Pillow's name for it; the size is as stored, in pixels, before any turning.
    ``orientation`` is Exif's, 1 (upright) to 8. ``essence`` is what a decoder gets to see.
    """

    format: str
    width_px: int
    height_px: int
    essence: bytes = field(repr=False)
    orientation: int = 1

    def __str__(self) -> str:
        return f"{self.format} {self.width_px}x{self.height_px}"


def damaged(detail: str) -> PictureError:
    """The error for bytes that contradict themselves; ``detail`` holds none of them."""
    return PictureError(Fault.PICTURE_DAMAGED, detail=detail)


def unsupported(detail: str) -> PictureError:
    """The error for a kind of picture that is not let in."""
    return PictureError(Fault.PICTURE_FORMAT, detail=detail)


def animated(detail: str) -> PictureError:
    """The error for a film."""
    return PictureError(Fault.PICTURE_ANIMATED, detail=detail)
