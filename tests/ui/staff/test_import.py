"""The import dialog: a first look, the import, its report; stopped and gone on with."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QTableView
from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.importing import Brought
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Fault, ImportTrouble
from facecheck_gui.flows.roster_import import Outcome, RowReport, Tally
from facecheck_gui.flows.roster_sheet import Problem
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.import_dialog import ImportDialog, Run
from facecheck_gui.workers.lane import Lane

GOOD = RowReport(2, "00417", "张伟", Outcome.ADDED)
POOR = RowReport(3, "x", "<img src=x>", Outcome.REFUSED, Problem.PHOTO_NOT_THERE, "gone.jpg")
TALLY = Tally({Outcome.ADDED: 1, Outcome.REFUSED: 1})


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("files", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


OpenDialog = Callable[[Run], ImportDialog]


@pytest.fixture
def open_dialog(qtbot: QtBot, look: Look, lane: Lane) -> OpenDialog:
    def open_one(run: Run) -> ImportDialog:
        made = ImportDialog(run, lane, look, Words(Language.EN))
        qtbot.addWidget(made)
        made.show()
        return made

    return open_one


class Runs:
    """Says the two rows, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Brought] = []

    def __call__(
        self,
        brought: Brought,
        cancel: CancelToken,
        on_total: Callable[[int], None],
        on_row: Callable[[RowReport], None],
    ) -> Tally:
        self.asked.append(brought)
        on_total(2)
        on_row(GOOD)
        on_row(POOR)
        return TALLY


def _cells(dialog: ImportDialog) -> list[list[str]]:
    model = dialog.findChildren(QTableView)[0].model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_nothing_can_be_begun_before_something_was_chosen(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(Runs())
    assert not dialog.button("look").isEnabled()
    assert not dialog.button("start").isEnabled()
    dialog.bring_people(Path("list.csv"))
    assert dialog.button("start").isEnabled()
    assert not dialog.button("stop").isVisible()


def test_a_first_look_writes_nothing_and_shows_the_poor_rows(
    qtbot: QtBot, open_dialog: OpenDialog
) -> None:
    runs = Runs()
    dialog = open_dialog(runs)
    imported: list[bool] = []
    dialog.imported.connect(lambda: imported.append(True))
    dialog.bring_people(Path("list.csv"))
    dialog.bring_photos(Path("photos"))
    dialog.button("look").click()
    qtbot.waitUntil(lambda: not dialog.running)
    assert runs.asked == [Brought(Path("list.csv"), Path("photos"), dry_run=True)]
    qtbot.waitUntil(lambda: len(dialog.reports) == 2)
    assert "Nothing was written" in dialog.said
    assert imported == []
    ((number, person, outcome, findings),) = _cells(dialog)
    assert (number, person, outcome) == ("3", "<img src=x>  ·  x", "not used")
    assert "gone.jpg" in findings
    dialog.findChildren(QCheckBox)[0].setChecked(True)
    assert [row[0] for row in _cells(dialog)] == ["2", "3"]
    table = dialog.findChildren(QTableView)[0]
    tip = table.model().index(1, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "gone.jpg" in tip


def test_the_import_says_what_came_of_it_and_the_report_is_kept(
    qtbot: QtBot, open_dialog: OpenDialog, tmp_path: Path
) -> None:
    dialog = open_dialog(Runs())
    dialog.bring_people(Path("photos"))
    with qtbot.waitSignal(dialog.imported):
        dialog.button("start").click()
    assert dialog.said.startswith("1 added, 0 changed")
    qtbot.waitUntil(lambda: len(dialog.reports) == 2)
    dialog.save_report(tmp_path / "report.csv")
    assert dialog.said == "The report is in report.csv."
    assert "gone.jpg" in (tmp_path / "report.csv").read_text("utf-8-sig")
    dialog.save_report(tmp_path / "no such folder" / "report.csv")
    assert "report is in" not in dialog.said


def test_a_list_that_cannot_be_read_is_told(qtbot: QtBot, open_dialog: OpenDialog) -> None:
    def run(*_: object) -> Tally:
        raise ImportTrouble(Fault.SHEET_COLUMNS)

    dialog = open_dialog(run)
    dialog.bring_people(Path("list.csv"))
    dialog.button("start").click()
    qtbot.waitUntil(lambda: "does not name the columns" in dialog.said)
    assert not dialog.running


def test_who_stops_keeps_the_rows_so_far_and_late_ones_do_not_mix_with_the_next_run(
    qtbot: QtBot, lane: Lane, open_dialog: OpenDialog
) -> None:
    go_on, ended = threading.Event(), threading.Event()

    def run(
        brought: Brought,
        cancel: CancelToken,
        on_total: Callable[[int], None],
        on_row: Callable[[RowReport], None],
    ) -> Tally:
        on_total(2)
        on_row(GOOD)
        if not brought.dry_run:
            go_on.wait(20)
            on_row(POOR)
            ended.set()
            cancel.raise_if_cancelled()
        return Tally({Outcome.ADDED: 1})

    dialog = open_dialog(run)
    dialog.bring_people(Path("list.csv"))
    dialog.button("start").click()
    qtbot.waitUntil(lambda: len(dialog.reports) == 1)
    assert dialog.said == "1 of 2  Nothing to look at so far."
    dialog.button("stop").click()
    qtbot.waitUntil(lambda: not dialog.running)
    assert dialog.said.startswith("Ended after 1 rows")
    dialog.button("look").click()
    go_on.set()
    qtbot.waitUntil(lambda: not dialog.running and ended.is_set())
    qtbot.waitUntil(lambda: lane.is_idle)
    assert dialog.reports == (GOOD,)
