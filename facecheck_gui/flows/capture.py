"""The picture takes itself: once it has been good for a while, the best frames of that while.

Good without a break for ``hold_s``, whose last frames are the burst, so that nobody waits for it;
whatever breaks it (an observation that is not ready, a face that jumps, a gap between observations)
starts it anew and drops the burst. One capture for one person: the next needs ``rearm()``, or that
the person left.
"""

import math
from dataclasses import dataclass, field

from facecheck_gui.domain.face import FaceBox, Pose
from facecheck_gui.domain.guidance import Guidance, Instruction
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import Measure, QualityReport

_BAND_DEG = 10.0
_SHARPNESS_STEP = 0.05
_TURN_STEP_DEG = 2.0
_LIGHT_STEP = 0.1
_MIDDLE_GREY = 0.5

_MOST_JUMP = 0.5
_MOST_GROWTH = 1.4
_MOST_GAP_S = 0.5
_CLOCK_GRAIN_S = 1e-6
_ALMOST = 0.99

QualityOrder = tuple[bool, int, int, int, float]
"""The larger, the better; see ``quality_order``."""


def quality_order(report: QualityReport | None, pose: Pose | None) -> QualityOrder:
    """What makes one frame of a burst better than another, the weightiest first.

    1. whether each angle is within 10 degrees; 2. SHARPNESS, in steps of 0.05; 3. straightness:
    the angles together, in steps of 2 degrees; 4. light: EVENNESS less how far LUMINANCE is from
    the middle, in steps of 0.1; 5. SHARPNESS to the last digit. What was not measured is worst.
    """
    sharpness = _value(report, Measure.SHARPNESS)
    light = _value(report, Measure.EVENNESS) - abs(_value(report, Measure.LUMINANCE) - _MIDDLE_GREY)
    angles = (180.0,) * 3 if pose is None else (pose.yaw_deg, pose.pitch_deg, pose.roll_deg)
    return (
        all(abs(angle) <= _BAND_DEG for angle in angles),
        math.floor(sharpness / _SHARPNESS_STEP),
        -math.floor(math.hypot(*angles) / _TURN_STEP_DEG),
        math.floor(light / _LIGHT_STEP),
        sharpness,
    )


def _value(report: QualityReport | None, measure: Measure) -> float:
    value = report.value(measure) if report is not None else None
    return value if value is not None and math.isfinite(value) else -1.0


def by_quality(observations: list[Observation]) -> list[Observation]:
    """The best first; of equals the earlier."""
    return sorted(observations, key=lambda o: quality_order(o.report, o.pose), reverse=True)


@dataclass(frozen=True, slots=True, eq=False)
class Capture:
    """The best frames of one burst with what was seen in them, the best first; at least one."""

    observations: tuple[Observation, ...]
    taken_at_s: float

    @property
    def best(self) -> Observation:
        """The probe."""
        return self.observations[0]

    @property
    def frames(self) -> tuple[Frame, ...]:
        """The frames alone."""
        return tuple(observation.frame for observation in self.observations)


@dataclass(slots=True)
class _Hold:
    """How long it has been good, where the face was last, and the frames since."""

    since_s: float
    box: FaceBox
    seen_at_s: float
    burst: list[Observation] = field(default_factory=list)

    def goes_on_with(self, box: FaceBox, now_s: float) -> bool:
        """Whether this can be the same face, watched without a break."""
        way = math.dist(box.centre, self.box.centre)
        growth = box.height / max(self.box.height, 1)
        return (
            way <= _MOST_JUMP * self.box.height
            and 1 / _MOST_GROWTH <= growth <= _MOST_GROWTH
            and now_s - self.seen_at_s <= _MOST_GAP_S
        )

    def take(self, observation: Observation, most: int) -> None:
        """Into the burst of the last ``most``; no frame from before the hold, and none twice."""
        last_s = self.burst[-1].frame.captured_at_s if self.burst else self.since_s
        if observation.frame.captured_at_s > last_s:
            self.burst = [*self.burst, observation][-most:]


class AutoCapture:
    """Fed with every observation and its guidance. One thread's object.

    Of the last ``burst_frames`` frames of the hold the ``best_frames`` are kept.
    """

    def __init__(
        self,
        *,
        hold_s: float = 0.5,
        burst_frames: int = 5,
        best_frames: int = 3,
    ) -> None:
        self._hold_s = hold_s
        self._burst_frames = burst_frames
        self._best_frames = best_frames
        self._hold: _Hold | None = None
        self._captured: Capture | None = None
        self._progress = 0.0

    @property
    def captured(self) -> Capture | None:
        """The last capture, until it is re-armed or the person left."""
        return self._captured

    @property
    def progress(self) -> float:
        """0 to 1 over the hold; 1 exactly while there is a capture."""
        return self._progress

    def rearm(self) -> None:
        """Take another picture, of whoever is there."""
        self._captured = None
        self._start_anew()

    def see(self, observation: Observation, guidance: Guidance, now_s: float) -> Capture | None:
        """The capture, with the one observation that completes it, and None with every other.

        ``now_s`` is on the frames' clock.
        """
        if self._captured is not None:
            if guidance.instruction is Instruction.NOBODY:
                self.rearm()
            return None
        face, report = observation.face, observation.report
        if not guidance.ready or face is None or (report is not None and report.poor):
            self._start_anew()
            return None
        if self._hold is None or not self._hold.goes_on_with(face.box, now_s):
            self._hold = _Hold(now_s, face.box, now_s)
        self._hold.box, self._hold.seen_at_s = face.box, now_s
        self._gather(self._hold, observation, now_s)
        return self._captured

    def _start_anew(self) -> None:
        self._hold = None
        self._progress = 0.0

    def _gather(self, hold: _Hold, observation: Observation, now_s: float) -> None:
        good_s = now_s - hold.since_s
        self._progress = min(good_s / self._hold_s, _ALMOST)
        hold.take(observation, self._burst_frames)
        if good_s + _CLOCK_GRAIN_S >= self._hold_s and hold.burst:
            best = by_quality(hold.burst)[: self._best_frames]
            self._captured = Capture(tuple(best), now_s)
            self._hold = None
            self._progress = 1.0
