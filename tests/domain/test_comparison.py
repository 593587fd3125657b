"""The law: when a score becomes which verdict."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonScore,
    EngineName,
    Threshold,
    Verdict,
    Verification,
    decide,
    verdict_of,
)
from facecheck_gui.domain.errors import (
    CloudError,
    EngineError,
    ErrorClass,
    FaceCheckError,
    Fault,
    WhichPicture,
)
from facecheck_gui.domain.liveness import LivenessResult
from tests import fakes


@pytest.mark.parametrize(
    ("score", "verdict"),
    [
        (100.0, Verdict.MATCH),
        (80.0, Verdict.MATCH),
        (79.999, Verdict.UNSURE),
        (79.99, Verdict.UNSURE),
        (75.0, Verdict.UNSURE),
        (74.99, Verdict.NON_MATCH),
        (0.0, Verdict.NON_MATCH),
    ],
)
def test_the_grey_band_lies_just_below_the_threshold(score: float, verdict: Verdict) -> None:
    assert decide(ComparisonScore(score), Threshold(80.0, 5.0)) is verdict


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, -0.01, 100.01, 101])
def test_what_is_not_a_score_cannot_become_one(bad: float) -> None:
    with pytest.raises(ValueError, match="finite number"):
        ComparisonScore(bad)


@given(st.floats(0, 100))
def test_the_number_shown_and_the_verdict_never_disagree(value: float) -> None:
    score = ComparisonScore(value)
    assert (decide(score, Threshold(80.0, 5.0)) is Verdict.MATCH) == (float(str(score)) >= 80.0)


@given(st.floats(0, 100))
def test_a_score_is_rounded_down_by_less_than_a_hundredth(value: float) -> None:
    assert 0 <= value - ComparisonScore(value).value < 0.01


@given(st.integers(1, 10000), st.integers(0, 10000), st.integers(0, 10000))
def test_a_higher_score_is_never_a_worse_verdict(limit: int, low: int, high: int) -> None:
    rank = [Verdict.NON_MATCH, Verdict.UNSURE, Verdict.MATCH]
    threshold = Threshold(limit / 100, min(5.0, limit / 100))
    low, high = sorted((low, high))
    worse = decide(ComparisonScore(low / 100), threshold)
    better = decide(ComparisonScore(high / 100), threshold)
    assert rank.index(worse) <= rank.index(better)


@pytest.mark.parametrize("bad", [(0.0, 0.0), (100.1, 5.0), (math.nan, 5.0), (80.0, 81.0), (80, -1)])
def test_a_threshold_that_lets_everyone_pass_cannot_be_made(bad: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"threshold|band"):
        Threshold(*bad)


def test_no_error_is_ever_green_and_an_attack_is_never_no_match() -> None:
    for fault in Fault:
        attack = fault.error_class is ErrorClass.SECURITY
        expected = Verdict.ATTACK_SUSPECTED if attack else Verdict.NOT_CHECKED
        assert verdict_of(FaceCheckError(fault)) is expected, fault


def test_a_verification_whose_verdict_does_not_follow_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        Verification(
            request=fakes.request(),
            engine=EngineName.DEVICE,
            threshold=Threshold(),
            verdict=Verdict.MATCH,
            elapsed_ms=1.0,
            comparison=Comparison(ComparisonScore(79.99)),
        )


def test_a_verification_with_an_error_and_a_score_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="either"):
        Verification(
            request=fakes.request(),
            engine=EngineName.DEVICE,
            threshold=Threshold(),
            verdict=Verdict.MATCH,
            elapsed_ms=1.0,
            comparison=Comparison(ComparisonScore(90)),
            error=EngineError(Fault.INTERNAL),
        )


def test_the_margin_is_exact_to_the_hundredth() -> None:
    verification = Verification(
        request=fakes.request(),
        engine=EngineName.DEVICE,
        threshold=Threshold(80.1, 5.0),
        verdict=Verdict.UNSURE,
        elapsed_ms=1.0,
        comparison=Comparison(ComparisonScore(79.99)),
    )
    assert verification.margin == -0.11
    assert verification.liveness is LivenessResult.NOT_CHECKED


def test_a_fault_of_a_picture_belongs_to_whoever_can_replace_it() -> None:
    assert EngineError(Fault.NO_FACE, picture=WhichPicture.PROBE).error_class is ErrorClass.SUBJECT
    reference = EngineError(Fault.NO_FACE, picture=WhichPicture.REFERENCE)
    assert reference.error_class is ErrorClass.REFERENCE
    refused = CloudError(Fault.IMAGE_REFUSED, picture=WhichPicture.PROBE)
    assert refused.error_class is ErrorClass.SUBJECT


def test_naming_the_picture_later_keeps_everything_else() -> None:
    error = CloudError(Fault.NO_FACE, detail="222202", vendor_code="222202")
    named = error.about(WhichPicture.PROBE)
    assert type(named) is CloudError
    assert (named.fault, named.detail, named.vendor_code) == (Fault.NO_FACE, "222202", "222202")
    assert named.picture is WhichPicture.PROBE


def test_every_fault_has_a_word_of_its_own() -> None:
    words = [fault.word for fault in Fault]
    assert len(words) == len(set(words))
