"""From the colours a picture was stored in to sRGB.

Phones store Display P3 and some cameras Adobe RGB: taken for sRGB, skin turns pale. Only profiles
of the plainest kind (three primaries, three curves) are honoured; tables and programs are not let
near the colour engine, and such a picture keeps the numbers it has.
"""

import io
import struct

from PIL import Image, ImageCms

_MAX_PROFILE_BYTES = 16 * 1024
_MAX_TAGS = 64
_HEADER_BYTES = 128
_NEEDED_TAGS = frozenset({b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"})
_PROGRAM_TAGS = frozenset({b"A2B0", b"A2B1", b"A2B2", b"D2B0", b"D2B1", b"D2B2", b"D2B3"})
_SRGB_NAMES = (b"sRGB", "sRGB".encode("utf-16-be"))


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """``image`` (RGB) in sRGB, going by ``profile`` (ICC); as it is where that is not plain."""
    if not is_plain(profile) or any(name in profile for name in _SRGB_NAMES):
        return image
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def is_plain(profile: bytes) -> bool:
    """Whether ``profile`` is a small RGB matrix profile (ICC.1, 8.3.3) whose tags lie within it."""
    if len(profile) > _MAX_PROFILE_BYTES or profile[16:24] != b"RGB XYZ ":
        return False
    try:
        tags = _tags(profile)
    except struct.error:
        return False
    return tags >= _NEEDED_TAGS and not tags & _PROGRAM_TAGS


def _tags(profile: bytes) -> set[bytes]:
    """The names of all tags; none at all where one of them does not lie within ``profile``."""
    (count,) = struct.unpack_from(">I", profile, _HEADER_BYTES)
    names = set()
    for number in range(min(count, _MAX_TAGS + 1)):
        entry = _HEADER_BYTES + 4 + 12 * number
        name, offset, length = struct.unpack_from(">4sII", profile, entry)
        if offset + length > len(profile) or number >= _MAX_TAGS:
            return set()
        names.add(name)
    return names
