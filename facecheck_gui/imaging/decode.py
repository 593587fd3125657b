"""Bytes from outside -> a ``Picture``: upright, opaque, RGB, 8 bits, within 1920 x 1080."""

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageOps

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import ImageLimits, Picture
from facecheck_gui.imaging.header import Header, read_header

MAX_FILE_BYTES = 20 * 1024 * 1024
_SIXTEEN_BIT_MODES = ("I", "I;16", "I;16B", "I;16L", "F")
_MAX_LABEL_CHARS = 80

# The header walk is our own guard, exact and before any decoder; Pillow's is a warning that would
# have to be caught through process-wide filters, which threads share.
Image.MAX_IMAGE_PIXELS = None

Opener = Callable[[io.BytesIO, str], Image.Image]


def _open(stream: io.BytesIO, picture_format: str) -> Image.Image:
    return Image.open(stream, formats=[picture_format])


def decode(
    data: bytes,
    *,
    label: str = "",
    address: str | None = None,
    limits: ImageLimits | None = None,
    opener: Opener = _open,
) -> Picture:
    """The picture in ``data``, fitted into ``limits``; ``opener`` sees checked bytes only.

    Raises PictureError, which never holds a byte of the file.
    """
    if len(data) > MAX_FILE_BYTES:
        raise PictureError(Fault.FILE_TOO_LARGE, detail=f"{len(data)} bytes")
    header = read_header(data)
    image = _decoded(data, header, limits or ImageLimits(), opener)
    pixels = np.asarray(image, dtype=np.uint8)
    pixels.flags.writeable = False
    return Picture(pixels, label=plain_label(label), address=address)


def _decoded(data: bytes, header: Header, limits: ImageLimits, opener: Opener) -> Image.Image:
    try:
        with opener(io.BytesIO(data), header.format) as image:
            if (image.width, image.height) != (header.width_px, header.height_px):
                raise PictureError(Fault.PICTURE_DAMAGED, detail="two sizes claimed")
            # A JPEG can be decoded at a half or a quarter for a quarter or a sixteenth of the work.
            longest = max(limits.max_width_px, limits.max_height_px)
            image.draft("RGB", (longest, longest))
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _fitted(_opaque_rgb(upright), limits)
    except PictureError:
        raise
    except MemoryError:
        raise PictureError(Fault.PICTURE_TOO_LARGE, detail=header.format) from None
    except Exception as error:  # Pillow's decoders raise nearly anything on damaged files
        detail = f"{header.format} {type(error).__name__}"
        raise PictureError(Fault.PICTURE_DAMAGED, detail=detail) from None


def _opaque_rgb(image: Image.Image) -> Image.Image:
    """RGB with 8 bits; what is transparent becomes white, as on paper."""
    if image.mode in _SIXTEEN_BIT_MODES:
        values = np.asarray(image, dtype=np.float64)
        # 16-bit pictures use the whole range of their type, whatever Pillow calls the mode.
        return Image.fromarray(np.clip(values / 257.0, 0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        paper.alpha_composite(rgba)
        return paper.convert("RGB")
    return image.convert("RGB")


def _fitted(image: Image.Image, limits: ImageLimits) -> Image.Image:
    image.thumbnail((limits.max_width_px, limits.max_height_px), Image.Resampling.LANCZOS)
    return image


def plain_label(label: str) -> str:
    """``label`` fit to be shown: no control or direction characters, at most 80 characters."""
    return "".join(c for c in label if c.isprintable())[:_MAX_LABEL_CHARS].strip()
