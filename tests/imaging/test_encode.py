"""What leaves is a clean JPEG of the best quality that fits."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import ImageLimits, Picture
from facecheck_gui.imaging.crop import around
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.encode import to_jpeg
from tests.imaging import forge

FACE = FaceBox(20, 10, 40, 40)


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


@pytest.mark.parametrize("spare_bytes", [-1, 0, 1, 2, 3, 4])
def test_the_limit_counts_base64_to_the_character(spare_bytes: int) -> None:
    picture = _picture(forge.gradient(320, 240))
    exact = _base64_length(to_jpeg(picture))
    jpeg = to_jpeg(picture, ImageLimits(max_base64_bytes=exact + spare_bytes))
    assert _base64_length(jpeg) <= exact + spare_bytes
    assert (_base64_length(jpeg) == exact) == (spare_bytes >= 0)


def test_colour_is_kept_in_full_at_high_quality() -> None:
    with Image.open(io.BytesIO(to_jpeg(_picture(forge.gradient())))) as image:
        assert [layer[1:3] for layer in image.layer] == [(1, 1), (1, 1), (1, 1)]


def test_a_picture_that_fits_at_no_quality_is_made_smaller() -> None:
    picture = _picture(forge.noise(640, 480))
    jpeg = to_jpeg(picture, ImageLimits(max_base64_bytes=20_000))
    assert _base64_length(jpeg) <= 20_000
    with Image.open(io.BytesIO(jpeg)) as image:
        assert 100 < image.width < 640
        assert image.width / image.height == pytest.approx(4 / 3, abs=0.05)


def test_where_nothing_fits_that_is_said() -> None:
    with pytest.raises(PictureError) as caught:
        to_jpeg(_picture(forge.noise(64, 64)), ImageLimits(max_base64_bytes=200))
    assert caught.value.fault is Fault.BODY_TOO_LARGE


def test_a_single_pixel_is_a_picture() -> None:
    with Image.open(io.BytesIO(to_jpeg(_picture(forge.gradient(1, 1))))) as image:
        assert image.size == (1, 1)


def test_sides_stay_within_the_limits() -> None:
    jpeg = to_jpeg(_picture(forge.gradient(3000, 500)))
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.size == (1920, 320)


def test_portraits_stay_within_the_limits_too() -> None:
    with Image.open(io.BytesIO(to_jpeg(_picture(forge.gradient(1500, 2000))))) as image:
        assert image.size == (810, 1080)


def test_small_pictures_are_never_enlarged() -> None:
    with Image.open(io.BytesIO(to_jpeg(_picture(forge.gradient(48, 40))))) as image:
        assert image.size == (48, 40)


def test_nothing_but_the_picture_leaves() -> None:
    exif = Image.Exif()
    exif[0x010E] = "CANARY place and time"
    picture = decode(forge.saved(forge.gradient(), "JPEG", exif=exif, comment=b"CANARY"))
    jpeg = to_jpeg(picture)
    assert b"CANARY" not in jpeg
    assert not {marker for marker in range(0xE1, 0xF0) if bytes([0xFF, marker]) in jpeg[:200]}
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


def test_a_crop_is_a_copy_that_nobody_can_write_to() -> None:
    whole = np.asarray(forge.gradient()).copy()
    part = around(Picture(whole, label="a.png"), FACE, margin=0.0)
    before = part.pixels.copy()
    whole[:] = 0
    assert np.array_equal(part.pixels, before)
    assert part.pixels.flags.c_contiguous
    assert not part.pixels.flags.writeable
    assert part.label == "a.png"


def test_a_crop_of_a_crop_can_be_sent() -> None:
    part = around(_picture(forge.gradient()), FACE, margin=0.25)
    assert decode(to_jpeg(part)).pixels.shape == part.pixels.shape
