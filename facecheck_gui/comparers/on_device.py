"""The engine inside the program: two faces, two embeddings, one distance. Nothing leaves here."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from facecheck_gui.comparers.score_scale import ScoreScale
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Comparison, ComparisonRequest, EngineName, Side
from facecheck_gui.domain.errors import EngineError, Fault, WhichPicture
from facecheck_gui.domain.face import Face, FaceBox
from facecheck_gui.domain.image import FaceToken, ImageAddress, Picture, Pixels
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.quality import FindingCode, QualityFinding
from facecheck_gui.vision.alignment import CHIP_PX, Aligner, chip
from facecheck_gui.vision.detection import FaceDetector
from facecheck_gui.vision.dlib_weights import parse
from facecheck_gui.vision.embedding import Embedder, Embedding
from facecheck_gui.vision.engine_files import FIVE_LANDMARKS, RECOGNITION, EngineFiles
from facecheck_gui.vision.faces import FaceFinder, overlap
from facecheck_gui.vision.kept import KeptByPicture
from facecheck_gui.vision.made_once import MadeOnce
from facecheck_gui.vision.recognition_graph import build

MIN_FACE_PX = 48
"""Height of a face's box below which nothing is compared: too few pixels to tell people apart."""

SMALL_FACE_PX = 80
"""Height below which the answer says that the face is small."""

_SECOND_FACE_SHARE = 0.25
# dlib's published working point; frames of one moment lie far below it.
_SAME_PERSON = 0.6
_LEAST_OVERLAP = 0.3
# One person's references and the frames of a check, with room to spare.
_KEPT_PICTURES = 16


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """The face of one side that is compared."""

    which: WhichPicture
    picture: Picture
    face: Face
    findings: tuple[QualityFinding, ...]
    index: int = 0
    """Which of the side's pictures: 0 for its own, then those beside it."""


