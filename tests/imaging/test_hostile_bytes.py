"""Whatever the bytes, the answer is a picture or a ``PictureError``."""

import io
import struct
import subprocess
import sys
import tracemalloc
from pathlib import Path

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
    "cmyk": forge.saved(forge.gradient().convert("CMYK"), "JPEG"),
    "png": forge.saved(forge.gradient(), "PNG"),
    "palette": forge.saved(forge.gradient().convert("P"), "PNG", transparency=3),
    "profile": forge.saved(
        forge.gradient(), "PNG", icc_profile=forge.profile(), exif=forge.exif(6)
    ),
    "webp": forge.saved(forge.gradient(), "WEBP"),
    "lossless webp": forge.saved(forge.gradient(), "WEBP", lossless=True),
    "webp with notes": forge.saved(forge.gradient(), "WEBP", exif=forge.exif(8)),
    "bmp": forge.saved(forge.gradient(), "BMP"),
}
FILM = {"save_all": True, "append_images": [forge.gradient().rotate(180)]}
PNG_START = b"\x89PNG\r\n\x1a\n"

REFUSED = {
    "nothing": (b"", Fault.NOT_A_PICTURE),
    "one byte": (b"\x89", Fault.NOT_A_PICTURE),
    "a letter": (b"This is a letter, saved as portrait.jpg\n" * 20, Fault.NOT_A_PICTURE),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.NOT_A_PICTURE),
    "html": (b"<!doctype html><html></html>", Fault.NOT_A_PICTURE),
    "pdf": (b"%PDF-1.7\n", Fault.NOT_A_PICTURE),
    "zip": (b"PK\x03\x04" + b"\0" * 60, Fault.NOT_A_PICTURE),
    "program": (b"\x7fELF" + b"\0" * 60, Fault.NOT_A_PICTURE),
    "zeros": (b"\0" * 4096, Fault.NOT_A_PICTURE),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", Fault.NOT_A_PICTURE),
    "ppm": (forge.saved(forge.gradient(), "PPM"), Fault.NOT_A_PICTURE),
    "pcx": (forge.saved(forge.gradient(), "PCX"), Fault.NOT_A_PICTURE),
    "ico": (forge.saved(forge.gradient(), "ICO"), Fault.NOT_A_PICTURE),
    "tga": (forge.saved(forge.gradient(), "TGA"), Fault.NOT_A_PICTURE),
    "sound in RIFF": (b"RIFF\x24\0\0\0WAVEfmt " + b"\0" * 28, Fault.NOT_A_PICTURE),
    "jpeg behind a zero": (b"\0" + GOOD["jpeg"], Fault.NOT_A_PICTURE),
    "png with line ends mangled": (
        GOOD["png"].replace(b"\r\n", b"\n"),
        Fault.NOT_A_PICTURE,
    ),
    "gif": (forge.saved(forge.gradient(), "GIF"), Fault.PICTURE_FORMAT),
    "animated gif": (forge.saved(forge.gradient(), "GIF", **FILM), Fault.PICTURE_FORMAT),
    "tiff": (forge.saved(forge.gradient(), "TIFF"), Fault.PICTURE_FORMAT),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 60, Fault.PICTURE_FORMAT),
    "avif": (b"\0\0\0\x18ftypavif" + b"\0" * 60, Fault.PICTURE_FORMAT),
    "animated png": (forge.saved(forge.gradient(), "PNG", **FILM), Fault.PICTURE_ANIMATED),
    "animated webp": (forge.saved(forge.gradient(), "WEBP", **FILM), Fault.PICTURE_ANIMATED),
    "png with a lying length": (forge.png_with_a_lying_length(), Fault.PICTURE_DAMAGED),
    "png's first words": (PNG_START, Fault.PICTURE_DAMAGED),
    "png without a header": (PNG_START + forge.chunk(b"tEXt", b"x" * 40), Fault.PICTURE_DAMAGED),
    "jpeg's first words": (b"\xff\xd8\xff", Fault.PICTURE_DAMAGED),
    "jpeg segment too long": (b"\xff\xd8\xff\xe0\xff\xff", Fault.PICTURE_DAMAGED),
    "jpeg segment of length 0": (b"\xff\xd8\xff\xe0\x00\x00", Fault.PICTURE_DAMAGED),
    "jpeg of fill bytes": (b"\xff\xd8" + b"\xff" * 5_000_000, Fault.PICTURE_DAMAGED),
    "jpeg scan first": (b"\xff\xd8\xff\xda\x00\x04\x00\x00\x00\x00", Fault.PICTURE_DAMAGED),
    "webp longer than the file": (b"RIFF\xff\xff\xff\x7fWEBPVP8 ", Fault.PICTURE_DAMAGED),
    "webp of nothing": (b"RIFF\x04\x00\x00\x00WEBP", Fault.PICTURE_DAMAGED),
    "webp of a length that is too small": (b"RIFF\0\0\0\0WEBPVP8 ", Fault.PICTURE_DAMAGED),
    "webp of an unknown kind": (
        b"RIFF\x1e\x00\x00\x00WEBPQQQQ" + b"\0" * 22,
        Fault.PICTURE_DAMAGED,
    ),
    "bmp's first words": (b"BM", Fault.PICTURE_DAMAGED),
    "20,000 x 20,000": (forge.png(20_000, 20_000), Fault.PICTURE_TOO_LARGE),
    "2^31 x 2^31": (forge.png(2**31 - 1, 2**31 - 1), Fault.PICTURE_TOO_LARGE),
    "a side of 10,001": (forge.png(10_001, 2_000), Fault.PICTURE_TOO_LARGE),
    "50.4 megapixels": (forge.png(7_100, 7_100), Fault.PICTURE_TOO_LARGE),
    "0 x 0": (forge.png(0, 0), Fault.PICTURE_TOO_SMALL),
    "31 wide": (forge.png(31, 200), Fault.PICTURE_TOO_SMALL),
    "one pixel": (forge.png(1, 1), Fault.PICTURE_TOO_SMALL),
    "wider than 8:1": (forge.png(801, 100), Fault.PICTURE_SHAPE),
    "taller than 8:1": (forge.png(100, 801), Fault.PICTURE_SHAPE),
    "20 MB and a byte": (GOOD["jpeg"].ljust(MAX_FILE_BYTES + 1, b"\0"), Fault.FILE_TOO_LARGE),
}


