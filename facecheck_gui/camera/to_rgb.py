"""Where OpenCV's BGR is turned into the program's RGB."""

import numpy as np

from facecheck_gui.domain.image import Pixels
from facecheck_gui.opencv import cv2

_COLOUR_NDIM = 3


class RgbReader:
    """Reads RGB frames out of a capture. For one thread alone."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture
        self._bgr: np.ndarray | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels that the capture promises; 0 where it does not know."""
        return (
            int(self._capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            int(self._capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        )

    def read(self) -> Pixels | None:
        """The next frame as a new array; None when the capture gave none."""
        arrived, bgr = self._capture.read(self._bgr)
        if not arrived or bgr is None or bgr.size == 0:
            return None
        self._bgr = bgr
        grey = bgr.ndim != _COLOUR_NDIM
        rgb = cv2.cvtColor(bgr, cv2.COLOR_GRAY2RGB if grey else cv2.COLOR_BGR2RGB)
        return np.asarray(rgb, dtype=np.uint8)

    def release(self) -> None:
        """Let go of the capture."""
        self._capture.release()
