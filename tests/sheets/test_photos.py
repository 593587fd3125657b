"""Photos out of folders and archives; names are names, and nothing is unpacked that is a trap."""

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from facecheck_gui.domain.errors import Fault, ImportTrouble, PictureError, WhichPicture
from facecheck_gui.sheets.photos import NoPhotos, opened_photos

FACE = b"\xff\xd8 a face"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    (made / "00418").mkdir(parents=True)
    (made / "__MACOSX").mkdir()
    for name in ("00417.JPG", "00418/a.png", "readme.txt", ".hidden.jpg", "__MACOSX/._00417.jpg"):
        (made / name).write_bytes(FACE)
    return made


def test_a_folder_gives_the_photos_in_and_below_it(folder: Path) -> None:
    with opened_photos(folder) as photos:
        assert photos.names == ("00417.JPG", "00418/a.png")
        assert photos.read("00418/a.png") == FACE


def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    with opened_photos(folder) as photos:
        for name in ("../secret.jpg", str(tmp_path / "secret.jpg"), "link.jpg", "none.jpg"):
            with pytest.raises(PictureError) as caught:
                photos.read(name)
            assert caught.value.fault is Fault.FILE_MISSING
            assert caught.value.picture is WhichPicture.REFERENCE


def test_an_archive_gives_the_same_as_the_folder(folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "photos.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    with opened_photos(packed) as photos:
        assert photos.names == ("00417.JPG", "00418/a.png")
        assert photos.read("00417.JPG") == FACE
        with pytest.raises(PictureError):
            photos.read("readme.txt")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_are_read_whatever_packed_them(tmp_path: Path, encoding: str) -> None:
    # Python would mark the name as UTF-8; not every packer does.
    packed = tmp_path / "photos.zip"
    packed.write_bytes(_unmarked("张伟.jpg".encode(encoding)))
    with opened_photos(packed) as photos:
        assert photos.names == ("张伟.jpg",)
        assert photos.read("张伟.jpg") == FACE


def _unmarked(name: bytes) -> bytes:
    """An archive of one stored file whose name is these bytes, without the mark for UTF-8."""
    crc = zlib.crc32(FACE)
    sizes = struct.pack("<III", crc, len(FACE), len(FACE))
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 0, 0, 0x21) + sizes
    local += struct.pack("<HH", len(name), 0) + name + FACE
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 0, 0, 0x21) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def test_what_unpacks_to_far_more_than_it_is_packed_is_a_trap(tmp_path: Path) -> None:
    packed = tmp_path / "photos.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jpg", bytes(20 * 1024**2))
    with opened_photos(packed) as photos, pytest.raises(PictureError) as caught:
        photos.read("bomb.jpg")
    assert caught.value.fault is Fault.FILE_TOO_LARGE


def test_what_is_damaged_or_no_archive_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "photos.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.jpg", FACE)
    packed.write_bytes(packed.read_bytes().replace(FACE, FACE[::-1]))
    with opened_photos(packed) as photos, pytest.raises(PictureError) as caught:
        photos.read("a.jpg")
    assert caught.value.fault is Fault.FILE_UNREADABLE
    packed.write_bytes(b"no archive")
    for path in (packed, tmp_path / "none.zip"):
        with pytest.raises(ImportTrouble) as trouble, opened_photos(path):
            pass
        assert trouble.value.fault is Fault.PHOTOS_UNREADABLE


def test_a_list_may_come_without_photos() -> None:
    assert NoPhotos().names == ()
    with pytest.raises(PictureError):
        NoPhotos().read("a.jpg")
