"""Codes for badges, as squares and as files."""

import io

import segno

QUIET_ZONE = 4
"""Light modules around the code (ISO/IEC 18004, 6.3.8)."""
_FORMATS = ("png", "svg", "pdf")


def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code, True for dark, without the quiet zone. A quarter of it may be dirty or
    worn (level Q)."""
    return tuple(tuple(bool(module) for module in row) for row in _made(text).matrix)


def qr_file(text: str, kind: str) -> bytes:
    """The code as a file with its quiet zone. ``kind``: png, svg or pdf. Raises ValueError for
    another."""
    if kind not in _FORMATS:
        raise ValueError(f"a code is written as {', '.join(_FORMATS)}")
    stream = io.BytesIO()
    _made(text).save(stream, kind=kind, scale=10, border=QUIET_ZONE)
    return stream.getvalue()


def _made(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="q")
