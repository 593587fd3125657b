"""What a camera goes through, told as stories on a scripted clock."""

import queue
import threading

import pytest

from facecheck_gui.camera.address import CameraAddress, Demonstration
from facecheck_gui.camera.capture import CaptureLoop
from facecheck_gui.camera.health import Patience
from facecheck_gui.camera.source import FrameSource
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.errors import CameraError, Fault
from tests.camera.stories import FRAME_S, Step, Story, black, fault, fresh, noisy, still

OPENING = (CameraState.OPENING, None)
LIVE = (CameraState.LIVE, None)
CLOSED = (CameraState.CLOSED, None)
LOST = (CameraState.LOST, Fault.CAMERA_LOST)
SILENT = (CameraState.FROZEN, Fault.CAMERA_SILENT)
FROZEN = (CameraState.FROZEN, Fault.CAMERA_FROZEN)
EMPTY = (CameraState.FROZEN, Fault.CAMERA_UNUSABLE)


def test_camera_unplugged_then_back_is_live_again_by_itself() -> None:
    absent = fault(Fault.CAMERA_ABSENT)
    story = Story(fresh(1), absent, absent, fresh(1))
    assert story.run() == [OPENING, LIVE, LOST, OPENING, LIVE, LOST, CLOSED]
    assert len(story.frames) == 60


@pytest.mark.parametrize(
    "which", [Fault.CAMERA_ABSENT, Fault.CAMERA_BUSY, Fault.CAMERA_DENIED, Fault.CAMERA_UNUSABLE]
)
def test_a_camera_that_does_not_open_names_the_cause_and_is_tried_again(which: Fault) -> None:
    story = Story(fault(which), fresh(1))
    assert story.run()[:4] == [OPENING, (CameraState.LOST, which), OPENING, LIVE]


def test_camera_unplugged_then_taken_by_another_program_says_so() -> None:
    story = Story(fresh(1), fault(Fault.CAMERA_ABSENT), fault(Fault.CAMERA_BUSY), fresh(1))
    assert story.run()[2:5] == [LOST, (CameraState.LOST, Fault.CAMERA_BUSY), OPENING]


def test_retries_wait_half_a_second_doubling_to_five() -> None:
    story = Story(*[fault(Fault.CAMERA_ABSENT)] * 7)
    story.run()
    assert story.pauses_s == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0]


def test_retries_start_over_after_a_camera_was_live() -> None:
    absent = fault(Fault.CAMERA_ABSENT)
    story = Story(absent, absent, fresh(1), absent)
    story.run()
    assert story.pauses_s == [0.5, 1.0, 0.5, 1.0]


def test_a_read_that_hangs_is_noticed_from_outside_within_two_seconds() -> None:
    story = Story()
    story.then([*fresh(1), story.hang(3), *fresh(1)])
    assert story.run()[:4] == [OPENING, LIVE, SILENT, LIVE]
    assert story.times_s[2] - story.frames[29].captured_at_s < 2


def test_a_camera_that_opens_and_gives_nothing_is_silent_then_opened_again() -> None:
    story = Story()
    story.then([story.hang(6)], fresh(1))
    assert story.run()[:3] == [OPENING, SILENT, LIVE]
    assert all(source.released for source in story.sources)


def test_an_open_that_hangs_is_noticed_from_outside() -> None:
    story = Story()

    def slow_opening() -> list[Step]:
        story.hang(12)()
        return fresh(1)

    story.then(slow_opening)
    assert story.run()[:3] == [OPENING, SILENT, LIVE]


def test_the_same_picture_for_a_second_is_frozen() -> None:
    story = Story([*fresh(1), *still(1.5), *fresh(1)])
    assert story.run()[:4] == [OPENING, LIVE, FROZEN, LIVE]
    frozen_since_s = story.frames[30].captured_at_s
    assert 1.0 < story.times_s[2] - frozen_since_s < 1.1


def test_a_frozen_camera_is_opened_again_and_stays_frozen_until_something_moves() -> None:
    story = Story([*fresh(1), *still(9)], [*still(1.5), *fresh(1)])
    assert story.run()[:4] == [OPENING, LIVE, FROZEN, LIVE]
    assert len(story.sources) == 2


def test_two_equal_frames_are_no_freeze() -> None:
    story = Story([*fresh(1), noisy(5), noisy(5), *fresh(1)])
    assert story.run() == [OPENING, LIVE, LOST, CLOSED]


def test_a_film_may_stand_still() -> None:
    story = Story(still(3), may_repeat=True)
    assert story.run() == [OPENING, LIVE, LOST, CLOSED]


def test_a_picture_of_one_colour_is_of_no_use() -> None:
    story = Story([*fresh(1), *black(7), *fresh(1)])
    assert story.run()[:4] == [OPENING, LIVE, EMPTY, LIVE]
    assert len(story.sources) == 1


