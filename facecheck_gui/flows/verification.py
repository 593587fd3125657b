"""The whole act: compare, decide, and turn every fault into a verdict that is not green."""

import time
from collections.abc import Callable

from facecheck_gui.comparers.base import Comparer
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonRequest,
    EngineName,
    Threshold,
    Verification,
    decide,
    verdict_of,
)
from facecheck_gui.domain.errors import EngineError, FaceCheckError, Fault, WhichPicture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult


class Verifier:
    """Runs verifications on one comparer, with the threshold that belongs to its scale.

    ``on_bug`` is told of exceptions that are not in our tree; the verdict is then NOT_CHECKED.
    """

    def __init__(
        self,
        comparer: Comparer,
        threshold: Threshold,
        *,
        on_bug: Callable[[Exception], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._comparer = comparer
        self._threshold = threshold
        self._on_bug = on_bug
        self._clock = clock

    @property
    def engine(self) -> EngineName:
        """The engine that answers."""
        return self._comparer.engine

    @property
    def threshold(self) -> Threshold:
        """Where this engine's decision turns."""
        return self._threshold

    def verify(self, request: ComparisonRequest, cancel: CancelToken) -> Verification:
        """One verification. Never raises: whatever goes wrong is a verdict that is not green."""
        started = self._clock()
        try:
            cancel.raise_if_cancelled()
            comparison = self._comparer.compare(request, cancel)
            cancel.raise_if_cancelled()
            _insist_on_liveness(request, comparison)
        except FaceCheckError as error:
            return self._not_decided(request, started, error)
        except Exception as bug:
            self._on_bug(bug)
            detail = type(bug).__name__
            return self._not_decided(request, started, EngineError(Fault.INTERNAL, detail=detail))
        return Verification(
            request=request,
            engine=self.engine,
            threshold=self._threshold,
            verdict=decide(comparison.score, self._threshold),
            elapsed_ms=self._since(started),
            comparison=comparison,
            findings=comparison.findings,
        )

    def _not_decided(
        self, request: ComparisonRequest, started: float, error: FaceCheckError
    ) -> Verification:
        return not_decided(request, self.engine, self._threshold, self._since(started), error)

    def _since(self, started: float) -> float:
        return (self._clock() - started) * 1000


def not_decided(
    request: ComparisonRequest,
    engine: EngineName,
    threshold: Threshold,
    elapsed_ms: float,
    error: FaceCheckError,
) -> Verification:
    """A verification that ended in an error."""
    return Verification(
        request=request,
        engine=engine,
        threshold=threshold,
        verdict=verdict_of(error),
        elapsed_ms=elapsed_ms,
        error=error,
    )


def _insist_on_liveness(request: ComparisonRequest, comparison: Comparison) -> None:
    """Liveness that was asked for and not confirmed may not end in green, whatever the score."""
    if comparison.liveness is LivenessResult.FAILED:
        raise EngineError(Fault.LIVENESS_FAILED, picture=WhichPicture.PROBE)
    asked = request.probe.liveness is not LivenessLevel.NONE
    if asked and comparison.liveness is not LivenessResult.PASSED:
        raise EngineError(Fault.LIVENESS_UNAVAILABLE, picture=WhichPicture.PROBE)
