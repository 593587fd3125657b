"""Words are shown as they are written, and never cut without saying so."""

import pytest
from pytestqt.qtbot import QtBot

from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel

LONG = {
    "en": "The engine on this device cannot check liveness: choose none, or the cloud. " * 3,
    "zh": "参考照片本来就不是活体，对它要求活体检测会被云端拒绝。" * 6,
    "de": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung " * 4,
}


@pytest.mark.parametrize("text", ["<img src=x onerror=y>", "<b>Wei</b>", "a &amp; b"])
def test_markup_is_shown_as_it_is_written(qtbot: QtBot, text: str) -> None:
    label, plain = PlainLabel(text), PlainLabel("x" * len(text))
    qtbot.addWidget(label)
    qtbot.addWidget(plain)
    assert label.text() == text
    assert label.sizeHint().width() > plain.fontMetrics().horizontalAdvance("<")
    assert label.grab().toImage() != plain.grab().toImage()


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("lines", [1, 2])
def test_long_words_end_in_an_ellipsis_and_a_tooltip_has_all(
    qtbot: QtBot, language: str, lines: int
) -> None:
    label = ElidedLabel(LONG[language], lines=lines)
    qtbot.addWidget(label)
    label.resize(220, label.heightForWidth(220))
    label.show()
    shown = label.shown_lines()
    assert len(shown) == lines
    assert shown[-1].endswith("…")
    assert all(label.fontMetrics().horizontalAdvance(line) <= 220 for line in shown)
    assert label.toolTip() == label.text() == LONG[language]


def test_words_that_fit_have_no_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("On this device", lines=2)
    qtbot.addWidget(label)
    label.resize(400, 60)
    label.show()
    assert label.shown_lines() == ("On this device",)
    assert label.toolTip() == ""


def test_a_second_line_is_asked_for_only_where_it_is_needed(qtbot: QtBot) -> None:
    label = ElidedLabel("on this device · 0.04 s · liveness not checked", lines=2)
    qtbot.addWidget(label)
    step = label.fontMetrics().lineSpacing()
    assert label.heightForWidth(600) == step
    assert label.heightForWidth(160) == 2 * step


def test_a_wider_label_shows_more(qtbot: QtBot) -> None:
    label = ElidedLabel(LONG["en"])
    qtbot.addWidget(label)
    label.show()
    label.resize(100, 20)
    narrow = len(label.shown_lines()[0])
    label.resize(300, 20)
    assert len(label.shown_lines()[0]) > narrow
    assert label.accessibleName() == LONG["en"]
