"""The turn of a head, from five points of heads that were turned by known angles."""

import math

import numpy as np
import pytest

from facecheck_gui import resources
from facecheck_gui.comparers.on_device import on_this_device
from facecheck_gui.domain.face import Landmarks
from facecheck_gui.imaging.files import read_file
from facecheck_gui.vision.pose import pose_of

# A head in millimetres: to the person's left, up, towards the camera.
_HEAD = np.array(
    [[45.0, 0.0, -4.0], [16.0, 0.0, 4.0], [-45.0, 0.0, -4.0], [-16.0, 0.0, 4.0], [0.0, -44.0, 27.0]]
)


def _seen(
    yaw_deg: float = 0.0,
    pitch_deg: float = 0.0,
    roll_deg: float = 0.0,
    *,
    head: np.ndarray = _HEAD,
    px_per_mm: float = 1.5,
) -> Landmarks:
    """The head turned, as a distant camera sees it: y goes down in pictures."""
    yaw, pitch, roll = np.deg2rad([yaw_deg, pitch_deg, roll_deg])
    nod = np.array(
        [
            [1, 0, 0],
            [0, math.cos(pitch), math.sin(pitch)],
            [0, -math.sin(pitch), math.cos(pitch)],
        ]
    )
    turn = np.array(
        [[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]]
    )
    lean = np.array(
        [[math.cos(roll), math.sin(roll), 0], [-math.sin(roll), math.cos(roll), 0], [0, 0, 1]]
    )
    points = head @ (lean @ turn @ nod).T * px_per_mm
    return Landmarks(*((300 + float(x), 200 - float(y)) for x, y, _ in points))


@pytest.mark.parametrize("angle", [-30, -20, -10, -3, 0, 3, 10, 20, 30])
def test_yaw_pitch_and_roll_are_told_apart(angle: float) -> None:
    assert pose_of(_seen(yaw_deg=angle)).yaw_deg == pytest.approx(angle, abs=3)
    # A chin that is far down moves the nose hardly any more: 30 degrees are told as 19.
    slack = 4 if angle > -20 else 12
    assert pose_of(_seen(pitch_deg=angle)).pitch_deg == pytest.approx(angle, abs=slack)
    assert pose_of(_seen(roll_deg=angle)).roll_deg == pytest.approx(angle, abs=0.5)
    assert abs(pose_of(_seen(yaw_deg=angle)).roll_deg) < 1
    assert abs(pose_of(_seen(roll_deg=angle)).yaw_deg) < 1


@pytest.mark.parametrize("yaw_deg", [-20, 20])
@pytest.mark.parametrize("pitch_deg", [-15, 15])
def test_a_head_that_is_turned_both_ways_is_seen_so(yaw_deg: float, pitch_deg: float) -> None:
    pose = pose_of(_seen(yaw_deg, pitch_deg))
    assert pose.yaw_deg == pytest.approx(yaw_deg, abs=6)
    assert pose.pitch_deg == pytest.approx(pitch_deg, abs=6)


def test_more_turn_is_more_yaw_for_every_nose() -> None:
    for nose_mm in (18.0, 27.0, 36.0):
        head = _HEAD.copy()
        head[4, 2] = nose_mm
        yaws = [pose_of(_seen(angle, head=head)).yaw_deg for angle in range(-40, 41, 5)]
        assert yaws == sorted(yaws)


@pytest.mark.parametrize("yaw_deg", [0, 20])
def test_a_nose_that_is_lower_is_a_chin_that_is_further_down(yaw_deg: float) -> None:
    pitches = []
    for below_mm in range(30, 59, 2):
        head = _HEAD.copy()
        head[4, 1] = -float(below_mm)
        pitches.append(pose_of(_seen(yaw_deg, head=head)).pitch_deg)
    assert pitches == sorted(pitches, reverse=True)
    assert pitches[0] > 15
    assert pitches[-1] < -20 + abs(yaw_deg)


def test_points_that_are_one_point_are_no_pose_and_no_fault() -> None:
    pose = pose_of(Landmarks(*(((5.0, 5.0),) * 5)))
    assert math.isnan(pose.yaw_deg)


def test_portraits_that_look_at_the_camera_are_nearly_straight() -> None:
    engine = on_this_device(None)
    for name in ("collins.jpg", "hopper.jpg"):
        face = engine.faces(read_file(resources.path("demo", name)))[0]
        pose = pose_of(face.landmarks)
        assert abs(pose.yaw_deg) < 8
        assert abs(pose.pitch_deg) < 8


def test_a_mirrored_portrait_is_turned_the_other_way() -> None:
    engine = on_this_device(None)
    picture = read_file(resources.path("demo", "hopper.jpg"))
    one = engine.faces(picture)[0]
    mirrored = type(picture)(np.ascontiguousarray(picture.pixels[:, ::-1]))
    other = engine.faces(mirrored)[0]
    assert pose_of(one.landmarks).yaw_deg == pytest.approx(
        -pose_of(other.landmarks).yaw_deg, abs=2.5
    )