def never_opened(stream: io.BytesIO, picture_format: str) -> Image.Image:
    raise AssertionError(f"a decoder saw these bytes as {picture_format}")


def refusal(data: bytes) -> PictureError:
    with pytest.raises(PictureError) as caught:
        decode(data, opener=never_opened)
    return caught.value


@pytest.mark.parametrize("name", REFUSED)
def test_bad_bytes_are_named_before_any_decoder_sees_them(name: str) -> None:
    data, fault = REFUSED[name]
    assert refusal(data).fault is fault


@pytest.mark.parametrize("size", [(10_000, 1_250), (800, 100), (32, 32), (32, 256)])
def test_the_limits_themselves_are_let_in(size: tuple[int, int]) -> None:
    assert decode(forge.saved(Image.new("RGB", size), "PNG")).width >= 32


def test_a_bomb_never_reaches_a_decoder_and_costs_no_memory() -> None:
    bomb, lie = forge.png_bomb(20_000), forge.png_with_a_lying_length()
    assert len(bomb) < MAX_FILE_BYTES
    tracemalloc.start()
    error = refusal(bomb)
    refusal(lie)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.fault is Fault.PICTURE_TOO_LARGE
    assert error.detail == "PNG 20000x20000"
    assert peak_bytes < len(bomb) + 200_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is counted otherwise")
