"""Pixels -> the clean JPEG that leaves this machine, within the receiver's limits."""

import io

from PIL import Image

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import ImageLimits, Picture

_BEST_QUALITY = 95
_WORST_QUALITY = 40
_FULL_CHROMA_FROM = 90


def to_jpeg(picture: Picture, limits: ImageLimits | None = None) -> bytes:
    """A JPEG without metadata, at the best quality (40 to 95) whose base64 form fits ``limits``.

    Sides are reduced first to the limits and then, where even the lowest quality is too long, by a
    quarter at a time. Raises PictureError(BODY_TOO_LARGE) if nothing fits.
    """
    limits = limits or ImageLimits()
    max_bytes = limits.max_base64_bytes // 4 * 3
    image = Image.fromarray(picture.pixels)
    image.thumbnail((limits.max_width_px, limits.max_height_px), Image.Resampling.LANCZOS)
    while min(image.size) > 1:
        found = _best_that_fits(image, max_bytes)
        if found is not None:
            return found
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))
    raise PictureError(Fault.BODY_TOO_LARGE)


def _best_that_fits(image: Image.Image, max_bytes: int) -> bytes | None:
    """Quality and length rise together, so halving the range finds the best one."""
    best = _encoded(image, _BEST_QUALITY)
    if len(best) <= max_bytes:
        return best
    found, low, high = None, _WORST_QUALITY, _BEST_QUALITY - 1
    while low <= high:
        middle = (low + high) // 2
        jpeg = _encoded(image, middle)
        if len(jpeg) <= max_bytes:
            found, low = jpeg, middle + 1
        else:
            high = middle - 1
    return found


def _encoded(image: Image.Image, quality: int) -> bytes:
    stream = io.BytesIO()
    subsampling = "4:4:4" if quality >= _FULL_CHROMA_FROM else "4:2:0"
    image.save(stream, "JPEG", quality=quality, subsampling=subsampling)
    return stream.getvalue()
