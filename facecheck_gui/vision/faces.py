"""The faces in a picture that are surely faces."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.face import Face, FaceBox
from facecheck_gui.domain.image import Pixels
from facecheck_gui.vision.alignment import BOX_TO_CHIP, VIEW_CHIP_PX, Aligned, Aligner
from facecheck_gui.vision.detection import Candidate, FaceDetector

# A step is an amount of work, the same for every shape of picture: reduced to the pixels of
# 400 x 300, then of 640 x 480, then of 1280 x 960.
_STEPS_PX = (400 * 300, 640 * 480, 1280 * 960)
_LARGEST_SCALE = 2.0
# Faces of 48 pixels are found at this scale, however large the picture.
_LAST_SCALE = 1.5
_NEXT_STEP_FROM = 1.1

# On grey the detector gives about 0.1 less than on colour, where 0 is its own limit.
_LEAST_SCORE = -0.15
_MOST_CANDIDATES = 12
_MOST_SPREAD = 0.02
# The second look's score, less for landmarks that waver. Of 425 faces, most of them blurred, dark,
# covered, turned or noisy, 95 in 100 lie above; of 161 false alarms the highest has -0.13.
_LEAST_SURENESS = 0.0
_WAVERING_COSTS = 50.0
# A first look this sure needs no second one: of 54 false alarms in 6,765 crops of 31 pictures
# without a face the highest had 0.23.
_BEYOND_DOUBT = 1.0
_SECOND_CHIP_PX = 92
_SCORE_COUNTS_TO = 1.0
_SAME_FACE_OVERLAP = 0.4
_SOON_STEPS = 2
# A followed face is looked for at a size that the detector surely finds, within this much of its
# box to each side.
_NEAR_BOX_PX = 100
_NEAR_MARGIN = 0.6
_MOST_NEAR = 3
_HARDLY_MOVED = 0.5


@dataclass(frozen=True, slots=True)
class _Sure:
    aligned: Aligned
    score: float

    @property
    def face(self) -> Face:
        """The face, in a box that depends on its landmarks alone."""
        place = self.aligned.placement
        side = round(place.side_px * BOX_TO_CHIP)
        box = FaceBox(
            round(place.centre_x - side / 2), round(place.centre_y - side / 2), side, side
        )
        return Face(box, self.aligned.landmarks, self.score)


class FaceFinder:
    """Looks for faces in steps, from coarse to fine, as long as nothing was found.

    The detector has false alarms that can be larger than the face. So each candidate is brought
    upright and to one size, and is a face when its landmarks are steady there and the detector
    finds it a second time. Thread-safe.
    """

    def __init__(self, detector: FaceDetector, aligner: Aligner) -> None:
        self._detector = detector
        self._aligner = aligner

    def load(self) -> None:
        """Make the calling thread's parts ready. Raises EngineError for unusable weights."""
        self._detector.load()
        self._aligner.load()

    def find(self, pixels: Pixels, cancel: CancelToken | None = None) -> tuple[Face, ...]:
        """Faces in RGB ``pixels``, most prominent first: by area, less where it is less sure.

        Faces much smaller than the ones that were found may be left out. ``detection_score`` is
        the second look's, above 0 and hardly dependent on the face's size, or the first one's
        where that was beyond doubt. Raises Cancelled, and EngineError for unusable weights.
        """
        grey = _grey(pixels)
        for scale in _scales(grey.shape[1], grey.shape[0]):
            if cancel is not None:
                cancel.raise_if_cancelled()
            found = self._step(grey, scale)
            if found:
                return found
        return ()

    def find_soon(self, pixels: Pixels) -> tuple[Face, ...]:
        """As ``find``, without the last step: faces of a tenth of the picture's height and more.

        Where there is none this is told after a quarter of the time.
        """
        grey = _grey(pixels)
        for scale in list(_scales(grey.shape[1], grey.shape[0]))[:_SOON_STEPS]:
            found = self._step(grey, scale)
            if found:
                return found
        return ()

    def find_near(self, pixels: Pixels, known: tuple[Face, ...]) -> tuple[Face, ...]:
        """Those of the ``known`` faces, of a frame just before, that are still about there.

        Each is proved anew, as in ``find``; where one has gone, fewer are given.
        """
        grey = _grey(pixels)
        found = (self._near(grey, face.box) for face in known)
        return _distinct(sorted((f for f in found if f), key=_prominence, reverse=True))

    def _near(self, grey: Pixels, box: FaceBox) -> Face | None:
        hardly_moved = self._checked(grey, _candidate(box))
        if hardly_moved is not None and overlap(hardly_moved.face.box, box) >= _HARDLY_MOVED:
            return hardly_moved.face
        left, right = _around(box.left, box.width, grey.shape[1])
        top, bottom = _around(box.top, box.height, grey.shape[0])
        if right - left < box.width / 2 or bottom - top < box.height / 2:
            return None
        scale = min(_NEAR_BOX_PX / max(box.width, 1), _LARGEST_SCALE)
        part = _scaled(grey[top:bottom, left:right], scale)
        for candidate in self._detector.look(part, _LEAST_SCORE)[:_MOST_NEAR]:
            back = candidate.scaled(1 / scale).moved(left, top)
            sure = self._checked(grey, back)
            if sure is not None and overlap(sure.face.box, box) > 0:
                return sure.face
        return None

    def _step(self, grey: Pixels, scale: float) -> tuple[Face, ...]:
        candidates = self._detector.look(_scaled(grey, scale), _LEAST_SCORE)
        back = [candidate.scaled(1 / scale) for candidate in candidates[:_MOST_CANDIDATES]]
        faces = [sure.face for candidate in back if (sure := self._checked(grey, candidate))]
        return _distinct(sorted(faces, key=_prominence, reverse=True))

    def _checked(self, grey: Pixels, candidate: Candidate) -> _Sure | None:
        aligned = self._aligner.align(
            grey, candidate.centre_x, candidate.centre_y, candidate.side_px
        )
        if aligned.spread > _MOST_SPREAD:
            return None
        if candidate.score >= _BEYOND_DOUBT:
            return _Sure(aligned, candidate.score)
        view = _scaled(aligned.view, _SECOND_CHIP_PX / VIEW_CHIP_PX)
        again = self._detector.look(view, _LEAST_SURENESS)
        if not again or again[0].score - _WAVERING_COSTS * aligned.spread < _LEAST_SURENESS:
            return None
        return _Sure(aligned, again[0].score)