def test_a_large_picture_costs_its_pixels_once() -> None:
    program = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from facecheck_gui.imaging.decode import decode\n"
        "def peak_kib():\n"
        "    return int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
        "data = sys.stdin.buffer.read()\n"
        "before_kib = peak_kib()\n"
        "decode(data)\n"
        "print(peak_kib() - before_kib)\n"
    )
    data = forge.png_of(4000, 3000, 8, 2)
    run = subprocess.run(
        [sys.executable, "-c", program], input=data, capture_output=True, check=True
    )
    # Pillow keeps four bytes for a pixel of RGB; what the fitting needs comes on top.
    assert int(run.stdout) * 1024 < 1.8 * 4 * 4000 * 3000


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "share", [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
)
def test_a_picture_cut_short_is_damaged(name: str, share: float) -> None:
    data = GOOD[name]
    with pytest.raises(PictureError) as caught:
        decode(data[: int(len(data) * share)])
    assert caught.value.fault in {Fault.PICTURE_DAMAGED, Fault.NOT_A_PICTURE}


@pytest.mark.parametrize("name", GOOD)
def test_a_head_cut_at_any_byte_is_an_error_of_ours(name: str) -> None:
    data = GOOD[name]
    for length in range(min(200, len(data) - 1)):
        with pytest.raises(PictureError):
            decode(data[:length])


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    flips=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=20
    )
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


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(
    place=st.floats(0, 1, exclude_max=True),
    taken=st.integers(0, 400),
    put=st.binary(max_size=60),
    times=st.integers(1, 50),
)
def test_bytes_taken_out_and_put_in_give_a_picture_or_an_error_of_ours(
    name: str, place: float, taken: int, put: bytes, times: int
) -> None:
    data, at = GOOD[name], int(place * len(GOOD[name]))
    try:
        shape = decode(data[:at] + put * times + data[at + taken :]).pixels.shape
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
    start=st.sampled_from([b"", PNG_START, b"\xff\xd8\xff", b"BM", b"RIFF0000WEBPVP8X"]),
    rest=st.binary(max_size=200),
)
def test_random_bytes_after_a_magic_word_never_escape_our_errors(start: bytes, rest: bytes) -> None:
    with pytest.raises(PictureError):
        decode(start + rest)


@pytest.mark.parametrize(
    "raised",
    [
        SyntaxError("CANARY"),
        struct.error("CANARY"),
        OverflowError("CANARY"),
        MemoryError("CANARY"),
        RecursionError("CANARY"),
        ZeroDivisionError("CANARY"),
        KeyError("CANARY"),
        TypeError("CANARY"),
        AssertionError("CANARY"),
        EOFError("CANARY"),
        OSError("CANARY"),
        Image.UnidentifiedImageError("CANARY"),
        Image.DecompressionBombError("CANARY"),
        Image.DecompressionBombWarning("CANARY"),
        UserWarning("CANARY"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_decoder_raises_the_picture_is_damaged(raised: Exception) -> None:
    def failing(stream: io.BytesIO, picture_format: str) -> Image.Image:
        raise raised

    with pytest.raises(PictureError) as caught:
        decode(GOOD["png"], opener=failing)
    assert caught.value.fault is Fault.PICTURE_DAMAGED
    assert caught.value.detail == f"PNG 96x64 {type(raised).__name__}"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_person_who_interrupts_is_not_told_about_damage() -> None:
    def interrupted(stream: io.BytesIO, picture_format: str) -> Image.Image:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        decode(GOOD["png"], opener=interrupted)


def test_a_decoder_that_sees_another_size_is_stopped_before_it_decodes() -> None:
    class NeverLoaded(Image.Image):
        def load(self) -> None:
            raise AssertionError("pixels were asked for")

    def opener(stream: io.BytesIO, picture_format: str) -> Image.Image:
        image = NeverLoaded()
        image._size = (90_000, 90_000)
        return image

    with pytest.raises(PictureError) as caught:
        decode(GOOD["png"], opener=opener)
    assert (caught.value.fault, caught.value.detail) == (
        Fault.PICTURE_DAMAGED,
        "two sizes claimed",
    )


def test_an_error_never_holds_bytes_of_the_file() -> None:
    data = GOOD["png"][:60] + b"CANARY-FACE" * 20
    with pytest.raises(PictureError) as caught:
        decode(data)
    assert "CANARY" not in repr(caught.value) + str(caught.value.args)
    assert caught.value.__cause__ is None
