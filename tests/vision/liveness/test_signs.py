"""Signs that need no challenge, each by itself."""

import functools

import numpy as np
import pytest

from facecheck_gui.domain.face import FaceBox, Landmarks
from facecheck_gui.domain.image import Pixels
from facecheck_gui.opencv import cv2
from facecheck_gui.vision.liveness.following_points import FollowedFace, face_chip
from facecheck_gui.vision.liveness.screen import ScreenWatch, peak_of
from facecheck_gui.vision.liveness.surroundings import Surroundings
from facecheck_gui.vision.liveness.virtual_cameras import is_virtual
from tests.vision.stage import Sensor, Sheet, Shot, Stage, points_of, portrait

_FRAMES = 12


def _grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


@functools.cache
def _shot(name: str = "hopper") -> Shot:
    return Sensor(1).sees(Stage(portrait(name)).head(distance_cm=40))


def _moire(strength: float) -> Pixels:
    """Slanting waves of 4.3 pixels over the frame, as a screen's grid gives with a sensor's."""
    y, x = np.mgrid[0:480, 0:640]
    waves = strength * np.sin(2 * np.pi * (x * 0.19 + y * 0.13))
    return np.clip(_grey(_shot().pixels) + waves, 0, 255).astype(np.uint8)


def _watched(greys: list[Pixels]) -> ScreenWatch:
    watch = ScreenWatch()
    for grey in greys:
        watch.see(grey, _shot().face.box)
    return watch


@pytest.mark.parametrize("name", ["collins", "hopper"])
def test_a_face_is_no_screen(name: str) -> None:
    shot = _shot(name)
    watch = ScreenWatch()
    still, sensor = Stage(portrait(name)).head(distance_cm=40), Sensor(2)
    for _ in range(_FRAMES):
        watch.see(_grey(sensor.sees(still).pixels), shot.face.box)
    assert not watch.seen


def test_the_grid_of_a_screen_is_seen() -> None:
    assert _watched([_moire(6)] * _FRAMES).seen


def test_the_stronger_the_grid_the_higher_its_peak() -> None:
    box = _shot().face.box
    patches = [
        _moire(strength)[box.top : box.top + 96, box.left : box.left + 96] for strength in (2, 4, 8)
    ]
    peaks = [peak_of(patch) for patch in patches]
    assert peaks == sorted(peaks)
    assert peaks[-1] > 4 * peaks[0]


def test_light_that_flickers_is_seen() -> None:
    grey = _grey(_shot().pixels)
    assert _watched([grey, (grey * 0.8).astype(np.uint8)] * _FRAMES).seen


def test_light_that_changes_slowly_is_not_flicker() -> None:
    grey = _grey(_shot().pixels)
    assert not _watched([(grey * (0.5 + i / 40)).astype(np.uint8) for i in range(20)]).seen


def test_a_blank_wall_says_nothing_about_the_surroundings() -> None:
    wall = np.full((480, 640, 3), 128, np.uint8)
    stage = Stage(portrait("collins"), wall=wall)
    shots = [stage.head(shift_cm=(i * 0.2, 0)) for i in range(10)]
    around = Surroundings(_grey(shots[0].pixels), shots[0].face.box)
    for shot in shots[1:]:
        around.see(_grey(shot.pixels))
    assert around.told
    assert not around.still
    assert not around.as_one


def test_a_person_moves_before_a_wall_that_stays() -> None:
    stage = Stage(portrait("hopper"))
    shots = [stage.head(distance_cm=60, shift_cm=(i * 0.2, 0)) for i in range(12)]
    around = Surroundings(_grey(shots[0].pixels), shots[0].face.box)
    for shot in shots[1:]:
        around.see(_grey(shot.pixels))
    assert not around.as_one


def test_a_poster_and_its_background_move_as_one() -> None:
    stage = Stage(portrait("hopper"))
    poster = Sheet(half_width=30, above=30, below=30)
    shots = [stage.sheet(poster, distance_cm=60, shift_cm=(i * 0.2, 0)) for i in range(12)]
    around = Surroundings(_grey(shots[0].pixels), shots[0].face.box)
    for shot in shots[1:]:
        around.see(_grey(shot.pixels))
    assert around.as_one


def test_a_face_at_the_edge_is_followed_without_a_fault() -> None:
    grey = _grey(_shot().pixels)
    around = Surroundings(grey, FaceBox(600, 440, 90, 90))
    around.see(grey)
    assert not around.as_one


def test_a_chip_is_the_same_from_a_large_picture() -> None:
    shot = Stage(portrait("hopper")).head(distance_cm=40)
    grey = _grey(shot.pixels)
    points = [((x + 0.5) * 4 - 0.5, (y + 0.5) * 4 - 0.5) for x, y in points_of(shot.landmarks)]
    large = cv2.resize(grey, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    one = face_chip(grey, shot.landmarks)
    other = face_chip(np.asarray(large, np.uint8), Landmarks(*points))
    assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.97


def test_a_face_without_any_texture_has_no_points() -> None:
    blank = np.full((480, 640), 120, np.uint8)
    followed = FollowedFace(blank, _shot().landmarks)
    assert len(followed.follow(blank, _shot().landmarks).at) == 0


@pytest.mark.parametrize("name", ["", "USB2.0 HD UVC WebCam", "DroidCam", "FaceTime HD Camera"])
def test_a_lens_is_not_called_a_program(name: str) -> None:
    assert not is_virtual(name)
