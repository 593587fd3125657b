"""Where and how large a face stands in its picture."""

import math

from facecheck_gui.domain.face import Face, Pose
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.quality import Measure
from facecheck_gui.vision.quality.face_patch import CHIN_BELOW, eyes_of

_MOST_YAW = math.radians(60.0)


def geometry(
    pixels: Pixels, faces: tuple[Face, ...], pose: Pose | None
) -> dict[Measure, float | None]:
    """Number, size, turn and margins of the first of ``faces``; units as in ``Measure``.

    The eye distance is corrected for the turn, and so is what follows from it; without a pose it is
    taken as seen, and the angles are not measured.
    """
    height, width = pixels.shape[:2]
    left, right = eyes_of(faces[0].landmarks)
    seen = math.dist(left, right)
    turned = pose is not None and math.isfinite(pose.yaw_deg)
    yaw = math.radians(abs(pose.yaw_deg)) if pose is not None and turned else 0.0
    eye_distance = seen / math.cos(min(yaw, _MOST_YAW))
    if not math.isfinite(eye_distance) or eye_distance < 1:
        return {Measure.SINGLE_FACE: _second(faces)}
    middle_y = (left[1] + right[1]) / 2
    chin = eye_distance * CHIN_BELOW
    found: dict[Measure, float | None] = {
        Measure.SINGLE_FACE: _second(faces),
        Measure.EYE_DISTANCE: eye_distance,
        Measure.HEAD_SIZE: chin / height,
        # The person's right eye stands nearer to the picture's left edge.
        Measure.MARGIN_LEFT: min(left[0], right[0]) / eye_distance,
        Measure.MARGIN_RIGHT: (width - max(left[0], right[0])) / eye_distance,
        Measure.MARGIN_ABOVE: middle_y / chin,
        Measure.MARGIN_BELOW: (height - middle_y) / chin,
    }
    if pose is not None and turned:
        found[Measure.YAW] = abs(pose.yaw_deg)
        found[Measure.PITCH] = abs(pose.pitch_deg)
        found[Measure.ROLL] = abs(pose.roll_deg)
    return found


def _second(faces: tuple[Face, ...]) -> float:
    """Area of the largest other face over that of the first."""
    first = max(faces[0].box.area, 1)
    return max((face.box.area / first for face in faces[1:]), default=0.0)
