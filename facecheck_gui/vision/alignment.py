"""Where exactly a face stands: five landmarks, taken from a view that always looks the same.

How large a face was when it was detected shifts its box by some pixels, the box shifts the
landmarks, and half a pixel in the landmarks moves the embedding by 0.03. So the face is first
brought upright, to one size and to one contrast (in the dark dlib's landmarks go astray); there
they are taken from several boxes and averaged. How far those disagree tells a face (mostly 0.002 of
its chip's side) from what only looks like one to the detector (0.007 and more).
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.domain.face import Landmarks
from facecheck_gui.domain.image import Pixels

CHIP_PX = 150
CHIP_PADDING = 0.25
BOX_TO_CHIP = 0.88
"""Side of the detector's box in terms of the chip's, on average."""

Points = NDArray[np.float64]
"""n x 2, x and y in pixels."""

VIEW_CHIP_PX = 300
_VIEW_CONTEXT = 1.5
_ROUGH_CHIP_PX = 200
_USUAL_MEAN, _USUAL_DEVIATION, _LEAST_DEVIATION = 125.0, 60.0, 4.0
# dlib rounds landmarks to whole pixels; it is handed multiples, so that fractions survive.
_FRACTION = 64
_ON_A_CIRCLE = 6
_SHIFT, _GROWTH = 0.05, 0.06


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a chip lies in a picture: its middle and side in pixels, and its turn in radians."""

    centre_x: float
    centre_y: float
    side_px: float
    angle_rad: float


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Five landmarks in pixels of the picture, with the placement that follows from them.

    ``spread`` is how far the landmarks of several tries lie apart, as a share of the chip's side.
    ``view`` is the face upright in grey, its chip ``VIEW_CHIP_PX`` a side in the middle.
    """

    points: Points
    placement: Placement
    spread: float
    view: Pixels

    @property
    def landmarks(self) -> Landmarks:
        """The points by name."""
        return Landmarks(*((float(x), float(y)) for x, y in self.points))


class Aligner:
    """Finds landmarks with dlib's five-point predictor, which is loaded once for all threads."""

    def __init__(self, weights: Callable[[], bytes]) -> None:
        self._weights = weights
        self._lock = threading.Lock()
        self._predictor: Any = None

    def load(self) -> None:
        """Load the predictor. Raises what getting its weights raises."""
        with self._lock:
            if self._predictor is None:
                import dlib

                # From bytes, not from a path: those bytes were checked, and any path will do.
                predictor = dlib.shape_predictor.__new__(dlib.shape_predictor)
                predictor.__setstate__((self._weights(),))
                self._predictor = predictor

    def align(self, grey: Pixels, centre_x: float, centre_y: float, box_px: float) -> Aligned:
        """Landmarks of the face in the given square of ``grey`` (height x width).

        Raises what ``load`` raises.
        """
        self.load()
        first = Placement(centre_x, centre_y, box_px / BOX_TO_CHIP, 0.0)
        view, to_picture = _view(grey, first, _ROUGH_CHIP_PX)
        rough = self._tries(view, _ROUGH_CHIP_PX, ((0.0, 0.0, 1.0),)) @ to_picture[:, :2].T
        second = placement_of(rough[0] + to_picture[:, 2])
        view, to_picture = _view(grey, second, VIEW_CHIP_PX)
        tries = self._tries(view, VIEW_CHIP_PX, _boxes()) @ to_picture[:, :2].T + to_picture[:, 2]
        points = tries.mean(axis=0)
        placement = placement_of(points)
        deviation = math.sqrt(float(((tries - points) ** 2).sum(axis=2).mean()))
        return Aligned(points, placement, deviation / placement.side_px, view)

    def _tries(
        self, view: Pixels, chip_px: int, boxes: tuple[tuple[float, float, float], ...]
    ) -> Points:
        """Landmarks for each box (shift x, shift y, growth; shares of the chip): m x 5 x 2."""
        import dlib

        middle = (view.shape[0] - 1) / 2
        found = []
        for x, y, growth in boxes:
            half = BOX_TO_CHIP * growth * chip_px / 2
            left, top = middle + x * chip_px - half, middle + y * chip_px - half
            sides = (left, top, left + 2 * half, top + 2 * half)
            shape = self._predictor(view, dlib.rectangle(*(round(side) for side in sides)))
            found.append([(part.x, part.y) for part in shape.parts()])
        return np.asarray(found, np.float64)


def placement_of(points: Points) -> Placement:
    """Where dlib would cut the chip for these five landmarks, to a fraction of a pixel."""
    import dlib

    parts = [dlib.point(round(x * _FRACTION), round(y * _FRACTION)) for x, y in points]
    shape = dlib.full_object_detection(dlib.rectangle(), parts)
    details = dlib.get_face_chip_details(shape, CHIP_PX, CHIP_PADDING)
    rect = details.rect
    return Placement(
        (rect.left() + rect.right()) / 2 / _FRACTION,
        (rect.top() + rect.bottom()) / 2 / _FRACTION,
        (rect.right() - rect.left() + 1) / _FRACTION,
        float(details.angle),
    )


