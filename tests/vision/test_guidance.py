"""One instruction at a time: the heaviest, soon, without flicker, and ready only when it is."""

import math
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.guidance import DESK, KIOSK, Distances, Guidance, Instruction
from facecheck_gui.domain.quality import Measure
from facecheck_gui.i18n import Language, Words
from facecheck_gui.vision.guidance import Guide
from tests.vision.looks import EMPTY, WELL, Look, face, showing

STEP_S = 0.1


class Story:
    """A guide and its clock, ten observations a second."""

    def __init__(self, distances: Distances = DESK, *, backlit: bool = False) -> None:
        self.guide = Guide(distances, backlit=lambda _: backlit)
        self.now_s = 100.0
        self.shown: list[Guidance] = []

    def sees(self, *looks: Look, times: int = 1) -> Instruction:
        for look in looks * times:
            self.shown.append(self.guide.see(look.at(self.now_s), self.now_s))
            self.now_s += STEP_S
        return self.shown[-1].instruction

    @property
    def last(self) -> Guidance:
        return self.shown[-1]

    @property
    def changes(self) -> int:
        said = [guidance.instruction for guidance in self.shown]
        return sum(one is not other for one, other in pairwise(said))


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def ready() -> Story:
    made = Story()
    assert made.sees(WELL, times=20) is Instruction.READY
    made.shown.clear()
    return made


WRONG = [
    (Instruction.NOBODY, EMPTY),
    (Instruction.ONE_PERSON, showing((Measure.SINGLE_FACE, 0.6))),
    (Instruction.ONE_PERSON, showing((Measure.SINGLE_FACE, None)).but(faces=(face(), face(0.3)))),
    (Instruction.CLOSER, showing((Measure.EYE_DISTANCE, 40.0))),
    (Instruction.CLOSER, showing((Measure.HEAD_SIZE, 0.1))),
    (Instruction.CLOSER, Look(faces=(face(0.1),))),
    (Instruction.BACK, showing((Measure.HEAD_SIZE, 0.7))),
    (Instruction.BACK, Look(faces=(face(0.8),))),
    (Instruction.BACK, showing((Measure.MARGIN_LEFT, 0.3), (Measure.MARGIN_RIGHT, 0.3))),
    (Instruction.BACK, showing((Measure.MARGIN_ABOVE, 0.3), (Measure.MARGIN_BELOW, 0.3))),
    (Instruction.TO_MIDDLE, Look(faces=(face(x=0.8),))),
    (Instruction.TO_MIDDLE, Look(faces=(face(y=0.2),))),
    (Instruction.TO_MIDDLE, showing((Measure.MARGIN_LEFT, 0.3))),
    (Instruction.TO_MIDDLE, showing((Measure.MARGIN_BELOW, 0.3))),
    (Instruction.UNCOVER, showing((Measure.EYES_COVERED, 0.5))),
    (Instruction.UNCOVER, showing((Measure.MOUTH_COVERED, 0.5))),
    (Instruction.UNCOVER, showing((Measure.FACE_COVERED, 0.5))),
    (Instruction.MORE_LIGHT, showing((Measure.LUMINANCE, 0.05))),
    (Instruction.MORE_LIGHT, showing((Measure.UNDER_EXPOSED, 0.9))),
    (Instruction.MORE_LIGHT, showing((Measure.DYNAMIC_RANGE, 4.0), (Measure.LUMINANCE, 0.2))),
    (Instruction.LESS_LIGHT, showing((Measure.LUMINANCE, 0.95))),
    (Instruction.LESS_LIGHT, showing((Measure.OVER_EXPOSED, 0.2))),
    (Instruction.LESS_LIGHT, showing((Measure.DYNAMIC_RANGE, 4.0), (Measure.LUMINANCE, 0.7))),
    (Instruction.LIGHT_FROM_SIDE, showing((Measure.EVENNESS, 0.05))),
    (Instruction.TURN_RIGHT, Look(pose=Pose(30.0, 0.0, 0.0))),
    (Instruction.TURN_LEFT, Look(pose=Pose(-30.0, 0.0, 0.0))),
    (Instruction.TURN_LEFT, Look(pose=Pose(-30.0, 0.0, 0.0), values=((Measure.YAW, None),))),
    (Instruction.CHIN_DOWN, Look(pose=Pose(0.0, 30.0, 0.0))),
    (Instruction.CHIN_UP, Look(pose=Pose(0.0, -30.0, 0.0))),
    (Instruction.STRAIGHTEN, Look(pose=Pose(0.0, 0.0, -30.0))),
    (Instruction.LOOK_HERE, showing((Measure.SHARPNESS, 0.1))),
    (Instruction.LOOK_HERE, Look(judged=False)),
    (Instruction.LOOK_HERE, Look(pose=None)),
    (Instruction.LOOK_HERE, Look(pose=Pose(math.nan, 0.0, 0.0), values=((Measure.YAW, None),))),
]


