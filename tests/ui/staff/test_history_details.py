"""Everything of one check: opened from its row, as plain text that can be copied."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from facecheck_gui.domain.check_in import AttemptState, CheckIn
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.records.history_look import HistoryFilter
from facecheck_gui.ui.staff.check_in_dialog import CheckInDialog
from facecheck_gui.ui.widgets.score_bar import ScoreBar
from facecheck_gui.ui.widgets.verdict_plate import VerdictPlate
from tests.ui.staff.archive import Archive
from tests.ui.staff.past import Past, check_in, check_ins

OpenArchive = Callable[..., Archive]
HOSTILE = "<img src=x onerror=alert(1)>"


def _open(archive: Archive) -> CheckInDialog:
    table = archive.window.checks.table
    table.setFocus()
    archive.qtbot.keyClick(table, Qt.Key.Key_Return)
    (dialog,) = archive.window.findChildren(CheckInDialog)
    archive.until(dialog.isVisible)
    return dialog


def _lines(dialog: CheckInDialog) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in dialog.text.splitlines() if ": " in line)


def test_enter_opens_the_row_and_escape_closes_it(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)[1:]))
    dialog = _open(archive)
    assert _lines(dialog)["Number at this station"] == "9999"
    archive.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    archive.until(lambda: not archive.window.findChildren(CheckInDialog))
    assert archive.window.isVisible()
    assert archive.window.focusWidget() is archive.window.checks.table


def test_two_clicks_open_the_row_too(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)[1:]))
    table = archive.window.checks.table
    place = table.visualRect(table.model().index(1, 1)).center()
    archive.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    archive.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    (dialog,) = archive.window.findChildren(CheckInDialog)
    assert _lines(dialog)["Number at this station"] == "9998"


def test_a_compared_check_shows_verdict_score_and_threshold(open_archive: OpenArchive) -> None:
    dialog = _open(open_archive(Past((check_in(1),))))
    (plate,) = dialog.findChildren(VerdictPlate)
    assert plate.accessibleName() == "Not a match"
    (bar,) = dialog.findChildren(ScoreBar)
    assert bar.accessibleDescription() or bar.accessibleName()
    lines = _lines(dialog)
    assert (lines["Score"], lines["Threshold"]) == ("42.17", "80.00")
    assert lines["Person"] == "李娜 · 00418"
    assert lines["Began"] == "2026-03-12 15:22:49 (2026-03-12 07:22:49 UTC)"


def test_findings_are_sentences_and_unknown_words_stay(open_archive: OpenArchive) -> None:
    text = _open(open_archive(Past((check_in(1),)))).text
    assert "several_faces" not in text
    assert "does_not_move" not in text
    assert "from_tomorrow:probe" in text


def test_the_cause_of_a_check_that_was_none_is_a_sentence(open_archive: OpenArchive) -> None:
    archive = open_archive(Past((check_in(3),)))
    dialog = _open(archive)
    assert dialog.findChildren(ScoreBar) == []
    assert "face_blurred" not in dialog.text
    cause = _lines(dialog)["Cause"]
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert cause.endswith(".")
    assert shown.count(cause) == 2  # beside the verdict, and in its row
    assert archive.words.text("verdict.not_checked") in dialog.text


@pytest.mark.parametrize(("consent", "said"), [("c-17", "c-17"), ("", "none asked for")])
def test_the_consent_is_told(open_archive: OpenArchive, consent: str, said: str) -> None:
    row = check_in(1)
    row = replace(row, intent=replace(row.intent, consent_id=consent))
    assert _lines(_open(open_archive(Past((row,)))))["Consent"] == said


def test_that_staff_overruled_the_quality_is_told(open_archive: OpenArchive) -> None:
    row = check_in(1)
    row = replace(row, intent=replace(row.intent, despite_quality=True))
    assert "although they are poor" in _open(open_archive(Past((row,)))).text


@pytest.mark.parametrize(
    ("state", "word"), [(AttemptState.OPEN, "Under way"), (AttemptState.BROKEN_OFF, "Broken off")]
)
def test_a_check_without_an_end_has_no_score(
    open_archive: OpenArchive, state: AttemptState, word: str
) -> None:
    dialog = _open(open_archive(Past((check_in(1, state=state),))))
    assert dialog.findChildren(VerdictPlate)[0].accessibleName() == word
    assert dialog.findChildren(ScoreBar) == []


def test_hostile_names_are_plain_text_everywhere(open_archive: OpenArchive) -> None:
    dialog = _open(open_archive(Past((_hostile(),))))
    labels = dialog.findChildren(QLabel)
    shown = [label for label in labels if HOSTILE in label.text()]
    assert len(shown) >= 3
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    assert "\u202e" not in dialog.text


def _hostile() -> CheckIn:
    row = check_in(1)
    intent = replace(
        row.intent, subject=Subject("x\u202e", HOSTILE), operator=HOSTILE, consent_id=HOSTILE
    )
    station = replace(row.station, name=HOSTILE)
    return replace(row, intent=intent, station=station)


def test_all_of_it_goes_to_the_clipboard(open_archive: OpenArchive) -> None:
    archive = open_archive(Past((check_in(1),)))
    dialog = _open(archive)
    archive.button("dialog.copy", dialog).click()
    assert QGuiApplication.clipboard().text() == dialog.text


def test_all_checks_of_this_person_are_a_press_away(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(30)[1:]))
    archive.button("history.of_person", _open(archive)).click()
    archive.wait()
    assert archive.past.asked[-1] == HistoryFilter(person_id="00418")
    assert set(archive.cells("person")) == {"李娜 · 00418"}


def test_nobody_in_particular_has_no_other_checks(open_archive: OpenArchive) -> None:
    archive = open_archive(Past((check_in(6),)))
    dialog = _open(archive)
    assert _lines(dialog)["Person"] == "Nobody from the roster"
    assert not archive.button("history.of_person", dialog).isVisible()
