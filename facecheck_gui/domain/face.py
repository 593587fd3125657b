"""Faces as they stand in a picture."""

from dataclasses import dataclass
from enum import Enum

Point = tuple[float, float]


class FaceType(Enum):
    """What kind of photo a side shows; the values are also what the command line takes."""

    LIVE = "live"
    IDCARD = "idcard"
    WATERMARK = "watermark"
    CERT = "cert"


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A rectangle in pixels of the picture it belongs to; may reach beyond the picture's edge."""

    left: int
    top: int
    width: int
    height: int

    @property
    def area(self) -> int:
        """Pixels covered, 0 or more."""
        return self.width * self.height

    @property
    def centre(self) -> Point:
        """Middle of the box, pixels."""
        return (self.left + self.width / 2, self.top + self.height / 2)

    def scaled(self, factor: float) -> "FaceBox":
        """The same box in a picture that is ``factor`` times as large."""
        return FaceBox(
            round(self.left * factor),
            round(self.top * factor),
            round(self.width * factor),
            round(self.height * factor),
        )


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Five points in pixels: the corners of both eyes and the base of the nose.

    "Right" and "left" are the person's own, so the right eye stands on the left of the picture.
    """

    left_eye_outer: Point
    left_eye_inner: Point
    right_eye_outer: Point
    right_eye_inner: Point
    nose_base: Point


@dataclass(frozen=True, slots=True)
class Face:
    """One detected face. ``detection_score`` is the detector's own; larger means surer."""

    box: FaceBox
    landmarks: Landmarks
    detection_score: float


@dataclass(frozen=True, slots=True)
class Pose:
    """How a head is turned, in degrees; 0, 0, 0 looks straight into the camera.

    ``yaw_deg`` grows as the person turns to the own left (towards the right edge of the picture,
    which is never mirrored), ``pitch_deg`` as the chin goes up, ``roll_deg`` as the head leans
    towards the own left shoulder (clockwise in the picture).
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
