"""Searches bytes for what must not be there, in the disguises that bytes wear."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

_WINDOW, _SHORTEST_B64 = 24, 16
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_GZIP = re.compile(rb"\x1f\x8b\x08")
_ZIP = re.compile(rb"PK\x03\x04")


def windows(data: bytes, count: int = 12) -> tuple[bytes, ...]:
    """Pieces from all over ``data``: whoever kept a part of it kept one of these. Pieces of one
    byte over and over say nothing, and are left out."""
    step = max(1, (len(data) - _WINDOW) // count)
    pieces = (data[start : start + _WINDOW] for start in range(step // 2, len(data), step))
    return tuple(p for p in pieces if len(p) == _WINDOW and len(set(p)) > _WINDOW // 3)


def disguises(secret: bytes) -> Iterator[bytes]:
    """As it is, in hex, and in base64 wherever in a longer text it began."""
    yield secret
    yield secret.hex().encode()
    for before in range(3):
        # The first and last letters depend on the neighbours.
        whole = base64.b64encode(b"\0" * before + secret).decode().rstrip("=")
        inner = whole[4 if before else 0 : -2]
        if len(inner) >= _SHORTEST_B64:
            yield inner.encode()
            yield inner.replace("+", "-").replace("/", "_").encode()


def found(secrets: Iterable[bytes], data: bytes) -> list[bytes]:
    """Which of the secrets are in ``data``, in whatever disguise, packed or not."""
    layers = list(_layers(data))
    return [s for s in secrets if any(d in layer for layer in layers for d in disguises(s))]


def _layers(data: bytes, depth: int = 3) -> Iterator[bytes]:
    yield data
    if depth == 0:
        return
    for pattern, wbits in ((_ZLIB, 15), (_GZIP, 31)):
        for match in pattern.finditer(data):
            try:
                unpacked = zlib.decompressobj(wbits).decompress(data[match.start() :])
            except zlib.error:
                continue
            if len(unpacked) > _WINDOW:
                yield from _layers(unpacked, depth - 1)
    for match in _ZIP.finditer(data):
        try:
            with zipfile.ZipFile(io.BytesIO(data[match.start() :])) as archive:
                for member in archive.infolist():
                    yield from _layers(archive.read(member), depth - 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
            continue