@pytest.mark.parametrize(("instruction", "look"), WRONG)
def test_what_is_wrong_is_said_and_taken_back_within_half_a_second(
    ready: Story, instruction: Instruction, look: Look
) -> None:
    assert ready.sees(look, times=5) is instruction
    assert ready.sees(look, times=10) is instruction
    assert ready.sees(WELL, times=5) is Instruction.READY


@pytest.mark.parametrize(("instruction", "look"), WRONG)
def test_the_reading_behind_an_instruction_comes_with_it(
    ready: Story, instruction: Instruction, look: Look
) -> None:
    ready.sees(look, times=15)
    reading = ready.last.reading
    report = look.at(0.0).report
    poor = {r.measure for r in report.poor} if report is not None else set()
    assert (reading.measure in poor) if reading else not poor


def test_every_instruction_has_its_cause_here() -> None:
    told = {instruction for instruction, _ in WRONG} | {
        Instruction.READY,
        Instruction.HOLD_STILL,
        Instruction.LIGHT_FROM_BEHIND,
    }
    assert told == set(Instruction)


@pytest.mark.parametrize("language", Language)
def test_every_instruction_has_short_words(language: Language) -> None:
    words = Words(language)
    said = [words.text(f"instruction.{instruction.value}") for instruction in Instruction]
    assert len(set(said)) == len(said)
    assert max(map(len, said)) <= 42


def test_a_dark_face_with_light_behind_it_is_asked_to_leave_that_light() -> None:
    backlit = Story(backlit=True)
    assert backlit.sees(showing((Measure.LUMINANCE, 0.05)), times=5) is (
        Instruction.LIGHT_FROM_BEHIND
    )
    assert backlit.last.reading is not None
    assert backlit.sees(WELL, times=10) is Instruction.READY


def _walking(ied_s: float, steps: int = 12) -> list[Look]:
    ied_share = 0.35 * 720 / 2.45 / 1280
    way = ied_s * STEP_S * ied_share
    return [Look(faces=(face(x=0.5 + way * (step % 2)),)) for step in range(steps)]


def test_a_face_that_moves_is_asked_to_hold_still(ready: Story) -> None:
    ready.sees(*_walking(2.0))
    assert ready.last.instruction is Instruction.HOLD_STILL
    assert ready.sees(WELL, times=10) is Instruction.READY


def test_a_face_that_trembles_need_not_hold_stiller(ready: Story) -> None:
    assert ready.sees(*_walking(0.5)) is Instruction.READY
    assert ready.changes == 0


def test_one_frame_seen_twice_is_no_motion_and_no_stillness(story: Story) -> None:
    first, second = face(x=0.45), face(x=0.55)
    story.sees(Look(faces=(first,)), times=10)
    moved = Look(faces=(second,)).at(story.now_s)
    said = [story.guide.see(moved, story.now_s + n * STEP_S).instruction for n in range(5)]
    assert said == [Instruction.HOLD_STILL] * 5


def test_of_two_wrongs_the_heavier_is_said() -> None:
    order = list(Instruction)
    single = [
        (i, look) for i, look in WRONG if len(look.values) == 1 and look == Look(values=look.values)
    ]
    tried = 0
    for (one, look), (other, second) in combinations(single, 2):
        if look.values[0][0] is second.values[0][0] or {one, other} == {
            Instruction.CLOSER,
            Instruction.BACK,
        }:
            continue
        both = look.but(values=look.values + second.values)
        assert Story().sees(both, times=10) is min(one, other, key=order.index)
        tried += 1
    assert tried > 50