class OnDeviceComparer:
    """Compares on this machine. Thread-safe; parts that may not be shared exist once per thread.

    What was found in a picture is kept as long as the picture is: a reference is looked at and
    embedded once.
    """

    engine = EngineName.DEVICE

    def __init__(
        self,
        finder: FaceFinder,
        embedder: Embedder,
        *,
        scale: ScoreScale | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._finder = finder
        self._embedder = embedder
        self._scale = scale or ScoreScale()
        self._clock = clock
        self._faces: KeptByPicture[tuple[Face, ...]] = KeptByPicture(_KEPT_PICTURES)
        self._embeddings: KeptByPicture[Embedding] = KeptByPicture(_KEPT_PICTURES)

    @property
    def finder(self) -> FaceFinder:
        """What finds faces; its parts exist once per thread."""
        return self._finder

    def warm_up(self) -> None:
        """Load everything for the calling thread, which else its first comparison does.

        Raises EngineError when the installed weights are missing or altered.
        """
        with _parts_installed():
            self._finder.load()
            self._embedder.embed([np.zeros((CHIP_PX, CHIP_PX, 3), np.uint8)])

    def faces(self, picture: Picture, cancel: CancelToken | None = None) -> tuple[Face, ...]:
        """The faces that are surely there, most prominent first, in pixels of ``picture``.

        Raises EngineError when the installed weights are missing or altered, and Cancelled.
        """
        known = self._faces.get(picture.pixels)
        if known is None:
            with _parts_installed():
                known = self._finder.find(picture.pixels, cancel)
            self._faces.put(picture.pixels, known)
        return known

    def embedding(self, pixels: Pixels, face: Face) -> Embedding:
        """The 128 numbers of ``face`` in RGB ``pixels``, not kept. Raises EngineError."""
        with _parts_installed():
            made: Embedding = self._embedder.embed([chip(pixels, face.landmarks)])[0]
        return made

    def compare(self, request: ComparisonRequest, cancel: CancelToken) -> Comparison:
        """How alike the two faces are, on a scale that is not calibrated yet.

        Raises EngineError naming the picture: ADDRESS_NEEDS_CLOUD, TOKEN_NEEDS_CLOUD,
        LIVENESS_UNAVAILABLE, NO_FACE, SEVERAL_FACES (probe only), FACE_TOO_SMALL; of neither
        picture: ENGINE_FILES_MISSING, ENGINE_FILES_ALTERED, INTERNAL. Raises Cancelled.
        """
        asked = request.probe.liveness is not LivenessLevel.NONE
        if asked and not request.liveness_proved:
            raise EngineError(Fault.LIVENESS_UNAVAILABLE, picture=WhichPicture.PROBE)
        stages = _Stages(self._clock)
        probe_picture = _picture_of(request.probe, WhichPicture.PROBE)
        reference_picture = _picture_of(request.reference, WhichPicture.REFERENCE)
        cancel.raise_if_cancelled()
        probe = self._probe(request.probe, probe_picture, cancel)
        stages.ended("probe")
        cancel.raise_if_cancelled()
        reference = self._reference(request.reference, reference_picture, cancel)
        stages.ended("reference")
        cancel.raise_if_cancelled()
        references = [reference, *self._also(request.reference, WhichPicture.REFERENCE, cancel)]
        frames = [probe, *self._also(request.probe, WhichPicture.PROBE, cancel)]
        distances = self._distances(frames, references)
        distance = min(distances)
        nearest = references[distances.index(distance)]
        stages.ended("embeddings")
        cancel.raise_if_cancelled()
        return Comparison(
            score=self._scale.score(distance),
            # This engine compares; whether somebody lives was found out before, or not at all.
            liveness=LivenessResult.PASSED if asked else LivenessResult.NOT_CHECKED,
            findings=(*probe.findings, *reference.findings, *_always(request)),
            probe_face=probe.face,
            reference_face=nearest.face,
            reference_index=nearest.index,
            raw_reply=_raw(distance, probe.face, nearest, stages),
        )

    def close(self) -> None:
        """Forget all faces and embeddings. May be called twice."""
        self._faces.clear()
        self._embeddings.clear()

    def _probe(self, side: Side, picture: Picture, cancel: CancelToken) -> _Subject:
        faces = self.faces(picture, cancel)
        face = _chosen(faces, side.chosen_face, WhichPicture.PROBE)
        others = [other.box.area for other in faces if other is not face]
        if side.chosen_face is None and others:
            share = max(others) / face.box.area
            if share > _SECOND_FACE_SHARE:
                detail = f"{len(faces)} faces, the next one has {share:.2f} of the first one's area"
                raise EngineError(Fault.SEVERAL_FACES, picture=WhichPicture.PROBE, detail=detail)
        return _Subject(WhichPicture.PROBE, picture, face, _size(face, WhichPicture.PROBE))

    def _reference(self, side: Side, picture: Picture, cancel: CancelToken) -> _Subject:
        which = WhichPicture.REFERENCE
        faces = self.faces(picture, cancel)
        face = _chosen(faces, side.chosen_face, which)
        findings = _size(face, which)
        if side.chosen_face is None and len(faces) > 1:
            several = QualityFinding(FindingCode.SEVERAL_FACES, which, value=len(faces), limit=1)
            findings = (several, *findings)
        return _Subject(which, picture, face, findings)

    def _also(self, side: Side, which: WhichPicture, cancel: CancelToken) -> list[_Subject]:
        """The face in a side's further pictures; one that shows none adds nothing."""
        subjects = []
        for index, picture in enumerate(side.also, start=1):
            cancel.raise_if_cancelled()
            faces = self.faces(picture, cancel)
            if faces and faces[0].box.height >= MIN_FACE_PX:
                subjects.append(_Subject(which, picture, faces[0], (), index))
        return subjects

    def _distances(self, frames: list[_Subject], references: list[_Subject]) -> list[float]:
        """From each reference to the mean of all that was seen of the probe.

        On 800 pairs of frames (noisy, blurred, dark) with another photograph of the same person
        the mean of three moved the share beyond 0.5 from 23 to 7 in 100; of 1,440 pairs of
        different people none came below 0.6 either way.
        """
        embedded = [e.astype(np.float64) for e in self._embedded([*references, *frames])]
        others, seen = embedded[: len(references)], embedded[len(references) :]
        if any(float(np.linalg.norm(one - seen[0])) > _SAME_PERSON for one in seen):
            detail = "the frames do not show the same person"
            raise EngineError(Fault.SEVERAL_FACES, picture=WhichPicture.PROBE, detail=detail)
        mean = np.mean(seen, axis=0)
        distances = [float(np.linalg.norm(mean - other)) for other in others]
        if not np.isfinite(distances).all():
            raise EngineError(Fault.INTERNAL, detail="the embedding is not a number")
        return distances

    def _embedded(self, subjects: list[_Subject]) -> list[Embedding]:
        """One embedding each; those that are not known yet are made in one go."""
        known = [self._embeddings.get(s.picture.pixels, s.face) for s in subjects]
        new = [s for s, embedding in zip(subjects, known, strict=True) if embedding is None]
        if not new:
            return [embedding for embedding in known if embedding is not None]
        with _parts_installed():
            made = self._embedder.embed([chip(s.picture.pixels, s.face.landmarks) for s in new])
        for subject, embedding in zip(new, made, strict=True):
            self._embeddings.put(subject.picture.pixels, embedding, subject.face)
        fresh = iter(made)
        return [next(fresh) if embedding is None else embedding for embedding in known]


def on_this_device(cache_folder: Path | None) -> OnDeviceComparer:
    """The engine with the installed weights; loads nothing yet.

    ``cache_folder`` is made when it is missing; what is slow to make is kept there between runs.
    """
    files, kept = EngineFiles(), MadeOnce(cache_folder)

    def graph() -> bytes:
        files.vouch(RECOGNITION)
        return kept.get(
            "recognition-graph", RECOGNITION.sha256, lambda: build(parse(files.read(RECOGNITION)))
        )

    finder = FaceFinder(FaceDetector(kept), Aligner(lambda: files.read(FIVE_LANDMARKS)))
    return OnDeviceComparer(finder, Embedder(graph))


class _Stages:
    """How long each stage took."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began_s = clock()
        self.took_ms: dict[str, float] = {}

    def ended(self, name: str) -> None:
        now_s = self._clock()
        self.took_ms[name] = round((now_s - self._began_s) * 1000, 1)
        self._began_s = now_s


@contextmanager
def _parts_installed() -> Iterator[None]:
    """A library that cannot be imported is an installation to be mended, not a bug."""
    try:
        yield
    except ImportError as error:
        detail = f"cannot import {error.name}"
        raise EngineError(Fault.ENGINE_FILES_MISSING, detail=detail) from None


def _picture_of(side: Side, which: WhichPicture) -> Picture:
    if isinstance(side.source, ImageAddress):
        raise EngineError(Fault.ADDRESS_NEEDS_CLOUD, picture=which)
    if isinstance(side.source, FaceToken):
        raise EngineError(Fault.TOKEN_NEEDS_CLOUD, picture=which)
    return side.source


def _chosen(faces: tuple[Face, ...], box: FaceBox | None, which: WhichPicture) -> Face:
    """The face at ``box``, else the most prominent one; it must be large enough."""
    if box is not None:
        faces = tuple(face for face in faces if overlap(face.box, box) >= _LEAST_OVERLAP)
        faces = tuple(sorted(faces, key=lambda face: overlap(face.box, box), reverse=True))
    if not faces:
        raise EngineError(Fault.NO_FACE, picture=which)
    if faces[0].box.height < MIN_FACE_PX:
        detail = f"{faces[0].box.height} px, at least {MIN_FACE_PX}"
        raise EngineError(Fault.FACE_TOO_SMALL, picture=which, detail=detail)
    return faces[0]


def _size(face: Face, which: WhichPicture) -> tuple[QualityFinding, ...]:
    if face.box.height >= SMALL_FACE_PX:
        return ()
    return (
        QualityFinding(FindingCode.SMALL_FACE, which, value=face.box.height, limit=SMALL_FACE_PX),
    )


def _always(request: ComparisonRequest) -> tuple[QualityFinding, ...]:
    """What is true of every answer of this engine."""
    findings = [QualityFinding(FindingCode.SCALE_NOT_CALIBRATED)]
    if request.probe.liveness is LivenessLevel.NONE:
        findings.append(QualityFinding(FindingCode.LIVENESS_NOT_CHECKED))
    if request.reference.liveness is not LivenessLevel.NONE:
        asked = FindingCode.LIVENESS_ASKED_OF_REFERENCE
        findings.append(QualityFinding(asked, WhichPicture.REFERENCE))
    return tuple(findings)


def _raw(distance: float, probe: Face, reference: _Subject, stages: _Stages) -> str:
    return json.dumps(
        {
            "distance": round(distance, 6),
            "probe": _told(probe),
            "reference": {"number": reference.index + 1, **_told(reference.face)},
            "milliseconds": stages.took_ms,
        }
    )


def _told(face: Face) -> dict[str, object]:
    box = face.box
    return {
        "box": [box.left, box.top, box.width, box.height],
        "detection_score": round(face.detection_score, 2),
    }
