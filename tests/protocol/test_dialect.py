"""The vendor's dialect: what is sent, what is understood, and what never becomes a score."""

import base64
import traceback
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facecheck_gui.domain.comparison import ComparisonScore
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import CloudError, Fault
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import FaceToken, ImageAddress
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.protocol.fields import (
    Call,
    CallSide,
    EncodedPicture,
    MalformedCallError,
    decode_call,
    encode_call,
)
from facecheck_gui.protocol.reply import (
    Refused,
    Scored,
    format_refused,
    format_scored,
    parse_reply,
    without_tokens,
)
from facecheck_gui.protocol.signature import sign

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)
_IMAGES = st.one_of(
    st.binary(min_size=1, max_size=200).map(EncodedPicture),
    _TEXT.map(ImageAddress),
    _TEXT.map(FaceToken),
)
_SIDES = st.builds(
    CallSide, _IMAGES, st.sampled_from(list(FaceType)), st.sampled_from(list(LivenessLevel))
)
_PICTURE = CallSide(EncodedPicture(b"\xfb\xff\xfe picture"))


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.builds(Call, _TEXT, _TEXT, _SIDES, _SIDES))
def test_a_call_survives_the_way_there(call: Call) -> None:
    assert decode_call(encode_call(call)) == call


def test_all_twelve_fields_are_sent_defaults_too() -> None:
    fields = parse_qs(encode_call(Call("k", "s", _PICTURE, _PICTURE)).decode(), strict_parsing=True)
    assert sorted(fields) == sorted(
        [
            "secret_key",
            "secret_code",
            "secret_sign",
            *(f"{side}{what}" for side in ("source", "compare") for what in _SIDE_FIELDS),
        ]
    )
    assert fields["secret_code"] == ["a01ec22b11c94a4e9f755a3af8c10a0d"]
    assert fields["sourceLiveControl"] == ["NONE"]
    assert fields["compareFaceType"] == ["LIVE"]


_SIDE_FIELDS = ("Image", "ImageType", "FaceType", "LiveControl")


def test_a_plus_sign_is_percent_encoded() -> None:
    body = encode_call(Call("k", "s", _PICTURE, _PICTURE))
    assert b"+" in base64.b64encode(b"\xfb\xff\xfe picture")
    assert b"+" not in body
    assert b"%2B" in body


def test_the_signature_is_the_md5_of_key_and_secret_in_upper_case() -> None:
    assert sign(Credentials("a", "bc")) == "900150983CD24FB0D6963F7D28E17F72"


@pytest.mark.parametrize(
    "change",
    [
        (b"secret_key=k", b""),
        (b"secret_code=a01", b"secret_code=b01"),
        (b"sourceFaceType=LIVE", b"sourceFaceType=live"),
        (b"compareLiveControl=NONE", b"compareLiveControl="),
        (b"secret_key=k", b"secret_key=k&secret_key=l"),
        (b"secret_key=k", b"secret_key=k&extra=1"),
        (b"secret_key=k", b"secret_key=%ff"),
        (b"sourceImage=", b"sourceImage=%21"),
    ],
)
def test_a_form_that_is_no_call_names_no_content(change: tuple[bytes, bytes]) -> None:
    body = encode_call(Call("k", "s", _PICTURE, _PICTURE)).replace(*change)
    with pytest.raises(MalformedCallError) as caught:
        decode_call(body)
    assert "picture" not in repr(caught.value)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10_000), st.sampled_from(["", "token-1"]))
def test_a_score_survives_the_way_back(hundredths: int, token: str) -> None:
    named = FaceToken(token) if token else None
    answer = Scored(ComparisonScore(hundredths / 100), named, None)
    assert parse_reply(format_scored(answer)) == answer


def test_a_refusal_survives_the_way_back() -> None:
    assert parse_reply(format_refused(400, "图片中没有人脸")) == Refused("400", "图片中没有人脸")


def _reply(score: str) -> bytes:
    return b'{"code":200,"message":"","data":{"score":%s}}' % score.encode()


@pytest.mark.parametrize(
    ("score", "value"),
    [
        ('"80.00"', 80.0),
        ('"80"', 80.0),
        ("80", 80.0),
        ("79.99", 79.99),
        ('"79.999"', 79.99),
        ("79.99999999999999999999", 79.99),
        ('"100.00"', 100.0),
        ("0", 0.0),
        ('"0.005"', 0.0),
    ],
)
def test_a_score_is_read_to_the_letter_and_never_rounded_up(score: str, value: float) -> None:
    answer = parse_reply(_reply(score))
    assert isinstance(answer, Scored)
    assert answer.score.value == value


