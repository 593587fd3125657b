"""Spacing, one retry, and a gate that closes."""

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

    def wait(self, timeout_s: float) -> bool:
        self.waits_s.append(timeout_s)
        self._clock.advance(timeout_s)
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


def test_a_cancel_ends_the_wait_and_nothing_is_sent() -> None:
    clock = FakeClock()
    pacing, token = Pacing(calls_per_second=0.1, clock=clock), PatientToken(clock)
    pacing.run(lambda: None, token)
    token.cancel()
    sent: list[int] = []
    with pytest.raises(Cancelled):
        pacing.run(lambda: sent.append(1), token)
    assert sent == []
