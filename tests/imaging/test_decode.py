"""Good pictures come out upright, opaque, RGB and within the limits."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from facecheck_gui import resources
from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import ImageLimits
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.files import read_file
from tests.imaging import forge

_ORIENTATION = 0x0112


def corner_means(pixels: np.ndarray) -> list[float]:
    """Mean of the corners: left top, right top, left bottom, right bottom."""
    parts = (pixels[:8, :8], pixels[:8, -8:], pixels[-8:, :8], pixels[-8:, -8:])
    return [float(part.mean()) for part in parts]


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "BMP"])
def test_each_format_gives_the_same_picture(picture_format: str) -> None:
    picture = decode(forge.saved(forge.gradient(), picture_format), label="a.jpg")
    assert picture.pixels.shape == (64, 96, 3)
    assert picture.pixels.dtype == np.uint8
    assert not picture.pixels.flags.writeable
    expected = np.asarray(forge.gradient()).astype(int)
    assert np.abs(picture.pixels.astype(int) - expected).mean() < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation: int) -> None:
    upright = forge.gradient()
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = upright
    for turn in undo.get(orientation, []):
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    picture = decode(forge.saved(stored, "JPEG", exif=exif, quality=95))
    assert picture.pixels.shape == (64, 96, 3)
    assert corner_means(picture.pixels) == pytest.approx(corner_means(np.asarray(upright)), abs=6)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "RGBA"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    picture_format = "JPEG" if mode == "CMYK" else "PNG"
    picture = decode(forge.saved(forge.gradient().convert(mode), picture_format))
    assert picture.pixels.shape == (64, 96, 3)
    left_top, _, _, right_bottom = corner_means(picture.pixels)
    assert left_top < 60
    assert right_bottom > 190


def test_sixteen_bits_keep_their_range() -> None:
    values = np.linspace(0, 65535, 96 * 64).reshape(64, 96).astype(np.uint16)
    picture = decode(forge.saved(Image.fromarray(values), "PNG"))
    assert picture.pixels.min() == 0
    assert picture.pixels.max() == 255


def test_what_is_transparent_becomes_white_paper() -> None:
    image = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert decode(forge.saved(image, "PNG")).pixels.min() == 255


@pytest.mark.parametrize(
    ("size", "fitted"),
    [((4000, 3000), (1440, 1080)), ((1920, 1080), (1920, 1080)), ((1000, 3000), (360, 1080))],
)
def test_large_pictures_are_fitted_into_the_limits(
    size: tuple[int, int], fitted: tuple[int, int]
) -> None:
    picture = decode(forge.saved(Image.new("RGB", size, "teal"), "JPEG"))
    assert (picture.width, picture.height) == fitted


def test_limits_may_be_given() -> None:
    data = forge.saved(forge.gradient(), "PNG")
    limits = ImageLimits(max_width_px=48, max_height_px=48)
    assert decode(data, limits=limits).pixels.shape == (32, 48, 3)


def test_a_phone_picture_of_several_frames_gives_its_first() -> None:
    second = forge.gradient().rotate(180)
    data = forge.saved(forge.gradient(), "MPO", save_all=True, append_images=[second])
    left_top, _, _, right_bottom = corner_means(decode(data).pixels)
    assert left_top < right_bottom


def test_the_label_is_fit_to_be_shown() -> None:
    data = forge.saved(forge.gradient(), "PNG")
    assert decode(data, label="a\u202eb\nc\x00.png").label == "ab c.png"
    assert len(decode(data, label="x" * 500).label) == 80


def test_an_address_is_kept_and_not_shown() -> None:
    url = "https://example.org/a.jpg?token=CANARY"
    picture = decode(forge.saved(forge.gradient(), "PNG"), address=url)
    assert picture.address == url
    assert "CANARY" not in repr(picture)


def test_a_file_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "portrait.jpg"
    path.write_bytes(forge.saved(forge.gradient(), "JPEG"))
    assert read_file(path).label == "portrait.jpg"


def test_what_is_no_readable_file_is_said_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    for path, fault in [
        (tmp_path / "none.jpg", Fault.FILE_MISSING),
        (tmp_path / "none" / "none.jpg", Fault.FILE_MISSING),
        (tmp_path, Fault.FILE_UNREADABLE),
        (pipe, Fault.FILE_UNREADABLE),
        (Path("a\0b.jpg"), Fault.FILE_UNREADABLE),
    ]:
        with pytest.raises(PictureError) as caught:
            read_file(path)
        assert caught.value.fault is fault, path


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    path.write_bytes(forge.saved(forge.noise(64, 64), "PNG"))
    with pytest.raises(PictureError) as caught:
        read_file(path, max_bytes=1000)
    assert caught.value.fault is Fault.FILE_TOO_LARGE


@pytest.mark.parametrize(
    "name", ["collins.jpg", "collins_card.jpg", "hopper.jpg", "two_people.jpg", "no_face.jpg"]
)
def test_the_demonstration_pictures_pass_the_chain(name: str) -> None:
    assert read_file(resources.path("demo", name)).height >= 480
