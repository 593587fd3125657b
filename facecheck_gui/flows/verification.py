"""The whole act: compare, decide, and turn every fault into a verdict that is not green."""

import time
from collections.abc import Callable

from facecheck_gui.comparers.base import Comparer
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonRequest,
    EngineName,
    Side,
    Threshold,
    Verification,
    decide,
    verdict_of,
)
from facecheck_gui.domain.errors import (
    EngineError,
    FaceCheckError,
    Fault,
    RecordsError,
    WhichPicture,
)
from facecheck_gui.domain.liveness import (
    LivenessLevel,
    LivenessReport,
    LivenessResult,
    LivenessSign,
)
from facecheck_gui.domain.quality import FindingCode, QualityFinding, QualityReading
from facecheck_gui.flows.recording import Recorder

_THE_GATES_OWN = (
    Fault.PICTURE_POOR,
    Fault.NO_FACE,
    Fault.SEVERAL_FACES,
    Fault.FACE_TOO_SMALL,
)

Gate = Callable[[Side, CancelToken], tuple[QualityReading, ...]]
"""Looks at a probe; what it gives is beyond a limit and refuses it. Raises FaceCheckError."""


class Verifier:
    """Runs verifications on one comparer, with the threshold that belongs to its scale.

    ``gate`` keeps poor probes from a comparer whose every call has its price, unless staff want
    it so; ``recorder`` writes every attempt down. ``on_bug`` is told of exceptions that are not in
    our tree; the verdict is then NOT_CHECKED.
    """

    def __init__(
        self,
        comparer: Comparer,
        threshold: Threshold,
        *,
        on_bug: Callable[[Exception], None],
        gate: Gate | None = None,
        recorder: Recorder | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._comparer = comparer
        self._threshold = threshold
        self._on_bug = on_bug
        self._gate = gate
        self._recorder = recorder
        self._clock = clock

    @property
    def engine(self) -> EngineName:
        """The engine that answers."""
        return self._comparer.engine

    @property
    def threshold(self) -> Threshold:
        """Where this engine's decision turns."""
        return self._threshold

    @property
    def writes_down(self) -> bool:
        """Whether attempts are recorded."""
        return self._recorder is not None

    def verify(self, request: ComparisonRequest, cancel: CancelToken) -> Verification:
        """One verification. Never raises: whatever goes wrong is a verdict that is not green.

        Nothing is compared where its beginning cannot be written down. Whoever asked calls
        ``conclude`` with what became of it.
        """
        started = self._clock()
        seen: tuple[QualityFinding, ...] = ()
        try:
            cancel.raise_if_cancelled()
            if self._recorder is not None:
                self._recorder.begin(request, self.engine, self._threshold)
            _heed_liveness(request.liveness)
            seen = self._looked_at(request, cancel)
            if seen and not request.despite_quality:
                raise EngineError(Fault.PICTURE_POOR, picture=WhichPicture.PROBE)
            comparison = self._comparer.compare(request, cancel)
            cancel.raise_if_cancelled()
            _insist_on_liveness(request, comparison)
        except FaceCheckError as error:
            return self._not_decided(request, started, error, seen)
        except Exception as bug:
            self._on_bug(bug)
            fault = EngineError(Fault.INTERNAL, detail=type(bug).__name__)
            return self._not_decided(request, started, fault, seen)
        return Verification(
            request=request,
            engine=self.engine,
            threshold=self._threshold,
            verdict=decide(comparison.score, self._threshold),
            elapsed_ms=self._since(started),
            comparison=comparison,
            findings=(*seen, *comparison.findings),
        )

    def conclude(self, verification: Verification) -> Verification:
        """Write down how it ended, and give what may be told.

        What a comparer said is not told where it cannot be written down; a suspected attack is.
        """
        if self._recorder is None:
            return verification
        told = verification
        try:
            if verification.comparison is not None:
                self._recorder.keep_picture(verification)
        except RecordsError as error:
            told = _untold(verification, error)
        try:
            self._recorder.end(told)
        except RecordsError as error:
            return told if told.error is not None else _untold(told, error)
        return told

    def _looked_at(
        self, request: ComparisonRequest, cancel: CancelToken
    ) -> tuple[QualityFinding, ...]:
        """What the gate has against the probe, and that staff overrule it where they do.

        An engine that cannot look is no reason against a comparer that needs none.
        """
        if self._gate is None:
            return ()
        overruled = QualityFinding(FindingCode.QUALITY_OVERRULED, WhichPicture.PROBE)
        try:
            refusing = self._gate(request.probe, cancel)
        except EngineError as error:
            if error.picture is WhichPicture.NEITHER:
                return ()
            if request.despite_quality:
                return (overruled,)
            raise
        poor = tuple(
            QualityFinding(FindingCode.POOR_PICTURE, WhichPicture.PROBE, reading=reading)
            for reading in refusing
        )
        return (overruled, *poor) if poor and request.despite_quality else poor

    def _not_decided(
        self,
        request: ComparisonRequest,
        started: float,
        error: FaceCheckError,
        findings: tuple[QualityFinding, ...] = (),
    ) -> Verification:
        elapsed_ms = self._since(started)
        return not_decided(
            request, self.engine, self._threshold, elapsed_ms, error, findings=findings
        )

    def _since(self, started: float) -> float:
        return (self._clock() - started) * 1000


def _untold(verification: Verification, error: RecordsError) -> Verification:
    """The same without the answer, which could not be written down."""
    return not_decided(
        verification.request,
        verification.engine,
        verification.threshold,
        verification.elapsed_ms,
        error,
    )


def may_overrule(verification: Verification) -> bool:
    """Whether the gate alone stood in the way, so that staff may have it compared all the same."""
    error = verification.error
    return (
        error is not None
        and error.fault in _THE_GATES_OWN
        and error.picture is WhichPicture.PROBE
        and isinstance(error, EngineError)
        and verification.engine is EngineName.KUAIDI100
    )


def not_decided(
    request: ComparisonRequest,
    engine: EngineName,
    threshold: Threshold,
    elapsed_ms: float,
    error: FaceCheckError,
    *,
    findings: tuple[QualityFinding, ...] = (),
) -> Verification:
    """A verification that ended in an error."""
    return Verification(
        request=request,
        engine=engine,
        threshold=threshold,
        verdict=verdict_of(error),
        elapsed_ms=elapsed_ms,
        findings=findings,
        error=error,
    )


def _heed_liveness(found: LivenessReport | None) -> None:
    """What this station took for an attack, or could not see alive, is not compared: no score may
    speak against it."""
    if found is None or found.result is LivenessResult.PASSED:
        return
    fault = Fault.LIVENESS_NOT_DONE
    if found.result is LivenessResult.FAILED:
        fault = Fault.LIVENESS_FAILED
    elif LivenessSign.LOCKED in found.signs:
        fault = Fault.TOO_MANY_FAILURES
    signs = ", ".join(sign.value for sign in found.signs)
    raise EngineError(fault, picture=WhichPicture.PROBE, detail=signs)


def _insist_on_liveness(request: ComparisonRequest, comparison: Comparison) -> None:
    """Liveness that was asked for and not confirmed may not end in green, whatever the score."""
    if comparison.liveness is LivenessResult.FAILED:
        raise EngineError(Fault.LIVENESS_FAILED, picture=WhichPicture.PROBE)
    asked = request.probe.liveness is not LivenessLevel.NONE
    if asked and comparison.liveness is not LivenessResult.PASSED:
        raise EngineError(Fault.LIVENESS_UNAVAILABLE, picture=WhichPicture.PROBE)
