"""The thread that looks: the newest frame only, and nothing outlives it."""

import queue
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.observation import Observation
from facecheck_gui.workers.analysis import AnalysisWorker


def _frame(number: int) -> Frame:
    return Frame(np.zeros((4, 4, 3), np.uint8), float(number), "desk")


class Looks:
    """An analyser that looks when the test lets it, and does what the test says."""

    def __init__(self) -> None:
        self.may_look = threading.Semaphore(0)
        self.looking: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        self.threads: set[threading.Thread] = set()
        self.failures: queue.SimpleQueue[Exception] = queue.SimpleQueue()
        self.loads = 0

    def load(self) -> None:
        self.loads += 1
        self.threads.add(threading.current_thread())

    def observe(self, frame: Frame) -> Observation:
        self.looking.put(frame)
        self.threads.add(threading.current_thread())
        assert self.may_look.acquire(timeout=10)
        if not self.failures.empty():
            raise self.failures.get()
        return Observation(frame)


@pytest.fixture
def looks() -> Looks:
    return Looks()


@pytest.fixture
def bugs() -> list[BaseException]:
    return []


@pytest.fixture
def worker(qapp: object, looks: Looks, bugs: list[BaseException]) -> Iterator[AnalysisWorker]:
    worker = AnalysisWorker(lambda: looks, on_bug=bugs.append, per_second=1000)
    worker.start()
    yield worker
    looks.may_look.release(1000)
    assert worker.finish(5)


@pytest.fixture
def told(worker: AnalysisWorker) -> list[Observation]:
    """What came of it, in order."""
    told: list[Observation] = []
    worker.observed.connect(told.append)
    return told


def test_frames_that_come_during_a_look_replace_each_other(
    qtbot: QtBot, worker: AnalysisWorker, looks: Looks, told: list[Observation]
) -> None:
    worker.offer(_frame(1))
    assert looks.looking.get(timeout=10).captured_at_s == 1
    for number in (2, 3, 4):
        worker.offer(_frame(number))
    looks.may_look.release(2)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [seen.frame.captured_at_s for seen in told] == [1, 4]


def test_one_thread_loads_and_looks_and_it_is_not_the_window_s(
    qtbot: QtBot, worker: AnalysisWorker, looks: Looks, told: list[Observation]
) -> None:
    looks.may_look.release(2)
    for number in (1, 2):
        worker.offer(_frame(number))
        qtbot.waitUntil(lambda number=number: len(told) == number)
    assert looks.loads == 1
    assert len(looks.threads) == 1
    assert threading.main_thread() not in looks.threads


def test_a_bug_is_told_and_the_next_frame_is_looked_at_all_the_same(
    qtbot: QtBot,
    worker: AnalysisWorker,
    looks: Looks,
    told: list[Observation],
    bugs: list[BaseException],
) -> None:
    looks.failures.put(ZeroDivisionError())
    looks.may_look.release(2)
    worker.offer(_frame(1))
    qtbot.waitUntil(lambda: len(bugs) == 1)
    worker.offer(_frame(2))
    qtbot.waitUntil(lambda: len(told) == 1)
    assert told[0].frame.captured_at_s == 2
    assert looks.loads == 1


def test_an_engine_that_cannot_be_made_is_told_and_does_not_end_the_thread(
    qtbot: QtBot, bugs: list[BaseException]
) -> None:
    def fail() -> Looks:
        raise OSError

    worker = AnalysisWorker(fail, on_bug=bugs.append)
    worker.start()
    qtbot.waitUntil(lambda: len(bugs) == 1)
    assert worker.finish(5)


def test_while_it_pauses_nothing_is_looked_at_and_nothing_told(
    qtbot: QtBot, worker: AnalysisWorker, looks: Looks, told: list[Observation]
) -> None:
    worker.offer(_frame(1))
    looks.looking.get(timeout=10)
    worker.pause()
    looks.may_look.release()
    worker.offer(_frame(2))
    worker.resume()
    looks.may_look.release()
    worker.offer(_frame(3))
    qtbot.waitUntil(lambda: bool(told) and told[-1].frame.captured_at_s == 3)
    assert 2 not in [seen.frame.captured_at_s for seen in told]


def test_it_looks_no_more_often_than_it_is_asked(qtbot: QtBot, looks: Looks) -> None:
    worker = AnalysisWorker(lambda: looks, on_bug=print, per_second=20)
    told: list[float] = []
    worker.observed.connect(lambda _: told.append(time.monotonic()))
    looks.may_look.release(1000)
    worker.start()
    number = 0
    while len(told) < 4:
        number += 1
        worker.offer(_frame(number))
        qtbot.wait(1)
    assert worker.finish(5)
    assert told[3] - told[0] >= 0.13


def test_the_end_waits_for_no_look_that_hangs(qapp: object, looks: Looks) -> None:
    worker = AnalysisWorker(lambda: looks, on_bug=print)
    worker.start()
    worker.offer(_frame(1))
    looks.looking.get(timeout=10)
    assert worker.finish(0.05) is False
    looks.may_look.release()
    assert worker.finish(5)


def test_what_never_began_can_be_ended(qapp: object, looks: Looks) -> None:
    assert AnalysisWorker(lambda: looks, on_bug=print).finish(0.1)
