"""Where reference cycles end."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from facecheck_gui.workers.garbage import GarbageCollection


class Cycle:
    """Holds itself, and says on which thread it was let go."""

    ended_on: list[threading.Thread] = []  # noqa: RUF012 - outlives what it tells about

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.ended_on.append(threading.current_thread())


@pytest.fixture
def collection(qapp: object) -> Iterator[GarbageCollection]:
    Cycle.ended_on.clear()
    gc.enable()
    collection = GarbageCollection()
    collection.start()
    yield collection
    collection.stop()


def _litter() -> None:
    for _ in range(20):
        Cycle()
    keep = [[number] for number in range(200_000)]
    assert keep


def test_a_cycle_made_on_any_thread_ends_on_the_window_s(
    qtbot: QtBot, collection: GarbageCollection
) -> None:
    thread = threading.Thread(target=_litter)
    thread.start()
    thread.join()
    assert Cycle.ended_on == []
    qtbot.waitUntil(lambda: len(Cycle.ended_on) == 20)
    assert set(Cycle.ended_on) == {threading.main_thread()}


def test_python_takes_over_again_afterwards(collection: GarbageCollection) -> None:
    assert not gc.isenabled()
    collection.stop()
    assert gc.isenabled()