def _scales(width_px: int, height_px: int) -> Iterator[float]:
    """How much the picture is reduced or enlarged, step by step."""
    area = width_px * height_px
    before = 0.0
    for index, step_px in enumerate(_STEPS_PX):
        last = index == len(_STEPS_PX) - 1
        scale = min(math.sqrt(step_px / area), _LARGEST_SCALE if last else 1.0)
        if scale >= before * _NEXT_STEP_FROM:
            yield scale
            before = scale
    if before * _NEXT_STEP_FROM <= _LAST_SCALE:
        yield _LAST_SCALE


def _grey(pixels: Pixels) -> Pixels:
    from facecheck_gui.opencv import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _candidate(box: FaceBox) -> Candidate:
    """A place to look at; nothing speaks for it yet."""
    return Candidate(box.centre[0], box.centre[1], box.width, 0.0)


def _around(start: int, length: int, limit: int) -> tuple[int, int]:
    """From where to where a face may have gone until the next frame, within the picture."""
    reach = round(_NEAR_MARGIN * length)
    return max(0, start - reach), min(limit, start + length + reach)


def _scaled(grey: Pixels, scale: float) -> Pixels:
    from facecheck_gui.opencv import cv2

    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(grey, size, interpolation=way), np.uint8)


def _prominence(face: Face) -> float:
    return face.box.area * min(face.detection_score, _SCORE_COUNTS_TO)


def _distinct(faces: list[Face]) -> tuple[Face, ...]:
    """Two candidates can turn out to be one face: the more prominent one stays."""
    kept: list[Face] = []
    for face in faces:
        if all(overlap(face.box, other.box) < _SAME_FACE_OVERLAP for other in kept):
            kept.append(face)
    return tuple(kept)


def overlap(one: FaceBox, other: FaceBox) -> float:
    """Area in common over the area of both together, 0 to 1."""
    width = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    height = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    common = width * height
    return common / (one.area + other.area - common)
