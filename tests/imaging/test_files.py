"""Files are read without trusting what a path leads to, and nothing is waited for."""

import os
import sys
from pathlib import Path

import pytest

from facecheck_gui import resources
from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.imaging.files import read_file
from tests.imaging import forge

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def fault_of(path: Path, **limits: int) -> Fault:
    with pytest.raises(PictureError) as caught:
        read_file(path, **limits)
    assert str(path) not in repr(caught.value), "a path may name a person"
    return caught.value.fault


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    path = tmp_path / "portrait.png"
    path.write_bytes(forge.saved(forge.noise(64, 64), "PNG"))
    return path


def test_a_file_is_read_and_named(portrait: Path) -> None:
    picture = read_file(portrait)
    assert picture.label == "portrait.png"
    assert (picture.width, picture.height) == (64, 64)


def test_the_name_decides_nothing(portrait: Path, tmp_path: Path) -> None:
    misnamed = tmp_path / "portrait.txt"
    misnamed.write_bytes(portrait.read_bytes())
    assert read_file(misnamed).label == "portrait.txt"
    letter = tmp_path / "letter.jpg"
    letter.write_text("Dear Sir or Madam, this is not a picture at all.")
    assert fault_of(letter) is Fault.NOT_A_PICTURE


def test_a_link_is_followed(portrait: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.png"
    try:
        link.symlink_to(portrait)
    except OSError:
        pytest.skip("links may not be made here")
    assert read_file(link).width == 64


@pytest.mark.parametrize("name", ["none.jpg", "none/none.jpg", "portrait.png/none.jpg"])
def test_what_is_not_there_is_missing(portrait: Path, name: str) -> None:
    assert fault_of(portrait.parent / name) is Fault.FILE_MISSING


def test_a_folder_is_unreadable(tmp_path: Path) -> None:
    assert fault_of(tmp_path) is Fault.FILE_UNREADABLE


def test_an_impossible_name_is_unreadable() -> None:
    assert fault_of(Path("a\0b.jpg")) is Fault.FILE_UNREADABLE


@posix_only
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    assert fault_of(pipe) is Fault.FILE_UNREADABLE


@posix_only
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty", "/dev/random"])
def test_a_device_is_never_opened(device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    assert fault_of(Path(device)) is Fault.FILE_UNREADABLE


@posix_only
def test_links_that_lead_nowhere_or_in_circles_are_told_apart(tmp_path: Path) -> None:
    nowhere, circle = tmp_path / "nowhere.jpg", tmp_path / "circle.jpg"
    nowhere.symlink_to(tmp_path / "gone.jpg")
    circle.symlink_to(circle)
    assert fault_of(nowhere) is Fault.FILE_MISSING
    assert fault_of(circle) is Fault.FILE_UNREADABLE


@posix_only
def test_a_file_that_may_not_be_read_is_unreadable(portrait: Path) -> None:
    portrait.chmod(0)
    if os.access(portrait, os.R_OK):
        pytest.skip("the one who runs this may read everything")
    assert fault_of(portrait) is Fault.FILE_UNREADABLE


def test_the_limit_is_exact(portrait: Path) -> None:
    length = portrait.stat().st_size
    assert read_file(portrait, max_bytes=length).width == 64
    assert fault_of(portrait, max_bytes=length - 1) is Fault.FILE_TOO_LARGE


def test_a_file_beyond_the_limit_is_judged_by_its_size_alone(tmp_path: Path) -> None:
    hollow = tmp_path / "hollow.jpg"
    with hollow.open("wb") as file:
        file.truncate(4 << 30)
    with pytest.raises(PictureError) as caught:
        read_file(hollow)
    assert caught.value.fault is Fault.FILE_TOO_LARGE
    assert caught.value.detail == f"{4 << 30} bytes"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no such files here")
def test_a_file_whose_size_lies_is_not_read_beyond_the_limit() -> None:
    path = Path("/proc/self/status")
    assert path.stat().st_size == 0
    assert fault_of(path, max_bytes=100) is Fault.FILE_TOO_LARGE
    assert fault_of(path) is Fault.NOT_A_PICTURE


@pytest.mark.parametrize(
    "name", ["collins.jpg", "collins_card.jpg", "hopper.jpg", "two_people.jpg", "no_face.jpg"]
)
def test_the_demonstration_pictures_pass_the_chain(name: str) -> None:
    assert read_file(resources.path("demo", name)).height >= 480
