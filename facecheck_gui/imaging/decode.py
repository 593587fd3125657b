"""Bytes from outside -> a ``Picture``: upright, opaque, sRGB, 8 bits, within 1920 x 1080."""

import io
from collections.abc import Callable

import numpy as np

# Imported by name: otherwise Pillow loads all its formats to find one of these.
from PIL import (
    BmpImagePlugin,  # noqa: F401
    Image,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import ImageLimits, Picture
from facecheck_gui.imaging.colour import to_srgb
from facecheck_gui.imaging.header import read_header
from facecheck_gui.imaging.label import plain_label
from facecheck_gui.imaging.walks.claims import Claims, damaged

MAX_FILE_BYTES = 20 * 1024 * 1024

Opener = Callable[[io.BytesIO, str], Image.Image]

_SIXTEEN_BIT_MODES = ("I", "I;16", "I;16B", "I;16L")
# What undoes each of Exif's orientations (Exif 3.0, 4.6.5.1.6).
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FIRST_SIDEWAYS = 5


def _open(stream: io.BytesIO, picture_format: str) -> Image.Image:
    return Image.open(stream, formats=[picture_format])


def decode(
    data: bytes,
    *,
    label: str = "",
    limits: ImageLimits | None = None,
    opener: Opener = _open,
) -> Picture:
    """The first picture in ``data``, fitted into ``limits``; its pixels are read-only.

    ``opener`` sees checked bytes only, and of those only what it needs. Any thread may call this.
    Raises PictureError, which never holds a byte of the file.
    """
    if len(data) > MAX_FILE_BYTES:
        raise PictureError(Fault.FILE_TOO_LARGE, detail=f"{len(data)} bytes")
    claims = read_header(data)
    image = _decoded(claims, limits or ImageLimits(), opener)
    pixels = np.asarray(image, dtype=np.uint8)
    pixels.flags.writeable = False
    return Picture(pixels, label=plain_label(label))


def _decoded(claims: Claims, limits: ImageLimits, opener: Opener) -> Image.Image:
    try:
        with opener(io.BytesIO(claims.essence), claims.format) as image:
            # A decoder that sees another size than the walk was not held back by the walk. Pillow's
            # own bomb guard stays on behind this; a mere warning of it ends here, too.
            if image.size != (claims.width_px, claims.height_px):
                raise damaged("two sizes claimed")
            return _upright_rgb(image, claims.orientation, limits)
    except PictureError:
        raise
    except Exception as error:  # decoders raise nearly anything, MemoryError included
        raise damaged(f"{claims} {type(error).__name__}") from None


def _upright_rgb(image: Image.Image, orientation: int, limits: ImageLimits) -> Image.Image:
    """Made small as early as can be: each further step then costs a fraction, in memory too."""
    box = (limits.max_width_px, limits.max_height_px)
    if orientation >= _FIRST_SIDEWAYS:
        box = box[::-1]
    profile = image.info.get("icc_profile")
    draft_size = _fitted_size(image.size, box)
    # A JPEG can be decoded at a half or a quarter for a quarter or a sixteenth of the work.
    image.draft(None, draft_size)
    small = _shrinkable(image)
    small.thumbnail(draft_size, Image.Resampling.LANCZOS)
    rgb = _on_white(small)
    if isinstance(profile, bytes):
        rgb = to_srgb(rgb, profile)
    turn = _UPRIGHT.get(orientation)
    return rgb if turn is None else rgb.transpose(turn)


def _fitted_size(size: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """The largest size of the same shape within ``box`` and not above ``size``."""
    scale = min(1.0, box[0] / size[0], box[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrinkable(image: Image.Image) -> Image.Image:
    """The same picture in a mode whose pixels can be averaged, without a copy where it is so."""
    if image.mode in _SIXTEEN_BIT_MODES:
        # 16-bit pictures use the whole range of their type, whatever Pillow calls the mode.
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode == "1":
        return image.convert("L")
    if image.has_transparency_data:
        return image if image.mode in {"RGBA", "LA"} else image.convert("RGBA")
    return image.convert("RGB") if image.mode == "P" else image


def _on_white(image: Image.Image) -> Image.Image:
    """RGB; what is transparent becomes white, as on paper."""
    if image.mode == "LA":
        image = image.convert("RGBA")
    if image.mode != "RGBA":
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image)
    return paper
