"""A challenge is passed by heads, and by nothing that is flat."""

import pytest

from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.liveness import Challenge, LivenessLevel, LivenessResult, LivenessSign
from tests.vision.acts import Clock, Flat, Person, play
from tests.vision.liveness.conftest import session_of
from tests.vision.stage import Anatomy, Sheet

PEOPLE = {
    "collins": Person("collins"),
    "hopper": Person("hopper", turn_deg=22),
    "small nose": Person("collins", Anatomy(nose=1.6), turn_deg=23, seed=4),
    "large nose, far off": Person("hopper", Anatomy(nose=2.9), distance_cm=65, turn_deg=24, seed=5),
    "lit from one side": Person("hopper", lamp=(-0.9, -0.3, 0.4), turn_deg=22, seed=7),
    "aslant": Person("hopper", at=Pose(3, -4, 4), nod_deg=4, turn_deg=22, seed=6),
}

SHEETS = {
    "tilted sideways": Flat(yaw_deg=50),
    "tilted the other way": Flat("hopper", yaw_deg=-45),
    "tilted backwards": Flat(pitch_deg=45),
    "tilted aslant": Flat("hopper", yaw_deg=32, pitch_deg=32, both_ways=True),
    "aslant and leaned": Flat(yaw_deg=35, pitch_deg=28, roll_deg=10, both_ways=True),
    "bent tightly": Flat("hopper", sheet=Sheet(radius=9), yaw_deg=30),
    "bent across": Flat(
        sheet=Sheet(radius=12, axis_deg=0), yaw_deg=30, pitch_deg=25, both_ways=True
    ),
    "bent away, aslant": Flat(sheet=Sheet(radius=-14, axis_deg=50), yaw_deg=30, pitch_deg=25),
    "being bent": Flat("hopper", bends_to=10, sheet=Sheet(axis_deg=60), yaw_deg=25, pitch_deg=20),
    "slid sideways": Flat("hopper", slide_cm=5),
    "telephone": Flat(
        sheet=Sheet(scale=0.4), distance_cm=20, yaw_deg=33, pitch_deg=33, both_ways=True
    ),
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("side", [Challenge.TURN_LEFT, Challenge.TURN_RIGHT])
def test_whoever_turns_the_head_passes(who: str, side: Challenge, clock: Clock) -> None:
    report = play(PEOPLE[who].act(), session_of(clock, first=side), clock)
    assert report.result is LivenessResult.PASSED
    assert not report.signs


@pytest.mark.parametrize("how", SHEETS)
def test_a_sheet_never_passes(how: str, clock: Clock) -> None:
    report = play(SHEETS[how].act(), session_of(clock), clock, rate=10, over_s=2.5)
    assert report.result is not LivenessResult.PASSED
    assert report.signs


def test_a_sheet_that_imitates_a_turn_is_called_an_attack(clock: Clock) -> None:
    report = play(SHEETS["tilted aslant"].act(), session_of(clock), clock)
    assert report.result is LivenessResult.FAILED
    assert report.signs == (LivenessSign.MOVES_AS_FLAT,)


def test_turning_to_the_wrong_side_is_not_what_was_asked(clock: Clock) -> None:
    wrong = Person(turn_deg=-20)
    report = play(wrong.act(), session_of(clock), clock, rate=10, over_s=2.0)
    assert report.result is LivenessResult.NOT_CHECKED
    assert report.signs == (LivenessSign.NOT_DONE_IN_TIME,)


def test_two_different_challenges_one_after_the_other(clock: Clock) -> None:
    session = session_of(clock, LivenessLevel.HIGH, Challenge.COME_CLOSER)
    report = play(Person("hopper", turn_deg=22, closer_cm=18).act(), session, clock)
    assert report.result is LivenessResult.PASSED


@pytest.mark.parametrize("scale", [1.0, 0.4])
def test_a_picture_held_nearer_is_flat(scale: float, clock: Clock) -> None:
    nearer = Flat(sheet=Sheet(scale=scale), distance_cm=50 * scale, closer_cm=18 * scale)
    session = session_of(clock, LivenessLevel.HIGH, Challenge.COME_CLOSER)
    report = play(nearer.act(), session, clock)
    assert report.result is LivenessResult.FAILED
    assert LivenessSign.MOVES_AS_FLAT in report.signs
