"""Whatever goes wrong, the verdict is not green."""

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Comparison, ComparisonScore, Threshold, Verdict
from facecheck_gui.domain.errors import CloudError, FaceCheckError, Fault
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.flows.verification import Verifier
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


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_ends_without_a_score_and_not_in_green(fault: Fault) -> None:
    comparer = ScriptedComparer(FaceCheckError(fault))
    result = _verifier(comparer).verify(fakes.request(), CancelToken())
    assert result.score is None
    assert result.verdict in {Verdict.NOT_CHECKED, Verdict.ATTACK_SUSPECTED}
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
