"""The records' page of the settings, and what becomes of the records when another database is
chosen."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.moving_dialog import Move, MovingDialog
from facecheck_gui.ui.staff.records_extras import RecordsExtras
from facecheck_gui.workers.lane import Lane
from tests.records.test_album import add_person

EN = Words(Language.EN)
TO = "postgresql://faces@db.example/faces"


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("files", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LateLedger]:
    places = Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")
    made = LateLedger(places, RecordsSettings(station="Desk 1"))
    yield made
    made.close()


def _press(widget: QWidget, text: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.text() == text).click()


def test_the_page_says_where_everything_lies_and_verifies(
    qtbot: QtBot, look: Look, lane: Lane, ledger: LateLedger, tmp_path: Path
) -> None:
    add_person(ledger.books().database, "P1")
    page = RecordsExtras(EN, lane, lambda: ledger)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "Desk 1" in page.lines[0])
    assert str(tmp_path / "data" / "records.db") in page.lines[0]
    assert "People on the roster: 1; with a face on file: 0" in page.lines[0]
    _press(page, "Verify the audit")
    qtbot.waitUntil(lambda: page.lines[1].startswith("No attempts of this station"))
    _press(page, "Back up now")
    qtbot.waitUntil(lambda: page.lines[1].startswith("Backup: "))
    (backup,) = (tmp_path / "data" / "backups").glob("*.db")
    assert str(backup) in page.lines[1]


def test_records_that_cannot_be_opened_are_told_on_the_page(
    qtbot: QtBot, look: Look, lane: Lane, tmp_path: Path
) -> None:
    file = tmp_path / "data" / "records.db"
    file.parent.mkdir()
    file.write_bytes(b"no database at all, and long enough to be one" * 100)
    places = Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")
    broken = LateLedger(places, RecordsSettings())
    page = RecordsExtras(EN, lane, lambda: broken)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "damaged" in page.lines[0])


@pytest.fixture
def open_moving(qtbot: QtBot, look: Look, lane: Lane) -> Callable[[Move], MovingDialog]:
    def open_one(move: Move) -> MovingDialog:
        made = MovingDialog(EN, lane, move, before="", after=TO)
        qtbot.addWidget(made)
        made.show()
        return made

    return open_one


OpenMoving = Callable[[Move], MovingDialog]


def test_everything_is_copied_and_then_the_other_one_is_used(
    qtbot: QtBot, open_moving: OpenMoving
) -> None:
    told: list[int] = []

    def move(_: CancelToken, tell: Callable[[int], None]) -> int:
        tell(500)
        told.append(500)
        return 500

    dialog = open_moving(move)
    assert dialog.said.startswith("Copy what is there")
    with qtbot.waitSignal(dialog.accepted):
        _press(dialog, "Copy and change")
    assert told == [500]


def test_what_cannot_be_copied_is_told_and_nothing_changes(
    qtbot: QtBot, open_moving: OpenMoving
) -> None:
    def move(_: CancelToken, __: Callable[[int], None]) -> int:
        raise RecordsError(Fault.RECORDS_TARGET_IN_USE)

    dialog = open_moving(move)
    _press(dialog, "Copy and change")
    qtbot.waitUntil(lambda: "is not empty" in dialog.said)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.accepted):
        _press(dialog, "Change without copying")


def test_who_cancels_ends_the_copying(qtbot: QtBot, lane: Lane, open_moving: OpenMoving) -> None:
    heard = threading.Event()

    def move(cancel: CancelToken, tell: Callable[[int], None]) -> int:
        tell(1)
        heard.wait(20)
        cancel.raise_if_cancelled()
        return 1

    dialog = open_moving(move)
    _press(dialog, "Copy and change")
    qtbot.waitUntil(lambda: dialog.said == "Copying… 1 rows")
    with qtbot.waitSignal(dialog.rejected):
        _press(dialog, "Cancel")
    heard.set()
    qtbot.waitUntil(lambda: lane.is_idle)
