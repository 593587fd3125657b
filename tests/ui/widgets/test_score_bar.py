"""The picture of the decision agrees with the decision."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.comparison import ComparisonScore, Threshold, Verdict, decide
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.score_bar import ScoreBar, ScoreReading


def _bar(qtbot: QtBot, look: Look, score: float, threshold: Threshold, width: int) -> QImage:
    bar = ScoreBar(look)
    qtbot.addWidget(bar)
    bar.resize(width, 56)
    bar.show_reading(ScoreReading(ComparisonScore(score), threshold), "text", "91.50 of 100")
    bar.show()
    return bar.grab().toImage()


def _columns(image: QImage, colour: QColor) -> list[int]:
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == colour for y in range(image.height()))
    ]


@pytest.mark.parametrize("score", [0.0, 41.2, 77.0, 79.99, 80.0, 91.5, 100.0])
@pytest.mark.parametrize("width", [160, 400])
def test_the_dot_has_the_colour_of_the_verdict_and_is_never_cut(
    qtbot: QtBot, look: Look, score: float, width: int
) -> None:
    threshold = Threshold()
    verdict = decide(ComparisonScore(score), threshold)
    image = _bar(qtbot, look, score, threshold, width)
    columns = _columns(image, look.colour(verdict.value))
    assert len(columns) >= 10
    assert min(columns) > 0
    assert max(columns) < width - 1


def test_the_dot_lies_left_of_the_tick_below_the_threshold_and_right_of_it_above(
    qtbot: QtBot, look: Look
) -> None:
    ink, match = look.colour("text"), look.colour("match")
    above = _bar(qtbot, look, 95.0, Threshold(), 400)
    below = _bar(qtbot, look, 60.0, Threshold(), 400)
    assert min(_columns(above, match)) > max(_columns(above, ink))
    assert max(_columns(below, look.colour("non_match"))) < min(_columns(below, ink))


def test_the_band_is_shaded_and_moves_with_the_threshold(qtbot: QtBot, look: Look) -> None:
    band = look.colour("band")
    usual = _columns(_bar(qtbot, look, 10.0, Threshold(80, 10), 400), band)
    lower = _columns(_bar(qtbot, look, 10.0, Threshold(50, 10), 400), band)
    none = _columns(_bar(qtbot, look, 10.0, Threshold(50, 0), 400), band)
    assert usual
    assert max(lower) < min(usual)
    assert none == []


def test_who_cannot_see_it_hears_it(qtbot: QtBot, look: Look) -> None:
    bar = ScoreBar(look)
    qtbot.addWidget(bar)
    reading = ScoreReading(ComparisonScore(91.5), Threshold())
    bar.show_reading(reading, "text", "Score 91.50 of 100, threshold 80")
    assert bar.accessibleName() == "Score 91.50 of 100, threshold 80"
    assert bar.reading is reading


def test_nothing_is_drawn_without_a_score(qtbot: QtBot, look: Look) -> None:
    bar = ScoreBar(look)
    qtbot.addWidget(bar)
    bar.resize(200, 56)
    bar.show_reading(None, "text", "")
    image = bar.grab().toImage()
    assert _columns(image, look.colour(Verdict.NON_MATCH.value)) == []
    assert _columns(image, look.colour("track")) == []
