"""An attempt ends once, and in green only when its camera has outlived it."""

import pytest

from facecheck_gui.domain.comparison import EngineName, Threshold, Verdict, Verification
from facecheck_gui.domain.errors import CameraError, CloudError, Fault
from facecheck_gui.flows.attempt import Attempt, new_request
from facecheck_gui.flows.verification import Verifier, not_decided
from tests import fakes
from tests.fakes import CancelToken, FakeClock, ScriptedComparer


class Story:
    """An attempt, its clock and how it ended."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ends: list[Verification] = []
        self.request = fakes.request()
        self.attempt = Attempt(
            self.request,
            EngineName.DEVICE,
            Threshold(),
            ended=self.ends.append,
            clock=self.clock,
        )

    def answer(self, score: float = 91.5) -> Verification:
        def on_bug(bug: Exception) -> None:
            raise AssertionError(bug)

        verifier = Verifier(ScriptedComparer(score), Threshold(), on_bug=on_bug, clock=self.clock)
        return verifier.verify(self.request, CancelToken())

    def fault(self) -> Fault | None:
        (end,) = self.ends
        return end.error.fault if end.error else None


@pytest.fixture
def story() -> Story:
    return Story()


def test_a_match_waits_for_a_frame_that_is_younger_than_the_answer(story: Story) -> None:
    story.attempt.frame_arrived(story.clock())
    story.clock.advance(0.05)
    story.attempt.answered(story.answer())
    assert story.ends == []
    assert story.attempt.awaits_witness
    story.attempt.frame_arrived(story.clock() - 0.01)
    assert story.ends == []
    story.attempt.frame_arrived(story.clock() + 0.03)
    assert [end.verdict for end in story.ends] == [Verdict.MATCH]


@pytest.mark.parametrize("answered_first", [True, False])
def test_a_camera_pulled_out_in_mid_check_never_ends_in_green(
    story: Story, answered_first: bool
) -> None:
    lost = CameraError(Fault.CAMERA_LOST)
    if answered_first:
        story.attempt.answered(story.answer())
        story.attempt.camera_failed(lost)
    else:
        story.attempt.camera_failed(lost)
        story.attempt.answered(story.answer())
    story.attempt.frame_arrived(story.clock() + 9)
    assert story.fault() is Fault.CAMERA_LOST


def test_a_camera_that_gives_no_frame_after_the_answer_ends_as_not_checked(story: Story) -> None:
    story.attempt.answered(story.answer())
    story.attempt.witness_missed()
    assert story.fault() is Fault.FRAME_STALE


def test_an_answer_to_another_attempt_is_not_heard(story: Story) -> None:
    other = not_decided(
        fakes.request("attempt-0"), EngineName.DEVICE, Threshold(), 1.0, CloudError(Fault.BAD_REPLY)
    )
    story.attempt.answered(other)
    assert story.ends == []
    assert not story.attempt.over


def test_an_error_needs_no_witness(story: Story) -> None:
    error = not_decided(
        story.request, EngineName.DEVICE, Threshold(), 1.0, CloudError(Fault.BAD_REPLY)
    )
    story.attempt.answered(error)
    assert story.fault() is Fault.BAD_REPLY


def test_an_answer_after_the_cancel_changes_nothing(story: Story) -> None:
    story.attempt.cancel()
    story.attempt.answered(story.answer())
    story.attempt.frame_arrived(story.clock() + 1)
    assert story.fault() is Fault.CANCELLED


def test_every_request_has_an_id_of_its_own() -> None:
    side = fakes.request().probe
    assert new_request(side, side).attempt_id != new_request(side, side).attempt_id
