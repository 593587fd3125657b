"""Lanes that are closed again, and a slot that remembers what it got."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Slot

from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task


class Listener(QObject):
    """Writes down what a task tells, in order, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, object]] = []
        self.threads: set[threading.Thread] = set()

    def listen_to(self, task: Task) -> Task:
        task.succeeded.connect(self.on_succeeded)
        task.failed.connect(self.on_failed)
        task.finished.connect(self.on_finished)
        return task

    @property
    def ends(self) -> int:
        """Tasks that have finished."""
        return sum(1 for what, _ in self.told if what == "finished")

    @Slot(object)
    def on_succeeded(self, value: object) -> None:
        self._note("succeeded", value)

    @Slot(object)
    def on_failed(self, error: object) -> None:
        self._note("failed", error)

    @Slot()
    def on_finished(self) -> None:
        self._note("finished", None)

    def _note(self, what: str, value: object) -> None:
        self.told.append((what, value))
        self.threads.add(threading.current_thread())


@pytest.fixture(autouse=True)
def garbage_waits(garbage_is_found_on_this_thread: None) -> None:
    """For every test of this folder."""


@pytest.fixture
def listener(qapp: object) -> Listener:
    return Listener()


@pytest.fixture
def bugs() -> list[BaseException]:
    """What a lane was surprised by."""
    return []


@pytest.fixture
def lane(qapp: object, bugs: list[BaseException]) -> Iterator[Lane]:
    lane = Lane("test lane", on_bug=bugs.append)
    yield lane
    lane.close(5)
