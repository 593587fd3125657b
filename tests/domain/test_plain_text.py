"""Text from outside is made fit to be shown."""

from facecheck_gui.domain.plain_text import printable


def test_raw_text_is_made_fit_to_be_shown() -> None:
    assert printable(" a\u202eb\x00c\r\n\x1b[31m", 300) == "abc[31m"
    assert len(printable("x" * 5000, 300)) == 300
