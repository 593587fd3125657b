"""Work away from the window: one outcome, at once when cancelled, nothing held up."""

import gc
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, EngineError, Fault
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task
from tests.workers.conftest import Listener


class HungCall:
    """Work that heeds no token, until the test lets it go."""

    def __init__(self) -> None:
        self.started = threading.Event()
        self.let_go = threading.Event()
        self.returned = threading.Event()

    def __call__(self, _: CancelToken) -> str:
        self.started.set()
        self.let_go.wait(30)
        self.returned.set()
        return "too late"


@pytest.fixture
def hung() -> Iterator[HungCall]:
    call = HungCall()
    yield call
    call.let_go.set()


def thread_of(_: CancelToken) -> threading.Thread:
    return threading.current_thread()


def test_a_result_arrives_on_the_thread_of_the_task(
    qtbot: QtBot, lane: Lane, listener: Listener
) -> None:
    lane.submit(listener.listen_to(Task(thread_of)))
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert [what for what, _ in listener.told] == ["succeeded", "finished"]
    assert listener.threads == {threading.main_thread()}
    assert listener.told[0][1] is not threading.main_thread()


def test_an_error_arrives_as_it_was_raised(qtbot: QtBot, lane: Lane, listener: Listener) -> None:
    error = EngineError(Fault.ENGINE_FILES_MISSING)

    def fail(_: CancelToken) -> None:
        raise error

    lane.submit(listener.listen_to(Task(fail)))
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert listener.told == [("failed", error), ("finished", None)]


def test_what_no_error_foresees_is_told_as_a_bug_and_shown_as_a_fault_of_ours(
    qtbot: QtBot, lane: Lane, listener: Listener, bugs: list[BaseException]
) -> None:
    def fail(_: CancelToken) -> None:
        raise ZeroDivisionError("CANARY")

    lane.submit(listener.listen_to(Task(fail)))
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]
    (what, error), _ = listener.told
    assert what == "failed"
    assert isinstance(error, EngineError)
    assert (error.fault, error.detail) == (Fault.INTERNAL, "ZeroDivisionError")


def test_tasks_run_in_order_on_one_thread_that_stays_warm(
    qtbot: QtBot, lane: Lane, listener: Listener
) -> None:
    for _ in range(5):
        lane.submit(listener.listen_to(Task(thread_of)))
    qtbot.waitUntil(lambda: listener.ends == 5)
    threads = {value for what, value in listener.told if what == "succeeded"}
    assert len(threads) == 1
    assert lane.is_idle


def test_a_cancelled_task_is_over_although_its_work_never_returns(
    qtbot: QtBot, lane: Lane, listener: Listener, hung: HungCall
) -> None:
    task = lane.submit(listener.listen_to(Task(hung)))
    assert hung.started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert isinstance(listener.told[0][1], Cancelled)
    assert not hung.returned.is_set()


def test_a_hung_call_does_not_hold_up_the_next_task(
    qtbot: QtBot, lane: Lane, listener: Listener, hung: HungCall
) -> None:
    first = lane.submit(Task(hung))
    lane.submit(listener.listen_to(Task(lambda _: "next")))
    assert hung.started.wait(5)
    first.cancel()
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert listener.told[0] == ("succeeded", "next")


def test_a_late_answer_is_dropped(
    qtbot: QtBot, lane: Lane, listener: Listener, hung: HungCall
) -> None:
    task = lane.submit(listener.listen_to(Task(hung)))
    assert hung.started.wait(5)
    task.cancel()
    hung.let_go.set()
    assert hung.returned.wait(5)
    lane.submit(listener.listen_to(Task(lambda _: "next")))
    qtbot.waitUntil(lambda: listener.ends == 2)
    assert [value for what, value in listener.told if what == "succeeded"] == ["next"]


def test_work_that_heeds_its_token_keeps_its_thread(
    qtbot: QtBot, lane: Lane, listener: Listener
) -> None:
    threads: list[threading.Thread] = []
    started = threading.Event()

    def heedful(cancel: CancelToken) -> None:
        threads.append(threading.current_thread())
        started.set()
        cancel.wait(30)
        cancel.raise_if_cancelled()

    task = lane.submit(Task(heedful))
    lane.submit(listener.listen_to(Task(thread_of)))
    assert started.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert listener.told[0] == ("succeeded", threads[0])


