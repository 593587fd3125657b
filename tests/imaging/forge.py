"""Makes pictures, honest ones and others."""

import io
import struct
import zlib

import numpy as np
from PIL import Image


def gradient(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose left top corner is dark and whose right bottom corner is light."""
    across = np.linspace(0, 255, width)[None, :].repeat(height, 0)
    down = np.linspace(0, 255, height)[:, None].repeat(width, 1)
    return Image.fromarray(np.stack([across, down, (across + down) / 2], 2).astype(np.uint8))


def noise(width: int, height: int, seed: int = 7) -> Image.Image:
    """A picture that compresses as badly as any."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(pixels)


def saved(image: Image.Image, picture_format: str, **options: object) -> bytes:
    """The bytes of ``image`` in Pillow's ``picture_format``."""
    stream = io.BytesIO()
    image.save(stream, picture_format, **options)
    return stream.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG that claims a size, with ``chunks`` between its header and its end."""
    ihdr = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + ihdr + b"".join(chunks) + chunk(b"IEND", b"")


def png_bomb(side: int) -> bytes:
    """A black PNG of ``side`` x ``side`` pixels that is small on the disk."""
    squeeze = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    packed = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    return png(side, side, chunk(b"IDAT", packed), depth=1, colour=0)


def png_with_a_lying_length() -> bytes:
    """The 47 bytes that make a trusting decoder ask for two gigabytes."""
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
    return start + struct.pack(">I", 2**31 - 1) + b"tEXt" + b"a=b" + b"\0" * 3
