"""A day at a glance: the numbers that cards and charts were given, over a shifted clock too."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton

from facecheck_gui.domain.comparison import EngineName, Threshold, Verdict
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language
from facecheck_gui.records.history import DayAtAGlance
from facecheck_gui.ui.staff.day_page import DayPage
from facecheck_gui.ui.staff.day_words import Scale
from facecheck_gui.ui.widgets.charts import BarChart, Bars, Turn
from facecheck_gui.ui.widgets.count_card import CountCard
from facecheck_gui.ui.widgets.day_field import DayField
from facecheck_gui.ui.widgets.status_panel import StatusPanel
from tests.ui.staff.archive import Archive
from tests.ui.staff.past import GLANCE, NO_GLANCE, Past, check_ins

OpenArchive = Callable[..., Archive]
BERLIN = ZoneInfo("Europe/Berlin")


def _glance(by_hour: tuple[int, ...]) -> DayAtAGlance:
    return DayAtAGlance(GLANCE.by_verdict, GLANCE.scores, by_hour)


def _bars(page: DayPage) -> list[Bars]:
    found = [chart.bars for chart in page.findChildren(BarChart)]
    return [bars for bars in found if bars is not None]


def _cards(page: DayPage) -> list[str]:
    return [card.accessibleName() for card in page.findChildren(CountCard)]


def _field(page: DayPage) -> DayField:
    return page.findChildren(DayField)[0]


def _arrow(archive: Archive, key: str) -> QToolButton:
    name = archive.words.text(key)
    (arrow,) = [b for b in archive.window.findChildren(QToolButton) if b.accessibleName() == name]
    return arrow


def _step(archive: Archive, key: str) -> None:
    _arrow(archive, key).click()
    archive.wait()


def test_today_is_counted_from_midnight_to_midnight_of_this_place(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    assert archive.past.days == []
    archive.open_day()
    midnights = (
        datetime(2026, 3, 11, 16, tzinfo=UTC),
        datetime(2026, 3, 12, 16, tzinfo=UTC),
    )
    assert archive.past.days == [midnights]


def test_each_verdict_has_its_number(open_archive: OpenArchive) -> None:
    page = open_archive(Past(check_ins(3), GLANCE)).open_day()
    assert _cards(page) == [
        "Match: 213",
        "Not a match: 9",
        "Cannot tell for sure: 6",
        "Not checked: 11",
        "Attack suspected: 1",
    ]


def test_the_histogram_is_given_all_scores_and_where_the_decision_turns(
    open_archive: OpenArchive,
) -> None:
    page = open_archive(Past(check_ins(3), GLANCE)).open_day()
    scores, _ = _bars(page)
    assert scores.heights == GLANCE.scores
    assert (scores.start, scores.width, scores.end) == (0.0, 5.0, 100.0)
    assert [label for _, label in scores.ticks] == ["0", "20", "40", "60", "80", "100"]
    assert scores.turn == Turn(80.0, 75.0, "Match from 80 (on this device)")


def test_the_histogram_s_line_is_that_of_the_engine_in_use(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    archive.scale = Scale(EngineName.KUAIDI100, Threshold(72.5, 2.5))
    scores, _ = _bars(archive.open_day())
    assert scores.turn is not None
    assert (scores.turn.at, scores.turn.band_from) == (72.5, 70.0)
    assert scores.turn.label.startswith("Match from 72.5 (")


def test_the_hours_are_those_on_the_wall(open_archive: OpenArchive) -> None:
    page = open_archive(Past(check_ins(3), GLANCE)).open_day()
    _, hours = _bars(page)
    assert hours.heights == GLANCE.by_hour
    assert hours.ticks == (
        *((float(hour), f"{hour:02d}") for hour in range(0, 24, 3)),
        (24.0, "24"),
    )
    assert "08:00 – 09:00: 58" in page.text.splitlines()
    assert "Most from 08:00 to 09:00: 58." in [label.text() for label in page.findChildren(QLabel)]


def test_a_day_in_spring_has_23_hours_and_no_bar_for_the_hour_that_is_left_out(
    open_archive: OpenArchive,
) -> None:
    counts = (0, 4, 7) + (0,) * 20
    spring = datetime(2026, 3, 29, 12, tzinfo=UTC)
    archive = open_archive(Past(check_ins(3), _glance(counts)), zone=BERLIN, now=spring)
    page = archive.open_day()
    ((start, end),) = archive.past.days
    assert (start, end) == (
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    )
    _, hours = _bars(page)
    assert len(hours.heights) == 23
    assert hours.ticks[:3] == ((0.0, "00"), (2.0, "03"), (5.0, "06"))
    assert hours.ticks[-1] == (23.0, "24")
    assert "01:00 – 02:00: 4\n03:00 – 04:00: 7" in page.text


def test_a_day_in_autumn_has_25_hours_and_two_bars_for_the_hour_that_comes_twice(
    open_archive: OpenArchive,
) -> None:
    counts = (0, 0, 4, 7) + (0,) * 21
    autumn = datetime(2026, 10, 25, 12, tzinfo=UTC)
    archive = open_archive(Past(check_ins(3), _glance(counts)), zone=BERLIN, now=autumn)
    page = archive.open_day()
    ((start, end),) = archive.past.days
    assert (end - start).total_seconds() == 25 * 3600
    _, hours = _bars(page)
    assert len(hours.heights) == 25
    assert hours.ticks[:3] == ((0.0, "00"), (4.0, "03"), (7.0, "06"))
    assert "02:00 – 03:00: 4\n02:00 – 03:00: 7" in page.text


def test_other_days_are_a_step_a_choice_or_a_press_away(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    page = archive.open_day()
    assert _field(page).day == date(2026, 3, 12)
    _step(archive, "history.earlier_day")
    assert _field(page).day == date(2026, 3, 11)
    _step(archive, "history.later_day")
    assert _field(page).day == date(2026, 3, 12)
    _field(page).setDate(date(2025, 12, 31))  # type: ignore[arg-type]
    archive.wait()
    archive.button("history.period.today", page).click()
    archive.wait()
    begun = [archive.days.local(start).date() for start, _ in archive.past.days]
    assert [f"{day:%m-%d}" for day in begun] == ["03-12", "03-11", "03-12", "12-31", "03-12"]


def test_a_check_that_ends_is_counted_on_the_day_that_is_looked_at(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(Past(check_ins(3), NO_GLANCE))
    page = archive.open_day()
    assert _cards(page)[0] == "Match: 0"
    archive.past.glance = GLANCE
    archive.desk.refresh()
    archive.wait()
    assert _cards(page)[0] == "Match: 213"


def test_a_day_without_checks_says_so(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)))
    page = archive.open_day()
    assert not [chart for chart in page.findChildren(BarChart) if chart.isVisible()]
    said = [panel.title for panel in page.findChildren(StatusPanel) if panel.isVisible()]
    assert said == ["No checks on this day"]


def test_a_day_that_cannot_be_read_shows_no_numbers(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    page = archive.open_day()
    archive.past.error = RecordsError(Fault.RECORDS_UNREACHABLE)
    _step(archive, "history.earlier_day")
    assert "not there" in archive.window.trouble
    assert _cards(page)[0] == "Match: –"
    assert page.text == ""


def test_a_late_answer_for_another_day_is_dropped(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    page = archive.open_day()
    archive.past.gate.clear()
    arrow = _arrow(archive, "history.earlier_day")
    arrow.click()
    archive.until(lambda: len(archive.past.days) == 2)
    arrow.click()
    archive.until(lambda: len(archive.past.days) == 3)
    archive.past.gate.set()
    archive.wait()
    assert page.text.startswith("2026-03-10\n")


def test_numbers_of_another_day_do_not_stand_below_the_new_date(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    page = archive.open_day()
    archive.past.gate.clear()
    _arrow(archive, "history.earlier_day").click()
    archive.until(lambda: _cards(page)[0] == "Match: –")
    assert "Reading…" in [label.text() for label in page.findChildren(QLabel)]
    archive.past.gate.set()
    archive.until(lambda: _cards(page)[0] == "Match: 213")
    assert page.text.startswith("2026-03-11\n")


def test_everything_goes_to_the_clipboard_as_words(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    page = archive.open_day()
    archive.button("dialog.copy", page).click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("2026-03-12\nChecks: 240\nMatch: 213\n")
    assert "90 to 95: 83" in copied
    assert archive.button("dialog.copied", page).isVisible()


def test_charts_say_in_words_what_they_show(open_archive: OpenArchive) -> None:
    page = open_archive(Past(check_ins(3), GLANCE)).open_day()
    scores, hours = page.findChildren(BarChart)
    assert (scores.accessibleName(), hours.accessibleName()) == ("Scores", "Checks an hour")
    said = scores.accessibleDescription().splitlines()
    assert said[0] == "Match from 80 (on this device)"
    assert said[-1] == "95 to 100: 60"
    assert hours.accessibleDescription().splitlines()[0] == "06:00 – 07:00: 2"
    assert scores.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_the_day_speaks_another_language_while_open(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3), GLANCE))
    page = archive.open_day()
    archive.speak(Language.ZH)
    scores, hours = page.findChildren(BarChart)
    assert scores.accessibleName() == archive.words.text("history.scores_title")
    assert hours.accessibleName() == archive.words.text("history.hours_title")
    assert _cards(page)[0] == f"{archive.words.text('verdict.match')}: 213"
    bars, _ = _bars(page)
    assert bars.turn is not None
    assert archive.words.text("engine_phrase.device") in bars.turn.label
    assert len(page.findChildren(CountCard)) == len(Verdict)


@pytest.mark.parametrize("counted", [0, 1])
def test_a_day_without_scores_has_hours_all_the_same(
    open_archive: OpenArchive, counted: int
) -> None:
    glance = DayAtAGlance(dict.fromkeys(Verdict, 0), (0,) * 20, (counted, *(0,) * 22, 1))
    page = open_archive(Past(check_ins(3), glance)).open_day()
    scores, hours = _bars(page)
    assert (sum(scores.heights), sum(hours.heights)) == (0, counted + 1)
    assert "23:00 – 24:00: 1" in page.text
