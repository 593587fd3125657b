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


def png_of(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    """A whole PNG of any bit depth and colour type, all samples 0, ``chunks`` before its pixels."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = b"\0" * (1 + (width * samples * depth + 7) // 8)
    squeeze = zlib.compressobj(1)
    packed = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    return png(width, height, *chunks, chunk(b"IDAT", packed), depth=depth, colour=colour)


def after_header(data: bytes, *chunks: bytes) -> bytes:
    """The PNG ``data`` with ``chunks`` right behind its header."""
    return data[:33] + b"".join(chunks) + data[33:]


def segment(marker: int, body: bytes) -> bytes:
    """One JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def after_start(data: bytes, *segments: bytes) -> bytes:
    """The JPEG ``data`` with ``segments`` right behind its start."""
    return data[:2] + b"".join(segments) + data[2:]


def many_scans(count: int, side: int = 64) -> bytes:
    """A progressive JPEG whose last scan comes ``count`` times more."""
    data = saved(Image.new("L", (side, side), 128), "JPEG", progressive=True)
    last = data[data.rfind(b"\xff\xda") : -2]
    return data[:-2] + last * count + data[-2:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP file of these chunks."""
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def webp_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a WebP file."""
    chunks, position = [], 12
    while position + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, position)
        chunks.append((kind, data[position + 8 : position + 8 + length]))
        position += 8 + length + length % 2
    return chunks


def canvas(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    """The chunk that states an extended WebP's size."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"VP8X", struct.pack("<B3x", flags) + sides


def bmp(
    width: int, height: int, *, depth: int = 24, coding: int = 0, body: bytes | None = None
) -> bytes:
    """A BMP with the usual header; ``height`` may be negative: rows from the top down."""
    row_bytes = (width * depth + 31) // 32 * 4
    body = b"\x40" * (row_bytes * abs(height)) if body is None else body
    palette = bytes(range(256)) * 4 if depth <= 8 else b""
    start = 14 + 40 + len(palette)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, coding, len(body), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", start + len(body), 0, 0, start) + header + palette + body


def exif(orientation: int, order: str = ">") -> bytes:
    """An Exif block that says which way up, in big (>) or little (<) endian."""
    mark = {">": b"MM\0*", "<": b"II*\0"}[order]
    note = struct.pack(order + "HHII", 0x010E, 2, 4, 0)
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    directory = struct.pack(order + "IH", 8, 2) + note + entry + struct.pack(order + "I", 0)
    return b"Exif\0\0" + mark + directory


# Primaries of Display P3 and of sRGB, adapted to D50, as columns of a matrix to XYZ.
P3_TO_XYZ = np.array(
    [[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]]
)
SRGB_TO_XYZ = np.array(
    [[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]]
)


def profile(*more_tags: tuple[bytes, bytes], device: bytes = b"mntrRGB XYZ ") -> bytes:
    """An ICC profile with the primaries of Display P3 and a gamma of 2.2."""

    def xyz(values: np.ndarray) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))

    gamma = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(2.2 * 256), 0)
    tags = [(name + b"XYZ", xyz(P3_TO_XYZ[:, n])) for n, name in enumerate([b"r", b"g", b"b"])]
    tags += [(name + b"TRC", gamma) for name in (b"r", b"g", b"b")]
    tags += [(b"wtpt", xyz(np.array([0.9642, 1.0, 0.8249]))), *more_tags]
    table, contents = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        table += struct.pack(">4sII", name, 132 + 12 * len(tags) + len(contents), len(content))
        contents += content
    head = struct.pack(">I4xI", 132 + 12 * len(tags) + len(contents), 0x02400000) + device
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + contents
