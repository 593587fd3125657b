"""Signals across threads, in numbers that bring out what a few do not."""

import sys
import threading

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from pytestqt.qtbot import QtBot

from facecheck_gui.workers.outlet import Outlet

MANY = 20_000


class Counter(QObject):
    """Counts what arrives."""

    pinged = Signal(bool, object)

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.threads: set[threading.Thread] = set()
        self.pings = 0

    @Slot(object)
    def on_value(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(threading.current_thread())

    @Slot(bool, object)
    def on_ping(self, flag: bool, value: object) -> None:
        self.pings += 1


def test_twenty_thousand_posts_arrive_in_order_on_the_receiving_thread(qtbot: QtBot) -> None:
    counter = Counter()
    outlet: Outlet[int] = Outlet(counter.on_value)

    def post() -> None:
        for number in range(MANY):
            outlet.post(number)

    thread = threading.Thread(target=post)
    thread.start()
    qtbot.waitUntil(lambda: len(counter.values) == MANY, timeout=20_000)
    thread.join()
    assert counter.values == list(range(MANY))
    assert counter.threads == {threading.main_thread()}
    outlet.close()


def test_signals_do_not_use_up_true_false_and_none(qapp: object) -> None:
    """Some builds of PySide6 lose a reference at each of these calls, and abort after minutes."""
    counter = Counter()
    counter.pinged.connect(counter.on_ping)
    timer = QTimer()
    constants = (None, True, False)
    before = [sys.getrefcount(constant) for constant in constants]
    for _ in range(MANY):
        counter.pinged.emit(True, None)
        counter.pinged.emit(False, None)
        timer.stop()
        timer.isActive()
    after = [sys.getrefcount(constant) for constant in constants]
    lost = [one - other for one, other in zip(before, after, strict=True)]
    assert counter.pings == 2 * MANY
    assert max(lost) < 1000


def test_nothing_arrives_that_was_posted_after_closing(qtbot: QtBot) -> None:
    counter = Counter()
    outlet: Outlet[str] = Outlet(counter.on_value)
    other: Outlet[str] = Outlet(counter.on_value)
    outlet.post("before")
    outlet.close()
    outlet.post("after")
    other.post("last")
    qtbot.waitUntil(lambda: "last" in counter.values)
    assert "after" not in counter.values


def test_posting_to_a_receiver_that_is_gone_harms_nobody(qtbot: QtBot) -> None:
    counter = Counter()
    outlet: Outlet[str] = Outlet(counter.on_value)
    counter.deleteLater()
    qtbot.waitSignal(counter.destroyed).wait()
    thread = threading.Thread(target=outlet.post, args=("into the void",))
    thread.start()
    thread.join()
    witness = Counter()
    other: Outlet[str] = Outlet(witness.on_value)
    other.post("still here")
    qtbot.waitUntil(lambda: witness.values == ["still here"])