def test_too_far_and_too_dark_is_asked_to_come_closer_first(ready: Story) -> None:
    dark = showing((Measure.LUMINANCE, 0.05))
    assert ready.sees(dark.but(faces=(face(0.1),)), times=10) is Instruction.CLOSER
    assert ready.sees(dark, times=10) is Instruction.MORE_LIGHT


def test_a_camera_with_few_pixels_never_asks_for_both_ways(ready: Story) -> None:
    look = showing((Measure.EYE_DISTANCE, 40.0)).but(faces=(face(0.8),))
    assert ready.sees(look, times=10) is Instruction.BACK


def test_a_face_cut_off_on_both_sides_is_not_asked_to_come_closer(ready: Story) -> None:
    cut = showing(
        (Measure.EYE_DISTANCE, 40.0), (Measure.MARGIN_LEFT, 0.3), (Measure.MARGIN_RIGHT, 0.3)
    )
    assert ready.sees(cut, times=10) is Instruction.BACK


def test_the_next_person_does_not_answer_for_the_last_one(ready: Story) -> None:
    within_two_limits = Look(pose=Pose(18.5, 0, 0))
    assert ready.sees(Look(pose=Pose(25.0, 0, 0)), times=20) is Instruction.TURN_RIGHT
    assert ready.sees(within_two_limits, times=20) is Instruction.TURN_RIGHT
    ready.sees(EMPTY, times=10)
    assert ready.sees(within_two_limits, times=10) is Instruction.READY


@pytest.mark.parametrize(
    ("distances", "share", "said"),
    [
        (DESK, 0.6, Instruction.READY),
        (KIOSK, 0.6, Instruction.BACK),
        (DESK, 0.2, Instruction.READY),
        (KIOSK, 0.2, Instruction.CLOSER),
    ],
)
def test_each_station_has_its_own_distances(
    distances: Distances, share: float, said: Instruction
) -> None:
    assert Story(distances).sees(Look(faces=(face(share),)), times=20) is said


def test_distances_that_leave_no_room_are_refused() -> None:
    with pytest.raises(ValueError, match="farthest"):
        Distances(closest=0.2, farthest=0.2)


def _trembling(around: float, by: float) -> list[float]:
    """A hundred values on both sides, in no even rhythm."""
    return [around + by * math.sin(n * 2.4) for n in range(100)]


TREMBLING: dict[str, Iterable[Look]] = {
    "far": [Look(faces=(face(s),)) for s in _trembling(0.16, 0.006)],
    "near": [Look(faces=(face(s),)) for s in _trembling(0.65, 0.02)],
    "yaw": [Look(pose=Pose(a, 0, 0)) for a in _trembling(20, 1.5)],
    "pitch": [Look(pose=Pose(0, a, 0)) for a in _trembling(-20, 1.5)],
    "roll": [Look(pose=Pose(0, 0, a)) for a in _trembling(20, 1.5)],
    "off": [Look(faces=(face(x=x),)) for x in _trembling(0.64, 0.006)],
    "eyes": [showing((Measure.EYE_DISTANCE, v)) for v in _trembling(60, 4)],
    "sharp": [showing((Measure.SHARPNESS, v)) for v in _trembling(0.4, 0.03)],
    "dark": [showing((Measure.LUMINANCE, v)) for v in _trembling(0.15, 0.01)],
    "bright": [showing((Measure.LUMINANCE, v)) for v in _trembling(0.85, 0.05)],
    "even": [showing((Measure.EVENNESS, v)) for v in _trembling(0.15, 0.01)],
    "range": [showing((Measure.DYNAMIC_RANGE, v)) for v in _trembling(5.5, 0.2)],
    "second": [showing((Measure.SINGLE_FACE, v)) for v in _trembling(0.25, 0.02)],
}


