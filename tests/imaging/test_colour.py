"""Colours come out as sRGB where the profile is plain, and as they are where it is not."""

import numpy as np
import pytest

from facecheck_gui.imaging.colour import is_plain
from facecheck_gui.imaging.decode import decode
from tests.imaging import forge


def _as_srgb(p3: np.ndarray) -> np.ndarray:
    """Display P3 with a gamma of 2.2 -> sRGB, 8 bits, by the definitions (IEC 61966-2-1)."""
    linear_p3 = (p3 / 255.0) ** 2.2
    linear = linear_p3 @ (np.linalg.inv(forge.SRGB_TO_XYZ) @ forge.P3_TO_XYZ).T
    linear = np.clip(linear, 0, 1)
    curve = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return curve * 255


@pytest.mark.parametrize("picture_format", ["PNG", "WEBP", "JPEG"])
def test_a_phones_wide_colours_come_out_as_srgb(picture_format: str) -> None:
    image = forge.gradient()
    options = {"WEBP": {"lossless": True}, "JPEG": {"quality": 100, "subsampling": 0}}
    data = forge.saved(
        image, picture_format, icc_profile=forge.profile(), **options.get(picture_format, {})
    )
    pixels = decode(data).pixels.astype(float)
    assert np.abs(pixels - _as_srgb(np.asarray(image))).mean() < 1.5
    assert np.abs(pixels - np.asarray(image)).mean() > 4


def test_white_paper_stays_white() -> None:
    image = forge.gradient()
    image.putalpha(0)
    assert decode(forge.saved(image, "PNG", icc_profile=forge.profile())).pixels.min() >= 254


@pytest.mark.parametrize(
    "profile",
    [
        b"",
        b"\0" * 128,
        forge.profile()[:200],
        forge.profile(device=b"prtrCMYKLab "),
        forge.profile((b"A2B0", b"mft2\0\0\0\0" + b"\xff" * 80)),
        forge.profile((b"D2B0", b"mpet\0\0\0\0" + b"\xff" * 80)),
        forge.profile().replace(b"gTRC", b"xTRC"),
        forge.profile()[:128] + b"\xff\xff\xff\xff" + forge.profile()[132:],
        forge.profile()[:136] + b"\xff\xff\xff\xff\xff\xff\xff\xff" + forge.profile()[144:],
        forge.profile() + b"\0" * 20_000,
    ],
    ids=lambda p: f"{len(p)} bytes",
)
def test_any_other_profile_never_reaches_the_colour_engine(profile: bytes) -> None:
    assert not is_plain(profile)
    data = forge.saved(forge.gradient(), "PNG", icc_profile=profile or None)
    assert np.array_equal(decode(data).pixels, np.asarray(forge.gradient()))


def test_a_plain_profile_of_nonsense_still_gives_a_picture() -> None:
    nonsense = forge.profile().replace(b"curv", b"\xff\xff\xff\xff")
    assert is_plain(nonsense)
    data = forge.saved(forge.gradient(), "PNG", icc_profile=nonsense)
    assert np.array_equal(decode(data).pixels, np.asarray(forge.gradient()))
