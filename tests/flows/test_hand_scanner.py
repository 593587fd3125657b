"""A scanner that types, and a person who does."""

import pytest

from facecheck_gui.flows.hand_scanner import HandScanner


def _type(scanner: HandScanner, text: str, gap_s: float, start_s: float = 100.0) -> float:
    now_s = start_s
    for character in text:
        scanner.key(character, now_s)
        now_s += gap_s
    return now_s


def test_what_comes_in_a_rush_and_ends_with_enter_is_a_code() -> None:
    scanner = HandScanner()
    end_s = _type(scanner, "FC1:00417.ABCD", 0.004)
    assert scanner.busy
    assert scanner.end(end_s) == "FC1:00417.ABCD"
    assert not scanner.busy


@pytest.mark.parametrize(("text", "gap_s"), [("00417", 0.12), ("417", 0.004), ("", 0.004)])
def test_what_a_person_types_is_none(text: str, gap_s: float) -> None:
    scanner = HandScanner()
    assert scanner.end(_type(scanner, text, gap_s)) == ""


def test_a_key_of_a_person_before_the_scanner_is_not_part_of_the_code() -> None:
    scanner = HandScanner()
    scanner.key(" ", 99.0)
    assert scanner.end(_type(scanner, "00417", 0.01)) == "00417"


def test_enter_long_after_the_keys_is_a_person_s() -> None:
    scanner = HandScanner()
    end_s = _type(scanner, "00417", 0.01)
    assert scanner.end(end_s + 1) == ""


def test_something_in_between_ends_it_and_no_code_is_endless() -> None:
    scanner = HandScanner()
    end_s = _type(scanner, "00417", 0.01)
    scanner.forget()
    assert scanner.end(end_s) == ""
    end_s = _type(scanner, "x" * 2000, 0.001)
    assert len(scanner.end(end_s)) < 801
