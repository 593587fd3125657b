"""Pixels -> the clean JPEG that leaves this machine, within the receiver's limits."""

import io

from PIL import Image

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import ImageLimits, Picture

_BEST_QUALITY = 95
_WORST_QUALITY = 40
_FULL_CHROMA_FROM = 90
_SHRINK = 3 / 4
_MIN_SIDE_PX = 8


def to_jpeg(picture: Picture, limits: ImageLimits | None = None) -> bytes:
    """A JPEG without metadata, at the best quality (40 to 95) whose base64 form fits ``limits``.

    Sides are reduced first to the limits and then, where even the lowest quality is too long, by a
    quarter at a time. Raises PictureError(BODY_TOO_LARGE) if nothing fits.
    """
    limits = limits or ImageLimits()
    # Base64 makes four characters of every three bytes begun.
    max_bytes = limits.max_base64_bytes // 4 * 3
    image = Image.fromarray(picture.pixels)
    image.thumbnail((limits.max_width_px, limits.max_height_px), Image.Resampling.LANCZOS)
    while (jpeg := _best_that_fits(image, max_bytes)) is None:
        width, height = round(image.width * _SHRINK), round(image.height * _SHRINK)
        if min(width, height) < _MIN_SIDE_PX:
            raise PictureError(Fault.BODY_TOO_LARGE, detail=f"{picture.width}x{picture.height}")
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    return jpeg


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
