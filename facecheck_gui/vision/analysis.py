"""What one live frame shows: faces, the pose of the first, and how good its picture is."""

import time
from collections.abc import Callable
from typing import Protocol

from facecheck_gui.domain.face import Face, Pose
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.vision.following import FaceFollower
from facecheck_gui.vision.pose import pose_of


class JudgesQuality(Protocol):
    """What measures a face; see ``vision.quality``."""

    def report(self, pixels: Pixels, faces: tuple[Face, ...], pose: Pose | None) -> QualityReport:
        """One reading for each measure of the first of ``faces``, in RGB ``pixels``."""
        ...


class LiveAnalyser:
    """Observes frames, one after the other. For one thread, whose parts it holds."""

    def __init__(
        self,
        follower: FaceFollower,
        judge: JudgesQuality,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._follower = follower
        self._judge = judge
        self._clock = clock

    def load(self) -> None:
        """Make everything ready, which else the first frame does. Raises EngineError."""
        self._follower.load()

    def observe(self, frame: Frame) -> Observation:
        """What ``frame`` shows. Raises EngineError for unusable weights."""
        began_s = self._clock()
        faces = self._follower.faces(frame.pixels, frame.captured_at_s)
        pose = pose_of(faces[0].landmarks) if faces else None
        report = self._judge.report(frame.pixels, faces, pose) if faces else None
        took_ms = (self._clock() - began_s) * 1000
        return Observation(frame, faces, pose, report, took_ms)
