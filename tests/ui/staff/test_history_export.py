"""The history in a file: all of what fits the filter, with progress, cancelled without a trace."""

import csv
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language
from facecheck_gui.ui.staff.ask_file import ask_file
from facecheck_gui.ui.staff.export_bar import ExportBar
from tests.ui.staff.archive import Archive
from tests.ui.staff.past import Past, check_ins

OpenArchive = Callable[..., Archive]


def _bar(archive: Archive) -> ExportBar:
    return archive.window.checks.export


def _write(archive: Archive, file: Path) -> None:
    archive.file = file
    archive.button(f"history.export.{file.suffix[1:]}").click()


def _done(archive: Archive) -> None:
    archive.until(lambda: not archive.export.running)


def _csv_rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_checks_are_written_as_csv_in_the_words_and_time_of_this_place(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(120)))
    file = tmp_path / "all.csv"
    _write(archive, file)
    _done(archive)
    rows = _csv_rows(file)
    assert [int(row["Number"]) for row in rows] == list(range(10_000, 9_880, -1))
    assert (rows[1]["Time (local)"], rows[1]["Verdict"]) == ("2026-03-12 15:22:49", "Not a match")
    assert rows[4]["Name"] == "<b>Bobby</b> & Sons"
    assert rows[4]["Id"] == "'=1+1"
    assert _bar(archive).said == "Wrote 120 into all.csv"
    assert archive.asked_names == ["checks-2026-03-12.csv"]


def test_all_checks_are_written_as_a_workbook(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive(Past(check_ins(30)))
    file = tmp_path / "all.xlsx"
    _write(archive, file)
    _done(archive)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][0], rows[0][2], len(rows)) == ("Number", "Time (local)", 31)
    assert rows[2][2] == datetime(2026, 3, 12, 15, 22, 49)  # noqa: DTZ001 - a cell has no zone
    assert rows[5][4] == "=1+1"
    assert sheet.cell(6, 5).data_type == "s"


def test_only_what_fits_the_filter_is_written(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive(Past(check_ins(120)))
    search = archive.window.checks.filter.focusProxy()
    archive.qtbot.keyClicks(search, "zhang")
    archive.qtbot.keyClick(search, Qt.Key.Key_Return)
    archive.wait()
    _write(archive, tmp_path / "zhang.csv")
    _done(archive)
    assert {row["Id"] for row in _csv_rows(tmp_path / "zhang.csv")} == {"00417"}


def test_nothing_is_written_where_no_file_is_chosen(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)))
    archive.button("history.export.csv").click()
    assert (archive.export.running, _bar(archive).said) == (False, "")
    assert len(archive.asked_names) == 1


def test_progress_is_shown_with_a_way_to_stop_that_has_the_keyboard(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(1200)))
    archive.hold_after = 501
    _write(archive, tmp_path / "all.csv")
    archive.until(lambda: _bar(archive).said == "Checks written: 500")
    (bar,) = archive.window.findChildren(QProgressBar)
    assert bar.isVisible()
    assert (bar.value(), bar.maximum()) == (500, 1200)
    cancel = archive.button("dialog.cancel")
    assert archive.window.focusWidget() is cancel
    archive.row_gate.set()
    _done(archive)
    assert not bar.isVisible()
    assert archive.window.focusWidget() is archive.button("history.export.csv")


def test_where_nobody_counted_to_the_end_there_is_no_bar(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(60), counted=10_000))
    archive.until(lambda: archive.window.checks.count == 10_000)
    archive.hold_after = 1
    _write(archive, tmp_path / "all.csv")
    archive.until(archive.held.is_set)
    (bar,) = archive.window.findChildren(QProgressBar)
    assert not bar.isVisible()
    assert _bar(archive).running


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_cancelling_leaves_nothing_behind_and_keeps_the_file_of_before(
    open_archive: OpenArchive, tmp_path: Path, kind: str
) -> None:
    archive = open_archive(Past(check_ins(1200)))
    file = tmp_path / f"all.{kind}"
    file.write_text("of before", "utf-8")
    before = {entry.name for entry in tmp_path.iterdir()}
    archive.hold_after = 501
    _write(archive, file)
    archive.until(archive.held.is_set)
    archive.button("dialog.cancel").click()
    _done(archive)
    assert (_bar(archive).running, _bar(archive).said, archive.window.notice) == (False, "", "")
    archive.row_gate.set()
    archive.until(lambda: {entry.name for entry in tmp_path.iterdir()} == before)
    assert file.read_text("utf-8") == "of before"


