"""On a screen with two device pixels for each logical one, pictures are drawn with all of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import json, sys
from pathlib import Path
import numpy as np
from PySide6.QtWidgets import QApplication
from facecheck_gui.camera.preview import View, render
from facecheck_gui.domain.image import Frame
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.picture_slot import PictureSlot

application = QApplication([])
look = Look(application, "dark", Path(sys.argv[1]))
look.wear()
view, told = CameraView(look), []
view.size_wanted.connect(lambda *size: told.append(size))
view.resize(320, 240)
view.show()
noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
view.show_preview(render(Frame(noise, 0.0, "x"), View(*view.device_size())))
image = view.grab().toImage()
exact = all(
    image.pixelColor(x, y).red() == noise[y, 639 - x, 0] for x in (60, 61, 62) for y in (40, 41)
)
slot = PictureSlot(look)
slot.resize(336, 256)
slot.show_picture(noise, (), None, "x")
slot.show()
slot.grab()
print(json.dumps([told[-1], exact, slot._scaled.width(), slot._scaled.devicePixelRatio()]))
"""


def test_pictures_use_every_device_pixel(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert json.loads(done.stdout) == [[640, 480], True, 640, 2.0]
