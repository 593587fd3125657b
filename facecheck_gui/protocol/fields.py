"""A call as the twelve form fields of the vendor's page, and back."""

import base64
import binascii
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias, TypeVar
from urllib.parse import parse_qsl, quote_plus

from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import FaceToken, ImageAddress
from facecheck_gui.domain.liveness import LivenessLevel

FACE_COMPARE = "a01ec22b11c94a4e9f755a3af8c10a0d"
"""The product's number: one address serves every product of the market."""

MAX_BODY_BYTES = 10 * 1024 * 1024
_MAX_FIELDS = 12

_Kind = TypeVar("_Kind", bound=Enum)


class ImageType(Enum):
    """How a picture is named."""

    BASE64 = "BASE64"
    URL = "URL"
    FACE_TOKEN = "FACE_TOKEN"  # noqa: S105 - the vendor's word


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """The bytes of a JPEG, PNG or BMP as they are sent."""

    data: bytes = field(repr=False)


Image: TypeAlias = EncodedPicture | ImageAddress | FaceToken


@dataclass(frozen=True, slots=True)
class CallSide:
    """One side of a call."""

    image: Image
    face_type: FaceType = FaceType.LIVE
    liveness: LivenessLevel = LivenessLevel.NONE


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent: who calls, and the two sides."""

    secret_key: str = field(repr=False)
    secret_sign: str = field(repr=False)
    probe: CallSide
    reference: CallSide


class MalformedCallError(ValueError):
    """A form that is no call. ``field`` names the culprit, never its content."""

    def __init__(self, culprit: str) -> None:
        super().__init__(culprit)
        self.field = culprit


def encode_call(call: Call) -> bytes:
    """``call`` as a form body. All twelve fields are always there, defaults too."""
    fields: dict[str, str | bytes] = {
        "secret_key": call.secret_key,
        "secret_code": FACE_COMPARE,
        "secret_sign": call.secret_sign,
        **_side_fields("source", call.probe),
        **_side_fields("compare", call.reference),
    }
    return b"&".join(b"%s=%s" % (name.encode("ascii"), _quoted(v)) for name, v in fields.items())


def decode_call(body: bytes) -> Call:
    """The call in a form body. Raises MalformedCallError for anything but those twelve fields."""
    pairs = _pairs(body)
    if pairs is None:
        raise MalformedCallError("form")
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise MalformedCallError("repeated field")
    if _take(fields, "secret_code") != FACE_COMPARE:
        raise MalformedCallError("secret_code")
    call = Call(
        _take(fields, "secret_key"),
        _take(fields, "secret_sign"),
        _read_side("source", fields),
        _read_side("compare", fields),
    )
    if fields:
        raise MalformedCallError("unknown field")
    return call


def _pairs(body: bytes) -> list[tuple[str, str]] | None:
    """None for what is no form. The exceptions of the parser hold the body and go no further."""
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except (ValueError, UnicodeError):
        return None


def _quoted(value: str | bytes) -> bytes:
    """Percent-encoded. Base64 comes as bytes and has three signs that need it: looking at each of
    its millions of letters in Python would take a quarter of a second and stop every thread."""
    if isinstance(value, bytes):
        return value.replace(b"+", b"%2B").replace(b"/", b"%2F").replace(b"=", b"%3D")
    return quote_plus(value).encode("ascii")


def _side_fields(side: str, what: CallSide) -> dict[str, str | bytes]:
    image: str | bytes
    match what.image:
        case EncodedPicture(data):
            image_type, image = ImageType.BASE64, base64.b64encode(data)
        case ImageAddress(url):
            image_type, image = ImageType.URL, url
        case FaceToken(token):
            image_type, image = ImageType.FACE_TOKEN, token
    return {
        f"{side}Image": image,
        f"{side}ImageType": image_type.value,
        f"{side}FaceType": what.face_type.name,
        f"{side}LiveControl": what.liveness.name,
    }


def _read_side(side: str, fields: dict[str, str]) -> CallSide:
    image = _take(fields, f"{side}Image")
    image_type = _member(ImageType, fields, f"{side}ImageType")
    return CallSide(
        _read_image(image, image_type, f"{side}Image"),
        _member(FaceType, fields, f"{side}FaceType"),
        _member(LivenessLevel, fields, f"{side}LiveControl"),
    )


def _read_image(image: str, image_type: ImageType, culprit: str) -> Image:
    if not image:
        raise MalformedCallError(culprit)
    if image_type is ImageType.URL:
        return ImageAddress(image)
    if image_type is ImageType.FACE_TOKEN:
        return FaceToken(image)
    data = _unpacked(image)
    if data is None:
        raise MalformedCallError(culprit)
    return EncodedPicture(data)


def _unpacked(image: str) -> bytes | None:
    try:
        return base64.b64decode(image.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeError):
        return None


def _take(fields: dict[str, str], name: str) -> str:
    if name not in fields:
        raise MalformedCallError(name)
    return fields.pop(name)


def _member(kind: type[_Kind], fields: dict[str, str], name: str) -> _Kind:
    word = _take(fields, name)
    if word not in kind.__members__:
        raise MalformedCallError(name)
    return kind[word]
