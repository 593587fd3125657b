"""Good pictures come out upright, opaque, RGB and within the limits."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from facecheck_gui.domain.image import ImageLimits
from facecheck_gui.imaging.decode import decode
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


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP"])
def test_every_format_may_say_which_way_up(picture_format: str) -> None:
    stored = forge.gradient().transpose(Image.Transpose.ROTATE_90)
    data = forge.saved(stored, picture_format, exif=forge.exif(6))
    picture = decode(data)
    assert picture.pixels.shape == (64, 96, 3)
    upright = corner_means(np.asarray(forge.gradient()))
    assert corner_means(picture.pixels) == pytest.approx(upright, abs=8)


def test_a_large_picture_on_its_side_is_fitted_as_it_will_stand() -> None:
    data = forge.saved(Image.new("RGB", (4000, 3000), "teal"), "JPEG", exif=forge.exif(6))
    picture = decode(data)
    assert (picture.width, picture.height) == (810, 1080)


@pytest.mark.parametrize("colour", [0, 2, 4, 6], ids=["grey", "rgb", "grey+alpha", "rgba"])
@pytest.mark.parametrize("depth", [8, 16])
def test_pngs_of_any_depth_become_rgb(depth: int, colour: int) -> None:
    pixels = decode(forge.png_of(96, 64, depth, colour)).pixels
    assert pixels.shape == (64, 96, 3)
    # All samples are 0: black, or, with an alpha of 0, white paper.
    assert (pixels == (255 if colour & 4 else 0)).all()


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_pngs_of_few_greys_become_rgb(depth: int) -> None:
    assert decode(forge.png_of(96, 64, depth, 0)).pixels.shape == (64, 96, 3)


def test_a_palette_may_have_transparent_entries() -> None:
    image = Image.new("P", (64, 64), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (32, 0, 64, 64))
    pixels = decode(forge.saved(image, "PNG", transparency=0)).pixels
    assert (pixels[:, :32] == 255).all()
    assert (pixels[:, 32:] == (0, 0, 255)).all()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_one_colour_may_be_declared_transparent(mode: str) -> None:
    image = Image.new(mode, (64, 64), "black")
    image.paste("gray", (32, 0, 64, 64))
    transparent = 0 if mode == "L" else (0, 0, 0)
    pixels = decode(forge.saved(image, "PNG", transparency=transparent)).pixels
    assert (pixels[:, :32] == 255).all()
    assert (pixels[:, 32:] == 128).all()


def test_half_transparent_is_half_way_to_white() -> None:
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 128))
    for picture_format, options in [("PNG", {}), ("WEBP", {"lossless": True})]:
        assert decode(forge.saved(image, picture_format, **options)).pixels.mean() == 127


def test_a_large_transparent_picture_has_no_dark_seams() -> None:
    image = Image.new("RGBA", (4000, 600), (255, 255, 255, 255))
    image.paste((0, 0, 0, 0), (0, 0, 2001, 600))
    assert decode(forge.saved(image, "PNG")).pixels.min() >= 250


def test_sixteen_bits_keep_their_range() -> None:
    values = np.linspace(0, 65535, 96 * 64).reshape(64, 96).astype(np.uint16)
    pixels = decode(forge.saved(Image.fromarray(values), "PNG")).pixels
    assert np.abs(pixels - (values / 257.0)[:, :, None]).max() <= 1
    assert (pixels.min(), pixels.max()) == (0, 255)


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


def test_pixels_cannot_be_written_to_even_by_force() -> None:
    pixels = decode(forge.saved(forge.gradient(), "PNG")).pixels
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = 0
    with pytest.raises(ValueError, match="WRITEABLE"):
        pixels.flags.writeable = True


def test_several_threads_may_decode_at_once() -> None:
    formats = ["JPEG", "PNG", "WEBP", "BMP"]
    files = {name: forge.saved(forge.gradient(), name) for name in formats}
    alone = {name: decode(data).pixels for name, data in files.items()}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda name: (name, decode(files[name])), formats * 8))
    assert all(np.array_equal(picture.pixels, alone[name]) for name, picture in together)


def test_only_the_parsers_of_four_formats_are_ever_loaded() -> None:
    webp = forge.saved(forge.gradient(), "WEBP")
    program = (
        "import sys\n"
        "from facecheck_gui.imaging.decode import decode\n"
        "decode(sys.stdin.buffer.read())\n"
        "print(*[m for m in sys.modules if m.endswith('ImagePlugin')])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], input=webp, capture_output=True, check=True
    )
    loaded = set(run.stdout.decode().split())
    # Pillow itself loads GIF and PPM first thing; they are never asked.
    few = {"Bmp", "Gif", "Jpeg", "Png", "Ppm", "WebP"}
    assert loaded <= {f"PIL.{name}ImagePlugin" for name in few}
