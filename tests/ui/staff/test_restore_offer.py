"""Damaged records: the last good backup is offered, put there once agreed, and all of it said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.upkeep import back_up_daily, tidy
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language, Words
from facecheck_gui.records.backup import Backup
from facecheck_gui.records.restoring import Restored
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.housekeeping import Housekeeping
from facecheck_gui.ui.staff.notices import Notices
from facecheck_gui.ui.staff.restore_dialog import RestoreDialog
from facecheck_gui.ui.staff.restore_offer import TROUBLE, RestoreOffer, local_time
from facecheck_gui.workers.lane import Lane

_WORDS = Words(Language.EN)
_BACKUP = Backup(Path("records-20260301T080000Z.db"), datetime(2026, 3, 1, 8, tzinfo=UTC), 4096)
_TIME = local_time(_BACKUP.made_at)


@dataclass
class Records:
    """Restores as the test says, and agrees as it says."""

    backup: Backup | None = _BACKUP
    answers: list[Restored | RecordsError] = field(default_factory=list)
    agrees: bool = True
    asked: list[str] = field(default_factory=list)
    restored: list[Path] = field(default_factory=list)

    def last_good(self) -> Backup | None:
        return self.backup

    def restore(self, file: Path) -> Restored:
        self.restored.append(file)
        answer = self.answers.pop(0)
        if isinstance(answer, RecordsError):
            raise answer
        return answer

    def agreed(self, time: str) -> bool:
        self.asked.append(time)
        return self.agrees


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("records", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


@pytest.fixture
def notices(qtbot: QtBot, look: Look) -> Notices:
    made = Notices(look, _WORDS)
    qtbot.addWidget(made)
    return made


def _offer(records: Records, lane: Lane, notices: Notices) -> RestoreOffer:
    return RestoreOffer(
        lane, records.last_good, records.restore, notices, _WORDS, agreed=records.agreed
    )


Begin = Callable[[Records], RestoreOffer]


@pytest.fixture
def begin(qtbot: QtBot, lane: Lane, notices: Notices) -> Begin:
    """Finds the records damaged."""

    def begin_one(records: Records) -> RestoreOffer:
        offer = _offer(records, lane, notices)
        offer.offer()
        qtbot.waitUntil(lambda: lane.is_idle and bool(notices.sentences))
        return offer

    return begin_one


def _action(notices: Notices) -> QPushButton:
    return next(
        button
        for button in notices.findChildren(QPushButton)
        if button.text().startswith("Restore the backup")
    )


def test_the_last_good_backup_is_offered_by_its_time(notices: Notices, begin: Begin) -> None:
    begin(Records())
    assert "damaged" in notices.sentences[0]
    assert _action(notices).text() == f"Restore the backup of {_TIME}"


def test_once_agreed_it_is_put_there_and_said(
    qtbot: QtBot, lane: Lane, notices: Notices, begin: Begin
) -> None:
    records = Records(answers=[Restored(_BACKUP, Path("data/kept.db"), 0)])
    offer = begin(records)
    notices.show()
    with qtbot.waitSignal(offer.restored):
        qtbot.mouseClick(_action(notices), Qt.MouseButton.LeftButton)
    assert (records.asked, records.restored) == ([_TIME], [_BACKUP.file])
    assert notices.sentences == [
        f"The records are those of {_TIME}. The damaged file was kept as kept.db."
    ]
    qtbot.waitUntil(lambda: lane.is_idle)


def test_who_does_not_agree_changes_nothing(notices: Notices, begin: Begin) -> None:
    records = Records(agrees=False)
    begin(records)
    notices.action_requested.emit(TROUBLE)
    assert records.asked == [_TIME]
    assert records.restored == []
    assert _action(notices).text() == f"Restore the backup of {_TIME}"


def test_where_there_is_no_good_backup_that_is_said(notices: Notices, begin: Begin) -> None:
    begin(Records(backup=None))
    assert "no good backup" in notices.sentences[0]
    notices.action_requested.emit(TROUBLE)
    assert len(notices.sentences) == 1


def test_records_that_another_window_has_open_can_be_restored_when_it_is_closed(
    qtbot: QtBot, lane: Lane, notices: Notices, begin: Begin
) -> None:
    locked = RecordsError(Fault.RECORDS_LOCKED)
    records = Records(answers=[locked, Restored(_BACKUP, None, 0)])
    offer = begin(records)
    notices.action_requested.emit(TROUBLE)
    qtbot.waitUntil(lambda: lane.is_idle and "in use" in notices.sentences[0])
    with qtbot.waitSignal(offer.restored):
        notices.action_requested.emit(TROUBLE)
    assert notices.sentences == [f"The records are those of {_TIME}."]


def test_it_is_offered_once_however_often_damage_is_found(
    qtbot: QtBot, lane: Lane, notices: Notices
) -> None:
    asked: list[bool] = []

    def last_good() -> Backup:
        asked.append(True)
        return _BACKUP

    records = Records()
    offer = RestoreOffer(lane, last_good, records.restore, notices, _WORDS, agreed=records.agreed)
    offer.offer()
    offer.offer()
    qtbot.waitUntil(lambda: lane.is_idle and bool(notices.sentences))
    assert asked == [True]


@pytest.mark.parametrize("language", list(Language))
def test_the_dialog_says_what_is_lost_and_what_is_kept(qtbot: QtBot, language: Language) -> None:
    dialog = RestoreDialog(Words(language), _TIME)
    qtbot.addWidget(dialog)
    dialog.show()
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert _TIME in said[0]
    assert len(said) == 3
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == RestoreDialog.DialogCode.Rejected
    dialog.show()
    restore = Words(language).text("restore_dialog.restore")
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == restore)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.result() == RestoreDialog.DialogCode.Accepted


def test_a_station_whose_file_is_damaged_finds_out_and_goes_on(
    qtbot: QtBot, lane: Lane, notices: Notices, tmp_path: Path
) -> None:
    places = Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")
    settings = RecordsSettings(station="Desk")
    ledger = LateLedger(places, settings)
    back_up_daily(ledger)
    ledger.close()
    places.records_file.write_bytes(b"no database at all " * 300)
    house = Housekeeping(
        lane,
        lambda confirmed: tidy(ledger, settings, clock_confirmed=confirmed),
        notices,
        _WORDS,
        back_up=lambda: back_up_daily(ledger),
        first_after_ms=0,
    )
    offer = RestoreOffer(
        lane, ledger.last_good, ledger.restore, notices, _WORDS, agreed=lambda _: True
    )
    house.damaged.connect(offer.offer)
    offer.restored.connect(house.keep_house)
    house.start()
    qtbot.waitUntil(lambda: lane.is_idle and any("left as it is" in s for s in notices.sentences))
    with qtbot.waitSignal(offer.restored):
        notices.action_requested.emit(TROUBLE)
    qtbot.waitUntil(lambda: lane.is_idle)
    assert len(notices.sentences) == 1
    assert "was kept as records-before-" in notices.sentences[0]
    assert ledger.books().roster.count() == 0
    ledger.close()
