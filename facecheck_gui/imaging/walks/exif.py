"""Which way up a camera was held: the one thing that is read out of Exif."""

import struct

_ORIENTATION = 0x0112
_SHORT = 3
_ENTRY_BYTES = 12
_MAX_ENTRIES = 1000
_PREFIX = b"Exif\0\0"


def orientation(block: bytes) -> int:
    """1 (upright) to 8, from an Exif block with or without its prefix.

    1 where the block is damaged or says nothing: a picture is not refused for its notes.
    """
    tiff = block.removeprefix(_PREFIX)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        return _from_first_directory(tiff, order)
    except struct.error:
        return 1


def _from_first_directory(tiff: bytes, order: str) -> int:
    (start,) = struct.unpack_from(order + "I", tiff, 4)
    (count,) = struct.unpack_from(order + "H", tiff, start)
    for number in range(min(count, _MAX_ENTRIES)):
        entry = start + 2 + number * _ENTRY_BYTES
        tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, entry)
        if tag == _ORIENTATION:
            return value if kind == _SHORT and 1 <= value <= 8 else 1  # noqa: PLR2004 - as defined
    return 1
