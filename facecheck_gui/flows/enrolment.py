"""A photo on its way to the roster: its face, how good it is, and who else looks like it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from facecheck_gui.comparers.face_index import FaceIndex, Lookalike
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import ComparisonScore
from facecheck_gui.domain.errors import EngineError, Fault, WhichPicture
from facecheck_gui.domain.face import Face, FaceType
from facecheck_gui.domain.image import Picture, Pixels
from facecheck_gui.domain.quality import QualityReading, QualityReport
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.flows.portrait import FindFaces, find_portrait
from facecheck_gui.imaging.crop import around

EMBEDDED_BY = "dlib-resnet-1"
"""Which network, and which way of aligning, made an embedding; others cannot be compared."""

_KEPT_MARGIN = 0.75
"""Of the face's box, on each side: what a reference photo must show, and little more."""

Embed = Callable[[Pixels, Face], bytes]
"""128 float32, little-endian, of a face in RGB pixels."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A photo that may go on the roster. Nothing here blocks: staff decide.

    ``picture`` is head and shoulders, cut out of the photo: nobody else who was on it is kept.
    """

    picture: Picture
    embedding: bytes = field(repr=False)
    report: QualityReport
    poor: tuple[QualityReading, ...]
    lookalikes: tuple[Lookalike, ...]
    on_card: bool = False
    faces: int = 1
    face_type: FaceType = FaceType.LIVE
    """What kind of photo a person says it is."""


def nearest(embedding: bytes, others: Iterable[bytes]) -> ComparisonScore | None:
    """How alike a photo is to the nearest of others of the same person; None without others."""
    index = FaceIndex()
    index.add_all(("", other) for other in others)
    found = index.like(embedding, at_least=0.0)
    return found[0].score if found else None


class Enrolment:
    """Examines one photo at a time, on the one thread that asks. Slow: up to 0.4 s each."""

    def __init__(
        self,
        find_faces: FindFaces,
        inspector: Inspector,
        embed: Embed,
        known: FaceIndex,
        refusals: Callable[[QualityReport], tuple[QualityReading, ...]],
    ) -> None:
        self._find_faces = find_faces
        self._inspector = inspector
        self._embed = embed
        self._known = known
        self._refusals = refusals

    def examine(self, picture: Picture, cancel: CancelToken, *, person_id: str = "") -> Examined:
        """What there is to know about a photo of ``person_id``, who is not their own lookalike.

        Raises EngineError(NO_FACE) about the reference, EngineError for unusable weights, and
        Cancelled.
        """
        cancel.raise_if_cancelled()
        found = find_portrait(picture, self._find_faces)
        seen = self._inspector.judged(found.picture, found.faces)
        if seen.report is None:
            raise EngineError(Fault.NO_FACE, picture=WhichPicture.REFERENCE)
        cancel.raise_if_cancelled()
        face = seen.faces[0]
        embedding = self._embed(found.picture.pixels, face)
        alike = self._known.like(embedding)
        return Examined(
            around(found.picture, face.box, _KEPT_MARGIN),
            embedding,
            seen.report,
            self._refusals(seen.report),
            tuple(one for one in alike if one.person_id != person_id),
            found.on_card,
            len(seen.faces),
        )

    def remember(self, person_id: str, embeddings: tuple[bytes, ...]) -> None:
        """These are the person's references from now on."""
        self._known.remove(person_id)
        for embedding in embeddings:
            self._known.add(person_id, embedding)
