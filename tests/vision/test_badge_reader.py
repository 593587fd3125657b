"""Codes that were drawn are read again, out of pictures of rooms."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray

from facecheck_gui.domain import badge
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.qr import QUIET_ZONE, qr_file, qr_modules
from facecheck_gui.vision.badge_reader import BadgeReader

CODE = badge.encode("00417", b"k" * 32)


def _drawn(text: str, module_px: int) -> NDArray[np.uint8]:
    modules = np.pad(np.array(qr_modules(text)), QUIET_ZONE)
    grey = np.where(np.kron(modules, np.ones((module_px, module_px), bool)), 20, 235)
    return np.repeat(grey.astype(np.uint8)[:, :, None], 3, axis=2)


def _in_a_room(
    *codes: NDArray[np.uint8], width: int = 1280, height: int = 720, noise: int = 8
) -> NDArray[np.uint8]:
    room = np.random.default_rng(1).integers(90, 150, (height // 40, width // 40, 3))
    frame = np.kron(room, np.ones((40, 40, 1)))[:height, :width]
    left = 60
    for code in codes:
        side = code.shape[0]
        frame[80 : 80 + side, left : left + side] = code
        left += side + 60
    frame += np.random.default_rng(2).normal(0, noise, frame.shape)
    return np.clip(frame, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("module_px", [4, 6, 10])
def test_a_badge_that_is_held_up_is_read(module_px: int) -> None:
    assert BadgeReader().read(_in_a_room(_drawn(CODE, module_px))) == CODE


def test_a_room_without_a_code_gives_nothing() -> None:
    assert BadgeReader().read(_in_a_room()) == ""


def test_a_badge_goes_before_a_larger_code_of_something_else() -> None:
    frame = _in_a_room(_drawn("https://example.com", 8), _drawn(CODE, 4))
    assert BadgeReader().read(frame) == CODE


def test_of_others_the_largest_is_meant() -> None:
    frame = _in_a_room(_drawn("00001", 4), _drawn("00002", 9))
    assert BadgeReader().read(frame) == "00002"


def test_what_is_longer_than_any_badge_is_none() -> None:
    frame = _in_a_room(_drawn("x" * 900, 3), width=1920, height=1080, noise=0)
    assert BadgeReader().read(frame) == ""


def test_what_a_code_hides_does_not_come_along() -> None:
    assert BadgeReader().read(_in_a_room(_drawn("00\u202e417\x07", 6))) == "00417"


def test_small_and_grey_pictures_are_no_trouble() -> None:
    reader = BadgeReader()
    assert reader.read(np.zeros((1, 1, 3), np.uint8)) == ""
    assert reader.read(_in_a_room(_drawn(CODE, 4), width=640, height=480, noise=0)) == CODE


def test_a_code_as_a_file_is_read_again() -> None:
    picture = decode(qr_file(CODE, "png"))
    assert BadgeReader().read(picture.pixels) == CODE
    assert qr_file(CODE, "svg").startswith(b"<?xml")
    assert qr_file(CODE, "pdf").startswith(b"%PDF")
    assert io.BytesIO(qr_file(CODE, "png")).read(4) == b"\x89PNG"
    with pytest.raises(ValueError, match="png"):
        qr_file(CODE, "exe")
