"""Face finders with the real parts."""

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Pixels
from facecheck_gui.vision.alignment import Aligner
from facecheck_gui.vision.detection import FaceDetector
from facecheck_gui.vision.engine_files import FIVE_LANDMARKS, EngineFiles
from facecheck_gui.vision.faces import FaceFinder
from facecheck_gui.vision.made_once import MadeOnce


def finder() -> FaceFinder:
    """As the program has it, keeping nothing."""
    files = EngineFiles()
    detector, aligner = FaceDetector(MadeOnce(None)), Aligner(lambda: files.read(FIVE_LANDMARKS))
    return FaceFinder(detector, aligner)


class CountingFinder(FaceFinder):
    """Counts how often a whole frame is searched."""

    def __init__(self, whole: FaceFinder) -> None:
        super().__init__(whole._detector, whole._aligner)
        self.searches = 0

    def find_soon(self, pixels: Pixels) -> tuple[Face, ...]:
        self.searches += 1
        return super().find_soon(pixels)
