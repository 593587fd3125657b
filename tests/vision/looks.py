"""Hand-made observations: what a camera would show, without a picture of anyone."""

from dataclasses import dataclass, replace

import numpy as np

from facecheck_gui.domain.face import Face, FaceBox, Landmarks, Pose
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import Limits, Measure, QualityReading, QualityReport

WIDTH_PX, HEIGHT_PX = 1280, 720
_BLACK = np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.uint8)

GOOD: dict[Measure, tuple[float, Limits]] = {
    Measure.SINGLE_FACE: (0.0, Limits(None, 0.25)),
    Measure.EYE_DISTANCE: (110.0, Limits(60.0, None)),
    Measure.YAW: (0.0, Limits(None, 20.0)),
    Measure.PITCH: (0.0, Limits(None, 20.0)),
    Measure.ROLL: (0.0, Limits(None, 20.0)),
    Measure.HEAD_SIZE: (0.3, Limits(0.15, 0.6)),
    Measure.MARGIN_LEFT: (3.0, Limits(0.8, None)),
    Measure.MARGIN_RIGHT: (3.0, Limits(0.8, None)),
    Measure.MARGIN_ABOVE: (2.0, Limits(1.0, None)),
    Measure.MARGIN_BELOW: (2.0, Limits(1.0, None)),
    Measure.SHARPNESS: (0.8, Limits(0.4, None)),
    Measure.EVENNESS: (0.6, Limits(0.15, None)),
    Measure.OVER_EXPOSED: (0.0, Limits(None, 0.03)),
    Measure.UNDER_EXPOSED: (0.1, Limits(None, 0.6)),
    Measure.LUMINANCE: (0.45, Limits(0.15, 0.85)),
    Measure.DYNAMIC_RANGE: (7.0, Limits(5.5, None)),
    Measure.EYES_COVERED: (0.0, Limits(None, 0.15)),
    Measure.MOUTH_COVERED: (0.0, Limits(None, 0.25)),
    Measure.FACE_COVERED: (0.0, Limits(None, 0.2)),
}


STRAIGHT = Pose(0.0, 0.0, 0.0)


def face(share: float = 0.35, x: float = 0.5, y: float = 0.5) -> Face:
    """A face whose box is ``share`` of the frame's height, its middle at ``x``, ``y`` (0 to 1)."""
    side = round(share * HEIGHT_PX)
    left, top = x * WIDTH_PX - side / 2, y * HEIGHT_PX - side / 2
    half = side / 2.45 / 2
    middle, eyes = left + side / 2, top + side * 0.4
    landmarks = Landmarks(
        left_eye_outer=(middle + half * 1.4, eyes),
        left_eye_inner=(middle + half * 0.6, eyes),
        right_eye_outer=(middle - half * 1.4, eyes),
        right_eye_inner=(middle - half * 0.6, eyes),
        nose_base=(middle, eyes + side * 0.25),
    )
    return Face(FaceBox(round(left), round(top), side, side), landmarks, 1.0)


@dataclass(frozen=True)
class Look:
    """What one observation shows; ``values`` stand in place of the good ones."""

    faces: tuple[Face, ...] = (face(),)
    pose: Pose | None = STRAIGHT
    values: tuple[tuple[Measure, float | None], ...] = ()
    judged: bool = True

    def but(self, **changes: object) -> "Look":
        """The same with something else."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def at(self, time_s: float) -> Observation:
        """As the camera saw it at ``time_s``."""
        frame = Frame(_BLACK, time_s, "a camera")
        if not self.faces:
            return Observation(frame)
        report = self._report() if self.judged else None
        return Observation(frame, self.faces, self.pose, report)

    def _report(self) -> QualityReport:
        pose = self.pose or STRAIGHT
        angles: dict[Measure, float | None] = {
            Measure.YAW: abs(pose.yaw_deg),
            Measure.PITCH: abs(pose.pitch_deg),
            Measure.ROLL: abs(pose.roll_deg),
        }
        usual = {measure: value for measure, (value, _) in GOOD.items()}
        values = usual | angles | dict(self.values)
        return QualityReport(
            tuple(QualityReading(m, values[m], limits) for m, (_, limits) in GOOD.items())
        )


def showing(*values: tuple[Measure, float | None]) -> Look:
    """A good look but for these measures."""
    return Look(values=values)


WELL = Look()
EMPTY = Look(faces=())
