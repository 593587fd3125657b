"""Naming a camera without giving away how to reach it."""

from pathlib import Path

import pytest

from facecheck_gui.camera.address import CameraDevice, CameraStream, VideoFile

SECRET_URL = "rtsp://admin:hunter2@10.1.2.3:8554/live?token=hunter2"


def test_a_stream_shows_neither_password_nor_query() -> None:
    stream = CameraStream(SECRET_URL)
    assert "hunter2" not in repr(stream)
    assert stream.name == "10.1.2.3:8554"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "concat:a|b",
        "http://",
        "/dev/video0",
        "https://host name/x",
        "http://h:99999/x",
        "http://[::1/x",
        "http://host/\n",
        "ftp://hunter2@host/x",
    ],
)
def test_what_is_no_stream_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="http, https or rtsp") as caught:
        CameraStream(url)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_film_shows_its_name_without_its_folder() -> None:
    assert VideoFile(Path("somewhere/else/film.AVI")).name == "film.AVI"


@pytest.mark.parametrize("name", ["list.m3u8", "shot_%03d.jpg", "film.avi.txt", "film"])
def test_playlists_and_numbered_pictures_are_no_films(name: str) -> None:
    with pytest.raises(ValueError, match="video file"):
        VideoFile(Path(name))


def test_a_device_without_identity_is_whichever_is_found() -> None:
    assert CameraDevice().name == ""
