"""A still picture looked at closely: its faces, how the first is turned, and how good it is."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Side
from facecheck_gui.domain.errors import EngineError, Fault, WhichPicture
from facecheck_gui.domain.face import Face, FaceBox, Landmarks, Pose
from facecheck_gui.domain.image import Picture, Pixels
from facecheck_gui.domain.quality import QualityReading, QualityReport


class JudgesQuality(Protocol):
    """What measures a face; see ``vision.quality``."""

    def report(self, pixels: Pixels, faces: tuple[Face, ...], pose: Pose | None) -> QualityReport:
        """One reading for each measure of the first of ``faces``, in RGB ``pixels``."""
        ...


@dataclass(frozen=True, slots=True)
class Inspection:
    """``faces`` has the most prominent first; ``pose`` and ``report`` are that one's."""

    faces: tuple[Face, ...] = ()
    pose: Pose | None = None
    report: QualityReport | None = None


class Inspector:
    """Looks at pictures one at a time, on whatever thread asks. Slow: 10 to 200 ms a picture."""

    def __init__(
        self,
        find_faces: Callable[[Picture, CancelToken], tuple[Face, ...]],
        pose_of: Callable[[Landmarks], Pose],
        judge: JudgesQuality,
    ) -> None:
        self._find_faces = find_faces
        self._pose_of = pose_of
        self._judge = judge

    def inspect(
        self, picture: Picture, cancel: CancelToken, *, about: FaceBox | None = None
    ) -> Inspection:
        """Faces, pose and quality, of the face that lies nearest to ``about`` where that is given.

        Raises EngineError for unusable weights, and Cancelled.
        """
        faces = self._find_faces(picture, cancel)
        return self.judged(picture, faces if about is None else nearest_first(faces, about))

    def judged(self, picture: Picture, faces: tuple[Face, ...]) -> Inspection:
        """The same for faces that are known already."""
        if not faces:
            return Inspection()
        pose = self._pose_of(faces[0].landmarks)
        return Inspection(faces, pose, self._judge.report(picture.pixels, faces, pose))


class ProbeGate:
    """Keeps a poor probe from a comparer whose every call has its price."""

    def __init__(
        self,
        inspector: Inspector,
        refusals: Callable[[QualityReport], tuple[QualityReading, ...]],
    ) -> None:
        self._inspector = inspector
        self._refusals = refusals

    def __call__(self, probe: Side, cancel: CancelToken) -> tuple[QualityReading, ...]:
        """What speaks against ``probe``; nothing where it is no picture that can be seen here.

        Raises EngineError(NO_FACE), EngineError for unusable weights, and Cancelled.
        """
        if not isinstance(probe.source, Picture):
            return ()
        seen = self._inspector.inspect(probe.source, cancel)
        if seen.report is None:
            raise EngineError(Fault.NO_FACE, picture=WhichPicture.PROBE)
        return self._refusals(seen.report)


def nearest_first(faces: tuple[Face, ...], box: FaceBox) -> tuple[Face, ...]:
    """``faces`` with the one that lies nearest to ``box`` put first, the others as they were."""
    if not faces:
        return ()
    first = min(faces, key=lambda face: math.dist(face.box.centre, box.centre))
    return (first, *(face for face in faces if face is not first))
