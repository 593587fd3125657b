"""The simulator gives what it is told to give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facecheck_gui.comparers.simulated import SimulatedComparer
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Threshold, Verdict, Verification
from facecheck_gui.domain.errors import Fault
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.quality import FindingCode
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.protocol.catalogue import CATALOGUE, CatalogueEntry
from tests import fakes


def _verify(outcome: str, threshold: Threshold | None = None) -> Verification:
    threshold = threshold or Threshold()
    comparer = SimulatedComparer(outcome, 0, threshold=threshold)
    return _verifier(comparer, threshold).verify(fakes.request(), CancelToken())


def _verifier(comparer: SimulatedComparer, threshold: Threshold) -> Verifier:
    def on_bug(bug: Exception) -> None:
        raise AssertionError(bug)

    return Verifier(comparer, threshold, on_bug=on_bug)


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_on_demand(verdict: Verdict) -> None:
    assert _verify(verdict.value).verdict is verdict


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.code)
def test_every_code_of_the_catalogue_on_demand(entry: CatalogueEntry) -> None:
    error = _verify(entry.code).error
    assert error is not None
    assert (error.fault, error.vendor_code) == (entry.fault, entry.code)


def test_a_code_that_nobody_knows_is_an_unknown_answer() -> None:
    error = _verify("999999").error
    assert error is not None
    assert error.fault is Fault.UNKNOWN_ANSWER


def test_by_turns_every_verdict_comes() -> None:
    verifier = _verifier(SimulatedComparer("by_turns", 0, threshold=Threshold()), Threshold())
    seen = [verifier.verify(fakes.request(), CancelToken()).verdict for _ in range(6)]
    assert set(seen) == set(Verdict)
    assert seen[0] is seen[5] is Verdict.MATCH


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(100, 10_000), st.integers(10, 2_000))
def test_scores_fit_any_threshold(limit: int, band: int) -> None:
    threshold = Threshold(limit / 100, min(band, limit) / 100)
    for word in ("match", "unsure"):
        assert _verify(word, threshold).verdict.value == word
    if threshold.unsure_from > 0.02:
        assert _verify("non_match", threshold).verdict is Verdict.NON_MATCH


@pytest.mark.parametrize("limit", [0.35, 80.0, 99.99, 100.0])
def test_without_an_unsure_band_nothing_unsure_becomes_a_match(limit: float) -> None:
    assert _verify("unsure", Threshold(limit, 0)).verdict is Verdict.NON_MATCH


def test_it_says_that_nothing_was_compared() -> None:
    comparison = _verify("match").comparison
    assert comparison is not None
    assert [f.code for f in comparison.findings] == [FindingCode.SIMULATED]
    assert "simulated" in comparison.raw_reply


def test_liveness_that_was_asked_for_is_played_too() -> None:
    comparer = SimulatedComparer("match", 0, threshold=Threshold())
    request = fakes.request(liveness=LivenessLevel.HIGH)
    assert comparer.compare(request, CancelToken()).liveness is LivenessResult.PASSED


def test_the_delay_ends_with_a_cancel() -> None:
    token = CancelToken()
    token.cancel()
    comparer = SimulatedComparer("match", 3600, threshold=Threshold())
    verification = _verifier(comparer, Threshold()).verify(fakes.request(), token)
    assert verification.error is not None
    assert verification.error.fault is Fault.CANCELLED
