"""What a picture's first bytes say, read by hand before any decoder is let near them.

A decoder believes a length field; 47 bytes can make one ask for two gigabytes. Here every length is
checked against the bytes that are really there, and the sides against what a photo may have.
"""

import struct
from dataclasses import dataclass
from typing import NoReturn

from facecheck_gui.domain.errors import Fault, PictureError

MAX_SIDE_PX = 10_000
MAX_PIXELS = 50_000_000
MIN_SIDE_PX = 32
MAX_ASPECT = 8

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# Start-of-frame markers carry the size; C4, C8 and CC are tables, not frames.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset([0x01, *range(0xD0, 0xD8)])
_JPEG_SCAN = 0xDA


@dataclass(frozen=True, slots=True)
class Header:
    """Format (Pillow's name for it) and size in pixels, as the bytes claim."""

    format: str
    width_px: int
    height_px: int


def read_header(data: bytes) -> Header:
    """The header of a JPEG, PNG, WebP or BMP picture whose lengths hold and whose size is sane.

    Raises PictureError: NOT_A_PICTURE, PICTURE_FORMAT, PICTURE_DAMAGED, PICTURE_ANIMATED,
    PICTURE_TOO_LARGE, PICTURE_TOO_SMALL or PICTURE_SHAPE.
    """
    try:
        header = _dispatch(data)
    except (struct.error, IndexError):
        raise PictureError(Fault.PICTURE_DAMAGED, detail="header cut short") from None
    _judge_size(header)
    return header


def _dispatch(data: bytes) -> Header:
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[:2] == b"BM":
        return _bmp(data)
    if data[:6] in {b"GIF87a", b"GIF89a"} or data[:4] in {b"II*\0", b"MM\0*"}:
        raise PictureError(Fault.PICTURE_FORMAT, detail="GIF or TIFF")
    if data[4:8] == b"ftyp":
        raise PictureError(Fault.PICTURE_FORMAT, detail="HEIC, AVIF or a film")
    raise PictureError(Fault.NOT_A_PICTURE)


def _damaged(detail: str) -> NoReturn:
    raise PictureError(Fault.PICTURE_DAMAGED, detail=detail)


def _png(data: bytes) -> Header:
    if data[12:16] != b"IHDR":
        _damaged("PNG without IHDR")
    width, height = struct.unpack(">II", data[16:24])
    position, ended = 8, False
    while position < len(data) and not ended:
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        if position + 12 + length > len(data):
            _damaged("PNG chunk longer than the file")
        if kind == b"acTL":
            raise PictureError(Fault.PICTURE_ANIMATED, detail="animated PNG")
        ended = kind == b"IEND"
        position += 12 + length
    if not ended:
        _damaged("PNG without an end")
    return Header("PNG", width, height)


def _jpeg(data: bytes) -> Header:
    position = 2
    while True:
        if data[position] != 0xFF:  # noqa: PLR2004 - every marker begins with this byte
            _damaged("JPEG marker expected")
        while data[position] == 0xFF:  # noqa: PLR2004 - fill bytes are allowed
            position += 1
        marker = data[position]
        position += 1
        if marker in _JPEG_BARE:
            continue
        (length,) = struct.unpack(">H", data[position : position + 2])
        if length < 2 or position + length > len(data):  # noqa: PLR2004 - counts itself
            _damaged("JPEG segment longer than the file")
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[position + 3 : position + 7])
            return Header("JPEG", width, height)
        if marker == _JPEG_SCAN:
            _damaged("JPEG scan before its size")
        position += length


def _webp(data: bytes) -> Header:
    (riff_length,) = struct.unpack("<I", data[4:8])
    if riff_length + 8 > len(data):
        _damaged("WebP longer than the file")
    kind, body = data[12:16], data[20:30]
    if kind == b"VP8X":
        if body[0] & 0x02:
            raise PictureError(Fault.PICTURE_ANIMATED, detail="animated WebP")
        width = int.from_bytes(body[4:7], "little") + 1
        height = int.from_bytes(body[7:10], "little") + 1
        return Header("WEBP", width, height)
    if kind == b"VP8L":
        (bits,) = struct.unpack("<I", body[1:5])
        return Header("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[6:10])
        return Header("WEBP", width & 0x3FFF, height & 0x3FFF)
    _damaged("WebP of an unknown kind")


def _bmp(data: bytes) -> Header:
    (header_length,) = struct.unpack("<I", data[14:18])
    if header_length == 12:  # noqa: PLR2004 - the oldest header, with 16-bit sizes
        width, height = struct.unpack("<HH", data[18:22])
    else:
        width, height = struct.unpack("<ii", data[18:26])
    return Header("BMP", abs(width), abs(height))


def _judge_size(header: Header) -> None:
    width, height = header.width_px, header.height_px
    detail = f"{header.format} {width}x{height}"
    if max(width, height) > MAX_SIDE_PX or width * height > MAX_PIXELS:
        raise PictureError(Fault.PICTURE_TOO_LARGE, detail=detail)
    if min(width, height) < MIN_SIDE_PX:
        raise PictureError(Fault.PICTURE_TOO_SMALL, detail=detail)
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise PictureError(Fault.PICTURE_SHAPE, detail=detail)
