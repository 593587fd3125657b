"""What stands in the code of a badge: ``FC1:``, the person's id, a checksum, perhaps a signature.

    FC1:00417.JPXI              checked
    FC1:00417.JPXI.K7…          checked and signed

The id is percent-encoded (RFC 3986), its dots too. The checksum is the upper 20 bits of CRC-32 (ISO
3309) over prefix and id, the signature the first 80 bits of HMAC-SHA-256 over prefix, id and
checksum; both in base32 (RFC 4648). A signature keeps others from printing badges; it does not keep
a badge from being copied, so a badge says who is to be compared and never that it is them.
"""

import base64
import hashlib
import hmac
import zlib
from urllib.parse import quote, unquote

from facecheck_gui.domain.errors import BadgeError, Fault
from facecheck_gui.domain.plain_text import printable

PREFIX = "FC1:"
MOST_CODE_CHARS = 800
_CHECKSUM_CHARS, _SIGNATURE_BYTES = 4, 10


def encode(person_id: str, key: bytes | None = None) -> str:
    """The text of a badge's code, signed where there is a ``key``. Raises ValueError without an
    id."""
    if not person_id:
        raise ValueError("a badge is somebody's")
    named = PREFIX + quote(person_id, safe="").replace(".", "%2E")
    checked = f"{named}.{_checksum(named)}"
    return checked if key is None else f"{checked}.{_signature(checked, key)}"


def is_badge(text: str) -> bool:
    """Whether the text claims to be a badge of this program's."""
    return text.startswith(PREFIX)


def decode(text: str, key: bytes | None = None) -> str:
    """The person's id. With a ``key`` only badges signed with it are taken.

    Raises BadgeError: BADGE_DAMAGED, BADGE_NOT_SIGNED, BADGE_FORGED.
    """
    if not is_badge(text) or len(text) > MOST_CODE_CHARS:
        raise BadgeError(Fault.BADGE_DAMAGED)
    named, *seals = text.split(".")
    if len(seals) not in {1, 2} or seals[0] != _checksum(named):
        raise BadgeError(Fault.BADGE_DAMAGED)
    if key is not None and len(seals) == 1:
        raise BadgeError(Fault.BADGE_NOT_SIGNED)
    if key is not None and not _is_signed(f"{named}.{seals[0]}", seals[1], key):
        raise BadgeError(Fault.BADGE_FORGED)
    return _id(named)


def _is_signed(checked: str, signature: str, key: bytes) -> bool:
    expected = _signature(checked, key)
    return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))


def _checksum(named: str) -> str:
    crc = zlib.crc32(named.encode(errors="replace"))
    return base64.b32encode(crc.to_bytes(4, "big")).decode()[:_CHECKSUM_CHARS]


def _signature(checked: str, key: bytes) -> str:
    whole = hmac.new(key, checked.encode(errors="replace"), hashlib.sha256).digest()
    return base64.b32encode(whole[:_SIGNATURE_BYTES]).decode()


def _id(named: str) -> str:
    person_id = unquote(named.removeprefix(PREFIX), errors="replace")
    if not person_id or printable(person_id, MOST_CODE_CHARS) != person_id:
        raise BadgeError(Fault.BADGE_DAMAGED)
    return person_id
