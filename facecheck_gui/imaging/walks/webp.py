"""WebP (RFC 9649): chunks within the RIFF length; one picture, whose sizes all agree."""

import struct

from facecheck_gui.imaging.walks import exif
from facecheck_gui.imaging.walks.claims import Claims, animated, damaged

MAX_CHUNKS = 1_000

_FIRST_CHUNK = 12
_ANIMATION_FLAG = 0x02
_SIDE_BITS = 0x3FFF
_LOSSY_START = b"\x9d\x01\x2a"
_LOSSLESS_START = 0x2F


def walk(data: bytes) -> Claims:
    """What a file that begins like a WebP claims. Raises PictureError or struct.error."""
    (riff_length,) = struct.unpack_from("<I", data, 4)
    file_end = riff_length + 8
    if file_end > len(data):
        raise damaged("WebP longer than the file")
    sizes: list[tuple[int, int]] = []
    turn, position = 1, _FIRST_CHUNK
    for _ in range(MAX_CHUNKS):
        if position + 8 > file_end:
            return Claims("WEBP", *_one_size(sizes), data[:file_end], turn)
        kind, length = struct.unpack_from("<4sI", data, position)
        start = position + 8
        if start + length > file_end:
            raise damaged("WebP chunk longer than the file")
        if kind == b"EXIF":
            turn = exif.orientation(data[start : start + length])
        size = _size(kind, data[start : min(start + length, start + 10)])
        if size is not None:
            sizes.append(size)
        position = start + length + length % 2
    raise damaged("WebP of too many chunks")


def _one_size(sizes: list[tuple[int, int]]) -> tuple[int, int]:
    if not sizes:
        raise damaged("WebP without a picture")
    if len(set(sizes)) > 1:
        raise damaged("two sizes claimed")
    return sizes[0]


def _size(kind: bytes, body: bytes) -> tuple[int, int] | None:
    """The size that a chunk claims, from its first ten bytes; None for chunks that claim none."""
    if kind in {b"ANIM", b"ANMF"}:
        raise animated("WebP film")
    if kind == b"VP8X":
        flags, width, more_width, height, more_height = struct.unpack("<B3xHBHB", body)
        if flags & _ANIMATION_FLAG:
            raise animated("WebP film")
        return (more_width << 16 | width) + 1, (more_height << 16 | height) + 1
    if kind == b"VP8L":
        start, bits = struct.unpack_from("<BI", body)
        if start != _LOSSLESS_START:
            raise damaged("WebP without its start")
        return (bits & _SIDE_BITS) + 1, (bits >> 14 & _SIDE_BITS) + 1
    if kind == b"VP8 ":
        start, width, height = struct.unpack("<3x3sHH", body)
        if start != _LOSSY_START:
            raise damaged("WebP without its start")
        return width & _SIDE_BITS, height & _SIDE_BITS
    return None
