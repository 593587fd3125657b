"""The simulator: every verdict and every error of the cloud on demand. Compares nothing.

Staff train with it, and tests use it for the answers that are rare.
"""

import itertools
from decimal import Decimal

from facecheck_gui.comparers.refusals import error_of
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonRequest,
    ComparisonScore,
    EngineName,
    Threshold,
)
from facecheck_gui.domain.errors import CloudError, Fault, WhichPicture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.quality import FindingCode, QualityFinding
from facecheck_gui.protocol.catalogue import CATALOGUE
from facecheck_gui.protocol.reply import Refused

BY_TURNS = "by_turns"
_TURNS = ("match", "non_match", "unsure", "not_checked", "attack_suspected")


class SimulatedComparer:
    """``outcome`` is ``by_turns``, a verdict's word, or a code of the cloud's catalogue.

    Scores lie where ``threshold`` makes them the verdict that was asked for.
    """

    def __init__(self, outcome: str, delay_s: float, *, threshold: Threshold) -> None:
        self._outcomes = itertools.cycle(_TURNS if outcome == BY_TURNS else (outcome,))
        self._delay_s = delay_s
        self._threshold = threshold

    @property
    def engine(self) -> EngineName:
        """Training."""
        return EngineName.TRAINING

    def compare(self, request: ComparisonRequest, cancel: CancelToken) -> Comparison:
        """What was asked for, after the delay. Raises the errors that were asked for."""
        cancel.wait(self._delay_s)
        cancel.raise_if_cancelled()
        outcome = next(self._outcomes)
        score = self._score(outcome)
        asked = request.probe.liveness is not LivenessLevel.NONE
        return Comparison(
            score,
            liveness=LivenessResult.PASSED if asked else LivenessResult.NOT_CHECKED,
            findings=(QualityFinding(FindingCode.SIMULATED),),
            raw_reply=f'{{"simulated": "{outcome}"}}',
        )

    def close(self) -> None:
        """Nothing is held."""

    def _score(self, outcome: str) -> ComparisonScore:
        limit, band = self._threshold.score, self._threshold.unsure_from
        match outcome:
            case "match":
                return ComparisonScore(limit + (100 - limit) * 0.575)
            case "unsure":
                # An empty band has no unsure score; the nearest below the threshold is no match.
                below = Decimal(repr(limit)) - Decimal("0.01")
                return ComparisonScore.from_decimal(str(max(below, Decimal(0))))
            case "non_match":
                return ComparisonScore(band * 0.55)
            case "attack_suspected":
                raise _of_the_probe(Fault.LIVENESS_FAILED)
            case "not_checked":
                raise _of_the_probe(Fault.NO_FACE)
        raise error_of(Refused(outcome, ""))


def _of_the_probe(fault: Fault) -> CloudError:
    code = next(entry.code for entry in CATALOGUE if entry.fault is fault)
    return CloudError(fault, picture=WhichPicture.PROBE, vendor_code=code)
