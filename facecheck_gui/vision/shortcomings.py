"""What is wrong with one look at a person, each thing with the instruction that mends it.

A thing becomes wrong beyond its limit and stays so until it is well within: the two limits differ,
so that a value which trembles at one of them does not come and go. The table is in ``guidance``.
"""

import math
from collections.abc import Callable, Iterator

from facecheck_gui.domain.face import Face, Landmarks, Point, Pose
from facecheck_gui.domain.guidance import Distances, Instruction
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import Limits, Measure, QualityReading, QualityReport, Standing

Wrong = dict[Instruction, QualityReading | None]
"""What is asked for, each with the reading behind it, None where no measure of quality is."""

_BOTH_ENDS: dict[Measure, tuple[Instruction, Instruction]] = {
    Measure.HEAD_SIZE: (Instruction.CLOSER, Instruction.BACK),
    Measure.LUMINANCE: (Instruction.MORE_LIGHT, Instruction.LESS_LIGHT),
}
_ONE_END: dict[Measure, Instruction] = {
    Measure.SINGLE_FACE: Instruction.ONE_PERSON,
    Measure.EYE_DISTANCE: Instruction.CLOSER,
    Measure.MARGIN_LEFT: Instruction.TO_MIDDLE,
    Measure.MARGIN_RIGHT: Instruction.TO_MIDDLE,
    Measure.MARGIN_ABOVE: Instruction.TO_MIDDLE,
    Measure.MARGIN_BELOW: Instruction.TO_MIDDLE,
    Measure.EYES_COVERED: Instruction.UNCOVER,
    Measure.MOUTH_COVERED: Instruction.UNCOVER,
    Measure.FACE_COVERED: Instruction.UNCOVER,
    Measure.UNDER_EXPOSED: Instruction.MORE_LIGHT,
    Measure.OVER_EXPOSED: Instruction.LESS_LIGHT,
    Measure.EVENNESS: Instruction.LIGHT_FROM_SIDE,
    Measure.ROLL: Instruction.STRAIGHTEN,
}
_OPPOSITE_MARGINS = (
    (Measure.MARGIN_LEFT, Measure.MARGIN_RIGHT),
    (Measure.MARGIN_ABOVE, Measure.MARGIN_BELOW),
)
_ANGLES = (Measure.YAW, Measure.PITCH, Measure.ROLL)

_USUAL_SLACK = 0.1
_SLACK = {
    # Angles tremble by a degree or two; the entropy of a face hardly leaves 6 to 7.5 bits.
    Measure.YAW: 0.15,
    Measure.PITCH: 0.15,
    Measure.ROLL: 0.15,
    Measure.DYNAMIC_RANGE: 0.05,
}
_MOST_SLACK_OF_SPAN = 0.25

# How high a box stands trembles by 1 or 2 in 100.
_DISTANCE_SLACK = 0.05
_MOST_ANGLE_DEG = 20.0
_MOST_OFF_MIDDLE = 0.25
_MOST_MOTION_IED_S = 1.0
_MOTION_SLACK = 0.3
_OLDEST_MOTION_S = 1.0
_MOST_SECOND_FACE = 0.25
_MIDDLE_GREY = 0.5