@pytest.mark.parametrize("name", TREMBLING)
def test_a_value_that_trembles_at_a_limit_changes_the_instruction_once(
    ready: Story, name: str
) -> None:
    ready.sees(*TREMBLING[name])
    assert ready.changes <= 2
    assert ready.last.instruction is not Instruction.READY


@pytest.mark.parametrize("name", TREMBLING)
def test_it_trembles_no_more_often_when_it_comes_from_outside(name: str) -> None:
    looks = list(TREMBLING[name])
    story = Story()
    story.sees(showing((Measure.FACE_COVERED, 0.9)), times=10)
    story.shown.clear()
    story.sees(*looks)
    assert story.changes <= 2


def test_the_way_back_is_shorter_than_the_way_out(ready: Story) -> None:
    assert ready.sees(Look(pose=Pose(19.0, 0, 0)), times=20) is Instruction.READY
    assert ready.sees(Look(pose=Pose(20.5, 0, 0)), times=20) is Instruction.TURN_RIGHT
    assert ready.sees(Look(pose=Pose(19.0, 0, 0)), times=20) is Instruction.TURN_RIGHT
    assert ready.sees(Look(pose=Pose(16.5, 0, 0)), times=20) is Instruction.READY


def test_what_is_seen_once_is_not_said(story: Story) -> None:
    story.sees(showing((Measure.FACE_COVERED, 0.9)), times=20)
    story.sees(Look(faces=(face(0.1),)))
    assert story.sees(showing((Measure.FACE_COVERED, 0.9)), times=5) is Instruction.UNCOVER
    assert story.changes == 0


def test_a_detector_that_misses_once_does_not_say_that_nobody_is_there(ready: Story) -> None:
    assert ready.sees(EMPTY) is Instruction.LOOK_HERE
    ready.sees(WELL, times=10)
    assert Instruction.NOBODY not in {guidance.instruction for guidance in ready.shown}
    assert ready.last.ready


def test_somebody_who_comes_is_told_within_half_a_second(story: Story) -> None:
    story.sees(EMPTY, times=20)
    assert story.sees(Look(faces=(face(0.1),)), times=3) is Instruction.CLOSER


def test_who_was_ready_and_leaves_is_missed_within_half_a_second(ready: Story) -> None:
    assert ready.sees(EMPTY, times=5) is Instruction.NOBODY


def test_the_first_look_is_never_called_ready(story: Story) -> None:
    assert story.sees(WELL) is Instruction.LOOK_HERE


def test_what_was_not_measured_is_not_held_against_the_person(ready: Story) -> None:
    unmeasured = showing(*((measure, None) for measure in Measure if measure is not Measure.ROLL))
    assert ready.sees(unmeasured, times=20) is Instruction.READY


LOOKS = [WELL, WELL, WELL, *(look for _, look in WRONG), *_walking(3.0, 2)]
_SHORT = (Instruction.NOBODY, Instruction.ONE_PERSON)


def _least_s(shown: Instruction, following: Instruction) -> float:
    if shown is Instruction.READY:
        return 0.0
    return 0.3 if shown is Instruction.NOBODY or following in _SHORT else 0.7


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LOOKS) - 1), st.integers(1, 6), st.floats(0.02, 0.4), st.booleans()
        ),
        max_size=25,
    )
)
def test_whatever_is_seen_nothing_is_shown_for_less_than_its_time(
    parts: list[tuple[int, int, float, bool]],
) -> None:
    guide, now_s = Guide(DESK, backlit=lambda o: o.frame.captured_at_s % 2 < 1), 100.0
    shown: Guidance | None = None
    for index, times, step_s, trembles in parts:
        for n in range(times):
            look = LOOKS[index] if not (trembles and n % 2) else WELL
            observation = look.at(now_s)
            said = guide.see(observation, now_s)
            if said.ready:
                assert observation.face is not None
                assert observation.report is not None
                assert not observation.report.poor
            if shown is not None and said.instruction is not shown.instruction:
                least_s = _least_s(shown.instruction, said.instruction)
                assert now_s - shown.since_s >= least_s - 1e-5
                assert said.since_s == now_s
            elif shown is not None:
                assert said.since_s == shown.since_s
            shown = said
            now_s += step_s