def test_single_missing_frames_are_passed_over() -> None:
    story = Story([*fresh(0.5), None, None, *fresh(0.5), None, *fresh(0.5)])
    assert story.run() == [OPENING, LIVE, LOST, CLOSED]
    assert len(story.frames) == 45


def test_a_source_that_gives_only_nothing_is_lost_and_opened_again() -> None:
    story = Story([*fresh(1), *[None] * 50], fresh(1))
    assert story.run()[:4] == [OPENING, LIVE, LOST, OPENING]


def test_fifty_crashes_in_a_row_end_with_a_live_camera() -> None:
    crashes = [RuntimeError("driver says: rtsp://admin:secret@10.0.0.9/") for _ in range(50)]
    story = Story(*crashes, [noisy(1), RuntimeError("secret")], fresh(1))
    states = story.run()
    assert states[:4] == [OPENING, (CameraState.LOST, Fault.CAMERA_UNUSABLE), OPENING, LIVE]
    assert states.count(LIVE) == 2


def test_a_crash_tells_its_kind_but_not_its_words() -> None:
    story = Story(RuntimeError("rtsp://admin:secret@10.0.0.9/"))
    story.run()
    assert story.errors[0].detail == "RuntimeError"
    assert "secret" not in str(story.errors[0])


def test_every_source_is_released_by_the_loop() -> None:
    story = Story(fresh(0.2), fresh(0.2), [RuntimeError()], fresh(0.2))
    story.run()
    assert [source.released for source in story.sources] == [True] * 4


def test_a_frame_that_arrives_after_stop_is_not_delivered() -> None:
    story = Story()

    def stopped_meanwhile() -> object:
        story.loop.stop()
        return noisy(3)

    story.then([noisy(1), noisy(2), stopped_meanwhile])
    assert story.run()[-1] == CLOSED
    assert len(story.frames) == 2


def test_something_plugged_in_cuts_the_wait_short() -> None:
    attempts: queue.SimpleQueue[str] = queue.SimpleQueue()

    def open_nothing(_: CameraAddress) -> FrameSource:
        attempts.put("attempt")
        raise fault(Fault.CAMERA_ABSENT)

    loop = CaptureLoop(
        Demonstration(),
        open_source=open_nothing,
        deliver=lambda frame: None,
        announce=lambda state, error: None,
        patience=Patience(first_retry_s=50),
    )
    thread = threading.Thread(target=loop.run)
    thread.start()
    attempts.get(timeout=5)
    loop.retry_now()
    assert attempts.get(timeout=5) == "attempt"
    loop.stop()
    thread.join(5)
    assert not thread.is_alive()


class TestFreshFrame:
    """Asking for a frame of the present."""

    def asked(self, story: Story, at_step: int, max_age_s: float = 0.5) -> object:
        """What ``fresh_frame`` gave when the script was at ``at_step`` of its last sitting."""
        answers: list[object] = []

        def ask() -> object:
            try:
                answers.append(story.loop.fresh_frame(max_age_s))
            except CameraError as error:
                answers.append(error.fault)
            return noisy(999)

        story._sittings[-1].insert(at_step, ask)
        story.run()
        return answers[0]

    def test_is_the_newest_one(self) -> None:
        story = Story(fresh(1))
        frame = self.asked(story, 10)
        assert frame is story.frames[9]
        assert frame.source == "scripted camera"

    def test_is_never_older_than_asked(self) -> None:
        assert self.asked(Story(fresh(1)), 10, FRAME_S / 2) is Fault.FRAME_STALE

    def test_before_the_first_there_is_none(self) -> None:
        assert self.asked(Story(fresh(1)), 0) is Fault.NO_FRAME

    def test_carries_the_fault_of_a_hanging_camera(self) -> None:
        story = Story()
        story.then([*fresh(1), story.hang(3), *fresh(1)])
        assert self.asked(story, 31) is Fault.CAMERA_SILENT

    def test_is_refused_while_the_picture_stands_still(self) -> None:
        assert self.asked(Story(still(3)), 60) is Fault.CAMERA_FROZEN

    def test_is_never_black(self) -> None:
        assert self.asked(Story(black(0.9)), 10) is Fault.CAMERA_UNUSABLE

    def test_of_a_lost_camera_is_refused(self) -> None:
        story = Story(fresh(1))
        story.run()
        with pytest.raises(CameraError) as caught:
            story.loop.fresh_frame(1e9)
        assert caught.value.fault is Fault.NO_FRAME

    def test_after_a_replug_the_old_frame_is_not_taken_for_the_new_camera(self) -> None:
        story = Story(fresh(1), fresh(1))
        assert self.asked(story, 0, max_age_s=60) is Fault.NO_FRAME
