"""Played in a process of its own, with a camera preloaded: the whole staff window on V4L2.

Prints one JSON line: verdicts and faults of the checks, and what the window said.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from facecheck_gui import resources
from facecheck_gui.app import Staff, application, staff_window
from facecheck_gui.domain.comparison import EngineName, Verification
from facecheck_gui.settings.places import places

_DEADLINE_MS = 15_000


class Play:
    """Drives the window as a clerk would, and the camera as mishap does."""

    def __init__(self, staff: Staff, control: Path) -> None:
        self._staff, self._control = staff, control
        self._ends: list[Verification] = []
        staff.checking.ended.connect(self._ends.append)

    def wait(self, signal: object, happened: object) -> None:
        """Until ``happened()``, asked whenever ``signal`` is emitted."""
        if happened():
            return
        loop = QEventLoop()
        look = lambda *_: loop.exit(0) if happened() else None  # noqa: E731
        signal.connect(look)
        QTimer.singleShot(_DEADLINE_MS, loop, lambda: loop.exit(1))
        late = loop.exec()
        signal.disconnect(look)
        if late:
            raise TimeoutError(self._staff.camera.state)

    def set_mood(self, mood: str, state: str) -> None:
        """Change the camera's mood and wait until the window knows."""
        self._control.write_text(mood + "\n")
        camera = self._staff.camera
        self.wait(camera.state_changed, lambda: camera.state.value == state)

    def check(self, mishap: str = "") -> list[str]:
        """Check, with a mishap in the middle of it."""
        before = len(self._ends)
        self._staff.window.check_requested.emit()
        if mishap:
            assert self._staff.checking.running
            self._control.write_text(mishap + "\n")
        self.wait(self._staff.checking.ended, lambda: len(self._ends) > before)
        end = self._ends[-1]
        return [end.verdict.value, end.error.fault.word if end.error else ""]


def main() -> None:
    """Play, and report."""
    report: dict[str, object] = {}
    with staff_window(places()) as staff:
        play = Play(staff, Path(sys.argv[1]))
        play.set_mood("ok", "live")
        report["cameras"] = staff.window.top_bar.cameras.names[0]
        staff.references.load_path(str(resources.path("demo", "collins_card.jpg")))
        play.wait(staff.references.loaded, lambda: staff.references.reference is not None)
        report["well"] = play.check()
        slow = {"check.engine": EngineName.TRAINING, "training.outcome": "match"}
        staff.preferences.remember({**slow, "training.delay_s": 4.0})
        for mishap in ("unplug", "hang", "freeze", "black"):
            report[mishap] = play.check(mishap)
            report[f"{mishap} said"] = staff.window.live.view.status.title
            play.set_mood("ok", "live")
        play.set_mood("unplug", "lost")
        report["without camera"] = play.check()
    sys.stdout.write(json.dumps(report) + "\n")
    application().quit()


if __name__ == "__main__":
    main()
