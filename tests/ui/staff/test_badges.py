"""Badges in the staff window: held up, scanned, looked at, saved."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.badges import badge_text, person_of
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain import badge
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import BadgeError, Fault, RecordsError
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.i18n import Language, Words
from facecheck_gui.imaging.decode import decode
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import BadgeSettings, RecordsSettings
from facecheck_gui.ui.live.badge_watch import BadgeWatch
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.badge_dialog import BadgeDialog
from facecheck_gui.vision.badge_reader import BadgeReader
from facecheck_gui.workers.lane import Lane
from tests.fakes import FakeClock

ZHANG = Person("00417", "张伟 with a name that is too long for one line", "Gate 3")
CODE = badge.encode("00417")
FRAME = Frame(np.zeros((8, 8, 3), np.uint8), 0.0, "front desk")


class Shown:
    """A reader that sees what the test holds up."""

    def __init__(self) -> None:
        self.code = ""
        self.looks = 0
        self.threads: set[str] = set()

    def read(self, pixels: Pixels) -> str:
        self.looks += 1
        self.threads.add(threading.current_thread().name)
        return self.code


class Desk:
    """A window with a field, and a watch."""

    def __init__(self, qtbot: QtBot, lane: Lane) -> None:
        self.qtbot, self.lane = qtbot, lane
        self.window, self.field = QWidget(), QLineEdit()
        QVBoxLayout(self.window).addWidget(self.field)
        self.shown, self.clock, self.wanted = Shown(), FakeClock(), True
        self.codes: list[str] = []
        self.scans: list[str] = []
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.setFocus()
        self.watch = BadgeWatch(
            lane, lambda: self.shown, self.window, wanted=lambda: self.wanted, clock=self.clock
        )
        self.watch.code_seen.connect(self.codes.append)
        self.watch.code_scanned.connect(self.scans.append)

    def see(self, code: str, after_s: float = 0.4) -> None:
        self.shown.code = code
        self.clock.advance(after_s)
        self.watch.see_frame(FRAME)
        self.qtbot.waitUntil(lambda: self.lane.is_idle)
        self.qtbot.waitUntil(lambda: self.watch.idle)

    def scan(self, text: str, gap_s: float = 0.005) -> list[bool]:
        """Types into the window; which keys nobody else got."""
        swallowed = []
        for character in (*text, "\r"):
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_A
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, character)
            swallowed.append(self.watch.eventFilter(self.window.windowHandle(), event))
            self.clock.advance(gap_s)
        return swallowed


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("badges", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


@pytest.fixture
def desk(qtbot: QtBot, look: Look, lane: Lane) -> Desk:
    return Desk(qtbot, lane)


def test_a_badge_that_is_held_up_is_told_once(desk: Desk) -> None:
    desk.see(CODE)
    desk.see(CODE)
    desk.see("", after_s=0.4)
    desk.see(CODE)
    assert desk.codes == [CODE]
    desk.see("", after_s=3.0)
    desk.see(CODE, after_s=3.0)
    assert desk.codes == [CODE, CODE]
    desk.see("another")
    assert desk.codes == [CODE, CODE, "another"]


def test_frames_are_looked_at_three_times_a_second_away_from_the_window(desk: Desk) -> None:
    for _ in range(30):
        desk.see("", after_s=1 / 30)
    assert desk.shown.looks in {3, 4}
    assert threading.current_thread().name not in desk.shown.threads


def test_nobody_looks_while_a_badge_is_not_wanted(desk: Desk) -> None:
    desk.wanted = False
    desk.see(CODE)
    assert desk.shown.looks == 0
    assert desk.codes == []


def test_a_hand_scanner_is_heard_and_its_enter_presses_nothing(desk: Desk) -> None:
    swallowed = desk.scan(CODE)
    assert (desk.codes, desk.scans) == ([], [CODE])
    assert swallowed[0] is False
    assert all(swallowed[1:])


def test_a_person_s_keys_go_where_they_belong(desk: Desk) -> None:
    assert not any(desk.scan("00417", gap_s=0.2))
    assert desk.scans == []
    desk.field.setFocus()
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.field)
    assert not any(desk.scan(CODE))
    assert desk.scans == []


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LateLedger]:
    places = Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")
    made = LateLedger(places, RecordsSettings())
    made.books().roster.add(ZHANG)
    yield made
    made.close()


def test_a_badge_finds_its_person_and_so_does_a_plain_id_where_that_is_allowed(
    ledger: LateLedger,
) -> None:
    for settings in (BadgeSettings(), BadgeSettings(signed=True)):
        code = badge_text(ledger, "00417", settings)
        assert person_of(ledger, code, settings).person_id == "00417"
    assert person_of(ledger, " 00417 ", BadgeSettings()).person_id == "00417"


@pytest.mark.parametrize(
    ("code", "settings", "fault"),
    [
        ("00417", BadgeSettings(plain_codes=False), Fault.BADGE_DAMAGED),
        ("00417", BadgeSettings(signed=True), Fault.BADGE_NOT_SIGNED),
        (CODE, BadgeSettings(signed=True), Fault.BADGE_NOT_SIGNED),
        (badge.encode("00417", b"x"), BadgeSettings(signed=True), Fault.BADGE_FORGED),
        (CODE[:-1] + "-", BadgeSettings(), Fault.BADGE_DAMAGED),
    ],
)
def test_what_is_not_trusted_finds_nobody(
    ledger: LateLedger, code: str, settings: BadgeSettings, fault: Fault
) -> None:
    with pytest.raises(BadgeError) as caught:
        person_of(ledger, code, settings)
    assert caught.value.fault is fault


def test_an_id_that_nobody_has_finds_nobody(ledger: LateLedger) -> None:
    with pytest.raises(RecordsError) as caught:
        person_of(ledger, badge.encode("nobody"), BadgeSettings())
    assert caught.value.fault is Fault.PERSON_UNKNOWN


OpenDialog = Callable[..., BadgeDialog]


@pytest.fixture
def open_dialog(qtbot: QtBot, look: Look) -> OpenDialog:
    def open_one(**options: Pixels) -> BadgeDialog:
        made = BadgeDialog(ZHANG, CODE, Words(Language.EN), **options)
        qtbot.addWidget(made)
        made.show()
        return made

    return open_one


def test_the_face_goes_onto_the_badge_only_where_that_is_ticked(open_dialog: OpenDialog) -> None:
    without = open_dialog()
    assert not without.findChildren(QCheckBox)[0].isEnabled()
    dialog = open_dialog(photo=np.full((40, 30, 3), 120, np.uint8))
    assert dialog.content.photo is None
    dialog.findChildren(QCheckBox)[0].setChecked(True)
    assert dialog.content.photo is not None


def test_a_saved_badge_can_be_read_by_a_camera(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog(photo=np.full((40, 30, 3), 120, np.uint8))
    dialog.findChildren(QCheckBox)[0].setChecked(True)
    dialog.save(tmp_path / "badge.png")
    assert dialog.said == "The badge is in badge.png."
    picture = decode((tmp_path / "badge.png").read_bytes())
    assert (picture.width, picture.height) == (1027, 648)
    assert BadgeReader().read(picture.pixels) == CODE


def test_as_a_document_it_has_the_size_of_a_card(open_dialog: OpenDialog, tmp_path: Path) -> None:
    dialog = open_dialog()
    dialog.save(tmp_path / "badge.pdf")
    data = (tmp_path / "badge.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    # 85.6 x 54 mm in points.
    assert b"/MediaBox [0 0 243" in data
    dialog.save(tmp_path / "no such folder" / "badge.pdf")
    assert dialog.said == "The badge could not be written. Choose another place."


def test_what_is_shown_is_what_is_saved(open_dialog: OpenDialog) -> None:
    dialog = open_dialog()
    image: QImage = dialog.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    assert BadgeReader().read(np.ascontiguousarray(pixels)) == CODE
