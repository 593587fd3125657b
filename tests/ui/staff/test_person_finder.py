"""Somebody is found while the name is typed; the last thing typed is what is answered."""

import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.person_finder import PersonFinder, Search
from facecheck_gui.workers.lane import Lane

ZHANG = Person("00417", "张伟", "Gate 3")
HOSTILE = Person("x", "<img src=x>", valid_until=date(2025, 1, 1))


def _search(typed: str) -> tuple[Person, ...]:
    return tuple(p for p in (ZHANG, HOSTILE) if typed in p.name)


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("looking", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


@pytest.fixture
def open_finder(qtbot: QtBot, look: Look, lane: Lane) -> Callable[[Search], PersonFinder]:
    def open_one(search: Search) -> PersonFinder:
        today = date(2026, 3, 1)
        made = PersonFinder(search, lane, look, Words(Language.EN), today=lambda: today)
        qtbot.addWidget(made)
        made.show()
        qtbot.waitUntil(lambda: lane.is_idle)
        return made

    return open_one


OpenFinder = Callable[[Search], PersonFinder]


def _rows(finder: PersonFinder) -> list[str]:
    found = finder.findChildren(QListWidget)[0]
    return [found.item(row).text() for row in range(found.count())]


def test_everybody_is_shown_first_as_plain_text(open_finder: OpenFinder) -> None:
    finder = open_finder(_search)
    assert _rows(finder) == ["张伟  ·  00417  ·  Gate 3", "<img src=x>  ·  x  ·  not valid today"]
    assert finder.person == ZHANG


def test_what_is_typed_is_found_and_enter_takes_it(
    qtbot: QtBot, lane: Lane, open_finder: OpenFinder
) -> None:
    finder = open_finder(_search)
    line = finder.findChildren(QLineEdit)[0]
    qtbot.keyClicks(line, "img")
    qtbot.waitUntil(lambda: len(_rows(finder)) == 1)
    with qtbot.waitSignal(finder.accepted):
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert finder.person == HOSTILE


def test_arrows_move_through_the_list_from_the_field(qtbot: QtBot, open_finder: OpenFinder) -> None:
    finder = open_finder(_search)
    line = finder.findChildren(QLineEdit)[0]
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert finder.person == HOSTILE
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert finder.person == HOSTILE
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert finder.person == ZHANG


def test_nobody_and_an_empty_roster_are_told_apart(
    qtbot: QtBot, lane: Lane, open_finder: OpenFinder
) -> None:
    finder = open_finder(lambda _: ())
    assert "Nobody is on the roster yet" in finder.said
    finder.findChildren(QLineEdit)[0].setText("zz")
    qtbot.waitUntil(lambda: finder.said == "Nobody on the roster fits.")
    assert finder.person is None
    ok = finder.findChildren(QDialogButtonBox)[0].button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()


def test_an_answer_to_what_was_typed_before_is_not_shown(
    qtbot: QtBot, lane: Lane, open_finder: OpenFinder
) -> None:
    go_on = threading.Event()

    def slow(typed: str) -> tuple[Person, ...]:
        if typed == "a":
            go_on.wait(20)
            return (HOSTILE,)
        return (ZHANG,)

    finder = open_finder(slow)
    line = finder.findChildren(QLineEdit)[0]
    line.setText("a")
    qtbot.waitUntil(lambda: not lane.is_idle)
    line.setText("ab")
    go_on.set()
    qtbot.waitUntil(lambda: len(_rows(finder)) == 1)
    assert finder.person == ZHANG


def test_records_that_cannot_be_read_are_told(open_finder: OpenFinder) -> None:
    def fails(_: str) -> tuple[Person, ...]:
        raise RecordsError(Fault.RECORDS_LOCKED)

    finder = open_finder(fails)
    assert "in use" in finder.said
    assert _rows(finder) == []