def chip(pixels: Pixels, landmarks: Landmarks) -> Pixels:
    """The face as the recognition network takes it: 150 x 150 x 3, RGB, black beyond the edge."""
    import dlib

    named = (
        landmarks.left_eye_outer,
        landmarks.left_eye_inner,
        landmarks.right_eye_outer,
        landmarks.right_eye_inner,
        landmarks.nose_base,
    )
    place = placement_of(np.asarray(named, np.float64))
    half = (place.side_px - 1) / 2
    rect = dlib.drectangle(
        place.centre_x - half, place.centre_y - half, place.centre_x + half, place.centre_y + half
    )
    details = dlib.chip_details(rect, dlib.chip_dims(CHIP_PX, CHIP_PX), place.angle_rad)
    return np.asarray(dlib.extract_image_chip(np.ascontiguousarray(pixels), details), np.uint8)


def _view(grey: Pixels, placement: Placement, chip_px: int) -> tuple[Pixels, NDArray[np.float64]]:
    """A square view in which the chip is upright, ``chip_px`` a side and in the middle.

    Returns it with the 2 x 3 matrix that leads from its pixels to the picture's.
    """
    from facecheck_gui.opencv import cv2

    scale = chip_px / placement.side_px
    view_px = round(chip_px * _VIEW_CONTEXT)
    cosine, sine = math.cos(placement.angle_rad) / scale, math.sin(placement.angle_rad) / scale
    turn = np.array([[cosine, -sine], [sine, cosine]])
    middle = np.full(2, (view_px - 1) / 2)
    centre = np.array([placement.centre_x, placement.centre_y])
    to_picture = np.column_stack([turn, centre - turn @ middle])
    source, to_source = _reduced(grey, placement, scale)
    shrink = np.vstack([to_source, [0, 0, 1]])
    view = cv2.warpAffine(
        source,
        (shrink @ np.vstack([to_picture, [0, 0, 1]]))[:2],
        (view_px, view_px),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return _evenly_lit(np.asarray(view, np.uint8)), to_picture


def _evenly_lit(view: Pixels) -> Pixels:
    """The same with the usual mean and contrast, so that neither dark nor haze matters."""
    from facecheck_gui.opencv import cv2

    mean, deviation = (float(value[0, 0]) for value in cv2.meanStdDev(view))
    gain = _USUAL_DEVIATION / max(deviation, _LEAST_DEVIATION)
    shades = (np.arange(256) - mean) * gain + _USUAL_MEAN
    return np.asarray(cv2.LUT(view, np.clip(shades, 0, 255).astype(np.uint8)), np.uint8)


def _reduced(
    grey: Pixels, placement: Placement, scale: float
) -> tuple[Pixels, NDArray[np.float64]]:
    """What the view will show, already about as small: sampling a larger one would alias.

    Returns it with the 2 x 3 matrix that leads from the picture's pixels to its own.
    """
    from facecheck_gui.opencv import cv2

    if scale >= 0.75:  # noqa: PLR2004 - bilinear sampling still sees every pixel
        return grey, np.array([[1.0, 0, 0], [0, 1, 0]])
    reach = placement.side_px * _VIEW_CONTEXT * 0.75
    left, right = _clipped(placement.centre_x, reach, grey.shape[1])
    top, bottom = _clipped(placement.centre_y, reach, grey.shape[0])
    width, height = (max(1, round((b - a) * scale)) for a, b in ((left, right), (top, bottom)))
    small = cv2.resize(grey[top:bottom, left:right], (width, height), interpolation=cv2.INTER_AREA)
    x, y = width / (right - left), height / (bottom - top)
    to_small = [[x, 0, (0.5 - left) * x - 0.5], [0, y, (0.5 - top) * y - 0.5]]
    return np.asarray(small, np.uint8), np.array(to_small)


def _clipped(centre: float, reach: float, length: int) -> tuple[int, int]:
    low = min(max(0, math.floor(centre - reach)), length - 1)
    return low, max(low + 1, min(length, math.ceil(centre + reach)))


def _boxes() -> tuple[tuple[float, float, float], ...]:
    """The usual box, and six round about it, by turns smaller and larger."""
    angles = [2 * math.pi * i / _ON_A_CIRCLE for i in range(_ON_A_CIRCLE)]
    around = [
        (_SHIFT * math.cos(a), _SHIFT * math.sin(a), 1 + (_GROWTH if i % 2 else -_GROWTH))
        for i, a in enumerate(angles)
    ]
    return ((0.0, 0.0, 1.0), *around)
