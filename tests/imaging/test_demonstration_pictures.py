"""The pictures that come with the program show what they are said to show."""

from pathlib import Path

import dlib
import numpy as np
import pytest
from PIL import Image

from facecheck_gui import resources
from facecheck_gui.imaging.files import read_file

_SURE = 0.5


@pytest.fixture(scope="module")
def detector() -> dlib.fhog_object_detector:
    return dlib.get_frontal_face_detector()


def sure_faces(detector: dlib.fhog_object_detector, name: str) -> list[dlib.rectangle]:
    """Faces of a demonstration picture, at the picture's own size."""
    pixels = np.ascontiguousarray(read_file(resources.path("demo", name)).pixels)
    boxes, scores, _ = detector.run(pixels, 0, 0.0)
    return [box for box, score in zip(boxes, scores, strict=True) if score >= _SURE]


@pytest.mark.parametrize(
    ("name", "faces"),
    [("collins.jpg", 1), ("collins_card.jpg", 1), ("hopper.jpg", 1), ("two_people.jpg", 2)],
)
def test_every_face_is_found_as_the_file_is(
    detector: dlib.fhog_object_detector, name: str, faces: int
) -> None:
    found = sure_faces(detector, name)
    assert len(found) == faces
    assert min(box.width() for box in found) >= 80


def test_two_people_are_about_the_same_size(detector: dlib.fhog_object_detector) -> None:
    one, other = (box.width() for box in sure_faces(detector, "two_people.jpg"))
    assert 0.75 < one / other < 1.35


@pytest.mark.parametrize("upsampled", [0, 1])
def test_nobody_is_found_where_nobody_is(
    detector: dlib.fhog_object_detector, upsampled: int
) -> None:
    pixels = np.ascontiguousarray(read_file(resources.path("demo", "no_face.jpg")).pixels)
    boxes, _, _ = detector.run(pixels, upsampled, -0.3)
    assert len(boxes) == 0


@pytest.mark.parametrize("path", sorted(resources.path("demo").glob("*.jpg")), ids=lambda p: p.name)
def test_each_picture_is_small_and_credited(path: Path) -> None:
    assert path.stat().st_size < 150_000
    text = path.with_name("CREDITS.md").read_text("utf-8")
    assert f"`{path.name}`" in text
    with Image.open(path) as image:
        assert not image.getexif()
