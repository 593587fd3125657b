"""A session as a whole: time, retries, persons, and what is looked for all along."""

import dataclasses
import random

import numpy as np
import pytest

from facecheck_gui.domain.face import Face, FaceBox
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.liveness import (
    Challenge,
    LivenessLevel,
    LivenessResult,
    LivenessSign,
)
from facecheck_gui.domain.observation import Observation
from facecheck_gui.vision.liveness.one_person import Embed
from facecheck_gui.vision.liveness.session import CHALLENGE_S, LivenessSession, drawn
from tests.vision.acts import Act, Clock, Flat, Person, frames, play
from tests.vision.liveness.conftest import session_of
from tests.vision.stage import Sheet, Shot

IDLE = Person(turn_deg=0, closer_cm=0)


def _see(session: LivenessSession, shot: Shot, frame: Frame) -> None:
    session.see(Observation(frame, (shot.face,), shot.pose))


def _nobody(clock: Clock) -> Observation:
    return Observation(Frame(np.full((480, 640, 3), 90, np.uint8), clock(), "stage"))


def test_nothing_is_asked_and_nothing_claimed_without_a_level(clock: Clock) -> None:
    session = session_of(clock, LivenessLevel.NONE)
    assert session.challenge is None
    assert session.report is not None
    assert session.report.result is LivenessResult.NOT_CHECKED


def test_normal_asks_for_either_turn_and_for_nothing_else() -> None:
    asked = {drawn(LivenessLevel.NORMAL, random.Random(seed)) for seed in range(40)}
    assert asked == {(Challenge.TURN_LEFT,), (Challenge.TURN_RIGHT,)}


def test_high_asks_for_two_different_things_and_at_least_one_turn() -> None:
    asked = {drawn(LivenessLevel.HIGH, random.Random(seed)) for seed in range(200)}
    assert len(asked) == 6
    for one, two in asked:
        assert one is not two


def test_somebody_who_sits_still_passes_the_passive_check(clock: Clock) -> None:
    report = play(IDLE.act(), session_of(clock, LivenessLevel.LOW), clock)
    assert report.result is LivenessResult.PASSED
    assert clock() < 2


def test_a_picture_on_a_stand_does_not_move(clock: Clock) -> None:
    report = play(Flat(wavers=0).act(), session_of(clock, LivenessLevel.LOW), clock)
    assert report.result is LivenessResult.NOT_CHECKED
    assert report.signs == (LivenessSign.DOES_NOT_MOVE,)


def test_a_poster_moves_with_its_own_background(clock: Clock) -> None:
    poster = Flat(
        "hopper", sheet=Sheet(half_width=30, above=30, below=30), slide_cm=3, takes_s=0.8, waits_s=0
    )
    report = play(poster.act(), session_of(clock, LivenessLevel.LOW), clock)
    assert report.result is LivenessResult.FAILED
    assert report.signs == (LivenessSign.MOVES_WITH_SURROUNDINGS,)


@pytest.mark.parametrize("level", [LivenessLevel.LOW, LivenessLevel.NORMAL])
def test_a_frozen_picture_repeats(level: LivenessLevel, clock: Clock) -> None:
    session = session_of(clock, level)
    first: tuple[Shot, Frame] | None = None
    for shot, frame in frames(IDLE.act(), session, clock, rate=15, seed=1):
        first = first or (shot, frame)
        _see(session, first[0], dataclasses.replace(first[1], captured_at_s=frame.captured_at_s))
    assert session.report is not None
    assert session.report.result is LivenessResult.FAILED
    assert session.report.signs == (LivenessSign.FRAMES_REPEAT,)


def test_a_loop_repeats(clock: Clock) -> None:
    session = session_of(clock)
    tape: list[tuple[Shot, Frame]] = []
    for index, played in enumerate(frames(IDLE.act(), session, clock, rate=15, seed=1)):
        tape.append(played)
        shot, frame = tape[index % 12]
        _see(session, shot, dataclasses.replace(frame, captured_at_s=played[1].captured_at_s))
    assert session.report is not None
    assert session.report.signs == (LivenessSign.FRAMES_REPEAT,)


@pytest.mark.parametrize(
    "name", ["OBS Virtual Camera", "Dummy video device (0x0000)", "ManyCam Video", "Snap Camera"]
)
def test_a_camera_that_is_a_program_fails_at_once(name: str, clock: Clock) -> None:
    session = session_of(clock, camera_name=name)
    report = play(Person().act(), session, clock)
    assert report.result is LivenessResult.FAILED
    assert report.signs == (LivenessSign.VIRTUAL_CAMERA,)


@pytest.mark.parametrize("name", ["HD Pro Webcam C920", "DroidCam", "Integrated Camera: OBSBOT"])
def test_a_camera_with_a_lens_is_none(name: str, clock: Clock) -> None:
    session = session_of(clock, LivenessLevel.LOW, camera_name=name)
    assert play(IDLE.act(), session, clock).result is LivenessResult.PASSED


