"""Faces from frame to frame."""

from functools import cache

import cv2
import numpy as np
import pytest

from facecheck_gui import resources
from facecheck_gui.comparers.on_device import on_this_device
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Pixels
from facecheck_gui.imaging.files import read_file
from facecheck_gui.vision.faces import FaceFinder
from facecheck_gui.vision.following import FaceFollower
from tests.vision.finders import CountingFinder, finder

_WIDTH, _HEIGHT = 640, 480


@pytest.fixture(scope="module")
def found_by() -> FaceFinder:
    return finder()


@cache
def _portrait(name: str) -> tuple[Pixels, Face]:
    picture = read_file(resources.path("demo", name))
    return picture.pixels, on_this_device(None).faces(picture)[0]


def _frame(name: str, box_px: int, x: float, y: float) -> Pixels:
    """The portrait with its face ``box_px`` high, and in the middle of the frame but for (x, y)."""
    pixels, face = _portrait(name)
    scale = box_px / face.box.height
    right = _WIDTH / 2 - face.box.centre[0] * scale + x
    down = _HEIGHT / 2 - face.box.centre[1] * scale + y
    matrix = np.array([[scale, 0, right], [0, scale, down]])
    grey = (128, 128, 128)
    return np.asarray(cv2.warpAffine(pixels, matrix, (_WIDTH, _HEIGHT), borderValue=grey), np.uint8)


def test_a_face_that_moves_is_followed_without_searching_the_frame(found_by: FaceFinder) -> None:
    counting = CountingFinder(found_by)
    follower = FaceFollower(counting)
    for step in range(7):
        x = step * 12
        (face,) = follower.faces(_frame("hopper.jpg", 140, x, 0), step * 0.1)
        assert face.box.centre[0] == pytest.approx(_WIDTH / 2 + x, abs=10)
    assert counting.searches == 1


def test_the_landmarks_are_those_that_a_search_would_give(found_by: FaceFinder) -> None:
    follower = FaceFollower(found_by)
    frame = _frame("hopper.jpg", 140, 4, 3)
    follower.faces(_frame("hopper.jpg", 140, 0, 0), 0.0)
    (followed,) = follower.faces(frame, 0.1)
    (searched,) = found_by.find(frame)
    for one, other in zip(
        (followed.landmarks.left_eye_outer, followed.landmarks.nose_base),
        (searched.landmarks.left_eye_outer, searched.landmarks.nose_base),
        strict=True,
    ):
        assert np.hypot(one[0] - other[0], one[1] - other[1]) < 1.5


def test_who_leaves_is_gone_with_the_same_frame(found_by: FaceFinder) -> None:
    follower = FaceFollower(found_by)
    assert follower.faces(_frame("collins.jpg", 140, 0, 0), 0.0)
    assert follower.faces(np.full((_HEIGHT, _WIDTH, 3), 128, np.uint8), 0.1) == ()


def test_who_jumps_across_the_frame_is_found_at_once(found_by: FaceFinder) -> None:
    follower = FaceFollower(found_by)
    follower.faces(_frame("hopper.jpg", 110, -170, 0), 0.0)
    (face,) = follower.faces(_frame("hopper.jpg", 110, 170, 0), 0.1)
    assert face.box.centre[0] == pytest.approx(_WIDTH / 2 + 170, abs=10)


def test_a_second_person_is_seen_within_a_second(found_by: FaceFinder) -> None:
    follower = FaceFollower(found_by)
    alone = _frame("hopper.jpg", 130, -150, 0)
    both = alone.copy()
    both[:, _WIDTH // 2 :] = _frame("collins.jpg", 130, 150, 0)[:, _WIDTH // 2 :]
    follower.faces(alone, 0.0)
    seen = [len(follower.faces(both, 0.1 * step)) for step in range(1, 11)]
    assert seen[-1] == 2
    assert 2 in seen[:10]


def test_two_people_are_followed_together(found_by: FaceFinder) -> None:
    counting = CountingFinder(found_by)
    follower = FaceFollower(counting)
    both = _frame("hopper.jpg", 130, -150, 0)
    both[:, _WIDTH // 2 :] = _frame("collins.jpg", 130, 150, 0)[:, _WIDTH // 2 :]
    for step in range(4):
        assert len(follower.faces(np.roll(both, step * 3, axis=1), step * 0.1)) == 2
    assert counting.searches == 1


@pytest.mark.parametrize("name", ["collins.jpg", "hopper.jpg"])
def test_a_face_of_80_pixels_is_found_and_followed(found_by: FaceFinder, name: str) -> None:
    follower = FaceFollower(found_by)
    found = [len(follower.faces(_frame(name, 80, step * 3, 0), step * 0.1)) for step in range(6)]
    assert found == [1] * 6


def test_a_clock_that_goes_back_is_no_reason_to_trust_an_old_place(found_by: FaceFinder) -> None:
    counting = CountingFinder(found_by)
    follower = FaceFollower(counting)
    for at_s in (100.0, 5.0):
        follower.faces(_frame("hopper.jpg", 140, 0, 0), at_s)
    assert counting.searches == 2
