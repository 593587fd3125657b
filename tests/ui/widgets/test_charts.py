"""Bars on two axes: ticks, words, and what is drawn in each theme."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.charts import BarChart, Bars, Turn, count_ticks

SCORES = Bars((0, 4, 9), 0.0, 30.0, ((0.0, "0"), (90.0, "90")), Turn(60.0, 50.0, "Match from 60"))
PLAIN = Bars((3, 1), 0.0, 1.0, ((0.0, "00"), (2.0, "02")))


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (5, (0, 1, 2, 3, 4, 5)),
        (6, (0, 2, 4, 6)),
        (12, (0, 5, 10, 15)),
        (83, (0, 20, 40, 60, 80, 100)),
        (1_000_001, (0, 500_000, 1_000_000, 1_500_000)),
    ],
)
def test_ticks_are_round_and_reach_the_highest(highest: int, ticks: tuple[int, ...]) -> None:
    assert count_ticks(highest) == ticks


def test_there_are_one_to_five_steps_and_all_bars_fit() -> None:
    highest = (*range(1, 400), 999, 12_345, 9_999_999)
    steps = {len(count_ticks(height)) - 1 for height in highest}
    assert steps <= {1, 2, 3, 4, 5}
    assert all(count_ticks(height)[-1] >= height for height in highest)


def _chart(qtbot: QtBot, look: Look, bars: Bars) -> BarChart:
    chart = BarChart(look)
    qtbot.addWidget(chart)
    chart.resize(420, 260)
    chart.show()
    chart.show_bars(bars, "Checks", "Score", "0 to 30: 4")
    return chart


def _colours(chart: BarChart) -> set[str]:
    image: QImage = chart.grab().toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in places}


def test_axes_are_named_and_the_picture_is_described(qtbot: QtBot, look: Look) -> None:
    chart = _chart(qtbot, look, SCORES)
    assert [label.text() for label in chart.findChildren(QLabel)] == ["Checks", "Score"]
    assert chart.accessibleDescription() == "0 to 30: 4"


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_bars_wear_the_theme_s_colours_also_when_it_changes(
    qtbot: QtBot, look: Look, theme: str
) -> None:
    chart = _chart(qtbot, look, SCORES)
    look.wear(theme)
    QApplication.processEvents()
    shown = _colours(chart)
    assert look.colour("accent").name() in shown
    assert look.colour("surface").name() in shown
    assert look.colour("text").name() in shown


def test_only_bars_with_a_threshold_have_its_line(qtbot: QtBot, look: Look) -> None:
    text = look.colour("text").name()
    chart = _chart(qtbot, look, SCORES)
    assert _column_of(chart, text) >= 60
    chart.show_bars(PLAIN, "Checks", "Hour", "")
    assert _column_of(chart, text) < 60


def _column_of(chart: BarChart, colour: str) -> int:
    """How high the highest line is that stands in one column in this colour."""
    image, ink = chart.grab().toImage(), QColor(colour)
    columns = range(image.width())
    rows = range(image.height())
    return max(sum(image.pixelColor(x, y) == ink for y in rows) for x in columns)


def test_other_bars_replace_the_first(qtbot: QtBot, look: Look) -> None:
    chart = _chart(qtbot, look, SCORES)
    chart.show_bars(PLAIN, "Checks", "Hour", "none")
    assert chart.bars == PLAIN
    assert chart.accessibleDescription() == "none"


def test_a_wheel_above_a_chart_moves_nothing_in_it(qtbot: QtBot, look: Look) -> None:
    chart = _chart(qtbot, look, SCORES)
    chart.grab()
    QApplication.processEvents()
    before = chart.grab().toImage()
    middle = chart.rect().center()
    wheel = QWheelEvent(
        QPointF(middle),
        QPointF(chart.mapToGlobal(middle)),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart.childAt(middle) or chart, wheel)
    QApplication.processEvents()
    assert chart.grab().toImage() == before


def test_the_keyboard_is_seen_on_a_chart(qtbot: QtBot, look: Look) -> None:
    chart = _chart(qtbot, look, PLAIN)
    chart.activateWindow()
    qtbot.waitUntil(chart.isActiveWindow)
    chart.setFocus()
    assert look.colour("focus").name() in _colours(chart)
