"""What is looked for all the time, whether or not something is asked of the person."""

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.liveness import LivenessSign
from facecheck_gui.vision.liveness.repeats import Repeats
from facecheck_gui.vision.liveness.screen import ScreenWatch
from facecheck_gui.vision.liveness.surroundings import Surroundings
from facecheck_gui.vision.liveness.virtual_cameras import is_virtual


class Watch:
    """Signs that need no challenge. A sign that was seen once stays."""

    def __init__(self, camera_name: str) -> None:
        self._virtual = is_virtual(camera_name)
        self._repeats = Repeats()
        self._screen = ScreenWatch()
        self._surroundings: Surroundings | None = None
        self._frames = 0

    @property
    def frames(self) -> int:
        """Frames with a face that were taken in."""
        return self._frames

    def see(self, grey: Pixels, face: Face) -> None:
        """Take in one frame (height x width), all of one size."""
        self._frames += 1
        self._repeats.see(grey)
        self._screen.see(grey, face.box)
        if self._surroundings is None:
            self._surroundings = Surroundings(grey, face.box)
        else:
            self._surroundings.see(grey)

    @property
    def attacks(self) -> tuple[LivenessSign, ...]:
        """Signs of deception so far."""
        together = self._surroundings is not None and self._surroundings.as_one
        found = {
            LivenessSign.MOVES_WITH_SURROUNDINGS: together,
            LivenessSign.FRAMES_REPEAT: self._repeats.seen,
            LivenessSign.SCREEN_PATTERN: self._screen.seen,
            LivenessSign.VIRTUAL_CAMERA: self._virtual,
        }
        return tuple(sign for sign, seen in found.items() if seen)

    @property
    def alive(self) -> bool:
        """Whether the face was followed, and moved as much as breathing moves it."""
        around = self._surroundings
        return around is not None and around.told and not around.still
