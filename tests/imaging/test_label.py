"""A name from outside is shown as plain text on one line."""

import pytest

from facecheck_gui.imaging.label import MAX_LABEL_CHARS, plain_label


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("portrait.jpg", "portrait.jpg"),
        ("张三的照片.jpg", "张三的照片.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\u2066b\u2069c\u200f.png", "abc.png"),
        ("a\x00b\x1b[31mc\x7f.png", "ab[31mc.png"),
        ("two\nlines\tand  gaps.png", "two lines and gaps.png"),
        ("wide\u3000gap\u00a0.png", "wide gap .png"),
        ("\ud800broken\udfff.png", "broken.png"),
        ("A\u0308rger.png", "Ärger.png"),
        ("<b>bold</b>.png", "<b>bold</b>.png"),
        ("\u200b\u202e", ""),
        ("", ""),
    ],
)
def test_a_label_is_fit_to_be_shown(name: str, shown: str) -> None:
    assert plain_label(name) == shown


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    label = plain_label("Reference " * 30 + "0042.jpg")
    assert len(label) == MAX_LABEL_CHARS
    assert label.startswith("Reference Reference")
    assert label.endswith("0042.jpg")
    assert "…" in label
