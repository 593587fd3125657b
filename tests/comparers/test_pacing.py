"""Spacing, one retry, and a gate that closes."""

from collections.abc import Callable
from typing import NoReturn

import pytest

from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, CloudError, Fault
from tests.fakes import FakeClock


class PatientToken(CancelToken):
    """Waits on the test's clock."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock
        self.waits_s: list[float] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def wait(self, timeout_s: float) -> bool:
        self.waits_s.append(timeout_s)
        self._clock.advance(timeout_s)
        self.meanwhile()
        return self.cancelled


def test_calls_are_spaced() -> None:
    clock = FakeClock()
    pacing, token = Pacing(calls_per_second=2, clock=clock), PatientToken(clock)
    for _ in range(3):
        pacing.run(lambda: None, token)
    assert token.waits_s == pytest.approx([0.5, 0.5])


def test_after_a_throttle_the_next_call_waits_a_second_and_none_is_repeated() -> None:
    clock = FakeClock()
    pacing, token = Pacing(calls_per_second=100, clock=clock), PatientToken(clock)
    calls: list[int] = []

    def throttled() -> None:
        calls.append(1)
        raise CloudError(Fault.SERVICE_THROTTLED)

    with pytest.raises(CloudError):
        pacing.run(throttled, token)
    assert len(calls) == 1
    pacing.run(lambda: None, token)
    assert token.waits_s == pytest.approx([1.0])


def _refused(error: CloudError) -> Callable[[], NoReturn]:
    def send() -> NoReturn:
        raise error

    return send


def test_who_waits_for_a_turn_hears_that_the_quota_is_gone() -> None:
    clock = FakeClock()
    pacing, waiting = Pacing(calls_per_second=1, clock=clock), PatientToken(clock)
    pacing.run(lambda: None, waiting)
    gone = CloudError(Fault.CALLS_USED_UP, detail="raw", vendor_code="19")

    def another_check() -> None:
        with pytest.raises(CloudError):
            pacing.run(_refused(gone), PatientToken(clock))

    waiting.meanwhile = another_check
    sent: list[int] = []
    with pytest.raises(CloudError) as caught:
        pacing.run(lambda: sent.append(1), waiting)
    assert (caught.value.fault, caught.value.detail) == (Fault.CALLS_USED_UP, "raw")
    assert caught.value is not gone
    assert sent == []


def test_what_was_counted_here_does_not_close_the_gate() -> None:
    clock = FakeClock()
    pacing, token = Pacing(calls_per_second=100, clock=clock), PatientToken(clock)
    with pytest.raises(CloudError):
        pacing.run(_refused(CloudError(Fault.PACKAGE_EXPIRED)), token)
    assert pacing.run(lambda: "sent", token) == "sent"


def test_after_an_hour_the_gate_opens_again_for_the_quota_may_be_one_of_the_day() -> None:
    clock = FakeClock()
    pacing, token = Pacing(calls_per_second=100, clock=clock), PatientToken(clock)
    with pytest.raises(CloudError):
        pacing.run(_refused(CloudError(Fault.CALLS_USED_UP, vendor_code="17")), token)
    clock.advance(3599)
    with pytest.raises(CloudError):
        pacing.run(lambda: "sent", token)
    clock.advance(1)
    assert pacing.run(lambda: "sent", token) == "sent"


def test_a_cancel_ends_the_wait_and_nothing_is_sent() -> None:
    clock = FakeClock()
    pacing, token = Pacing(calls_per_second=0.1, clock=clock), PatientToken(clock)
    pacing.run(lambda: None, token)
    token.cancel()
    sent: list[int] = []
    with pytest.raises(Cancelled):
        pacing.run(lambda: sent.append(1), token)
    assert sent == []
