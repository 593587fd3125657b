"""Rows that vouch for each other: each carries a seal over itself and the seal before it.

HMAC-SHA256 (RFC 2104) over a canonical form of the row, so that whoever has the database but not
the key can neither change a row, nor take one out, nor put one in another's place unnoticed.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence

NO_SEAL = b"\x00" * 32
"""Stands before the first."""

Sealed = str | int | float | bool | None
"""What a row may hold."""


def seal(key: bytes, purpose: str, before: bytes, fields: Sequence[Sealed]) -> bytes:
    """32 bytes for a row with these ``fields`` that follows the one sealed by ``before``.

    ``purpose`` keeps seals of one kind from being taken for another's.
    """
    written = json.dumps([purpose, before.hex(), *fields], ensure_ascii=True, allow_nan=False)
    return hmac.new(key, written.encode("ascii"), hashlib.sha256).digest()


def fits(seal_found: bytes | None, expected: bytes) -> bool:
    """Whether a row has the seal that it should have."""
    return seal_found is not None and hmac.compare_digest(bytes(seal_found), expected)
