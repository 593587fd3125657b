"""The 128 numbers of a face."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.image import Pixels

Embedding = NDArray[np.float32]
"""128 numbers, not of unit length: compare two by their Euclidean distance, as they are."""


class Embedder:
    """Runs the recognition graph on chips.

    Each thread has a net of its own: OpenCV's nets, shared by two threads, give wrong numbers
    without an error.
    """

    def __init__(self, graph: Callable[[], bytes]) -> None:
        self._make_graph = graph
        self._lock = threading.Lock()
        self._graph: NDArray[np.uint8] | None = None
        self._own = threading.local()

    def load(self) -> None:
        """Make the calling thread's net ready. Raises EngineError when the weights are unusable."""
        if not hasattr(self._own, "net"):
            from facecheck_gui.opencv import cv2

            self._own.net = cv2.dnn.readNetFromONNX(self._graph_bytes())

    def embed(self, chips: Sequence[Pixels]) -> Embedding:
        """Embeddings of chips (150 x 150 x 3, RGB), n x 128 float32. Raises like ``load``."""
        from facecheck_gui.opencv import cv2

        self.load()
        net: Any = self._own.net
        net.setInput(cv2.dnn.blobFromImages(list(chips), 1.0, swapRB=False))
        return np.array(net.forward(), dtype=np.float32)

    def _graph_bytes(self) -> NDArray[np.uint8]:
        with self._lock:
            if self._graph is None:
                self._graph = np.frombuffer(self._make_graph(), np.uint8)
            return self._graph
