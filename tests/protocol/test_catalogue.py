"""Every code of the catalogue, by number, in English and in Chinese."""

import pytest

from facecheck_gui.domain.errors import ErrorClass, Fault
from facecheck_gui.protocol.catalogue import CATALOGUE, by_code, look_up
from facecheck_gui.protocol.phrases import OTHER_WORDS

# The classes as the vendor's upstream catalogue has them; a picture's own class is the person's
# unless it is known to be the reference's.
CLASSES = {
    ErrorClass.RETRY: "1 2 222201 222205 222206 222302 222900 500",
    ErrorClass.THROTTLE: "4 18 501",
    ErrorClass.CONFIG: "3 6 13 14 15 100 110 111 503 600",
    ErrorClass.QUOTA: "17 19 201 601",
    ErrorClass.BUG: (
        "216100 222001 222013 222015 222019 222020 222024 222025 222208 223118 223119"
    ),
    ErrorClass.REFERENCE: "216201 216202 222204 222214 222309",
    ErrorClass.TOKEN: "222209",
    ErrorClass.SECURITY: "223120 223131 216608",
    ErrorClass.SUBJECT: (
        "222202 222203 222213 223113 223114 223115 223116 223121 223122 223123 223124 223125 "
        "223126 223127 216609 216610"
    ),
}
EXPECTED = {code: cls for cls, codes in CLASSES.items() for code in codes.split()}


def test_the_catalogue_has_every_code_once_with_its_class() -> None:
    assert {entry.code: entry.fault.error_class for entry in CATALOGUE} == EXPECTED
    assert len(CATALOGUE) == len(EXPECTED)


def test_a_code_of_its_own_is_found() -> None:
    for code in EXPECTED:
        assert look_up("", code) is by_code()[code], code
        assert look_up(code, "400") is by_code()[code], code


@pytest.mark.parametrize(
    "message", ["error_code:{}", "[{}] failed", "失败({})", "code={},msg=x", "refused: {}."]
)
def test_a_long_code_is_found_within_a_message(message: str) -> None:
    long = [code for code in EXPECTED if len(code) == 6]
    assert long
    for code in long:
        assert look_up(message.format(code), "400") is by_code()[code], code


def test_words_in_either_language_mean_the_same_kind_of_fault() -> None:
    for entry in CATALOGUE:
        english = look_up(f"error: {entry.english.upper()}", "400")
        chinese = look_up(f"错误\uff1a{entry.chinese}\u3002", "400")
        for found in (english, chinese):
            assert found is not None, entry.code
            assert found.fault.error_class is entry.fault.error_class, entry.code


@pytest.mark.parametrize(("words", "code"), OTHER_WORDS)
def test_other_words_for_a_code_are_known_too(words: str, code: str) -> None:
    found = look_up(f"- {words}!", "400")
    assert found is not None
    assert found.fault is by_code()[code].fault


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("error_code: 17", "17"),
        ('{"error_code":18,"error_msg":"x"}', "18"),
        ("错误码：6", "6"),
        ("Error Code 110", "110"),
        ("２２２２０２", "222202"),
        ("invalid parameter: sourceImage", "216100"),
    ],
)
def test_a_number_that_is_called_a_code_may_be_short(message: str, code: str) -> None:
    found = look_up(message, "400")
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("Service Unavailable", Fault.SERVICE_FAILED),
        ("验证签名失败", Fault.CREDENTIALS_REFUSED),
        ("", Fault.CREDENTIALS_REFUSED),
    ],
)
def test_a_code_that_http_uses_too_counts_less_than_the_words(message: str, fault: Fault) -> None:
    found = look_up(message, "503")
    assert found is not None
    assert found.fault is fault


@pytest.mark.parametrize(
    "message",
    [
        "",
        "the picture is larger than 1920x1080",
        "at most 2 MB",
        "wait 10 s",
        "HTTP 503 from 10.0.0.100",
        "12231201",
        "2.223120",
        "223120.5",
        "error 17",
        "something else entirely",
        "其他错误",
    ],
)
def test_what_is_unknown_stays_unknown(message: str) -> None:
    assert look_up(message, "400") is None


def test_the_more_precise_words_win() -> None:
    found = look_up("人脸尺寸过小", "400")
    assert found is not None
    assert found.code == "222213"