def test_who_does_nothing_gets_one_retry_and_is_then_not_checked(clock: Clock) -> None:
    session = session_of(clock)
    report = play(IDLE.act(), session, clock, rate=5)
    assert report.result is LivenessResult.NOT_CHECKED
    assert report.signs == (LivenessSign.NOT_DONE_IN_TIME,)
    assert 2 * CHALLENGE_S < clock() < 2 * CHALLENGE_S + 2


def test_time_passes_though_no_frame_comes(clock: Clock) -> None:
    session = session_of(clock)
    session.tick()
    assert session.remaining_s == CHALLENGE_S
    clock.now_s = 3.0
    assert session.remaining_s == CHALLENGE_S - 3
    for _ in range(2):
        clock.now_s += CHALLENGE_S + 0.1
        session.tick()
    assert session.report is not None
    assert session.report.signs == (LivenessSign.NOT_DONE_IN_TIME,)


def test_whoever_turns_on_the_second_try_passes(clock: Clock) -> None:
    report = play(Person(waits_s=8.5).act(), session_of(clock), clock, rate=7)
    assert report.result is LivenessResult.PASSED


def test_a_face_that_leaves_twice_is_lost(clock: Clock) -> None:
    session = session_of(clock)
    for index, (shot, frame) in enumerate(frames(IDLE.act(), session, clock, rate=10, seed=1)):
        if index % 20 < 6:
            _see(session, shot, frame)
        else:
            session.see(_nobody(clock))
    assert session.report is not None
    assert session.report.result is LivenessResult.NOT_CHECKED
    assert session.report.signs == (LivenessSign.FACE_LOST,)


def test_a_retry_never_wipes_away_what_was_seen(clock: Clock) -> None:
    """An oblique sheet is taken away before it is told, and somebody living sits down."""
    sheet = Flat(yaw_deg=32, pitch_deg=32, both_ways=True, takes_s=1.2).act()
    living = Person().act()
    session = session_of(clock)
    for index, (shot, frame) in enumerate(
        frames(_then(sheet, living, 1.25), session, clock, rate=20, seed=1)
    ):
        if 20 < index < 50:
            session.see(_nobody(clock))
        else:
            _see(session, shot, frame)
    assert session.report is not None
    assert session.report.result is LivenessResult.FAILED
    assert LivenessSign.MOVES_AS_FLAT in session.report.signs


def test_another_person_in_the_middle_of_the_turn_fails(clock: Clock) -> None:
    swapped = _then(Person("collins").act(), Person("hopper").act(), 0.9)
    report = play(swapped, session_of(clock, embed=_by_place_in_the_play(0.9)), clock)
    assert report.result is LivenessResult.FAILED
    assert LivenessSign.OTHER_PERSON in report.signs


def test_the_same_person_is_looked_at_three_times(clock: Clock) -> None:
    asked: list[float] = []

    def embed(frame: Frame, face: Face) -> np.ndarray:
        asked.append(frame.captured_at_s)
        return np.zeros(128, np.float32)

    report = play(Person().act(), session_of(clock, embed=embed), clock)
    assert report.result is LivenessResult.PASSED
    assert len(asked) == 3


def test_a_face_that_jumps_across_the_picture_begins_anew(clock: Clock) -> None:
    session = session_of(clock)
    for index, (shot, frame) in enumerate(frames(Person().act(), session, clock, rate=10, seed=1)):
        face = shot.face
        if index % 8 == 7:
            box = dataclasses.replace(face.box, left=face.box.left + 300)
            face = Face(FaceBox(box.left, box.top, box.width, box.height), face.landmarks, 1.0)
        session.see(Observation(frame, (face,)))
    assert session.report is not None
    assert session.report.result is not LivenessResult.PASSED


def test_after_its_end_a_session_changes_no_more(clock: Clock) -> None:
    session = session_of(clock, camera_name="OBS Virtual Camera")
    report = play(Person().act(), session, clock)
    session.see(_nobody(clock))
    clock.now_s += 100
    session.tick()
    assert session.report is report
    assert session.progress == 1
    assert session.challenge is None


def _then(one: Act, other: Act, at_s: float) -> Act:
    def seen(time_s: float, asked: Challenge | None, since_s: float) -> Shot:
        return (one if time_s < at_s else other)(time_s, asked, since_s)

    return seen


def _by_place_in_the_play(swap_s: float) -> Embed:
    def embed(frame: Frame, face: Face) -> np.ndarray:
        embedding = np.zeros(128, np.float32)
        embedding[0] = 0.0 if frame.captured_at_s < swap_s else 0.8
        return embedding

    return embed
