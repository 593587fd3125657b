"""A card is told from a portrait and a person."""

import numpy as np
import pytest

from facecheck_gui import resources
from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.domain.face import Face, FaceBox, Landmarks
from facecheck_gui.domain.image import Picture, Pixels
from facecheck_gui.flows.portrait import Portrait, find_portrait
from facecheck_gui.imaging.files import read_file
from facecheck_gui.vision.card import is_on_card
from tests.vision.cards import card, on_a_desk

_DARK, _LIGHT, _BROWN = (30, 30, 32), (200, 205, 200), (92, 70, 52)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OnDeviceComparer:
    return on_this_device(tmp_path_factory.mktemp("cache"))


def _portrait(engine: OnDeviceComparer, pixels: Pixels) -> Portrait:
    return find_portrait(Picture(np.ascontiguousarray(pixels)), engine.faces)


@pytest.mark.parametrize("name", ["collins_card.jpg", "hopper.jpg"])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("portrait_right", [True, False])
def test_the_portrait_on_a_scanned_card_is_found_however_it_lies(
    engine: OnDeviceComparer, name: str, quarters: int, portrait_right: bool
) -> None:
    pixels = np.rot90(card(name, portrait_right=portrait_right), quarters)
    found = _portrait(engine, pixels)
    assert found.on_card
    (face,) = found.faces
    assert face.box.height > found.picture.height * 0.4
    assert face.landmarks.nose_base[1] > face.landmarks.left_eye_outer[1]


@pytest.mark.parametrize(
    ("ground", "turn_deg", "slant", "share"),
    [
        (_BROWN, 0, 0, 0.35),
        (_BROWN, -12, 0.08, 0.6),
        (_BROWN, 90, 0, 0.45),
        (_DARK, 8, 0, 0.5),
        (_LIGHT, 0, 0, 0.5),
        (_LIGHT, 180, 0, 0.5),
    ],
)
def test_the_portrait_on_a_card_before_the_camera_is_found(
    engine: OnDeviceComparer,
    ground: tuple[int, int, int],
    turn_deg: float,
    slant: float,
    share: float,
) -> None:
    seen = on_a_desk(card(), turn_deg=turn_deg, slant=slant, share=share, ground=ground)
    found = _portrait(engine, seen)
    assert found.on_card
    assert len(found.faces) == 1
    assert found.picture.width < 500


@pytest.mark.parametrize("name", ["collins.jpg", "collins_card.jpg", "hopper.jpg"])
def test_a_plain_portrait_is_left_as_it_is(engine: OnDeviceComparer, name: str) -> None:
    picture = read_file(resources.path("demo", name))
    found = find_portrait(picture, engine.faces)
    assert not found.on_card
    assert found.picture is picture


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_portrait_that_lies_on_its_side_is_stood_up(
    engine: OnDeviceComparer, quarters: int
) -> None:
    picture = read_file(resources.path("demo", "hopper.jpg"))
    found = _portrait(engine, np.rot90(picture.pixels, quarters))
    assert np.array_equal(found.picture.pixels, picture.pixels)
    assert len(found.faces) == 1


def test_a_picture_without_a_face_stays_as_it_is(engine: OnDeviceComparer) -> None:
    picture = read_file(resources.path("demo", "no_face.jpg"))
    found = find_portrait(picture, engine.faces)
    assert found.picture is picture
    assert found.faces == ()


def test_a_face_in_the_middle_of_a_card_shaped_picture_is_a_person() -> None:
    pixels = np.full((540, 856, 3), 128, np.uint8)
    assert not is_on_card(pixels, FaceBox(856 // 2 - 90, 150, 180, 180))


def test_a_face_that_is_lost_by_cutting_leaves_the_whole_picture() -> None:
    picture = Picture(card())
    once = iter([(_face(FaceBox(560, 140, 180, 180)),), ()])
    found = find_portrait(picture, lambda _: next(once))
    assert found.picture is picture
    assert not found.on_card
    assert len(found.faces) == 1


def _face(box: FaceBox) -> Face:
    at = box.centre
    return Face(box, Landmarks(at, at, at, at, at), 1.0)