@pytest.mark.parametrize(
    "score",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1e1",
        "-1",
        '"-1"',
        "101",
        '"100.01"',
        "null",
        '""',
        '"80,0"',
        '" 80"',
        '"80 "',
        '"0x50"',
        '"8_0"',
        '"\u0668\u0660"',
        '"+80"',
        '".5"',
        '"80."',
        '"1e1"',
        '"NaN"',
        '"080.00"',
        '"80\\n"',
        "true",
        "[80]",
        '{"score":80}',
        "1" * 5000,
        '"' + "9" * 5000 + '"',
    ],
)
def test_what_is_no_score_is_a_bad_reply(score: str) -> None:
    with pytest.raises(CloudError) as caught:
        parse_reply(_reply(score))
    assert caught.value.fault is Fault.BAD_REPLY


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Log in</html>",
        b"null",
        b"[]",
        b'"200"',
        b'{"code":200}',
        b'{"code":200,"data":null}',
        b'{"code":200,"data":[]}',
        b'{"code":200,"data":{}}',
        b'{"data":{"score":"90"}}',
        b'{"code":null,"data":{"score":"90"}}',
        b'{"code":true,"data":{"score":"90"}}',
        b'{"code":200.0,"data":{"score":"90"}}',
        b'{"code":200,"code":200,"data":{"score":"90"}}',
        b'{"code":200,"data":{"score":"10","score":"90"}}',
        b'{"code":200,"status":400,"data":{"score":"90"}}',
        b'{"code":200,"data":{"score":"90"}} and more',
        b'{"code":200,"data":{"score":"90"},,}',
        b'{"code":200,"data":{"score":"90",}}',
        b'\xef\xbb\xbf{"code":200,"data":{"score":"90"}}',
        '{"code":200,"data":{"score":"90"}}'.encode("utf-16"),
        b'{"code":200,"message":"\xff","data":{"score":"90"}}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"code":200,"data":{"score":"90"}',
    ],
)
def test_anything_else_is_a_bad_reply_too(body: bytes) -> None:
    with pytest.raises(CloudError) as caught:
        parse_reply(body)
    assert caught.value.fault is Fault.BAD_REPLY
    assert caught.value.picture.value == "neither"


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (b'{\n    "code": 400,\n    "message": "",\n}\n', "400", ""),
        (b'{"code":"400","message":"a,}"}', "400", "a,}"),
        (b'{"code":"400","message":"a,}" , }', "400", "a,}"),
        (b'{"status":"201","message":"x"}', "201", "x"),
        (b'{"code":400}', "400", ""),
        (b'{"code":400,"message":223120}', "400", "223120"),
        (b'{"code":400,"message":[]}', "400", ""),
        (b'{"code":400,"message":{"error_code":222202}}', "400", '{"error_code": "222202"}'),
    ],
)
def test_a_refusal_is_understood_with_the_vendor_s_own_trailing_comma(
    body: bytes, code: str, message: str
) -> None:
    assert parse_reply(body) == Refused(code, message)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=120))
def test_random_bytes_are_never_a_score(body: bytes) -> None:
    with pytest.raises(CloudError):
        parse_reply(body)


def test_tokens_and_pictures_are_in_no_repr() -> None:
    scored = Scored(ComparisonScore(90), FaceToken("CANARY"), FaceToken("CANARY"))
    call = Call("CANARY", "CANARY", CallSide(EncodedPicture(b"CANARY")), _PICTURE)
    assert "CANARY" not in repr(scored) + repr(call) + repr(Refused("400", "CANARY"))


@pytest.mark.parametrize(
    "body",
    [
        b'{"code":200,"data":{"score":"1","sourceToken":"CANARY"}',
        b'{"code":200,"data":{"score":"101","sourceToken":"CANARY"}}',
        b'{"code":200,"CANARY":1,"CANARY":2}',
        b'{"code":200,"data":"CANARY\xff"}',
        b'["CANARY"]',
    ],
)
def test_a_bad_reply_is_not_dragged_along_by_its_error(body: bytes) -> None:
    with pytest.raises(CloudError) as caught:
        parse_reply(body)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    assert "CANARY" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "body", [b"secret_key=CANARY\xff", b"secret_key=CANARY&secret_key=CANARY", b"CANARY"]
)
def test_a_bad_form_is_not_dragged_along_by_its_error(body: bytes) -> None:
    with pytest.raises(MalformedCallError) as caught:
        decode_call(body)
    assert caught.value.__context__ is None
    assert "CANARY" not in "".join(traceback.format_exception(caught.value))


def test_a_reply_for_staff_holds_everything_but_tokens() -> None:
    body = (
        b'{"code":200,"message":"ok \\u4eba","data":{"score":"80.00","sourceToken":"CAN\\/ARY",'
        b'"faces":[{"face_\\u0074oken":"CANARY"}],"tokens":{"a":"CANARY"},"compareToken":""}}'
    )
    told = without_tokens(body)
    assert "ARY" not in told
    assert told == (
        '{"code":200,"message":"ok 人","data":{"score":"80.00","sourceToken":"…",'
        '"faces":[{"face_token":"…"}],"tokens":{"a":"…"},"compareToken":""}}'
    )
