"""Whatever goes wrong, the verdict is not green."""

from dataclasses import replace
from typing import NoReturn

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonScore,
    EngineName,
    Side,
    Threshold,
    Verdict,
)
from facecheck_gui.domain.errors import CloudError, EngineError, FaceCheckError, Fault, WhichPicture
from facecheck_gui.domain.liveness import (
    LivenessLevel,
    LivenessReport,
    LivenessResult,
    LivenessSign,
)
from facecheck_gui.domain.quality import FindingCode, Limits, Measure, QualityReading
from facecheck_gui.flows.verification import Gate, Verifier, may_overrule
from tests import fakes
from tests.fakes import FakeClock, ScriptedComparer


def _no_bug(bug: Exception) -> None:
    raise AssertionError(bug)


def _verifier(comparer: ScriptedComparer, clock: FakeClock | None = None) -> Verifier:
    return Verifier(comparer, Threshold(), on_bug=_no_bug, clock=clock or FakeClock())


@pytest.mark.parametrize(
    ("score", "verdict"),
    [(80.0, Verdict.MATCH), (79.99, Verdict.UNSURE), (60.0, Verdict.NON_MATCH)],
)
def test_a_score_becomes_its_verdict(score: float, verdict: Verdict) -> None:
    result = _verifier(ScriptedComparer(score)).verify(fakes.request(), CancelToken())
    assert result.verdict is verdict
    assert result.error is None


def test_every_fault_ends_without_a_score_and_not_in_green() -> None:
    for fault in Fault:
        comparer = ScriptedComparer(FaceCheckError(fault))
        result = _verifier(comparer).verify(fakes.request(), CancelToken())
        assert result.score is None, fault
        assert result.verdict in {Verdict.NOT_CHECKED, Verdict.ATTACK_SUSPECTED}, fault
        assert result.error is not None
        assert result.error.fault is fault


def test_a_bug_is_reported_and_ends_as_not_checked() -> None:
    bugs: list[Exception] = []
    comparer = ScriptedComparer(ZeroDivisionError("secret words"))
    verifier = Verifier(comparer, Threshold(), on_bug=bugs.append, clock=FakeClock())
    result = verifier.verify(fakes.request(), CancelToken())
    assert result.verdict is Verdict.NOT_CHECKED
    assert result.error is not None
    assert result.error.fault is Fault.INTERNAL
    assert "secret" not in str(result.error)
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_a_check_cancelled_before_it_starts_asks_nobody() -> None:
    comparer = ScriptedComparer(91.5)
    cancel = CancelToken()
    cancel.cancel()
    result = _verifier(comparer).verify(fakes.request(), cancel)
    assert result.error is not None
    assert result.error.fault is Fault.CANCELLED
    assert comparer.requests == []


def test_an_answer_that_comes_after_the_cancel_is_not_shown() -> None:
    comparer = ScriptedComparer(91.5, before=lambda cancel: cancel.cancel())
    result = _verifier(comparer).verify(fakes.request(), CancelToken())
    assert result.verdict is Verdict.NOT_CHECKED


def test_liveness_that_was_asked_and_not_checked_is_never_green() -> None:
    request = fakes.request(liveness=LivenessLevel.NORMAL)
    result = _verifier(ScriptedComparer(99.0)).verify(request, CancelToken())
    assert result.verdict is Verdict.NOT_CHECKED


def test_liveness_that_failed_beats_any_score() -> None:
    comparison = Comparison(ComparisonScore(99), liveness=LivenessResult.FAILED)
    result = _verifier(ScriptedComparer(comparison)).verify(fakes.request(), CancelToken())
    assert result.verdict is Verdict.ATTACK_SUSPECTED
    assert result.liveness is LivenessResult.FAILED


def test_liveness_that_passed_is_said() -> None:
    comparison = Comparison(ComparisonScore(99), liveness=LivenessResult.PASSED)
    request = fakes.request(liveness=LivenessLevel.HIGH)
    result = _verifier(ScriptedComparer(comparison)).verify(request, CancelToken())
    assert result.verdict is Verdict.MATCH
    assert result.liveness is LivenessResult.PASSED


def test_the_time_is_taken_from_the_clock() -> None:
    clock = FakeClock()
    comparer = ScriptedComparer(CloudError(Fault.BAD_REPLY), before=lambda _: clock.advance(0.25))
    result = _verifier(comparer, clock).verify(fakes.request(), CancelToken())
    assert result.elapsed_ms == pytest.approx(250)