def test_another_file_can_be_written_after_a_cancelled_one(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(1200)))
    archive.hold_after = 501
    _write(archive, tmp_path / "first.csv")
    archive.until(archive.held.is_set)
    archive.button("dialog.cancel").click()
    archive.row_gate.set()
    _done(archive)
    archive.hold_after = None
    _write(archive, tmp_path / "second.csv")
    _done(archive)
    assert len(_csv_rows(tmp_path / "second.csv")) == 1200
    assert not (tmp_path / "first.csv").exists()


def test_a_file_that_cannot_be_written_is_told_without_its_name(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(3)))
    _write(archive, tmp_path / "no such folder" / "Zhang Wei.csv")
    _done(archive)
    assert archive.window.notice == (
        "The file was not written. The folder that was chosen is not there or cannot be reached. "
        "Choose another folder, or connect the drive again."
    )
    assert "Zhang" not in archive.window.notice
    assert _bar(archive).said == ""
    _write(archive, tmp_path / "fine.csv")
    _done(archive)
    assert archive.window.notice == ""


def test_records_that_fail_midway_are_told_and_leave_nothing(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(1200)))
    before = {entry.name for entry in tmp_path.iterdir()}
    archive.rows_fail = RecordsError(Fault.RECORDS_DAMAGED)
    _write(archive, tmp_path / "all.csv")
    _done(archive)
    assert archive.window.notice.startswith("The file was not written. The history cannot be read")
    assert {entry.name for entry in tmp_path.iterdir()} == before


def test_looking_goes_on_while_a_file_is_written(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive(Past(check_ins(1200)))
    archive.hold_after = 501
    _write(archive, tmp_path / "all.csv")
    archive.until(archive.held.is_set)
    archive.button("history.older").click()
    archive.wait()
    assert archive.numbers[0] == 9_950
    assert archive.export.running


def test_a_file_goes_on_when_the_window_closes(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive(Past(check_ins(1200)))
    archive.hold_after = 501
    _write(archive, tmp_path / "all.csv")
    archive.until(archive.held.is_set)
    archive.window.close()
    archive.row_gate.set()
    _done(archive)
    assert len(_csv_rows(tmp_path / "all.csv")) == 1200


def test_a_lane_that_closes_takes_its_file_along(open_archive: OpenArchive, tmp_path: Path) -> None:
    archive = open_archive(Past(check_ins(1200)))
    before = {entry.name for entry in tmp_path.iterdir()}
    archive.hold_after = 501
    _write(archive, tmp_path / "all.csv")
    archive.until(archive.held.is_set)
    threading.Timer(0, archive.row_gate.set).start()
    assert archive.files.close(3)
    assert {entry.name for entry in tmp_path.iterdir()} == before


def _answer(how: Callable[[QFileDialog], None]) -> None:
    """Does ``how`` when the dialog is there."""

    def answer() -> None:
        (dialog,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog)]
        how(dialog)

    QTimer.singleShot(0, answer)


def test_a_name_without_an_ending_gets_it_before_it_is_asked_about(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(3)))

    def type_a_name(dialog: QFileDialog) -> None:
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("march")
        dialog.accept()

    _answer(type_a_name)
    chosen = ask_file(archive.window, "checks-2026-03-12.csv", "CSV (*.csv)")
    assert chosen == tmp_path / "march.csv"


def test_a_dialog_that_is_left_chooses_no_file(open_archive: OpenArchive) -> None:
    archive = open_archive(Past(check_ins(3)))
    _answer(QFileDialog.reject)
    assert ask_file(archive.window, "checks-2026-03-12.csv", "CSV (*.csv)") is None


def test_progress_and_buttons_speak_another_language(
    open_archive: OpenArchive, tmp_path: Path
) -> None:
    archive = open_archive(Past(check_ins(1200)))
    archive.hold_after = 501
    _write(archive, tmp_path / "all.csv")
    archive.until(lambda: "500" in _bar(archive).said)
    archive.speak(Language.ZH)
    assert _bar(archive).said == archive.words.text("history.export.written", count="500")
    assert archive.button("dialog.cancel").isVisible()
    archive.row_gate.set()
    _done(archive)
    assert _csv_rows(tmp_path / "all.csv")
