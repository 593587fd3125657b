"""Live analysis: a frame with and without following the face; the preview with and without it; and
how soon a picture that is good ends in a verdict, with the reference loaded.

The real staff window (unseen platform, demonstration camera, engine on this device), minute about.
"""

import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot

from facecheck_gui import resources
from facecheck_gui.app import Staff, application, staff_window
from facecheck_gui.camera.address import Demonstration, Sitter
from facecheck_gui.camera.demonstration import DemonstrationSource
from facecheck_gui.demonstration import own_places
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.imaging.files import read_file
from facecheck_gui.opencv import cv2
from facecheck_gui.settings.places import Places, places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.vision.following import FaceFollower
from facecheck_gui.wiring import Wiring

_FRAMES, _ROUNDS, _PHASE_S, _CHECKS = 60, 3, 3.0, 25
_SIZES = ((640, 480), (1280, 720))


def _frames(width: int, height: int) -> list[Pixels]:
    """The portrait that moves, ten frames a second."""
    now = {"s": 0.0}
    portrait = read_file(resources.path("demo", "collins.jpg")).pixels
    source = DemonstrationSource(
        sitter=lambda: Sitter.COLLINS,
        find_portrait=lambda _: portrait,
        clock=lambda: now["s"],
        pause=lambda _: None,
    )
    frames = []
    for _ in range(_FRAMES):
        now["s"] += 0.1
        frame = source.read()
        wide = round(frame.shape[1] * height / frame.shape[0])
        grown = cv2.resize(frame, (wide, height), interpolation=cv2.INTER_CUBIC)
        side = (width - wide) // 2
        filled = cv2.copyMakeBorder(grown, 0, 0, side, width - wide - side, cv2.BORDER_REFLECT_101)
        frames.append(np.asarray(filled, np.uint8))
    return frames


def _following(wiring: Wiring, width: int, height: int) -> str:
    finder = wiring.on_device().finder
    followed = wiring.analyser(Settings())
    followed.load()
    with_ms, without_ms = [], []
    for number, pixels in enumerate(_frames(width, height)):
        seen = followed.observe(Frame(pixels, number * 0.1, "bench"))
        with_ms.append(seen.took_ms)
        searching = wiring.analyser(Settings())
        searching._follower = FaceFollower(finder)  # knows no place yet, and so searches
        without_ms.append(searching.observe(Frame(pixels, number * 0.1, "bench")).took_ms)
    one, other = np.median(with_ms), np.median(without_ms)
    return (
        f"analysis of {width}x{height}, faces, pose and quality: following {one:.1f} ms, searching "
        f"each frame {other:.1f} ms, ratio {other / one:.2f} (n={_FRAMES} each)"
    )


def _run_for(seconds: float) -> None:
    qt = application()
    QTimer.singleShot(round(seconds * 1000), qt.quit)
    qt.exec()


class Count(QObject):
    """Counts frames that are shown, and observations."""

    def __init__(self, staff: Staff) -> None:
        super().__init__()
        self.frames = self.observations = 0
        staff.camera.frame_ready.connect(self._on_frame)
        staff.watching.observed.connect(self._on_observed)

    @Slot()
    def _on_frame(self) -> None:
        self.frames += 1

    @Slot(object)
    def _on_observed(self, _: object) -> None:
        self.observations += 1


def _preview(staff: Staff) -> str:
    rates: dict[bool, list[float]] = {True: [], False: []}
    looks: list[float] = []
    for _ in range(_ROUNDS):
        for on in (True, False):
            (staff.analysis.resume if on else staff.analysis.pause)()
            _run_for(0.3)
            count = Count(staff)
            began_s = time.perf_counter()
            _run_for(_PHASE_S)
            lasted_s = time.perf_counter() - began_s
            rates[on].append(count.frames / lasted_s)
            if on:
                looks.append(count.observations / lasted_s)
            count.deleteLater()
    staff.analysis.resume()
    with_it, without = np.median(rates[True]), np.median(rates[False])
    return (
        f"preview with analysis at {np.median(looks):.1f} a second: {with_it:.1f} frames a second, "
        f"without {without:.1f}, ratio {with_it / without:.3f}"
    )


class Stopwatch(QObject):
    """From a picture that took itself to its verdict; then back, and again."""

    def __init__(self, staff: Staff) -> None:
        super().__init__()
        self.took_ms: list[float] = []
        self._staff = staff
        self._taken_s = 0.0
        staff.watching.captured.connect(self._on_captured)
        staff.checking.ended.connect(self._on_ended)

    @Slot(object)
    def _on_captured(self, _: object) -> None:
        self._taken_s = time.perf_counter()

    @Slot(object)
    def _on_ended(self, _: object) -> None:
        self.took_ms.append((time.perf_counter() - self._taken_s) * 1000)
        QTimer.singleShot(50, self._again)

    @Slot()
    def _again(self) -> None:
        self._staff.desk.forget_verdict()
        self._staff.watching.rearm()


def _verdicts(staff: Staff) -> str:
    watch = Stopwatch(staff)
    staff.preferences.remember({"capture.automatic": True})
    for _ in range(_CHECKS * 20):
        if len(watch.took_ms) >= _CHECKS:
            break
        _run_for(0.1)
    took = watch.took_ms[1:]
    return (
        f"good picture to verdict, three frames: p50 {np.median(took):.0f} ms, "
        f"p95 {np.percentile(took, 95):.0f} ms (n={len(took)})"
    )


def main() -> None:
    """Print four lines."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        wiring = Wiring(Places(here / "s.json", here, places().cache, here), lambda: None)
        for width, height in _SIZES:
            print(_following(wiring, width, height))
    with own_places(places()) as own, staff_window(own, fixed_camera=Demonstration()) as staff:
        staff.references.load_path(str(resources.path("demo", "collins_card.jpg")))
        while staff.references.reference is None or staff.camera.newest_frame() is None:
            _run_for(0.1)
        _run_for(1.0)
        print(_preview(staff))
        print(_verdicts(staff))


if __name__ == "__main__":
    main()