DARK = QualityReading(Measure.LUMINANCE, 0.05, Limits(least=0.15))


def _gated(comparer: ScriptedComparer, gate: Gate) -> Verifier:
    return Verifier(comparer, Threshold(), on_bug=_no_bug, gate=gate, clock=FakeClock())


def test_a_poor_probe_never_spends_a_call_and_every_reason_is_told() -> None:
    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    result = _gated(comparer, lambda *_: (DARK,)).verify(fakes.request(), CancelToken())
    assert comparer.requests == []
    assert result.verdict is Verdict.NOT_CHECKED
    assert result.error is not None
    assert result.error.fault is Fault.PICTURE_POOR
    assert [finding.reading for finding in result.findings] == [DARK]
    assert may_overrule(result)


def test_staff_may_have_it_compared_all_the_same_and_that_is_recorded() -> None:
    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    request = replace(fakes.request(), despite_quality=True)
    result = _gated(comparer, lambda *_: (DARK,)).verify(request, CancelToken())
    assert result.verdict is Verdict.MATCH
    codes = [finding.code for finding in result.findings]
    assert codes == [FindingCode.QUALITY_OVERRULED, FindingCode.POOR_PICTURE]
    assert not may_overrule(result)


def test_a_good_probe_passes_the_gate_without_a_word() -> None:
    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    for wanted in (False, True):
        request = replace(fakes.request(), despite_quality=wanted)
        result = _gated(comparer, lambda *_: ()).verify(request, CancelToken())
        assert (result.verdict, result.findings) == (Verdict.MATCH, ())


def _no_face(_: Side, __: CancelToken) -> NoReturn:
    raise EngineError(Fault.NO_FACE, picture=WhichPicture.PROBE)


def test_a_probe_without_a_face_is_refused_at_the_gate_too() -> None:
    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    verifier = _gated(comparer, _no_face)
    refused = verifier.verify(fakes.request(), CancelToken())
    assert comparer.requests == []
    assert may_overrule(refused)
    request = replace(fakes.request(), despite_quality=True)
    result = verifier.verify(request, CancelToken())
    assert [finding.code for finding in result.findings] == [FindingCode.QUALITY_OVERRULED]


def test_an_engine_that_cannot_look_does_not_stand_in_the_way_of_the_cloud() -> None:
    def broken(_: Side, __: CancelToken) -> NoReturn:
        raise EngineError(Fault.ENGINE_FILES_MISSING)

    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    assert _gated(comparer, broken).verify(fakes.request(), CancelToken()).score is not None


def test_what_the_cloud_itself_refuses_cannot_be_overruled() -> None:
    error = CloudError(Fault.NO_FACE, picture=WhichPicture.PROBE, vendor_code="222202")
    comparer = ScriptedComparer(error, engine=EngineName.KUAIDI100)
    result = _gated(comparer, lambda *_: ()).verify(fakes.request(), CancelToken())
    assert not may_overrule(result)


def test_what_the_station_took_for_an_attack_is_never_compared() -> None:
    comparer = ScriptedComparer(99.0)
    signs = (LivenessSign.MOVES_AS_FLAT,)
    report = LivenessReport(LivenessLevel.NORMAL, LivenessResult.FAILED, signs)
    request = replace(fakes.request(liveness=LivenessLevel.NORMAL), liveness=report)
    result = _verifier(comparer).verify(request, CancelToken())
    assert comparer.requests == []
    assert result.verdict is Verdict.ATTACK_SUSPECTED
    assert result.error is not None
    assert result.error.detail == "moves_as_flat"


@pytest.mark.parametrize(
    ("sign", "fault"),
    [
        (LivenessSign.NOT_DONE_IN_TIME, Fault.LIVENESS_NOT_DONE),
        (LivenessSign.LOCKED, Fault.TOO_MANY_FAILURES),
    ],
)
def test_liveness_that_could_not_be_seen_is_not_compared_and_no_attack(
    sign: LivenessSign, fault: Fault
) -> None:
    comparer = ScriptedComparer(99.0)
    report = LivenessReport(LivenessLevel.NORMAL, LivenessResult.NOT_CHECKED, (sign,))
    request = replace(fakes.request(liveness=LivenessLevel.NORMAL), liveness=report)
    result = _verifier(comparer).verify(request, CancelToken())
    assert comparer.requests == []
    assert result.verdict is Verdict.NOT_CHECKED
    assert result.error is not None
    assert result.error.fault is fault
