"""Equal frames and empty frames."""

import numpy as np

from facecheck_gui.camera.sameness import is_flat, is_same
from tests.camera.stories import noisy


def test_one_bit_of_noise_makes_another_frame() -> None:
    frame = noisy(1, 640, 480)
    other = frame.copy()
    other[101, 103, 2] ^= 1
    assert not is_same(frame, other)
    assert is_same(frame, frame.copy())


def test_a_frame_of_another_size_is_another_frame() -> None:
    assert not is_same(noisy(1, 64, 48), noisy(1, 48, 64))
    assert not is_same(None, noisy(1))


def test_black_white_and_any_one_colour_are_flat() -> None:
    for colour in ((0, 0, 0), (255, 255, 255), (0, 135, 0)):
        assert is_flat(np.full((480, 640, 3), colour, np.uint8))


def test_a_dark_room_is_not_flat() -> None:
    dark = np.random.default_rng(1).integers(2, 14, (480, 640, 3), np.uint8)
    dark[100:300, 200:400] += 6
    assert not is_flat(dark)


def test_a_closed_shutter_with_sensor_noise_is_flat() -> None:
    noise = np.random.default_rng(1).integers(0, 3, (480, 640, 3), np.uint8)
    assert is_flat(noise)
