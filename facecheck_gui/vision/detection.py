"""Where faces may be: dlib's frontal detector on one size of a picture."""

import threading
from dataclasses import dataclass
from typing import Any

from facecheck_gui.domain.image import Pixels
from facecheck_gui.vision.made_once import MadeOnce


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a face: an upright square, in pixels of the picture that was looked at.

    ``score`` is the detector's own: above 0 it would call it a face.
    """

    centre_x: float
    centre_y: float
    side_px: float
    score: float

    def moved(self, right_px: float, down_px: float) -> "Candidate":
        """The same in a picture of which this one is a part."""
        return Candidate(
            self.centre_x + right_px, self.centre_y + down_px, self.side_px, self.score
        )

    def scaled(self, factor: float) -> "Candidate":
        """The same in a picture that is ``factor`` times as large."""
        return Candidate(
            self.centre_x * factor, self.centre_y * factor, self.side_px * factor, self.score
        )


class FaceDetector:
    """Finds upright faces of 80 pixels and more, turned in the plane by up to 30 degrees.

    Each thread has a detector of its own: one that is shared by two threads crashes. Making
    dlib's detector stalls the whole program for a third of a second, reviving one that was kept
    takes 2 ms; so it is kept.
    """

    def __init__(self, kept: MadeOnce) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._state: bytes | None = None
        self._own = threading.local()

    def load(self) -> None:
        """Make the calling thread's detector ready."""
        if not hasattr(self._own, "detector"):
            import dlib

            detector = dlib.fhog_object_detector.__new__(dlib.fhog_object_detector)
            detector.__setstate__((self._detector_state(),))
            self._own.detector = detector

    def look(self, grey: Pixels, least_score: float) -> list[Candidate]:
        """Candidates in ``grey`` (height x width) with at least ``least_score``, surest first."""
        self.load()
        detector: Any = self._own.detector
        boxes, scores, _ = detector.run(grey, 0, least_score)
        found = [
            Candidate(
                (box.left() + box.right()) / 2, (box.top() + box.bottom()) / 2, box.width(), score
            )
            for box, score in zip(boxes, scores, strict=True)
        ]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _detector_state(self) -> bytes:
        with self._lock:
            if self._state is None:
                import dlib

                made_from = f"dlib {dlib.__version__}"
                self._state = self._kept.get("face-detector", made_from, _fresh_state)
            return self._state


def _fresh_state() -> bytes:
    import dlib

    state: bytes = dlib.get_frontal_face_detector().__getstate__()[0]
    return state
