"""What the history leaves out: by person, verdict, engine, days and text."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.comparison import EngineName, Subject, Verdict
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language
from facecheck_gui.records.history_look import HistoryFilter
from facecheck_gui.ui.widgets.day_field import DayField
from tests.ui.staff.archive import Archive
from tests.ui.staff.past import Past, check_ins

OpenArchive = Callable[..., Archive]


@pytest.fixture
def archive(open_archive: OpenArchive) -> Archive:
    return open_archive(Past(check_ins(300)))


def _choose(archive: Archive, name: str, index: int) -> None:
    label = archive.words.text(f"history.{name}")
    bar = archive.window.checks.filter
    (box,) = [b for b in bar.findChildren(QComboBox) if b.accessibleName() == label]
    box.setCurrentIndex(index)
    box.activated.emit(index)
    archive.wait()


def _search(archive: Archive) -> QLineEdit:
    search = archive.window.checks.filter.focusProxy()
    assert isinstance(search, QLineEdit)
    return search


def _days(archive: Archive) -> list[DayField]:
    return [d for d in archive.window.checks.filter.findChildren(DayField) if d.isVisible()]


def _last_asked(archive: Archive) -> HistoryFilter:
    return archive.past.asked[-1]


def test_nothing_is_left_out_at_first(archive: Archive) -> None:
    assert _last_asked(archive) == HistoryFilter()
    assert not archive.window.checks.filter.narrows


@pytest.mark.parametrize("index", range(1, len(Verdict) + 1))
def test_one_verdict(archive: Archive, index: int) -> None:
    wanted = tuple(Verdict)[index - 1]
    _choose(archive, "verdict", index)
    assert _last_asked(archive).verdict is wanted
    shown = archive.window.checks.table.rows
    assert {row.ending.verdict for row in shown if row.ending} == {wanted}
    _choose(archive, "verdict", 0)
    assert _last_asked(archive) == HistoryFilter()


@pytest.mark.parametrize("index", range(1, len(EngineName) + 1))
def test_one_engine(archive: Archive, index: int) -> None:
    wanted = tuple(EngineName)[index - 1]
    _choose(archive, "engine", index)
    assert _last_asked(archive).engine is wanted
    assert {row.intent.engine for row in archive.window.checks.table.rows} <= {wanted}


@pytest.mark.parametrize(
    ("index", "since", "until"),
    [
        (1, datetime(2026, 3, 11, 16, tzinfo=UTC), datetime(2026, 3, 12, 16, tzinfo=UTC)),
        (2, datetime(2026, 3, 10, 16, tzinfo=UTC), datetime(2026, 3, 11, 16, tzinfo=UTC)),
        (3, datetime(2026, 3, 5, 16, tzinfo=UTC), datetime(2026, 3, 12, 16, tzinfo=UTC)),
        (4, datetime(2026, 2, 10, 16, tzinfo=UTC), datetime(2026, 3, 12, 16, tzinfo=UTC)),
    ],
)
def test_days_are_those_of_the_station_s_place(
    archive: Archive, index: int, since: datetime, until: datetime
) -> None:
    _choose(archive, "day", index)
    assert (_last_asked(archive).since, _last_asked(archive).until) == (since, until)


def test_a_range_begins_with_today_and_includes_both_days_in_whatever_order(
    archive: Archive,
) -> None:
    assert _days(archive) == []
    _choose(archive, "day", 5)
    first, last = _days(archive)
    assert (first.day, last.day) == (date(2026, 3, 12), date(2026, 3, 12))
    first.setDate(date(2026, 3, 12))  # type: ignore[arg-type]
    last.setDate(date(2026, 3, 10))  # type: ignore[arg-type]
    archive.wait()
    assert _last_asked(archive).since == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert _last_asked(archive).until == datetime(2026, 3, 12, 16, tzinfo=UTC)
    _choose(archive, "day", 0)
    assert _days(archive) == []
    assert _last_asked(archive) == HistoryFilter()


def test_text_is_asked_for_once_when_the_typing_rests(qtbot: QtBot, archive: Archive) -> None:
    asked = len(archive.past.asked)
    qtbot.keyClicks(_search(archive), " zhang ")
    archive.until(lambda: len(archive.past.asked) > asked)
    archive.wait()
    assert len(archive.past.asked) == asked + 1
    assert _last_asked(archive).text == "zhang"
    assert set(archive.cells("person")) == {"Zhang Wei · 00417"}


def test_enter_asks_at_once_and_clearing_shows_everything(qtbot: QtBot, archive: Archive) -> None:
    search = _search(archive)
    qtbot.keyClicks(search, "00418")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    archive.wait()
    assert _last_asked(archive).text == "00418"
    (clear,) = [a for a in search.actions() if a.isVisible()]
    clear.trigger()
    archive.until(lambda: _last_asked(archive).text == "")
    assert not clear.isVisible()


def test_one_person_is_shown_as_a_button_that_lets_go(archive: Archive) -> None:
    archive.desk.show_person(Subject("00733", "Müller, Anke"))
    archive.wait()
    assert _last_asked(archive) == HistoryFilter(person_id="00733")
    assert set(archive.cells("person")) == {"Müller, Anke · 00733"}
    bar = archive.window.checks.filter
    (person,) = [b for b in bar.findChildren(QPushButton) if b.isVisible()]
    assert person.text() == "Müller, Anke · 00733"
    person.click()
    archive.wait()
    assert not person.isVisible()
    assert _last_asked(archive) == HistoryFilter()


def test_a_person_s_name_is_no_markup_and_no_shortcut(archive: Archive) -> None:
    archive.desk.show_person(Subject("=1+1", "<b>Bobby</b> & Sons"))
    archive.wait()
    bar = archive.window.checks.filter
    (person,) = [b for b in bar.findChildren(QPushButton) if b.isVisible()]
    assert person.text() == "<b>Bobby</b> && Sons · =1+1"
    assert person.shortcut().isEmpty()


def test_showing_a_person_forgets_the_other_filters(archive: Archive) -> None:
    _choose(archive, "verdict", 2)
    _search(archive).setText("li")
    archive.desk.show_person(Subject("00417", "Zhang Wei"))
    archive.wait()
    assert _last_asked(archive) == HistoryFilter(person_id="00417")


def test_a_filter_that_finds_nobody_says_so_and_how_to_see_everything(archive: Archive) -> None:
    _search(archive).setText("nobody is called that")
    archive.until(lambda: archive.numbers == [])
    shown = [label.text() for label in archive.window.findChildren(QLabel) if label.isVisible()]
    assert "No check fits" in shown
    assert archive.window.checks.said == ""
    assert not archive.button("history.export.csv").isEnabled()
    archive.button("history.show_all").click()
    archive.wait()
    assert archive.numbers[0] == 10_000
    assert _search(archive).text() == ""


def test_a_late_answer_to_an_older_filter_is_dropped(archive: Archive) -> None:
    archive.past.gate.clear()
    _search(archive).setText("zhang")
    archive.until(lambda: _last_asked(archive).text == "zhang")
    _search(archive).setText("müller")
    archive.until(lambda: _last_asked(archive).text == "müller")
    archive.past.gate.set()
    archive.wait()
    assert set(archive.cells("person")) == {"Müller, Anke · 00733"}
    counted = archive.past.count(HistoryFilter(text="müller"))
    archive.until(lambda: archive.window.checks.count == counted)


def test_a_late_failure_of_an_older_filter_is_dropped(archive: Archive) -> None:
    go_on, failed = threading.Event(), threading.Event()

    def fail_late(wanted: HistoryFilter) -> None:
        if wanted.text == "zhang":
            go_on.wait(20)
            failed.set()
            raise RecordsError(Fault.RECORDS_LOCKED)

    archive.past.on_asked = fail_late
    _search(archive).setText("zhang")
    archive.until(lambda: _last_asked(archive).text == "zhang")
    _search(archive).setText("müller")
    archive.until(lambda: set(archive.cells("person")) == {"Müller, Anke · 00733"})
    go_on.set()
    archive.until(failed.is_set)
    archive.wait()
    assert archive.window.trouble == ""
    assert set(archive.cells("person")) == {"Müller, Anke · 00733"}


def test_filters_speak_another_language_and_keep_what_was_chosen(archive: Archive) -> None:
    _choose(archive, "verdict", 1)
    archive.speak(Language.ZH)
    boxes = archive.window.checks.filter.findChildren(QComboBox)
    assert archive.words.text("verdict.match") in [box.currentText() for box in boxes]
    assert _search(archive).placeholderText() == archive.words.text("history.search")
    assert archive.window.checks.filter.wanted().verdict is Verdict.MATCH


def test_the_search_is_found_by_a_key_from_the_day_too(archive: Archive) -> None:
    archive.open_day()
    archive.until(archive.window.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    archive.qtbot.keyClick(archive.window, Qt.Key.Key_F, control)
    assert archive.tabs.currentIndex() == 0
    assert archive.window.focusWidget() is _search(archive)
