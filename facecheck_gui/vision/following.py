"""Faces from frame to frame: looked for where they were, and everywhere now and then."""

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Pixels
from facecheck_gui.vision.faces import FaceFinder

_SEARCH_EVERY_S = 0.8


class FaceFollower:
    """Gives the faces of one frame after another. For one thread.

    Around the places of the last frame a look takes a fifth of the time that the whole frame does.
    Whatever is given was proved to be a face in this very frame; one that is not where it was is
    looked for everywhere at once, and so is everybody else every 0.8 s.
    """

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._known: tuple[Face, ...] = ()
        self._searched_at_s: float | None = None

    def load(self) -> None:
        """Make the calling thread's parts ready. Raises EngineError for unusable weights."""
        self._finder.load()

    def faces(self, pixels: Pixels, at_s: float) -> tuple[Face, ...]:
        """Faces in RGB ``pixels`` that were taken at ``at_s``, most prominent first.

        Raises EngineError for unusable weights.
        """
        if self._known and self._searched_at_s is not None:
            recently = 0 <= at_s - self._searched_at_s < _SEARCH_EVERY_S
            found = self._finder.find_near(pixels, self._known) if recently else ()
            if len(found) == len(self._known):
                self._known = found
                return found
        self._known = self._finder.find_soon(pixels)
        self._searched_at_s = at_s
        return self._known
