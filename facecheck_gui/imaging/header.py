"""What a picture's bytes say, read by hand before any decoder is let near them.

A decoder believes a length field; 47 bytes can make one ask for two gigabytes. Here every length is
checked against the bytes that are really there, and the sides against what a photo may have.
"""

import struct

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.imaging.walks import bmp, jpeg, png, webp
from facecheck_gui.imaging.walks.claims import Claims, damaged, unsupported

MAX_SIDE_PX = 10_000
MAX_PIXELS = 50_000_000
MIN_SIDE_PX = 32
MAX_ASPECT = 8


def read_header(data: bytes) -> Claims:
    """The claims of a JPEG, PNG, WebP or BMP picture whose lengths hold and whose size is sane.

    Raises PictureError: NOT_A_PICTURE, PICTURE_FORMAT, PICTURE_DAMAGED, PICTURE_ANIMATED,
    PICTURE_TOO_LARGE, PICTURE_TOO_SMALL or PICTURE_SHAPE.
    """
    try:
        claims = _walked(data)
    except struct.error:
        raise damaged("header cut short") from None
    _judge_size(claims)
    return claims


def _walked(data: bytes) -> Claims:
    """The first bytes alone decide; a file's name or a server's word for it do not."""
    if data.startswith(b"\xff\xd8\xff"):
        return jpeg.walk(data)
    if data.startswith(png.SIGNATURE):
        return png.walk(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return webp.walk(data)
    if data[:2] == b"BM":
        return bmp.walk(data)
    if data[:6] in {b"GIF87a", b"GIF89a"} or data[:4] in {b"II*\0", b"MM\0*"}:
        raise unsupported("GIF or TIFF")
    if data[4:8] == b"ftyp":
        raise unsupported("HEIC, AVIF or a film")
    raise PictureError(Fault.NOT_A_PICTURE)


def _judge_size(claims: Claims) -> None:
    width, height = claims.width_px, claims.height_px
    if max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
        raise PictureError(Fault.PICTURE_TOO_LARGE, detail=str(claims))
    if min(width, height) < MIN_SIDE_PX:
        raise PictureError(Fault.PICTURE_TOO_SMALL, detail=str(claims))
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise PictureError(Fault.PICTURE_SHAPE, detail=str(claims))
