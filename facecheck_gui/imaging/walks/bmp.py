"""BMP (Microsoft's bitmap): a header, perhaps a palette, and rows of pixels that must all be there.

Run-length coded ones are refused: nobody photographs with them, and Pillow unpacks them in Python,
6 s for a file of 18 MB.
"""

import struct

from facecheck_gui.imaging.walks.claims import Claims, damaged, unsupported

_OLDEST_HEADER = 12
_HEADERS = frozenset({40, 52, 56, 64, 108, 124})
_DEPTHS_BITS = frozenset({1, 4, 8, 16, 24, 32})
_PLAIN, _BIT_FIELDS = 0, 3


def walk(data: bytes) -> Claims:
    """What a file that begins like a BMP claims. Raises PictureError or struct.error."""
    pixels_at, header_bytes = struct.unpack_from("<II", data, 10)
    if header_bytes == _OLDEST_HEADER:
        width, height, _, depth = struct.unpack_from("<HHHH", data, 18)
        coding = _PLAIN
    elif header_bytes in _HEADERS:
        width, height, _, depth, coding = struct.unpack_from("<iiHHI", data, 18)
    else:
        raise damaged("BMP header of an unknown length")
    if depth not in _DEPTHS_BITS or coding not in {_PLAIN, _BIT_FIELDS}:
        raise unsupported(f"BMP of {depth} bits, coding {coding}")
    if width < 0:
        raise damaged("BMP of a negative width")
    row_bytes = (width * depth + 31) // 32 * 4
    if pixels_at + row_bytes * abs(height) > len(data):
        raise damaged("BMP cut short")
    # Rows may be stored from the top down; the height is negative then.
    return Claims("BMP", width, abs(height), data)
