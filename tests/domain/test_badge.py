"""What stands on a badge, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facecheck_gui.domain import badge
from facecheck_gui.domain.errors import BadgeError, Fault

KEY, OTHER = b"k" * 32, b"o" * 32
_IDS = st.text(min_size=1, max_size=64).filter(
    lambda text: "".join(c for c in text if c.isprintable()).strip() == text
)


def _fault(text: str, key: bytes | None = None) -> Fault:
    with pytest.raises(BadgeError) as caught:
        badge.decode(text, key)
    return caught.value.fault


@given(_IDS)
def test_every_id_comes_back_signed_or_not(person_id: str) -> None:
    assert badge.decode(badge.encode(person_id)) == person_id
    assert badge.decode(badge.encode(person_id, KEY), KEY) == person_id
    assert badge.decode(badge.encode(person_id, KEY)) == person_id
    assert badge.encode(person_id).isascii()


@given(_IDS, st.data())
def test_one_wrong_character_is_noticed(person_id: str, data: st.DataObject) -> None:
    text = badge.encode(person_id)
    place = data.draw(st.integers(len(badge.PREFIX), len(text) - 1))
    other = data.draw(st.sampled_from("ABCXYZ0189%.-"))
    changed = text[:place] + other + text[place + 1 :]
    if changed != text:
        assert _fault(changed) is Fault.BADGE_DAMAGED


def test_the_form_is_the_documented_one() -> None:
    # By hand: zlib.crc32(b"FC1:00417"), base32 of its four bytes, the first four characters.
    assert badge.encode("00417") == "FC1:00417.JPXI"
    assert badge.encode("张.伟").startswith("FC1:%E5%BC%A0%2E%E4%BC%9F.")
    assert len(badge.encode("00417", KEY)) == len(badge.encode("00417")) + 17


@pytest.mark.parametrize(
    "text",
    [
        "",
        "00417",
        "FC2:00417.ABCD",
        "FC1:",
        "FC1:.AAAA",
        "FC1:00417",
        "FC1:" + "x" * 100_000,
        "FC1:<b>.AAAA",
        badge.encode("00417") + ".x.y",
    ],
)
def test_what_is_no_badge_is_refused(text: str) -> None:
    assert _fault(text) is Fault.BADGE_DAMAGED


def test_a_badge_that_hides_directions_or_controls_is_refused() -> None:
    for hidden in ("a\u202eb", "a\0b", "a\nb"):
        assert _fault(badge.encode(hidden)) is Fault.BADGE_DAMAGED


def test_where_signatures_are_asked_for_others_are_refused() -> None:
    assert _fault(badge.encode("00417"), KEY) is Fault.BADGE_NOT_SIGNED
    assert _fault(badge.encode("00417", OTHER), KEY) is Fault.BADGE_FORGED
    signed = badge.encode("00417", KEY)
    assert _fault(signed[:-1] + ("A" if signed[-1] != "A" else "B"), KEY) is Fault.BADGE_FORGED
    moved = badge.encode("00418") + signed[signed.rindex(".") :]
    assert _fault(moved, KEY) is Fault.BADGE_FORGED


def test_nobody_has_no_badge() -> None:
    with pytest.raises(ValueError, match="somebody"):
        badge.encode("")
