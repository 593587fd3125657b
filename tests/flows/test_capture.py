"""The picture takes itself once, when it has been good for a while, and keeps the best frames."""

import pytest

from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.guidance import Guidance, Instruction
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import Limits, Measure, QualityReading, QualityReport
from facecheck_gui.flows.capture import AutoCapture, Capture, by_quality, quality_order
from facecheck_gui.flows.gate import refusals
from tests.vision.looks import EMPTY, WELL, Look, face, showing

STEP_S = 0.1
LATENCY_S = 0.04


class Story:
    """An automatic capture and its clock, ten observations a second; frames are 40 ms older."""

    def __init__(self, **options: float) -> None:
        self.auto = AutoCapture(**options)  # type: ignore[arg-type]
        self.now_s = 500.0
        self.taken: list[Capture] = []
        self.progress: list[float] = []

    def sees(
        self,
        look: Look = WELL,
        *,
        said: Instruction = Instruction.READY,
        times: int = 1,
        age_s: float = LATENCY_S,
    ) -> None:
        for _ in range(times):
            observation = look.at(self.now_s - age_s)
            taken = self.auto.see(observation, Guidance(said, self.now_s), self.now_s)
            if taken is not None:
                self.taken.append(taken)
            self.progress.append(self.auto.progress)
            self.now_s += STEP_S


@pytest.fixture
def story() -> Story:
    return Story()


def sharp(value: float, pose: Pose = WELL.pose or Pose(0, 0, 0)) -> Look:
    return showing((Measure.SHARPNESS, value)).but(pose=pose)


def test_a_good_picture_is_taken_after_the_hold(story: Story) -> None:
    story.sees(times=5)
    assert story.taken == []
    story.sees()
    (taken,) = story.taken
    assert taken is story.auto.captured
    assert taken.taken_at_s == pytest.approx(500.5)


def test_the_three_best_frames_come_best_first_with_what_was_seen(story: Story) -> None:
    story.sees(sharp(0.99))
    for value in (0.5, 0.9, 0.6, 0.8, 0.7):
        story.sees(sharp(value))
    (taken,) = story.taken
    seen = [o.report.value(Measure.SHARPNESS) for o in taken.observations if o.report]
    assert seen == [0.9, 0.8, 0.7]
    assert taken.frames == tuple(o.frame for o in taken.observations)
    assert taken.best is taken.observations[0]


def test_no_frame_from_before_the_hold_is_ever_taken(story: Story) -> None:
    began_s = story.now_s
    story.sees(times=6, age_s=5.0)
    assert story.taken == []
    story.sees(times=20, age_s=0.7)
    assert story.taken
    assert all(frame.captured_at_s > began_s for frame in story.taken[0].frames)


def test_one_frame_seen_twice_counts_once(story: Story) -> None:
    story.sees()
    same = WELL.at(story.now_s - LATENCY_S)
    for _ in range(5):
        taken = story.auto.see(same, Guidance(Instruction.READY, 0.0), story.now_s)
        story.now_s += STEP_S
    assert taken is not None
    assert taken.observations == (same,)


def test_what_breaks_the_hold_starts_it_anew(story: Story) -> None:
    story.sees(times=4)
    story.sees(said=Instruction.HOLD_STILL)
    assert story.auto.progress == 0
    story.sees(times=5)
    assert story.taken == []
    story.sees()
    assert len(story.taken) == 1


def test_a_burst_that_is_broken_is_dropped_whole(story: Story) -> None:
    story.sees(sharp(0.95), times=4)
    story.sees(said=Instruction.TURN_LEFT)
    broken_s = story.now_s
    story.sees(times=10)
    (taken,) = story.taken
    assert all(frame.captured_at_s > broken_s for frame in taken.frames)


@pytest.mark.parametrize("jumped", [face(x=0.3), face(y=0.75), face(0.55), face(0.2)])
def test_a_face_that_jumps_is_held_anew(story: Story, jumped: object) -> None:
    story.sees(times=5)
    there = Look(faces=(jumped,))  # type: ignore[arg-type]
    story.sees(there, times=5)
    assert story.taken == []
    story.sees(there)
    assert [o.face for o in story.taken[0].observations] == [jumped] * 3


def test_a_gap_between_observations_is_no_hold(story: Story) -> None:
    story.sees(times=3)
    story.now_s += 3.0
    story.sees(times=5)
    assert story.taken == []


def test_a_poor_reading_is_never_taken_even_if_it_is_called_ready(story: Story) -> None:
    story.sees(showing((Measure.SHARPNESS, 0.1)), times=30)
    story.sees(EMPTY, times=30)
    assert story.taken == []


