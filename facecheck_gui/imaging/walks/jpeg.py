"""JPEG (ITU-T T.81): segments up to the first scan, then scans up to the end of the first picture.

Phones append further pictures (MPO, a film, a depth map) behind the first one's end; those are cut
off. So is every note but the colour profile and the two marks that tell how colours are stored.
"""

import re
import struct

from facecheck_gui.imaging.walks import exif
from facecheck_gui.imaging.walks.claims import Claims, damaged, unsupported

MAX_SCANS = 32
"""A progressive JPEG has about ten. Each costs a pass over the whole picture: a file of 0.2 MB
with 200 of them kept the decoder busy for 8 s."""
MAX_SEGMENTS = 2_000

_START = b"\xff\xd8"
_FILL = re.compile(rb"\xff+")
# In a scan 0xFF is followed by 0 (a stuffed byte) or a restart mark; all else ends the scan.
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DECODABLE_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_END, _SCAN = 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14, _COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_FIRST_KNOWN = 0xC0
_KEPT_NOTES = {_APP0: b"JFIF\0", _APP2: b"ICC_PROFILE\0", _APP14: b"Adobe"}


def walk(data: bytes) -> Claims:
    """What a file that begins like a JPEG claims. Raises PictureError or struct.error."""
    size: tuple[int, int] | None = None
    turn: int | None = None
    kept = [_START]
    position = len(_START)
    for _ in range(MAX_SEGMENTS):
        marker, start, end = _segment(data, position)
        body = data[start + 2 : end]
        if marker == _SCAN:
            if size is None:
                raise damaged("JPEG scan before its size")
            kept.append(data[position : _end_of_scans(data, end)])
            return Claims("JPEG", *size, b"".join(kept), turn or 1)
        if marker in _FRAMES:
            if size is not None:
                raise damaged("two sizes claimed")
            size = _size(marker, body)
        elif marker == _APP1 and turn is None and body.startswith(b"Exif\0\0"):
            turn = exif.orientation(body)
        if _is_needed(marker, body):
            kept.append(data[position:end])
        position = end
    raise damaged("JPEG of too many segments")


def _segment(data: bytes, position: int) -> tuple[int, int, int]:
    """The marker at ``position``, where its length field stands and where the segment ends."""
    fill = _FILL.match(data, position)
    if fill is None:
        raise damaged("JPEG marker expected")
    start = fill.end() + 1
    (marker,) = struct.unpack_from("B", data, start - 1)
    if marker in _BARE:
        return marker, start, start
    if marker < _FIRST_KNOWN or marker == _END:
        raise damaged("JPEG without a picture")
    (length,) = struct.unpack_from(">H", data, start)
    if length < 2 or start + length > len(data):  # noqa: PLR2004 - a length counts itself
        raise damaged("JPEG segment longer than the file")
    return marker, start, start + length


def _size(marker: int, body: bytes) -> tuple[int, int]:
    """Width and height; refuses what no camera writes and few decoders read."""
    depth, height, width, components = struct.unpack_from(">BHHB", body)
    if marker not in _DECODABLE_FRAMES:
        raise unsupported("JPEG that is lossless, hierarchical or arithmetic-coded")
    if depth != 8 or components not in {1, 3, 4}:  # noqa: PLR2004 - bits
        raise unsupported(f"JPEG of {components} x {depth} bits")
    return width, height


def _is_needed(marker: int, body: bytes) -> bool:
    if marker in _KEPT_NOTES:
        return body.startswith(_KEPT_NOTES[marker])
    return marker not in _APPLICATION and marker != _COMMENT


def _end_of_scans(data: bytes, position: int) -> int:
    """Where the picture whose first scan begins at ``position`` ends."""
    scans = 1
    for _ in range(MAX_SEGMENTS):
        found = _SCAN_END.search(data, position)
        if found is None:
            return len(data)
        marker, position = data[found.end() - 1], found.end()
        if marker == _END:
            return position
        if marker in _FRAMES:
            raise damaged("two sizes claimed")
        if marker == _SCAN:
            scans += 1
            if scans > MAX_SCANS:
                raise damaged("JPEG of too many scans")
        if marker >= _FIRST_KNOWN and marker not in _BARE:
            _, _, position = _segment(data, found.start())
    raise damaged("JPEG of too many segments")