def test_a_task_cancelled_while_waiting_never_runs(
    qtbot: QtBot, lane: Lane, listener: Listener, hung: HungCall
) -> None:
    ran: list[str] = []
    lane.submit(Task(hung))
    waiting = lane.submit(listener.listen_to(Task(lambda _: ran.append("ran"))))
    waiting.cancel()
    waiting.cancel()
    hung.let_go.set()
    lane.submit(listener.listen_to(Task(lambda _: "last")))
    qtbot.waitUntil(lambda: listener.ends == 2)
    assert not ran
    assert [what for what, _ in listener.told].count("failed") == 1


def test_cancelling_what_has_ended_changes_nothing(
    qtbot: QtBot, lane: Lane, listener: Listener
) -> None:
    task = lane.submit(listener.listen_to(Task(lambda _: 1)))
    qtbot.waitUntil(lambda: listener.ends == 1)
    task.cancel()
    lane.submit(listener.listen_to(Task(lambda _: 2)))
    qtbot.waitUntil(lambda: listener.ends == 2)
    assert [value for what, value in listener.told if what != "finished"] == [1, 2]


def test_a_result_that_was_under_way_when_cancelled_is_not_told(
    qtbot: QtBot, lane: Lane, listener: Listener
) -> None:
    done = threading.Event()

    def quick(_: CancelToken) -> str:
        done.set()
        return "done"

    task = lane.submit(listener.listen_to(Task(quick)))
    assert done.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: listener.ends == 1)
    assert [what for what, _ in listener.told] == ["failed", "finished"]


def test_a_task_that_nobody_holds_still_tells_its_outcome(
    qtbot: QtBot, lane: Lane, listener: Listener
) -> None:
    for number in range(300):
        lane.submit(listener.listen_to(Task(lambda _, number=number: number)))
        gc.collect(0)
    qtbot.waitUntil(lambda: listener.ends == 300)
    values = [value for what, value in listener.told if what == "succeeded"]
    assert values == list(range(300))


def test_spent_tasks_are_let_go(qtbot: QtBot, lane: Lane, listener: Listener) -> None:
    for _ in range(20):
        lane.submit(listener.listen_to(Task(lambda _: None)))
    qtbot.waitUntil(lambda: listener.ends == 20 and not lane.findChildren(Task))
    qtbot.waitUntil(lambda: not [o for o in gc.get_objects() if isinstance(o, Task)])
    assert lane.is_idle


def test_closing_cancels_what_runs_and_what_waits(qtbot: QtBot, listener: Listener) -> None:
    lane = Lane("closing", on_bug=lambda _: None)
    started = threading.Event()

    def heedful(cancel: CancelToken) -> None:
        started.set()
        cancel.wait(30)

    for work in (heedful, heedful):
        lane.submit(listener.listen_to(Task(work)))
    assert started.wait(5)
    assert lane.close(5)
    lane.submit(listener.listen_to(Task(heedful)))
    qtbot.waitUntil(lambda: listener.ends == 3)
    assert {type(value) for what, value in listener.told if what == "failed"} == {Cancelled}


def test_closing_waits_for_nothing_that_hangs(qapp: object, hung: HungCall) -> None:
    lane = Lane("hanging", on_bug=lambda _: None)
    lane.submit(Task(hung))
    assert hung.started.wait(5)
    began_s = time.monotonic()
    assert lane.close(0.05) is False
    assert time.monotonic() - began_s < 1


LEAVING = """
import threading
from PySide6.QtCore import QCoreApplication, QTimer
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task
app = QCoreApplication([])
lane = Lane("hanging", on_bug=print)
started = threading.Event()
def hang(cancel):
    started.set()
    threading.Event().wait(60)
lane.submit(Task(hang))
started.wait(5)
QTimer.singleShot(0, app.quit)
app.exec()
lane.close(0.1)
print("left")
"""


def test_the_program_ends_although_a_call_hangs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVING], capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "left\n", "")
