"""How long the window's thread is kept waiting while checks run back to back.

A 5 ms timer ticks in the window's thread of the real staff window (unseen platform, demonstration
camera, engine on this device). The gaps between ticks are compared with those of the same window at
rest, in the same run, minute about.
"""

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Slot

from facecheck_gui import resources
from facecheck_gui.app import Staff, application, staff_window
from facecheck_gui.camera.address import Demonstration
from facecheck_gui.demonstration import own_places
from facecheck_gui.settings.places import places

_TICK_MS, _PHASE_S, _ROUNDS = 5, 4.0, 3


class Ticker(QObject):
    """Writes down the gaps between ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last_s = time.perf_counter()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    @Slot()
    def _on_tick(self) -> None:
        now_s = time.perf_counter()
        self.gaps_ms.append((now_s - self._last_s) * 1000)
        self._last_s = now_s


class Checks(QObject):
    """Starts the next check as soon as one has ended, while it is switched on."""

    def __init__(self, staff: Staff) -> None:
        super().__init__()
        self.on, self.count = False, 0
        self._staff = staff
        staff.checking.ended.connect(self._on_ended)

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self.count += 1
        if self.on:
            QTimer.singleShot(0, self._staff.window.check_requested.emit)


def _run_for(seconds: float) -> None:
    qt = application()
    QTimer.singleShot(round(seconds * 1000), qt.quit)
    qt.exec()


def _wait_until_ready(staff: Staff) -> None:
    staff.references.load_path(str(resources.path("demo", "collins_card.jpg")))
    while staff.references.reference is None or staff.camera.newest_frame() is None:
        _run_for(0.1)


def main() -> None:
    """Print one line."""
    at_rest: list[float] = []
    checking: list[float] = []
    with own_places(places()) as own, staff_window(own, fixed_camera=Demonstration()) as staff:
        _wait_until_ready(staff)
        checks = Checks(staff)
        for _ in range(_ROUNDS):
            for gaps, busy in ((at_rest, False), (checking, True)):
                checks.on = busy
                if busy:
                    staff.window.check_requested.emit()
                _run_for(0.3)
                ticker = Ticker()
                _run_for(_PHASE_S)
                gaps.extend(ticker.gaps_ms)
                ticker.deleteLater()
                checks.on = False
                _run_for(0.3)
    rest, busy_ms = np.percentile(at_rest, 99), np.percentile(checking, 99)
    print(
        f"window stall, {checks.count} checks back to back: gap of a {_TICK_MS} ms timer "
        f"p50 {np.percentile(checking, 50):.1f} p99 {busy_ms:.1f} max {max(checking):.1f} ms "
        f"(n={len(checking)}); at rest p99 {rest:.1f} ms; ratio {busy_ms / rest:.2f}"
    )


if __name__ == "__main__":
    main()
