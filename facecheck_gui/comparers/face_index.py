"""Who on the roster looks like this face: one look through all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.comparers.score_scale import ScoreScale
from facecheck_gui.domain.comparison import ComparisonScore

_NUMBERS = 128
_ROOM = 1024


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody whose reference is as alike as ``score`` says."""

    person_id: str
    score: ComparisonScore


class FaceIndex:
    """Embeddings of all references in one block of memory, 51 MB for 100,000. One thread's object.

    Brute force: at this size a look takes some 10 ms and misses nobody, as an index of nearest
    neighbours may.
    """

    def __init__(self, scale: ScoreScale | None = None) -> None:
        self._scale = scale or ScoreScale()
        self._ids: list[str] = []
        self._block: NDArray[np.float32] = np.empty((_ROOM, _NUMBERS), np.float32)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, person_id: str, embedding: bytes) -> None:
        """One reference: 128 float32, little-endian. Raises ValueError for anything else."""
        numbers = _numbers(embedding)
        if len(self._ids) == len(self._block):
            self._block = np.concatenate([self._block, np.empty_like(self._block)])
        self._block[len(self._ids)] = numbers
        self._ids.append(person_id)

    def add_all(self, embeddings: Iterable[tuple[str, bytes]]) -> None:
        """Many at once."""
        for person_id, embedding in embeddings:
            self.add(person_id, embedding)

    def remove(self, person_id: str) -> None:
        """All references of one person."""
        stay = [index for index, known in enumerate(self._ids) if known != person_id]
        if len(stay) < len(self._ids):
            self._block[: len(stay)] = self._block[stay]
            self._ids = [self._ids[index] for index in stay]

    def like(
        self, embedding: bytes, *, at_least: float = 80.0, most: int = 5
    ) -> tuple[Lookalike, ...]:
        """People whose nearest reference scores ``at_least`` or more, the most alike first."""
        probe = _numbers(embedding)
        block = self._block[: len(self._ids)]
        distances = np.sqrt(((block - probe) ** 2).sum(axis=1, dtype=np.float64))
        found: dict[str, Lookalike] = {}
        for index in np.argsort(distances, kind="stable"):
            score = self._scale.score(float(distances[index]))
            if score.value < at_least or len(found) == most:
                break
            person_id = self._ids[index]
            found.setdefault(person_id, Lookalike(person_id, score))
        return tuple(found.values())


def _numbers(embedding: bytes) -> NDArray[np.float32]:
    if len(embedding) == 4 * _NUMBERS:
        numbers = np.frombuffer(embedding, "<f4")
        if np.isfinite(numbers).all():
            return numbers
    raise ValueError("an embedding is 128 numbers")
