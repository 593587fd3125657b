"""Every attempt at the desk is written down before its verdict is shown."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Transport
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.errors import Fault
from facecheck_gui.flows.recording import Recorder
from tests import fakes
from tests.fakes import ScriptedComparer
from tests.flows.test_recording import Book
from tests.ui.staff.counter import Counter

OpenCounter = Callable[..., Counter]


def _counter(open_counter: OpenCounter, comparer: ScriptedComparer, book: Book) -> Counter:
    recorder = Recorder(book, Transport.NONE, "Li", lambda: datetime(2026, 3, 1, tzinfo=UTC))
    counter = open_counter(comparer, recorder=recorder)
    counter.wait_until_live()
    counter.load(fakes.picture())
    return counter


def test_a_check_has_one_row_with_its_end(open_counter: OpenCounter) -> None:
    book = Book()
    counter = _counter(open_counter, ScriptedComparer(91.5), book)
    counter.window.check_requested.emit()
    assert counter.wait_for_end().verdict is Verdict.MATCH
    assert [intent.attempt_id for intent in book.intents] == [counter.ends[0].attempt_id]
    ((intent, ending),) = book.endings
    assert (intent.attempt_id, ending.verdict) == (counter.ends[0].attempt_id, Verdict.MATCH)


def test_a_verdict_that_cannot_be_written_down_is_not_shown(open_counter: OpenCounter) -> None:
    counter = _counter(open_counter, ScriptedComparer(91.5), Book(ends=False))
    counter.window.check_requested.emit()
    end = counter.wait_for_end()
    assert end.verdict is Verdict.NOT_CHECKED
    assert end.error is not None
    assert end.error.fault is Fault.RECORDS_LOCKED
    content = counter.window.banner.content
    assert content is not None
    assert content.verdict is Verdict.NOT_CHECKED


def test_where_nothing_can_be_written_nothing_is_compared(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(91.5)
    counter = _counter(open_counter, comparer, Book(begins=False, ends=False))
    counter.window.check_requested.emit()
    assert counter.wait_for_end().verdict is Verdict.NOT_CHECKED
    assert comparer.requests == []


def test_a_cancelled_check_is_written_down_as_such(open_counter: OpenCounter) -> None:
    asked, go_on, book = threading.Event(), threading.Event(), Book()

    def hang(_: CancelToken) -> None:
        asked.set()
        go_on.wait(30)

    counter = _counter(open_counter, ScriptedComparer(91.5, before=hang), book)
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(asked.is_set)
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_Escape)
    counter.wait_for_end()
    go_on.set()
    ((_, ending),) = book.endings
    assert ending.fault == "cancelled"


@pytest.mark.parametrize("covered", [True, False])
def test_without_a_probe_there_is_a_row_all_the_same(
    open_counter: OpenCounter, *, covered: bool
) -> None:
    book = Book()
    counter = _counter(open_counter, ScriptedComparer(91.5), book)
    (counter.played.covered if covered else counter.played.unplugged).set()
    counter.qtbot.waitUntil(lambda: counter.camera.state.value != "live")
    counter.window.check_requested.emit()
    assert counter.wait_for_end().verdict is Verdict.NOT_CHECKED
    assert len(book.endings) == 1
    assert book.intents == []
