"""From the distance of two embeddings to a score."""

import math
from dataclasses import dataclass

from facecheck_gui.domain.comparison import ComparisonScore
from facecheck_gui.domain.errors import EngineError, Fault

_AT_D80 = 80.0


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """A score that falls with distance: 100 at 0, 80 exactly at ``d80``, 0 from ``dmax`` on.

    Up to d80: 100 - 20 d / d80; beyond: 80 (dmax - d) / (dmax - d80). Distances are Euclidean.
    The default d80 is the network's published working point, 0.6, tightened to 0.5; it has not
    been calibrated on labelled pairs. No two faces were seen further apart than about 1.3.
    """

    d80: float = 0.5
    dmax: float = 1.3

    def __post_init__(self) -> None:
        if not 0 < self.d80 < self.dmax < math.inf:
            raise ValueError("a scale needs 0 < d80 < dmax")

    def score(self, distance: float) -> ComparisonScore:
        """The score at ``distance``, 0 or more.

        Raises EngineError(INTERNAL) for a distance that is none: it must never become a score.
        """
        if not (math.isfinite(distance) and distance >= 0):
            raise EngineError(Fault.INTERNAL, detail="a distance that is no number")
        if distance <= self.d80:
            return ComparisonScore(100.0 - (100.0 - _AT_D80) * (distance / self.d80))
        left = max(0.0, (self.dmax - distance) / (self.dmax - self.d80))
        return ComparisonScore(_AT_D80 * left)
