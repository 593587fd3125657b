"""What leaves is a clean JPEG of the best quality that fits."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import ImageLimits, Picture
from facecheck_gui.imaging.crop import around
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.encode import to_jpeg
from tests.imaging import forge


def _picture(image: Image.Image) -> Picture:
    return Picture(np.asarray(image))


def _base64_length(jpeg: bytes) -> int:
    return len(base64.b64encode(jpeg))


def test_an_easy_picture_keeps_the_best_quality() -> None:
    picture = _picture(forge.gradient(640, 480))
    jpeg = to_jpeg(picture)
    again = decode(jpeg)
    assert np.abs(again.pixels.astype(int) - picture.pixels).max() <= 6


@pytest.mark.parametrize("max_base64_bytes", [2 * 1024 * 1024, 400_000, 90_000])
def test_a_hard_picture_fits_and_barely(max_base64_bytes: int) -> None:
    picture = _picture(forge.noise(1200, 900))
    jpeg = to_jpeg(picture, ImageLimits(max_base64_bytes=max_base64_bytes))
    assert 0.5 * max_base64_bytes < _base64_length(jpeg) <= max_base64_bytes


def test_the_next_better_quality_would_not_fit() -> None:
    image, limits = forge.noise(640, 480), ImageLimits(max_base64_bytes=300_000)
    jpeg = to_jpeg(_picture(image), limits)
    lengths = []
    for quality in range(40, 96):
        subsampling = "4:4:4" if quality >= 90 else "4:2:0"
        lengths.append(len(forge.saved(image, "JPEG", quality=quality, subsampling=subsampling)))
    chosen = lengths.index(len(jpeg))
    assert lengths[chosen + 1] > 300_000 // 4 * 3 >= lengths[chosen]


def test_sides_stay_within_the_limits() -> None:
    jpeg = to_jpeg(_picture(forge.gradient(3000, 500)))
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.size == (1920, 320)


def test_nothing_but_the_picture_leaves() -> None:
    exif = Image.Exif()
    exif[0x010E] = "CANARY place and time"
    picture = decode(forge.saved(forge.gradient(), "JPEG", exif=exif, comment=b"CANARY"))
    jpeg = to_jpeg(picture)
    assert b"CANARY" not in jpeg
    with Image.open(io.BytesIO(jpeg)) as image:
        assert not image.getexif()


def test_a_crop_is_wider_than_the_face_and_ends_at_the_edge() -> None:
    picture = _picture(forge.gradient(100, 80))
    part = around(picture, FaceBox(10, 20, 20, 20), margin=0.5)
    assert (part.width, part.height) == (40, 40)
    assert np.array_equal(part.pixels, picture.pixels[10:50, 0:40])
    assert around(picture, FaceBox(90, 70, 50, 50), margin=1.0).pixels.shape == (60, 60, 3)
    outside = around(picture, FaceBox(500, 500, 10, 10), margin=0.0)
    assert (outside.width, outside.height) == (1, 1)
