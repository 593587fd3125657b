"""All measures of one face, with the limits they are held to."""

from collections.abc import Mapping

from facecheck_gui.domain.face import Face, Pose
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.quality import Limits, Measure, QualityReading, QualityReport
from facecheck_gui.vision.quality.covering import covered
from facecheck_gui.vision.quality.face_patch import face_patch
from facecheck_gui.vision.quality.geometry import geometry
from facecheck_gui.vision.quality.light import light
from facecheck_gui.vision.quality.sharpness import sharpness


class QualityJudge:
    """Measures faces against ``limits``; thread-safe, since it keeps nothing.

    Not measured: whether eyes are open and the mouth is closed (that takes denser landmarks), and
    what covers the rest of the face (that takes a model).
    """

    def __init__(self, limits: Mapping[Measure, Limits]) -> None:
        self._limits = limits

    def report(self, pixels: Pixels, faces: tuple[Face, ...], pose: Pose | None) -> QualityReport:
        """One reading for each measure of the first of ``faces`` in RGB ``pixels``.

        ``faces`` has at least one. About 3 ms, whatever the size of the picture.
        """
        values = geometry(pixels, faces, pose)
        patch = face_patch(pixels, faces[0].landmarks)
        if patch is not None:
            values |= light(patch)
            values[Measure.SHARPNESS] = sharpness(patch)
            values |= covered(patch)
        return QualityReport(
            tuple(
                QualityReading(measure, values.get(measure), self._limits.get(measure, Limits()))
                for measure in Measure
            )
        )
