"""Frames in which a portrait of the demonstration stands where a test wants it."""

import math
from collections.abc import Callable
from functools import cache

import cv2
import numpy as np

from facecheck_gui import resources
from facecheck_gui.domain.face import Face, FaceBox, Landmarks, Point, Pose
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.imaging.files import read_file
from facecheck_gui.settings.schema import LiveQualitySettings
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of
from tests.vision.finders import finder

WIDTH, HEIGHT = 640, 480
JUDGE = QualityJudge(limits_of(LiveQualitySettings()))


@cache
def _source(name: str) -> tuple[Pixels, Face]:
    pixels = read_file(resources.path("demo", name)).pixels
    return pixels, finder().find(pixels)[0]


class Shot:
    """A portrait as a frame shows it: where its face stands is known from how it was put there."""

    def __init__(
        self,
        name: str,
        *,
        box_px: float = 150,
        x: float = 0.0,
        y: float = 30.0,
        roll_deg: float = 0.0,
    ) -> None:
        pixels, face = _source(name)
        scale = box_px / face.box.height
        angle = math.radians(roll_deg)
        turn = scale * np.array(
            [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
        )
        middle = np.array([WIDTH / 2 + x, HEIGHT / 2 + y])
        shift = middle - turn @ np.array(face.box.centre)
        matrix = np.column_stack([turn, shift])
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        small = cv2.GaussianBlur(pixels, (0, 0), max(0.5 / scale - 0.5, 0.01))
        frame = cv2.warpAffine(
            small, matrix, (WIDTH, HEIGHT), flags=way, borderMode=cv2.BORDER_REPLICATE
        )
        self.pixels = np.asarray(frame, np.uint8)

        def moved(point: Point) -> Point:
            at = turn @ np.array(point) + shift
            return (float(at[0]), float(at[1]))

        marks = face.landmarks
        landmarks = Landmarks(
            moved(marks.left_eye_outer),
            moved(marks.left_eye_inner),
            moved(marks.right_eye_outer),
            moved(marks.right_eye_inner),
            moved(marks.nose_base),
        )
        side = round(box_px)
        box = FaceBox(round(middle[0] - side / 2), round(middle[1] - side / 2), side, side)
        self.face = Face(box, landmarks, face.detection_score)

    @property
    def eyes(self) -> tuple[Point, Point]:
        marks = self.face.landmarks
        return (
            _between(marks.left_eye_outer, marks.left_eye_inner),
            _between(marks.right_eye_outer, marks.right_eye_inner),
        )

    def changed(self, change: Callable[[np.ndarray], np.ndarray]) -> "Shot":
        """The same face in the same place, with other pixels."""
        other = object.__new__(Shot)
        other.face = self.face
        changed = change(self.pixels.astype(np.float64))
        other.pixels = np.clip(np.round(changed), 0, 255).astype(np.uint8)
        return other

    def report(self, *others: Face, pose: Pose | None = None) -> QualityReport:
        pose = pose or pose_of(self.face.landmarks)
        return JUDGE.report(self.pixels, (self.face, *others), pose)


def _between(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def patched(shot: Shot, middle: Point, radii: tuple[float, float], opacity: float) -> Shot:
    """A plain patch over a part of the face, more and more opaque."""
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    centre = (round(middle[0]), round(middle[1]))
    cv2.ellipse(mask, centre, (round(radii[0]), round(radii[1])), 0, 0, 360, 255, -1)
    share = (mask / 255 * opacity)[:, :, None]
    return shot.changed(lambda p: p * (1 - share) + np.array([196.0, 160, 140]) * share)
