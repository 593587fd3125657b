"""Whatever the bytes, the answer is a picture or a ``PictureError``."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.imaging.decode import MAX_FILE_BYTES, decode
from tests.imaging import forge

GOOD = {
    "jpeg": forge.saved(forge.gradient(), "JPEG", quality=90),
    "progressive": forge.saved(forge.gradient(), "JPEG", progressive=True),
    "png": forge.saved(forge.gradient(), "PNG"),
    "webp": forge.saved(forge.gradient(), "WEBP"),
    "lossless webp": forge.saved(forge.gradient(), "WEBP", lossless=True),
    "bmp": forge.saved(forge.gradient(), "BMP"),
}
FRAMES = [forge.gradient(), forge.gradient().rotate(180)]


def never_opened(stream: io.BytesIO, picture_format: str) -> Image.Image:
    raise AssertionError(f"a decoder saw these bytes as {picture_format}")


def fault_of(data: bytes) -> Fault:
    with pytest.raises(PictureError) as caught:
        decode(data, opener=never_opened)
    return caught.value.fault


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.NOT_A_PICTURE),
        (b"This is a letter, saved as portrait.jpg\n" * 20, Fault.NOT_A_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.NOT_A_PICTURE),
        (b"<!doctype html><html></html>", Fault.NOT_A_PICTURE),
        (b"%PDF-1.7\n", Fault.NOT_A_PICTURE),
        (b"PK\x03\x04" + b"\0" * 60, Fault.NOT_A_PICTURE),
        (b"\x7fELF" + b"\0" * 60, Fault.NOT_A_PICTURE),
        (b"\0" * 4096, Fault.NOT_A_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", Fault.NOT_A_PICTURE),
        (forge.saved(forge.gradient(), "GIF"), Fault.PICTURE_FORMAT),
        (forge.saved(forge.gradient(), "TIFF"), Fault.PICTURE_FORMAT),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, Fault.PICTURE_FORMAT),
        (b"\0\0\0\x18ftypavif" + b"\0" * 60, Fault.PICTURE_FORMAT),
        (forge.png_with_a_lying_length(), Fault.PICTURE_DAMAGED),
        (b"\x89PNG\r\n\x1a\n", Fault.PICTURE_DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + forge.chunk(b"tEXt", b"x" * 40), Fault.PICTURE_DAMAGED),
        (b"\xff\xd8\xff", Fault.PICTURE_DAMAGED),
        (b"\xff\xd8\xff\xe0\xff\xff", Fault.PICTURE_DAMAGED),
        (b"\xff\xd8\xff\xe0\x00\x00", Fault.PICTURE_DAMAGED),
        (b"\xff\xd8" + b"\xff" * 5000, Fault.PICTURE_DAMAGED),
        (b"\xff\xd8\xff\xda\x00\x04\x00\x00\x00\x00", Fault.PICTURE_DAMAGED),
        (b"RIFF\xff\xff\xff\x7fWEBPVP8 ", Fault.PICTURE_DAMAGED),
        (b"RIFF\x04\x00\x00\x00WEBP", Fault.PICTURE_DAMAGED),
        (b"RIFF\x1e\x00\x00\x00WEBPQQQQ" + b"\0" * 22, Fault.PICTURE_DAMAGED),
        (b"BM", Fault.PICTURE_DAMAGED),
        (forge.png(20_000, 20_000), Fault.PICTURE_TOO_LARGE),
        (forge.png(2**31 - 1, 2**31 - 1), Fault.PICTURE_TOO_LARGE),
        (forge.png(10_001, 2_000), Fault.PICTURE_TOO_LARGE),
        (forge.png(7_100, 7_100), Fault.PICTURE_TOO_LARGE),
        (forge.png(0, 0), Fault.PICTURE_TOO_SMALL),
        (forge.png(31, 200), Fault.PICTURE_TOO_SMALL),
        (forge.png(1, 1), Fault.PICTURE_TOO_SMALL),
        (forge.png(801, 100), Fault.PICTURE_SHAPE),
        (forge.png(100, 900), Fault.PICTURE_SHAPE),
        (b"\xff\xd8\xff" * 10 + b"\0" * (MAX_FILE_BYTES + 1), Fault.FILE_TOO_LARGE),
        (
            forge.saved(FRAMES[0], "PNG", save_all=True, append_images=FRAMES[1:]),
            Fault.PICTURE_ANIMATED,
        ),
        (
            forge.saved(FRAMES[0], "WEBP", save_all=True, append_images=FRAMES[1:]),
            Fault.PICTURE_ANIMATED,
        ),
    ],
)
def test_bad_bytes_are_named_before_any_decoder_sees_them(data: bytes, fault: Fault) -> None:
    assert fault_of(data) is fault


def test_a_bomb_of_four_hundred_megapixels_never_reaches_a_decoder() -> None:
    bomb = forge.png_bomb(20_000)
    assert len(bomb) < MAX_FILE_BYTES
    assert fault_of(bomb) is Fault.PICTURE_TOO_LARGE


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_picture_cut_short_is_damaged(name: str, share: float) -> None:
    data = GOOD[name]
    with pytest.raises(PictureError) as caught:
        decode(data[: int(len(data) * share)])
    assert caught.value.fault in {Fault.PICTURE_DAMAGED, Fault.NOT_A_PICTURE}


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1)
)
def test_flipped_bytes_give_a_picture_or_an_error_of_ours(
    name: str, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(GOOD[name])
    for place, change in flips:
        data[int(place * len(data))] ^= change
    try:
        shape = decode(bytes(data)).pixels.shape
    except PictureError:
        return
    assert shape[2] == 3


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.large_base_example],
)
@given(
    start=st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM", b"RIFF0000WEBPVP8X"]),
    rest=st.binary(max_size=200),
)
def test_random_bytes_after_a_magic_word_never_escape_our_errors(start: bytes, rest: bytes) -> None:
    with pytest.raises(PictureError):
        decode(start + rest)


def test_an_error_never_holds_bytes_of_the_file() -> None:
    data = GOOD["png"][:60] + b"CANARY-FACE" * 20
    with pytest.raises(PictureError) as caught:
        decode(data)
    assert "CANARY" not in repr(caught.value) + str(caught.value.args)
    assert caught.value.__cause__ is None