def test_it_does_not_fire_again_for_who_stands_there(story: Story) -> None:
    story.sees(times=50)
    story.sees(said=Instruction.TURN_LEFT, times=5)
    story.sees(said=Instruction.LOOK_HERE, look=EMPTY)
    story.sees(times=50)
    assert len(story.taken) == 1


def test_it_fires_again_when_it_is_armed_again(story: Story) -> None:
    story.sees(times=10)
    story.auto.rearm()
    assert story.auto.captured is None
    armed_s = story.now_s
    story.sees(times=5)
    assert len(story.taken) == 1
    story.sees()
    assert len(story.taken) == 2
    assert all(frame.captured_at_s > armed_s for frame in story.taken[1].frames)


def test_it_fires_again_when_the_person_left_and_came_back(story: Story) -> None:
    story.sees(times=10)
    story.sees(EMPTY, said=Instruction.NOBODY)
    assert story.auto.captured is None
    story.sees(times=10)
    assert len(story.taken) == 2


def test_the_ring_fills_once_and_is_full_with_the_capture(story: Story) -> None:
    story.sees(times=6)
    assert story.progress == sorted(story.progress)
    assert story.progress[0] == 0
    assert story.progress[-2] < 1
    assert story.progress[-1] == 1
    story.auto.rearm()
    assert story.auto.progress == 0


@pytest.mark.parametrize(("hold_s", "frames", "looks"), [(0.2, 1, 3), (1.0, 3, 11), (0.5, 10, 6)])
def test_hold_and_burst_are_settings(hold_s: float, frames: int, looks: int) -> None:
    story = Story(hold_s=hold_s, burst_frames=frames)
    story.sees(times=looks - 1)
    assert story.taken == []
    story.sees()
    assert len(story.taken) == 1


def test_a_slow_analysis_still_gives_a_picture() -> None:
    auto, now_s = AutoCapture(), 500.0
    for _ in range(4):
        taken = auto.see(WELL.at(now_s - 0.3), Guidance(Instruction.READY, 0.0), now_s)
        if taken is not None:
            break
        now_s += 0.45
    assert taken is not None
    assert len(taken.observations) >= 1


def _seen(sharpness: float | None, light: float = 0.5, pose: Pose | None = None) -> Observation:
    values = (
        (Measure.SHARPNESS, sharpness),
        (Measure.EVENNESS, light),
        (Measure.LUMINANCE, 0.5),
    )
    return Look(pose=pose or Pose(0, 0, 0), values=values).at(0.0)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (_seen(0.5), _seen(0.9, pose=Pose(12, 0, 0))),
        (_seen(0.9, pose=Pose(8, 0, 0)), _seen(0.5)),
        (_seen(0.81), _seen(0.82, pose=Pose(8, 0, 0))),
        (_seen(0.81, light=0.9), _seen(0.82, light=0.3)),
        (_seen(0.82), _seen(0.81)),
        (_seen(0.3), _seen(None)),
        (_seen(None), _seen(None, pose=Pose(0, 0, 9))),
    ],
    ids=["band", "sharpness", "straightness", "light", "last digit", "measured", "straight"],
)
def test_the_order_of_frames(better: Observation, worse: Observation) -> None:
    assert by_quality([worse, better]) == [better, worse]
    assert quality_order(better.report, better.pose) > quality_order(worse.report, worse.pose)


def test_of_equal_frames_the_earlier_comes_first() -> None:
    first, second = _seen(0.5), _seen(0.5)
    assert by_quality([first, second])[0] is first


def test_a_frame_without_report_or_pose_is_the_worst() -> None:
    assert quality_order(None, None) < quality_order(_seen(None).report, Pose(40, 0, 0))


def test_what_is_poor_refuses_a_check_and_what_was_not_measured_does_not() -> None:
    blurred = QualityReading(Measure.SHARPNESS, 0.1, Limits(0.4))
    report = QualityReport(
        (
            blurred,
            QualityReading(Measure.EYES_COVERED, None, Limits(None, 0.15)),
            QualityReading(Measure.LUMINANCE, float("nan"), Limits(0.15, 0.85)),
            QualityReading(Measure.HEAD_SIZE, 0.7, Limits(0.15, 0.6)),
            QualityReading(Measure.EYE_DISTANCE, 100.0, Limits(60.0)),
        )
    )
    assert refusals(report) == (blurred,)


def test_only_the_last_frames_of_a_long_hold_are_kept() -> None:
    story = Story(hold_s=2.0, burst_frames=3)
    story.sees(sharp(0.99), times=17)
    story.sees(sharp(0.6), times=4)
    (taken,) = story.taken
    seen = [o.report.value(Measure.SHARPNESS) for o in taken.observations if o.report]
    assert seen == [0.6, 0.6, 0.6]
