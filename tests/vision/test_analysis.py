"""What one live frame shows."""

import numpy as np

from facecheck_gui import resources
from facecheck_gui.domain.face import Face, Pose
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.domain.quality import Limits, Measure, QualityReading, QualityReport
from facecheck_gui.imaging.files import read_file
from facecheck_gui.vision.analysis import LiveAnalyser
from facecheck_gui.vision.following import FaceFollower
from tests.vision.finders import finder


class Notes:
    """A judge that remembers what it was asked about."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[Face, ...], Pose | None]] = []

    def report(self, pixels: Pixels, faces: tuple[Face, ...], pose: Pose | None) -> QualityReport:
        self.asked.append((faces, pose))
        return QualityReport((QualityReading(Measure.YAW, 1.0, Limits()),))


def _analyser(judge: Notes) -> LiveAnalyser:
    analyser = LiveAnalyser(FaceFollower(finder()), judge)
    analyser.load()
    return analyser


def test_faces_pose_and_report_are_of_the_same_frame() -> None:
    judge = Notes()
    frame = Frame(read_file(resources.path("demo", "hopper.jpg")).pixels, 5.0, "desk")
    seen = _analyser(judge).observe(frame)
    assert seen.frame is frame
    assert seen.face is not None
    assert seen.pose is not None
    assert judge.asked == [(seen.faces, seen.pose)]
    assert seen.report is not None
    assert seen.took_ms > 0


def test_nobody_is_seen_as_nobody() -> None:
    judge = Notes()
    seen = _analyser(judge).observe(Frame(np.full((480, 640, 3), 90, np.uint8), 5.0, "desk"))
    assert (seen.faces, seen.face, seen.pose, seen.report) == ((), None, None, None)
    assert judge.asked == []
