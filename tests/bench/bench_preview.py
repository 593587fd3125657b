"""What a preview frame costs the window, against drawing a picture that was ready all along.

Ours: take the newest preview out of the mailbox, lay a QImage over its bytes and draw it 1:1.
The floor: draw the same QImage of the same size, 1:1. Offscreen, interleaved, medians.
"""

import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from facecheck_gui.camera.mailbox import Mailbox
from facecheck_gui.camera.preview import Preview, View, render
from facecheck_gui.domain.image import Frame

_WIDTH_PX, _HEIGHT_PX = 960, 540
_ROUNDS = 300


class _Canvas(QWidget):
    """Draws one picture, 1:1."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(0, 0, self.picture)
        painter.end()


def _laid_over(preview: Preview) -> QImage:
    height, width = preview.bgra.shape[:2]
    return QImage(preview.bgra.data, width, height, width * 4, QImage.Format.Format_RGB32)


def main() -> None:
    """Print milliseconds for both and their ratio."""
    application = QApplication([])
    canvas = _Canvas()
    canvas.resize(_WIDTH_PX, _HEIGHT_PX)
    canvas.show()
    application.processEvents()
    noise = np.random.default_rng(1)
    view = View(_WIDTH_PX, _HEIGHT_PX)
    pixels = [noise.integers(0, 255, (720, 1280, 3), np.uint8) for _ in range(8)]
    previews = [render(Frame(picture, 0.0, "bench"), view) for picture in pixels]
    ready = _laid_over(previews[0]).copy()
    mailbox: Mailbox[Preview] = Mailbox()
    ours_ms, floor_ms, render_ms = [], [], []
    for number in range(_ROUNDS):
        began_s = time.perf_counter()
        shown = render(Frame(pixels[number % 8], 0.0, "bench"), view)
        render_ms.append((time.perf_counter() - began_s) * 1000)
        mailbox.put(shown)

        began_s = time.perf_counter()
        mailbox.answer()
        newest = mailbox.take()
        if newest is not None:
            canvas.picture = _laid_over(newest)
        canvas.repaint()
        ours_ms.append((time.perf_counter() - began_s) * 1000)

        canvas.picture = ready
        began_s = time.perf_counter()
        canvas.repaint()
        floor_ms.append((time.perf_counter() - began_s) * 1000)
    ours, floor = statistics.median(ours_ms), statistics.median(floor_ms)
    print(
        f"preview 1280x720 -> {_WIDTH_PX}x{_HEIGHT_PX}: window {ours:.3f} ms a frame, "
        f"ready picture {floor:.3f} ms, ratio {ours / floor:.2f} "
        f"(camera's thread {statistics.median(render_ms):.2f} ms)"
    )


if __name__ == "__main__":
    main()