class Shortcomings:
    """Looks at one observation after another, and remembers what was wrong so far."""

    def __init__(self, distances: Distances, backlit: Callable[[Observation], bool]) -> None:
        self._distances = distances
        self._backlit = backlit
        self._beyond: set[object] = set()
        self._before: tuple[float, Landmarks] | None = None
        self._motion_ied_s: float | None = None

    def look(self, observation: Observation) -> Wrong:
        """Everything that is wrong now. Empty only for a picture that is good."""
        face = observation.face
        if face is None:
            self._beyond.clear()
            self._before = self._motion_ied_s = None
            return {Instruction.NOBODY: None}
        wrong: Wrong = {}
        for instruction in self._without_readings(observation, face):
            wrong.setdefault(instruction, None)
        if observation.report is not None:
            for instruction, reading in self._of_readings(observation, observation.report):
                wrong[instruction] = wrong.get(instruction) or reading
        pose = observation.pose
        if observation.report is None or pose is None or not all(map(math.isfinite, _angles(pose))):
            wrong.setdefault(Instruction.LOOK_HERE, None)
        return self._agreed(observation, wrong)

    def _without_readings(self, observation: Observation, face: Face) -> Iterator[Instruction]:
        height, width = observation.frame.pixels.shape[:2]
        share = face.box.height / height
        if self._is_beyond("far", -share, -self._distances.farthest, _DISTANCE_SLACK):
            yield Instruction.CLOSER
        if self._is_beyond("near", share, self._distances.closest, _DISTANCE_SLACK):
            yield Instruction.BACK
        off_x, off_y = face.box.centre[0] - width / 2, face.box.centre[1] - height / 2
        off = max(abs(off_x), abs(off_y)) / min(width, height)
        if self._is_beyond("off", off, _MOST_OFF_MIDDLE):
            yield Instruction.TO_MIDDLE
        second = observation.faces[1].box.area / face.box.area if observation.faces[1:] else 0.0
        judged = _is_measured(observation.report, Measure.SINGLE_FACE)
        if self._is_beyond("second", second, _MOST_SECOND_FACE) and not judged:
            yield Instruction.ONE_PERSON
        yield from self._turned(observation)
        self._follow(observation, face)
        motion = self._motion_ied_s
        if self._is_beyond("motion", motion, _MOST_MOTION_IED_S, _MOTION_SLACK):
            yield Instruction.HOLD_STILL

    def _turned(self, observation: Observation) -> Iterator[Instruction]:
        """Angles that no reading judges."""
        if observation.pose is None:
            return
        for measure, angle in zip(_ANGLES, _angles(observation.pose), strict=True):
            judged = _is_measured(observation.report, measure)
            beyond = self._is_beyond(
                ("pose", measure), abs(angle), _MOST_ANGLE_DEG, _SLACK[measure]
            )
            if beyond and not judged:
                yield _instruction(measure, observation, Standing.TOO_HIGH)

    def _of_readings(
        self, observation: Observation, report: QualityReport
    ) -> Iterator[tuple[Instruction, QualityReading]]:
        for reading in report.readings:
            low, high = self._ends(reading)
            if low:
                instruction = _instruction(reading.measure, observation, Standing.TOO_LOW)
                yield instruction, reading
            if high:
                instruction = _instruction(reading.measure, observation, Standing.TOO_HIGH)
                yield instruction, reading

    def _ends(self, reading: QualityReading) -> tuple[bool, bool]:
        """Whether it is too low, and whether it is too high."""
        value = None if reading.standing is Standing.NOT_MEASURED else reading.value
        low = high = False
        slack = _SLACK.get(reading.measure, _USUAL_SLACK)
        widest = _widest_slack(reading.limits)
        if reading.limits.least is not None:
            negated = None if value is None else -value
            key = (reading.measure, Standing.TOO_LOW)
            low = self._is_beyond(key, negated, -reading.limits.least, slack, widest)
        if reading.limits.most is not None:
            key = (reading.measure, Standing.TOO_HIGH)
            high = self._is_beyond(key, value, reading.limits.most, slack, widest)
        return low, high

    def _is_beyond(
        self,
        key: object,
        value: float | None,
        limit: float,
        slack: float = _USUAL_SLACK,
        widest: float = math.inf,
    ) -> bool:
        """Beyond ``limit``, or it was and has not come back by ``slack`` of the limit yet."""
        back = limit - min(abs(limit) * slack, widest) if key in self._beyond else limit
        if value is not None and value > back:
            self._beyond.add(key)
            return True
        self._beyond.discard(key)
        return False

    def _follow(self, observation: Observation, face: Face) -> None:
        """How fast the face moves, in IED a second; frames of one moment say nothing new."""
        at_s, before = observation.frame.captured_at_s, self._before
        if before is not None and at_s <= before[0]:
            return
        self._motion_ied_s = None
        if before is not None and at_s - before[0] <= _OLDEST_MOTION_S:
            way = math.dist(_middle(before[1]), _middle(face.landmarks))
            ied = max(_ied(face.landmarks), 1.0)
            self._motion_ied_s = way / ied / (at_s - before[0])
        self._before = (at_s, face.landmarks)

    def _agreed(self, observation: Observation, wrong: Wrong) -> Wrong:
        """Without what contradicts itself."""
        if Instruction.BACK in wrong and Instruction.CLOSER in wrong:
            # A camera with too few pixels wants a face closer than it has room for.
            del wrong[Instruction.CLOSER]
        for one, other in _OPPOSITE_MARGINS:
            if {(one, Standing.TOO_LOW), (other, Standing.TOO_LOW)} <= self._beyond:
                wrong[Instruction.BACK] = wrong.pop(Instruction.TO_MIDDLE, None)
                wrong.pop(Instruction.CLOSER, None)
        if Instruction.MORE_LIGHT in wrong and self._backlit(observation):
            wrong[Instruction.LIGHT_FROM_BEHIND] = wrong.pop(Instruction.MORE_LIGHT)
        return wrong


def _instruction(measure: Measure, observation: Observation, standing: Standing) -> Instruction:
    """What mends this measure. What cannot be mended by anything else, a steady look may."""
    if measure in _BOTH_ENDS:
        return _BOTH_ENDS[measure][standing is Standing.TOO_HIGH]
    pose = observation.pose
    if measure is Measure.YAW and pose is not None:
        return Instruction.TURN_RIGHT if pose.yaw_deg > 0 else Instruction.TURN_LEFT
    if measure is Measure.PITCH and pose is not None:
        return Instruction.CHIN_DOWN if pose.pitch_deg > 0 else Instruction.CHIN_UP
    if measure is Measure.DYNAMIC_RANGE and observation.report is not None:
        luminance = observation.report.value(Measure.LUMINANCE)
        bright = luminance is not None and luminance > _MIDDLE_GREY
        return Instruction.LESS_LIGHT if bright else Instruction.MORE_LIGHT
    return _ONE_END.get(measure, Instruction.LOOK_HERE)


def _is_measured(report: QualityReport | None, measure: Measure) -> bool:
    reading = report.reading(measure) if report is not None else None
    return reading is not None and reading.standing is not Standing.NOT_MEASURED


def _widest_slack(limits: Limits) -> float:
    if limits.least is None or limits.most is None:
        return math.inf
    return (limits.most - limits.least) * _MOST_SLACK_OF_SPAN


def _angles(pose: Pose) -> tuple[float, float, float]:
    return (pose.yaw_deg, pose.pitch_deg, pose.roll_deg)


def _points(landmarks: Landmarks) -> tuple[Point, ...]:
    return (
        landmarks.left_eye_outer,
        landmarks.left_eye_inner,
        landmarks.right_eye_outer,
        landmarks.right_eye_inner,
        landmarks.nose_base,
    )


def _middle(landmarks: Landmarks) -> Point:
    points = _points(landmarks)
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


def _ied(landmarks: Landmarks) -> float:
    left, right = (
        ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for a, b in (
            (landmarks.left_eye_outer, landmarks.left_eye_inner),
            (landmarks.right_eye_outer, landmarks.right_eye_inner),
        )
    )
    return math.dist(left, right)
