"""PNG (ISO/IEC 15948): chunks to the end mark, each within the file, with its checksum."""

import struct
import zlib

from facecheck_gui.imaging.walks import exif
from facecheck_gui.imaging.walks.claims import Claims, animated, damaged

MAX_CHUNKS = 50_000
"""20 MB in the 1 KB chunks of the thriftiest encoders make 20,000; 1.6 million empty ones kept the
decoder busy for 6 s."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_BYTES = 13
_NEEDED = frozenset({b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"IEND"})


def walk(data: bytes) -> Claims:
    """What a file that begins with a PNG signature claims. Raises PictureError or struct.error."""
    kept = [memoryview(SIGNATURE)]
    seen: set[bytes] = set()
    size, turn = _size(data), 1
    position = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        kind, body, end = _chunk(data, position)
        if kind == b"IHDR" and kind in seen:
            raise damaged("two sizes claimed")
        if kind == b"acTL" and b"IDAT" not in seen:
            _refuse_film(body)
        elif kind == b"eXIf":
            turn = exif.orientation(bytes(body))
        if kind in _NEEDED:
            kept.append(_checked(data, position, end))
        seen.add(kind)
        if kind == b"IEND":
            return Claims("PNG", *size, b"".join(kept), turn)
        position = end
    raise damaged("PNG of too many chunks")


def _size(data: bytes) -> tuple[int, int]:
    length, kind, width, height = struct.unpack_from(">I4sII", data, len(SIGNATURE))
    if kind != b"IHDR" or length != _HEADER_BYTES:
        raise damaged("PNG without its header")
    return width, height


def _chunk(data: bytes, position: int) -> tuple[bytes, memoryview, int]:
    """Kind, body and end of the chunk at ``position``."""
    length, kind = struct.unpack_from(">I4s", data, position)
    end = position + 12 + length
    if end > len(data):
        raise damaged("PNG chunk longer than the file")
    return kind, memoryview(data)[position + 8 : end - 4], end


def _checked(data: bytes, position: int, end: int) -> memoryview:
    chunk = memoryview(data)[position:end]
    (checksum,) = struct.unpack_from(">I", data, end - 4)
    if zlib.crc32(chunk[4:-4]) != checksum:
        raise damaged("PNG checksum")
    return chunk


def _refuse_film(control: memoryview) -> None:
    """An animated PNG of a single frame is a picture."""
    (frames,) = struct.unpack_from(">I", control)
    if frames > 1:
        raise animated(f"PNG of {frames} frames")
