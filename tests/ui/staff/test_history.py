"""The history's window: newest first, a page at a time, and what comes while it is open."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language
from tests.ui.staff.archive import Archive
from tests.ui.staff.past import Past, check_in, check_ins

OpenArchive = Callable[..., Archive]


def test_the_newest_check_is_on_top_and_the_keyboard_is_in_the_search(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(Past(check_ins(12)))
    assert archive.numbers == list(range(10_000, 9_988, -1))
    assert archive.window.checks.said == "Checks: 12"
    assert isinstance(archive.window.focusWidget(), QLineEdit)


def test_a_row_has_local_time_person_verdict_score_engine_operator_and_station(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(Past(check_ins(12)))
    assert archive.cells("time")[:2] == ["2026-03-12 15:29:49", "2026-03-12 15:22:49"]
    assert archive.cells("person")[1] == "李娜 · 00418"
    assert archive.cells("verdict")[:4] == [
        "Under way",
        "Not a match",
        "Cannot tell for sure",
        "Broken off",
    ]
    assert archive.cells("score")[:4] == ["—", "42.17", "77.04", "—"]
    assert archive.cells("engine")[1] == archive.words.text("engine.device")
    assert (archive.cells("operator")[1], archive.cells("station")[1]) == ("lihua", "Front desk")


def test_a_hostile_name_is_shown_as_it_is_written(open_archive: OpenArchive) -> None:
    archive = open_archive(Past((_named("<img src=x onerror=y>\u202e"),)))
    assert archive.cells("person") == ["<img src=x onerror=y> · 1"]
    model = archive.window.checks.table.model()
    tip = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


def _named(name: str) -> CheckIn:
    row = check_in(1)
    return replace(row, intent=replace(row.intent, subject=Subject("1", name)))


def test_pages_turn_to_older_rows_and_back_to_the_same(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(120)))
    newest = archive.numbers
    older, newer = archive.button("history.older"), archive.button("history.newer")
    assert (len(newest), newer.isEnabled()) == (50, False)
    older.click()
    archive.wait()
    assert archive.numbers == list(range(9_950, 9_900, -1))
    older.click()
    archive.wait()
    assert archive.numbers == list(range(9_900, 9_880, -1))
    assert not older.isEnabled()
    newer.click()
    archive.wait()
    newer.click()
    archive.wait()
    assert archive.numbers == newest
    assert archive.window.checks.said == "Checks: 120"


def test_page_keys_turn_the_page_only_at_its_ends(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(120)))
    table, press = archive.window.checks.table, archive.qtbot.keyClick
    table.setFocus()
    press(table, Qt.Key.Key_PageUp)
    press(table, Qt.Key.Key_PageDown)
    assert archive.numbers[0] == 10_000
    press(table, Qt.Key.Key_End)
    press(table, Qt.Key.Key_PageDown)
    archive.wait()
    assert (archive.numbers[0], _selected(archive)) == (9_950, 9_950)
    press(table, Qt.Key.Key_PageUp)
    archive.wait()
    assert (archive.numbers[0], _selected(archive)) == (10_000, 9_951)
    assert table.hasFocus()


def test_arrows_home_and_end_walk_through_the_rows(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(5)))
    table = archive.window.checks.table
    table.setFocus()
    seen = []
    keys = (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home)
    for key in keys:
        archive.qtbot.keyClick(table, key)
        seen.append(_selected(archive))
    assert seen == [9_999, 9_996, 9_997, 10_000]


def _selected(archive: Archive) -> int:
    row = archive.window.checks.table.selected
    assert row is not None
    return row.number


def test_the_keyboard_stays_off_a_button_that_goes_off(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(60)))
    older = archive.button("history.older")
    older.setFocus()
    archive.qtbot.keyClick(older, Qt.Key.Key_Space)
    archive.wait()
    assert not older.isEnabled()
    assert archive.window.checks.table.hasFocus()


def test_the_tab_key_goes_from_search_to_filters_table_export_and_pages(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(Past(check_ins(60)))
    archive.until(archive.window.isActiveWindow)
    names = []
    for _ in range(7):
        focused = archive.window.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName() or focused.property("text"))
        archive.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    keys = ("search", "verdict", "engine", "day", "table", "export.csv", "export.xlsx")
    assert names == [archive.words.text(f"history.{key}") for key in keys]


def test_a_check_that_ends_appears_on_top_and_the_keyboard_stays_on_its_row(
    open_archive: OpenArchive,
) -> None:
    rows = check_ins(4)
    archive = open_archive(Past(rows[1:]))
    table = archive.window.checks.table
    table.setFocus()
    archive.qtbot.keyClick(table, Qt.Key.Key_Down)
    archive.past.rows = rows
    archive.desk.refresh()
    archive.wait()
    assert archive.numbers == [10_000, 9_999, 9_998, 9_997]
    assert archive.window.checks.said == "Checks: 4"
    assert _selected(archive) == 9_998


def test_whoever_reads_older_rows_is_left_in_peace(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(120)))
    archive.button("history.older").click()
    archive.wait()
    asked = len(archive.past.asked)
    archive.desk.refresh()
    archive.wait()
    assert (archive.numbers[0], len(archive.past.asked)) == (9_950, asked)


def test_a_check_that_ends_does_not_undo_a_page_that_is_being_turned(
    open_archive: OpenArchive,
) -> None:
    archive = open_archive(Past(check_ins(120)))
    archive.past.gate.clear()
    archive.button("history.older").click()
    archive.desk.refresh()
    archive.past.gate.set()
    archive.wait()
    assert archive.numbers[0] == 9_950


def test_nothing_is_read_for_a_window_that_is_closed(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)))
    archive.window.close()
    asked = len(archive.past.asked)
    archive.desk.refresh()
    assert (len(archive.past.asked), archive.looking.is_idle) == (asked, True)
    archive.past.rows = check_ins(5)
    archive.open()
    assert len(archive.numbers) == 5


@pytest.mark.parametrize("key", ["Esc", "Ctrl+W"])
def test_the_window_closes_by_keys(open_archive: OpenArchive, key: str) -> None:
    archive = open_archive(Past(check_ins(3)))
    archive.until(archive.window.isActiveWindow)
    if key == "Esc":
        archive.qtbot.keyClick(archive.window, Qt.Key.Key_Escape)
    else:
        control = Qt.KeyboardModifier.ControlModifier
        archive.qtbot.keyClick(archive.window, Qt.Key.Key_W, control)
    assert not archive.window.isVisible()


def test_a_window_that_closes_while_it_reads_waits_for_nobody(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)))
    archive.past.gate.clear()
    archive.desk.refresh()
    archive.window.close()
    archive.wait()
    assert not archive.window.isVisible()
    archive.past.gate.set()


def test_size_and_place_are_remembered(open_archive: OpenArchive) -> None:
    archive = open_archive(Past())
    archive.window.resize(960, 640)
    archive.window.close()
    again = open_archive(Past())
    assert (again.window.width(), again.window.height()) == (960, 640)


def test_no_checks_yet_is_said_and_nothing_can_be_exported(open_archive: OpenArchive) -> None:
    archive = open_archive(Past())
    shown = [label.text() for label in archive.window.findChildren(QLabel) if label.isVisible()]
    assert "No checks yet" in shown
    assert archive.window.checks.said == ""
    assert not archive.button("history.export.csv").isEnabled()


@pytest.mark.parametrize(
    ("fault", "said"),
    [(Fault.RECORDS_LOCKED, "something else is using"), (Fault.INTERNAL, "cannot be read.")],
)
def test_records_that_cannot_be_read_are_told_and_tried_again(
    open_archive: OpenArchive, fault: Fault, said: str
) -> None:
    archive = open_archive(Past(check_ins(3)))
    archive.past.error = RecordsError(fault)
    archive.desk.refresh()
    archive.wait()
    assert said in archive.window.trouble
    assert archive.numbers == []
    archive.past.error = None
    archive.button("history.again").click()
    archive.wait()
    assert archive.window.trouble == ""
    assert len(archive.numbers) == 3


def test_reading_that_takes_longer_than_a_blink_is_said(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)))
    archive.past.gate.clear()
    archive.desk.refresh()
    archive.until(lambda: archive.window.checks.said == "Reading…")
    archive.past.gate.set()
    archive.until(lambda: archive.window.checks.said == "Checks: 3")
    assert len(archive.numbers) == 3


def test_where_nobody_counted_to_the_end_it_is_said(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(60), counted=10_000))
    archive.until(lambda: archive.window.checks.said == "Checks: 10,000 or more")
    assert len(archive.numbers) == 50


def test_everything_speaks_another_language_while_open(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(60)))
    archive.window.checks.table.setFocus()
    archive.speak(Language.ZH)
    assert archive.window.windowTitle() == archive.words.text("history.title")
    assert archive.cells("verdict")[0] == archive.words.text("history.state.open")
    header = archive.window.checks.table.model().headerData(1, Qt.Orientation.Horizontal)
    assert header == archive.words.text("history.person")
    assert archive.button("history.older").isEnabled()
    assert archive.window.checks.said == "共 60 次比对"
    shown = [label.text() for label in archive.window.findChildren(QLabel) if label.isVisible()]
    assert not [text for text in shown if text.isascii() and text.isalpha()]


def test_trouble_speaks_another_language_too(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(error=RecordsError(Fault.RECORDS_LOCKED)))
    archive.speak(Language.ZH)
    assert archive.window.trouble == archive.words.text("history.trouble.records_locked")
