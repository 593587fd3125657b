"""From the start of the process to the first painted frame, against an empty window that imports
the same. Processes in turn; medians."""

import os
import statistics
import subprocess
import sys
import time

_RUNS = 9
_WATCH = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    told = False
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and not self.told:
            self.told = True
            print(time.monotonic(), flush=True)
            QTimer.singleShot(0, application().quit)
        return False
"""
_OURS = (
    "import os\n"
    "from facecheck_gui.app import application, staff_window\n"
    "from facecheck_gui.demonstration import own_places\n"
    "from facecheck_gui.settings.places import places\n"
    + _WATCH
    + """
watch = FirstPaint()
qt = application()
qt.installEventFilter(watch)
with own_places(places()) as own, staff_window(own):
    qt.exec()
# As the command does it: the engine may still be warming up.
os._exit(0)
"""
)
_EMPTY = (
    "from facecheck_gui.app import application\n"
    "from facecheck_gui.demonstration import own_places\n"
    + _WATCH
    + """
from PySide6.QtWidgets import QMainWindow
watch = FirstPaint()
qt = application()
qt.installEventFilter(watch)
window = QMainWindow()
window.resize(1280, 800)
window.show()
qt.exec()
"""
)


def _first_paint_ms(program: str) -> float:
    started_s = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
    )
    return (float(ran.stdout.split()[0]) - started_s) * 1000


def main() -> None:
    """Print one line."""
    ours, empty = [], []
    for run in range(_RUNS + 1):
        pair = (_first_paint_ms(_OURS), _first_paint_ms(_EMPTY))
        if run:  # the first warms the disk's cache
            ours.append(pair[0])
            empty.append(pair[1])
    mine, floor = statistics.median(ours), statistics.median(empty)
    print(
        f"start to first painted frame: {mine:.0f} ms; an empty window with the same imports "
        f"{floor:.0f} ms; ratio {mine / floor:.2f} (n={_RUNS} each)"
    )


if __name__ == "__main__":
    main()
