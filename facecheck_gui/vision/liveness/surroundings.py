"""How a face moves, and whether what is round it moves with it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Pixels

# All lengths by the width of the face's box, which is 15 cm on a grown-up.
_VIEW = 3.0
_MOST_VIEW_PX = 320
_RING_FROM, _RING_TO = 0.95, 1.5
_RING_ABOVE, _RING_BELOW = 0.8, 0.5
_FACE_HALF = 0.38

_MOST_POINTS, _APART_PX, _LEAST_TEXTURE = 80, 5, 0.02
_WINDOW_PX = (11, 11)
_LEAST_POINTS = 12

# 0.3 mm: breathing and the pulse move a head by more within a second.
_STILL = 0.002
_TELLING = 0.012
_ALONG_WITH, _MOSTLY = 0.3, 0.6
_LEAST_FRAMES = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Moved:
    """By the box's width: where the face is now, and how the ring does; None without texture."""

    face: tuple[float, float]
    size: float
    expected: float
    missed: float | None


class Surroundings:
    """Follows points of the face and of a ring outside the head, from the first frame on.

    The ring begins 14 cm beside the middle of the face, so that hair stays within, and has nothing
    below the chin, where a body moves along. Where it has no texture, nothing is said about it.
    """

    def __init__(self, grey: Pixels, box: FaceBox) -> None:
        self._box = box
        side = _VIEW * max(box.width, 1)
        self._left = max(0, round(box.centre[0] - side / 2))
        self._top = max(0, round(box.centre[1] - side / 2))
        self._right = min(grey.shape[1], self._left + round(side))
        self._bottom = min(grey.shape[0], self._top + round(side))
        self._scale = min(1.0, _MOST_VIEW_PX / side)
        self._first = self._view(grey)
        self._face, self._ring = self._points(self._first)
        self._last = (self._face.copy(), self._ring.copy())
        self._moved: list[_Moved] = []

    def see(self, grey: Pixels) -> None:
        """Take in one frame more, of the same size."""
        view = self._view(grey)
        face, face_there = _followed(self._first, view, self._face, self._last[0])
        ring, ring_there = _followed(self._first, view, self._ring, self._last[1])
        self._last = (face, ring)
        if face_there.sum() < _LEAST_POINTS:
            return
        fit = _similarity(self._face[face_there], face[face_there])
        width = self._box.width * self._scale
        middle = self._middle
        at = _applied(fit, middle[None])[0] - middle
        expected = missed = None
        if ring_there.sum() >= _LEAST_POINTS:
            start, end = self._ring[ring_there], ring[ring_there]
            along = _applied(fit, start)
            expected = float(np.median(np.hypot(*(along - start).T))) / width
            missed = float(np.median(np.hypot(*(along - end).T))) / width
        place = (float(at[0] / width), float(at[1] / width))
        self._moved.append(
            _Moved(place, float(np.hypot(fit[0, 0], fit[1, 0])), expected or 0.0, missed)
        )

    @property
    def told(self) -> bool:
        """Whether the face was followed long enough for an answer."""
        return len(self._moved) >= _LEAST_FRAMES

    @property
    def still(self) -> bool:
        """Whether the face did not even move as breathing moves it."""
        if not self.told:
            return False
        seen = np.array([(*moved.face, moved.size) for moved in self._moved])
        low, high = np.percentile(seen, (5, 95), axis=0)
        return bool((high - low).max() < _STILL)

    @property
    def as_one(self) -> bool:
        """Whether the ring moved as if it were a part of the face, most of the time."""
        telling = [m for m in self._moved if m.missed is not None and m.expected > _TELLING]
        along = [m for m in telling if (m.missed or 0.0) < _ALONG_WITH * m.expected]
        return len(telling) >= _LEAST_FRAMES and len(along) >= _MOSTLY * len(telling)

    @property
    def _middle(self) -> Floats:
        x, y = self._box.centre
        return np.array([x - self._left, y - self._top]) * self._scale

    def _view(self, grey: Pixels) -> Pixels:
        from facecheck_gui.opencv import cv2

        part = grey[self._top : self._bottom, self._left : self._right]
        size = (
            max(8, round(part.shape[1] * self._scale)),
            max(8, round(part.shape[0] * self._scale)),
        )
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)

    def _points(self, view: Pixels) -> tuple[Floats, Floats]:
        width = self._box.width * self._scale
        y, x = np.mgrid[0 : view.shape[0], 0 : view.shape[1]]
        across = np.abs(x - self._middle[0]) / width
        down = (y - self._middle[1]) / width
        face = (across < _FACE_HALF) & (np.abs(down) < _FACE_HALF)
        beside = (across > _RING_FROM) & (across < _RING_TO)
        ring = beside & (down > -_RING_ABOVE) & (down < _RING_BELOW)
        return _corners(view, face), _corners(view, ring)


def _corners(view: Pixels, where: NDArray[np.bool_]) -> Floats:
    from facecheck_gui.opencv import cv2

    found = cv2.goodFeaturesToTrack(
        view, _MOST_POINTS, _LEAST_TEXTURE, _APART_PX, mask=where.astype(np.uint8)
    )
    return np.zeros((0, 2)) if found is None else np.asarray(found, np.float64).reshape(-1, 2)


def _followed(
    one: Pixels, other: Pixels, at: Floats, guess: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    """Where the points went, and which of them were found."""
    from facecheck_gui.opencv import cv2

    if len(at) == 0:
        return at, np.zeros(0, bool)
    there, found, off = cv2.calcOpticalFlowPyrLK(
        one,
        other,
        np.asarray(at, np.float32),
        np.array(guess, np.float32),
        winSize=_WINDOW_PX,
        maxLevel=2,
        flags=cv2.OPTFLOW_USE_INITIAL_FLOW,
    )
    kept = (found.ravel() == 1) & (off.ravel() < 25)  # noqa: PLR2004 - grey levels of 255
    return np.where(kept[:, None], there.reshape(-1, 2), at).astype(np.float64), kept


def _similarity(start: Floats, end: Floats) -> Floats:
    """2 x 3: the turn, growth and shift that bring ``start`` to ``end`` most nearly."""
    from_, to = start.mean(axis=0), end.mean(axis=0)
    a, b = start - from_, end - to
    square = float((a * a).sum()) or 1.0
    c = float((a * b).sum()) / square
    s = float((a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum()) / square
    turn = np.array([[c, -s], [s, c]])
    return np.column_stack([turn, to - turn @ from_])


def _applied(fit: Floats, points: Floats) -> Floats:
    result: Floats = points @ fit[:, :2].T + fit[:, 2]
    return result
