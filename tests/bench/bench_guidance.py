"""What guidance costs the window: the camera's view with line, face, oval and ring over it,
against the same view with the picture and the oval alone. Offscreen, interleaved, medians.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from facecheck_gui.camera.preview import View, render
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.liveness import Challenge
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.guidance import ChallengeContent, GuidanceContent

_WIDTH_PX, _HEIGHT_PX = 960, 540
_ROUNDS = 300


def main() -> None:
    """Print milliseconds for each and the ratio of guidance to the picture alone."""
    application = QApplication([])
    noise = np.random.default_rng(1).integers(0, 255, (720, 1280, 3), np.uint8)
    preview = render(Frame(noise, 0.0, "bench"), View(_WIDTH_PX, _HEIGHT_PX))
    costs: dict[str, list[float]] = {"alone": [], "guided": [], "held": [], "challenged": []}
    with tempfile.TemporaryDirectory() as arrows:
        look = Look(application, "light", Path(arrows), reduced_motion=True)
        look.wear()
        views = {name: CameraView(look) for name in costs}
        for view in views.values():
            view.resize(_WIDTH_PX, _HEIGHT_PX)
            view.show()
        application.processEvents()
        for number in range(_ROUNDS):
            face = FaceBox(400 + number, 200, 240, 300)
            share = number / _ROUNDS
            for name, view in views.items():
                began_s = time.perf_counter()
                if name == "guided":
                    view.show_guidance(GuidanceContent("closer", "Come closer", face=face))
                elif name == "held":
                    view.show_guidance(GuidanceContent("hold", "Hold still", True, face, share))
                elif name == "challenged":
                    turn = Challenge.TURN_LEFT
                    view.show_challenge(ChallengeContent(turn, "Turn left", share, 4.2, face))
                view.show_preview(preview)
                view.repaint()
                costs[name].append((time.perf_counter() - began_s) * 1000)
    alone, guided, held, challenged = (statistics.median(each) for each in costs.values())
    print(
        f"view {_WIDTH_PX}x{_HEIGHT_PX}: picture and oval {alone:.3f} ms, guidance and face "
        f"{guided:.3f} ms (ratio {guided / alone:.2f}), with ring {held:.3f} ms, "
        f"challenge {challenged:.3f} ms"
    )


if __name__ == "__main__":
    main()
