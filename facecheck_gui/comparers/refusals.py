"""The cloud's refusals as typed errors, each about its picture, where that is known."""

import re
from collections.abc import Iterable
from urllib.parse import quote_plus

from facecheck_gui.domain.errors import CloudError, ErrorClass, Fault, WhichPicture
from facecheck_gui.domain.image import FaceToken, ImageAddress
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.protocol.catalogue import look_up
from facecheck_gui.protocol.fields import Call, CallSide
from facecheck_gui.protocol.phrases import sides_named
from facecheck_gui.protocol.reply import Refused

_ABOUT_A_PICTURE = frozenset(
    {ErrorClass.SUBJECT, ErrorClass.REFERENCE, ErrorClass.SECURITY, ErrorClass.TOKEN}
)
# Nothing that people write is this long in one piece; pictures and tokens are.
_LONG_RUN = re.compile(r"[A-Za-z0-9+/_=%-]{40,}")
_SHORTEST_SECRET = 4
_MAX_RAW_CHARS = 300


def error_of(refused: Refused, sent: Call | None = None, hide: Iterable[str] = ()) -> CloudError:
    """The error a refusal of ``sent`` means; one that nobody knows keeps its raw text for staff,
    without what is in ``hide``."""
    entry = look_up(refused.message, refused.code)
    detail = discreet(refused.message, hide)
    if entry is None:
        return CloudError(Fault.UNKNOWN_ANSWER, detail=detail, vendor_code=refused.code)
    return CloudError(
        entry.fault,
        picture=_picture(entry.fault, refused.message, sent),
        detail=detail,
        vendor_code=entry.code,
    )


def discreet(raw: str, hide: Iterable[str]) -> str:
    """Text from outside for staff to read, without ``hide`` and what looks like a picture or token.

    The far end may repeat what it was sent.
    """
    secrets = {secret for secret in hide if len(secret) >= _SHORTEST_SECRET}
    written = secrets | {quote_plus(secret) for secret in secrets}
    for secret in sorted(written, key=len, reverse=True):
        raw = re.sub(re.escape(secret), "…", raw, flags=re.IGNORECASE)
    return printable(_LONG_RUN.sub("…", raw), _MAX_RAW_CHARS)


def _picture(fault: Fault, message: str, sent: Call | None) -> WhichPicture:
    if fault.error_class not in _ABOUT_A_PICTURE:
        return WhichPicture.NEITHER
    probe, reference = sides_named(message)
    if not (probe or reference) and sent is not None:
        probe, reference = _may_be(fault, sent.probe), _may_be(fault, sent.reference)
    if probe == reference:
        return WhichPicture.UNKNOWN
    return WhichPicture.PROBE if probe else WhichPicture.REFERENCE


def _may_be(fault: Fault, side: CallSide) -> bool:
    """Some faults can only be about a side that asked for something, or was sent in some way."""
    match fault:
        case Fault.LIVENESS_FAILED:
            return side.liveness is not LivenessLevel.NONE
        case Fault.ADDRESS_NOT_FETCHED:
            return isinstance(side.image, ImageAddress)
        case Fault.TOKEN_GONE:
            return isinstance(side.image, FaceToken)
    return True
