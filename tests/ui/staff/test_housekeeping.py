"""The station tidies by itself, and says what people must know."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.upkeep import Tidied
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Language, Words
from facecheck_gui.records.retention import Gone
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.housekeeping import Housekeeping
from facecheck_gui.ui.staff.notices import Notices
from facecheck_gui.workers.lane import Lane

_WORDS = Words(Language.EN)


class House:
    """Tidies as the test says; remembers whether the clock was confirmed."""

    def __init__(self) -> None:
        self.answers: list[Tidied | Exception] = []
        self.confirmed: list[bool] = []

    def tidy(self, confirmed: bool) -> Tidied:
        self.confirmed.append(confirmed)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("errands", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


@pytest.fixture
def begin(qtbot: QtBot, look: Look, lane: Lane) -> Callable[..., tuple[Notices, House]]:
    def open_one(*answers: Tidied | Exception) -> tuple[Notices, House]:
        notices, house = Notices(look, _WORDS), House()
        qtbot.addWidget(notices)
        house.answers = list(answers)
        Housekeeping(lane, house.tidy, notices, _WORDS, first_after_ms=0).start()
        qtbot.waitUntil(lambda: bool(house.confirmed) and lane.is_idle)
        return notices, house

    return open_one


Begin = Callable[..., tuple[Notices, House]]


def test_a_tidying_that_took_nothing_says_nothing(begin: Begin) -> None:
    notices, _ = begin(Tidied(Gone(), 3))
    assert notices.sentences == []


def test_what_went_is_said(begin: Begin) -> None:
    notices, _ = begin(Tidied(Gone(references=2, attempts=7), 3))
    assert "2 reference photos" in notices.sentences[0]
    assert "7 attempts" in notices.sentences[0]


@pytest.mark.parametrize(
    ("faces", "said"), [(79_999, ""), (80_000, "may ask"), (100_000, "may have to be filed")]
)
def test_many_faces_are_warned_of(begin: Begin, faces: int, said: str) -> None:
    notices, _ = begin(Tidied(Gone(), faces))
    assert said in "".join(notices.sentences)
    assert bool(notices.sentences) == bool(said)


def test_a_jumped_clock_waits_for_somebody_who_confirms(
    qtbot: QtBot, lane: Lane, begin: Begin
) -> None:
    notices, house = begin(RecordsError(Fault.RECORDS_CLOCK), Tidied(Gone(), 3))
    assert "clock has jumped" in notices.sentences[0]
    notices.action_requested.emit("records_clock")
    qtbot.waitUntil(lambda: len(house.confirmed) == 2 and lane.is_idle)
    assert house.confirmed == [False, True]
    assert notices.sentences == []


def test_records_that_cannot_be_opened_are_told_with_the_next_step(begin: Begin) -> None:
    notices, _ = begin(RecordsError(Fault.RECORDS_DAMAGED))
    assert "damaged" in notices.sentences[0]
    assert "Restore" in notices.sentences[0]


def _backed_up(
    qtbot: QtBot, lane: Lane, look: Look, answers: list[Exception | None]
) -> tuple[Housekeeping, Notices, list[bool]]:
    """A house that tidies well, and backs up as the test says."""
    notices = Notices(look, _WORDS)
    qtbot.addWidget(notices)
    damaged: list[bool] = []

    def back_up() -> None:
        answer = answers.pop(0)
        if answer is not None:
            raise answer

    house = Housekeeping(
        lane, lambda _: Tidied(Gone(), 3), notices, _WORDS, back_up=back_up, first_after_ms=0
    )
    house.damaged.connect(lambda: damaged.append(True))
    house.keep_house()
    qtbot.waitUntil(lambda: lane.is_idle)
    return house, notices, damaged


def test_a_backup_that_failed_is_told_until_one_is_made(
    qtbot: QtBot, lane: Lane, look: Look
) -> None:
    answers = [RecordsError(Fault.RECORDS_FULL), None]
    house, notices, damaged = _backed_up(qtbot, lane, look, answers)
    assert "backup of the records could not be made" in notices.sentences[0]
    assert damaged == []
    house.keep_house()
    qtbot.waitUntil(lambda: lane.is_idle)
    assert notices.sentences == []


def test_a_backup_that_finds_the_records_damaged_says_so(
    qtbot: QtBot, lane: Lane, look: Look
) -> None:
    _, notices, damaged = _backed_up(qtbot, lane, look, [RecordsError(Fault.RECORDS_DAMAGED)])
    assert "damaged" in notices.sentences[0]
    assert damaged == [True]
