"""Each format's walk: what is let through, what is left out, what is refused and why."""

import io
import struct

import pytest
from PIL import Image

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.header import read_header
from facecheck_gui.imaging.walks import exif, jpeg, png, webp
from tests.imaging import forge

JPEG = forge.saved(forge.gradient(), "JPEG", quality=90)
PNG = forge.saved(forge.gradient(), "PNG")
WEBP = forge.saved(forge.gradient(), "WEBP")
LOSSLESS = forge.saved(forge.gradient(), "WEBP", lossless=True)
BMP = forge.bmp(96, 64)
PICTURES = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP, "lossless WEBP": LOSSLESS, "BMP": BMP}
CANARY = b"CANARY where and when"
FRAME = struct.Struct(">BHHB")


class Watching:
    """An opener that keeps what the decoder got to see."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def __call__(self, stream: io.BytesIO, picture_format: str) -> Image.Image:
        self.seen.append(stream.getvalue())
        return Image.open(stream, formats=[picture_format])


def refusal(data: bytes) -> tuple[Fault, str]:
    """Fault and detail, of a walk: no decoder takes part."""
    with pytest.raises(PictureError) as caught:
        read_header(data)
    return caught.value.fault, caught.value.detail


@pytest.mark.parametrize("name", PICTURES)
def test_an_honest_picture_is_taken_at_its_word(name: str) -> None:
    claims = read_header(PICTURES[name])
    assert str(claims) == f"{name.removeprefix('lossless ')} 96x64"
    assert claims.orientation == 1


@pytest.mark.parametrize(
    "data",
    [
        forge.after_start(JPEG, forge.segment(0xFE, CANARY)),
        forge.after_start(JPEG, forge.segment(0xE1, forge.exif(6) + CANARY)),
        forge.after_start(JPEG, forge.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY)),
        forge.after_start(JPEG, forge.segment(0xE2, b"MPF\0" + CANARY)),
        forge.after_start(JPEG, forge.segment(0xED, b"Photoshop 3.0\0" + CANARY)),
        forge.after_start(JPEG, forge.segment(0xE0, b"JFXX\0" + CANARY)),
        JPEG + CANARY,
        JPEG + JPEG + CANARY,
        forge.after_header(PNG, forge.chunk(b"tEXt", CANARY)),
        forge.after_header(PNG, forge.chunk(b"zTXt", b"a\0\0" + CANARY)),
        forge.after_header(PNG, forge.chunk(b"iTXt", CANARY)),
        forge.after_header(PNG, forge.chunk(b"eXIf", forge.exif(6)[6:] + CANARY)),
        forge.after_header(PNG, forge.chunk(b"juNk", CANARY)),
        PNG + CANARY,
        WEBP + CANARY,
    ],
)
def test_the_decoder_never_sees_what_it_does_not_need(data: bytes) -> None:
    opener = Watching()
    picture = decode(data, opener=opener)
    assert sorted([picture.width, picture.height]) == [64, 96]
    assert len(opener.seen) == 1
    assert CANARY not in opener.seen[0]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_read_in_either_byte_order(orientation: int, order: str) -> None:
    block = forge.exif(orientation, order)
    assert exif.orientation(block) == orientation
    assert exif.orientation(block.removeprefix(b"Exif\0\0")) == orientation


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"Exif\0\0",
        b"Exif\0\0MM\0*",
        b"Exif\0\0XX\0*\0\0\0\x08",
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff\xff",
        forge.exif(0),
        forge.exif(9),
        forge.exif(6)[:-8],
        forge.exif(6).replace(b"\x01\x12\0\x03", b"\x01\x12\0\x02"),
    ],
)
def test_damaged_notes_do_not_cost_the_picture(block: bytes) -> None:
    assert exif.orientation(block) == 1
    with_notes = forge.after_start(JPEG, forge.segment(0xE1, b"Exif\0\0" + block))
    assert decode(with_notes).pixels.shape == (64, 96, 3)


def test_the_first_exif_block_counts() -> None:
    data = forge.after_start(
        JPEG, forge.segment(0xE1, forge.exif(6)), forge.segment(0xE1, forge.exif(3))
    )
    assert read_header(data).orientation == 6


def test_a_jpeg_without_its_end_mark_is_not_taken_for_a_whole_one() -> None:
    with pytest.raises(PictureError) as caught:
        decode(JPEG[:-2])
    assert caught.value.fault is Fault.PICTURE_DAMAGED


def test_fill_bytes_before_a_marker_are_allowed() -> None:
    assert decode(JPEG[:2] + b"\xff" * 100_000 + JPEG[2:]).pixels.shape == (64, 96, 3)


def test_as_many_scans_as_any_camera_makes_are_let_in() -> None:
    assert decode(forge.many_scans(20)).pixels.shape == (64, 64, 3)
    assert refusal(forge.many_scans(jpeg.MAX_SCANS)) == (
        Fault.PICTURE_DAMAGED,
        "JPEG of too many scans",
    )


def _with_frame(frame: bytes, marker: int = 0xC0) -> bytes:
    """The JPEG with another frame header."""
    place = JPEG.index(b"\xff\xc0")
    (length,) = struct.unpack_from(">H", JPEG, place + 2)
    return JPEG[:place] + forge.segment(marker, frame) + JPEG[place + 2 + length :]


@pytest.mark.parametrize(
    ("data", "fault", "detail"),
    [
        (_with_frame(FRAME.pack(12, 64, 96, 3)), Fault.PICTURE_FORMAT, "3 x 12 bits"),
        (_with_frame(FRAME.pack(8, 64, 96, 2)), Fault.PICTURE_FORMAT, "2 x 8 bits"),
        (_with_frame(FRAME.pack(8, 64, 96, 255)), Fault.PICTURE_FORMAT, "255 x 8 bits"),
        (_with_frame(FRAME.pack(8, 64, 96, 3), 0xC3), Fault.PICTURE_FORMAT, "lossless"),
        (_with_frame(FRAME.pack(8, 64, 96, 3), 0xC9), Fault.PICTURE_FORMAT, "arithmetic"),
        (_with_frame(FRAME.pack(8, 0, 96, 3)), Fault.PICTURE_TOO_SMALL, "JPEG 96x0"),
        (_with_frame(FRAME.pack(8, 65535, 65535, 3)), Fault.PICTURE_TOO_LARGE, "65535x65535"),
        (_with_frame(FRAME.pack(8, 64, 9000, 3)), Fault.PICTURE_SHAPE, "9000x64"),
        (_with_frame(b"\x08\0"), Fault.PICTURE_DAMAGED, "cut short"),
        (
            forge.after_start(JPEG, forge.segment(0xC0, FRAME.pack(8, 32, 32, 3))),
            Fault.PICTURE_DAMAGED,
            "two sizes",
        ),
        (
            JPEG[:-2] + forge.segment(0xC0, FRAME.pack(8, 9000, 9000, 3)) + JPEG[-2:],
            Fault.PICTURE_DAMAGED,
            "two sizes",
        ),
        (
            forge.after_start(JPEG, *[forge.segment(0xFE, b"")] * jpeg.MAX_SEGMENTS),
            Fault.PICTURE_DAMAGED,
            "too many segments",
        ),
        (
            JPEG[:-2] + forge.segment(0xFE, b"") * jpeg.MAX_SEGMENTS + JPEG[-2:],
            Fault.PICTURE_DAMAGED,
            "too many segments",
        ),
        (b"\xff\xd8\xff\xd9" + b"\0" * 50, Fault.PICTURE_DAMAGED, "without a picture"),
        (b"\xff\xd8" + b"\xff\xd0" * 5_000, Fault.PICTURE_DAMAGED, "too many segments"),
        (JPEG[:2] + b"\xff\x02" + JPEG[2:], Fault.PICTURE_DAMAGED, "without a picture"),
        (JPEG[:2] + b"\0" + JPEG[2:], Fault.NOT_A_PICTURE, ""),
        (JPEG[:20] + b"\0" + JPEG[20:], Fault.PICTURE_DAMAGED, "marker expected"),
    ],
)
def test_a_jpeg_that_lies_or_costs_too_much_is_refused(
    data: bytes, fault: Fault, detail: str
) -> None:
    found, said = refusal(data)
    assert found is fault
    assert detail in said


@pytest.mark.parametrize(
    ("data", "fault", "detail"),
    [
        (
            forge.after_header(PNG, *[forge.chunk(b"tEXt", b"")] * png.MAX_CHUNKS),
            Fault.PICTURE_DAMAGED,
            "too many chunks",
        ),
        (
            forge.after_header(PNG, *[forge.chunk(b"IDAT", b"")] * png.MAX_CHUNKS),
            Fault.PICTURE_DAMAGED,
            "too many chunks",
        ),
        (forge.after_header(PNG, PNG[8:33]), Fault.PICTURE_DAMAGED, "two sizes"),
        (
            forge.after_header(PNG, forge.png(9000, 900)[8:33]),
            Fault.PICTURE_DAMAGED,
            "two sizes",
        ),
        (
            forge.after_header(PNG, struct.pack(">I4s", 2**31 - 1, b"IDAT")),
            Fault.PICTURE_DAMAGED,
            "longer than the file",
        ),
        (
            forge.after_header(PNG, struct.pack(">I4s", 2**32 - 1, b"iCCP")),
            Fault.PICTURE_DAMAGED,
            "longer than the file",
        ),
        (
            PNG[:29] + bytes([PNG[29] ^ 1]) + PNG[30:],
            Fault.PICTURE_DAMAGED,
            "checksum",
        ),
        (
            PNG[:80] + bytes([PNG[80] ^ 1]) + PNG[81:],
            Fault.PICTURE_DAMAGED,
            "checksum",
        ),
        (PNG[:8] + forge.chunk(b"IHDR", PNG[16:28]), Fault.PICTURE_DAMAGED, "its header"),
        (PNG[:8] + forge.chunk(b"CgBI", b"\0" * 4) + PNG[8:], Fault.PICTURE_DAMAGED, "its header"),
        (PNG[:-12], Fault.PICTURE_DAMAGED, "cut short"),
        (
            forge.after_header(PNG, forge.chunk(b"acTL", struct.pack(">II", 2, 0))),
            Fault.PICTURE_ANIMATED,
            "2 frames",
        ),
        (
            forge.after_header(PNG, forge.chunk(b"acTL", b"\0")),
            Fault.PICTURE_DAMAGED,
            "cut short",
        ),
    ],
)
def test_a_png_that_lies_or_costs_too_much_is_refused(
    data: bytes, fault: Fault, detail: str
) -> None:
    found, said = refusal(data)
    assert found is fault
    assert detail in said


def test_an_animated_png_of_one_frame_is_a_picture() -> None:
    control = forge.chunk(b"acTL", struct.pack(">II", 1, 0))
    assert decode(forge.after_header(PNG, control)).pixels.shape == (64, 96, 3)


def test_pixels_missing_from_a_png_are_noticed() -> None:
    with pytest.raises(PictureError) as caught:
        decode(forge.png(64, 64))
    assert caught.value.fault is Fault.PICTURE_DAMAGED


LOSSY_CHUNK = forge.webp_chunks(WEBP)[0]
FILM = forge.saved(
    forge.gradient(), "WEBP", save_all=True, append_images=[forge.gradient().rotate(180)]
)


@pytest.mark.parametrize(
    ("data", "fault", "detail"),
    [
        (forge.riff(forge.canvas(200, 200), LOSSY_CHUNK), Fault.PICTURE_DAMAGED, "two sizes"),
        (forge.riff(LOSSY_CHUNK, forge.canvas(9, 9)), Fault.PICTURE_DAMAGED, "two sizes"),
        (forge.riff(forge.canvas(96, 64, 0x02), LOSSY_CHUNK), Fault.PICTURE_ANIMATED, "film"),
        (
            forge.riff(*[(k, b) for k, b in forge.webp_chunks(FILM) if k != b"VP8X"]),
            Fault.PICTURE_ANIMATED,
            "film",
        ),
        (forge.riff(forge.canvas(1 << 24, 1 << 24)), Fault.PICTURE_TOO_LARGE, "16777216x16777216"),
        (forge.riff(forge.canvas(9000, 500)), Fault.PICTURE_SHAPE, "9000x500"),
        (forge.riff((b"EXIF", forge.exif(6))), Fault.PICTURE_DAMAGED, "without a picture"),
        (forge.riff((b"VP8 ", b"\0" * 20)), Fault.PICTURE_DAMAGED, "without its start"),
        (forge.riff((b"VP8L", b"\0" * 20)), Fault.PICTURE_DAMAGED, "without its start"),
        (forge.riff((b"VP8 ", b"")), Fault.PICTURE_DAMAGED, "cut short"),
        (forge.riff((b"VP8X", b"\0")), Fault.PICTURE_DAMAGED, "cut short"),
        (
            forge.riff(LOSSY_CHUNK, *[(b"junk", b"")] * webp.MAX_CHUNKS),
            Fault.PICTURE_DAMAGED,
            "too many chunks",
        ),
        (
            WEBP[:16] + struct.pack("<I", 2**31 - 1) + WEBP[20:],
            Fault.PICTURE_DAMAGED,
            "chunk longer",
        ),
        (WEBP[:-1], Fault.PICTURE_DAMAGED, "longer than the file"),
    ],
)
def test_a_webp_that_lies_is_refused(data: bytes, fault: Fault, detail: str) -> None:
    found, said = refusal(data)
    assert found is fault
    assert detail in said


@pytest.mark.parametrize(
    ("data", "fault", "detail"),
    [
        (forge.bmp(96, 64, depth=8, coding=1), Fault.PICTURE_FORMAT, "coding 1"),
        (forge.bmp(96, 64, depth=4, coding=2), Fault.PICTURE_FORMAT, "coding 2"),
        (forge.bmp(96, 64, coding=4), Fault.PICTURE_FORMAT, "coding 4"),
        (forge.bmp(96, 64, coding=5), Fault.PICTURE_FORMAT, "coding 5"),
        (forge.bmp(96, 64, depth=2), Fault.PICTURE_FORMAT, "2 bits"),
        (forge.bmp(96, 64, body=b"\0" * 1000), Fault.PICTURE_DAMAGED, "cut short"),
        (forge.bmp(20_000, 20_000, body=b""), Fault.PICTURE_DAMAGED, "cut short"),
        (forge.bmp(-96, 64, body=b"\0" * 30_000), Fault.PICTURE_DAMAGED, "negative"),
        (forge.bmp(96, -(2**31), body=b""), Fault.PICTURE_DAMAGED, "cut short"),
        (forge.bmp(0, 0), Fault.PICTURE_TOO_SMALL, "BMP 0x0"),
        (forge.bmp(1000, 100), Fault.PICTURE_SHAPE, "BMP 1000x100"),
        (BMP[:14] + b"\xff\xff\xff\xff" + BMP[18:], Fault.PICTURE_DAMAGED, "unknown length"),
        (BMP[:20], Fault.PICTURE_DAMAGED, "cut short"),
    ],
)
def test_a_bmp_that_lies_or_costs_too_much_is_refused(
    data: bytes, fault: Fault, detail: str
) -> None:
    found, said = refusal(data)
    assert found is fault
    assert detail in said


@pytest.mark.parametrize("depth", [1, 4, 8, 24, 32])
def test_plain_bmps_of_every_depth_are_let_in(depth: int) -> None:
    assert decode(forge.bmp(96, 64, depth=depth)).pixels.shape == (64, 96, 3)


def test_a_bmp_stored_from_the_top_down_is_not_turned_over() -> None:
    dark_first = b"\0" * (96 * 3 * 32) + b"\xff" * (96 * 3 * 32)
    picture = decode(forge.bmp(96, -64, body=dark_first))
    assert picture.pixels[0].max() == 0
    assert picture.pixels[-1].min() == 255


def test_the_oldest_bmp_header_is_read() -> None:
    body = b"\x80" * (96 * 3 * 64)
    head = struct.pack("<IHHHH", 12, 96, 64, 1, 24)
    data = b"BM" + struct.pack("<IHHI", 26 + len(body), 0, 0, 26) + head + body
    assert decode(data).pixels.shape == (64, 96, 3)
