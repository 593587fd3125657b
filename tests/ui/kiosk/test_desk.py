"""Visits to the station, with the real window, records and threads."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from facecheck_gui.camera.state import CameraState
from facecheck_gui.comparers.base import Comparer
from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.comparison import Subject, Verdict
from facecheck_gui.domain.errors import EngineError, Fault
from facecheck_gui.domain.kiosk import Page, Screen, Way, Why
from facecheck_gui.records.history_look import HistoryFilter
from facecheck_gui.ui.look import Look
from tests.fakes import ScriptedComparer
from tests.ui.kiosk.doorway import CODE, Doorway, sees_somebody

pytestmark = pytest.mark.usefixtures("garbage_is_found_on_this_thread")

Open = Callable[[Comparer], Doorway]


@pytest.fixture
def open_door(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Open]:
    look = Look(qapp, "light", tmp_path / "theme", reduced_motion=True)
    look.wear()
    made: list[Doorway] = []

    def open_one(comparer: Comparer) -> Doorway:
        made.append(Doorway(qtbot, look, comparer, tmp_path))
        return made[-1]

    yield open_one
    for door in made:
        door.close()


def _look_up(door: Doorway, number: str = "00417") -> None:
    door.to_who()
    door.see(k.WayChosen(Way.KEYPAD), k.Typed(number), k.Entered())


def test_a_visit_ends_in_green_and_is_written_down_with_the_consent(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.enrol()
    door.looks.sees = sees_somebody
    _look_up(door)
    door.until_page(Page.WELCOME)
    assert door.screen.subject == Subject("00417", "Zhang Wei")
    books = door.ledger.books()
    (consent,) = books.consents.of("00417")
    (row,) = books.history.page(HistoryFilter()).rows
    assert row.intent.consent_id == consent.consent_id
    assert row.ending is not None
    assert row.ending.verdict is Verdict.MATCH
    # The same words, agreed to again, are not written again.
    door.clock.advance(5)
    door.until_page(Page.ATTRACT)
    _look_up(door)
    door.until_page(Page.WELCOME)
    assert door.screen.again
    assert len(books.consents.of("00417")) == 1


def test_a_badge_leads_the_same_way(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.enrol()
    door.looks.sees = sees_somebody
    door.held_up.code = "00417"
    door.to_who()
    door.until_page(Page.WELCOME)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (30.0, Why.NOT_THE_SAME),
        (77.0, Why.NOT_SURE),
        (EngineError(Fault.NO_FACE), Why.NOT_CHECKED),
        (RuntimeError("bug"), Why.NOT_CHECKED),
    ],
)
def test_nothing_but_a_match_is_green(open_door: Open, answer: float | Exception, why: Why) -> None:
    door = open_door(ScriptedComparer(answer))
    door.enrol()
    door.looks.sees = sees_somebody
    _look_up(door)
    door.until_page(Page.SEE_STAFF)
    assert door.screen.why is why
    door.bugs.clear()


def test_the_camera_is_read_only_after_consent_and_not_after_the_visit(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.see(k.Touched(), k.LanguageChosen())
    assert door.worker.state is CameraState.CLOSED
    door.see(k.StartAgainWanted())
    door.to_who()
    door.until(lambda: door.worker.state is CameraState.LIVE)
    door.see(k.StartAgainWanted())
    door.until(lambda: door.worker.state is CameraState.CLOSED)
    assert door.screen == Screen()


def test_nothing_of_a_visitor_is_left_in_the_window(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.enrol()
    door.looks.sees = sees_somebody
    _look_up(door)
    door.until_page(Page.WELCOME)
    door.clock.advance(5)
    door.until_page(Page.ATTRACT)
    shown = [label.text() for label in door.window.findChildren(QLabel)]
    shown += [line.text() for line in door.window.findChildren(QLineEdit)]
    assert not any("Zhang" in text or "00417" in text for text in shown)
    assert not door.window.looking.view.is_frozen


def test_who_is_unknown_or_has_no_photo_or_is_locked_is_told_so(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.enrol("1", "No Photo", photo=False)
    door.enrol("2", "Locked")
    for _ in range(6):
        door.locks.count_failure("2")
    _look_up(door, "nobody")
    door.until(lambda: door.screen.why is Why.NOT_KNOWN)
    for number, why in (("1", Why.NO_PHOTO), ("2", Why.LOCKED)):
        door.see(k.StartAgainWanted())
        _look_up(door, number)
        door.until_page(Page.NO_FACE)
        assert door.screen.why is why


def test_five_that_do_not_pass_lock_the_person_and_not_the_next_one(open_door: Open) -> None:
    door = open_door(ScriptedComparer(30.0))
    door.enrol()
    door.enrol("2", "Li Na")
    door.looks.sees = sees_somebody
    for _ in range(5):
        _look_up(door)
        door.until_page(Page.SEE_STAFF)
        door.see(k.StartAgainWanted())
    _look_up(door)
    door.until_page(Page.NO_FACE)
    assert door.screen.why is Why.LOCKED
    door.see(k.StartAgainWanted())
    _look_up(door, "2")
    door.until_page(Page.SEE_STAFF)


def test_staff_s_code_checks_in_without_a_face_and_the_row_says_so(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.see(k.Touched(), k.NoFaceWanted(), k.CodeWanted(), k.Typed("0000"), k.Entered())
    door.until(lambda: door.screen.why is Why.WRONG_CODE)
    door.see(k.Typed(CODE), k.Entered())
    door.until_page(Page.SIGNED_IN)
    door.rest()
    (row,) = door.ledger.books().history.page(HistoryFilter()).rows
    assert row.ending is not None
    assert (row.ending.verdict, row.ending.fault) == (Verdict.NOT_CHECKED, "without_face")


def test_a_camera_that_is_pulled_out_in_mid_visit_offers_the_other_way(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.enrol()
    _look_up(door)
    door.until_page(Page.LOOK)
    door.until(lambda: door.worker.state is CameraState.LIVE)
    door.played.unplugged.set()
    door.until_page(Page.NO_FACE)
    assert door.screen.why is Why.NO_CAMERA


def test_after_twenty_seconds_before_the_camera_the_other_way_is_offered(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.enrol()
    _look_up(door)
    door.until_page(Page.LOOK)
    door.clock.advance(20)
    door.until_page(Page.NO_FACE)
    assert door.screen.why is Why.TOO_LONG


def test_a_name_that_is_typed_shows_few_and_nobody_for_one_letter(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    for number in range(6):
        door.enrol(str(number), f"Zhang {number}", photo=False)
    door.to_who()
    door.see(k.WayChosen(Way.SEARCH), k.Typed("z"))
    door.rest()
    assert door.screen.found == ()
    door.see(k.Typed("zh"))
    door.until(lambda: len(door.screen.found) == 4)


def test_another_language_holds_for_one_visit(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    home = door.words.language
    other = next(language for language in type(home) if language is not home)
    door.see(k.Touched())
    door.window.language.language_chosen.emit(other)
    assert door.words.language is other
    door.see(k.StartAgainWanted())
    assert door.words.language is home


def test_idle_leads_back_to_the_beginning(open_door: Open) -> None:
    door = open_door(ScriptedComparer(91.5))
    door.to_who()
    door.clock.advance(15)
    door.until_page(Page.ATTRACT)
