"""What was seen in one frame of the camera."""

from dataclasses import dataclass, field

from facecheck_gui.domain.face import Face, Pose
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.quality import QualityReport


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """``faces`` has the most prominent first; ``pose`` and ``report`` are that one's.

    All is in pixels of ``frame``, which is never mirrored. ``took_ms`` is what looking cost.
    """

    frame: Frame = field(repr=False)
    faces: tuple[Face, ...] = ()
    pose: Pose | None = None
    report: QualityReport | None = None
    took_ms: float = 0.0

    @property
    def face(self) -> Face | None:
        """The face that would be checked."""
        return self.faces[0] if self.faces else None
