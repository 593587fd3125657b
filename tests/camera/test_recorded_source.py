"""Real films and real network cameras, over loopback."""

import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from facecheck_gui.camera.address import CameraStream, VideoFile
from facecheck_gui.camera.recorded_source import StreamSource, open_stream, open_video
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Pixels
from facecheck_gui.opencv import cv2
from tests.fakes import FakeClock


def _bgr(shade: int) -> np.ndarray:
    """Red on the left, so that turned channels show."""
    picture = np.full((240, 320, 3), shade, np.uint8)
    picture[:, :160] = (0, 0, 255)
    return picture


def _jpeg(shade: int) -> bytes:
    return cv2.imencode(".jpg", _bgr(shade))[1].tobytes()


def _is_red_on_the_left(pixels: Pixels) -> bool:
    red, _, blue = pixels[:, 10:150].reshape(-1, 3).mean(axis=0)
    return bool(red > 200 and blue < 60)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Ten frames at 10 a second, each of another shade."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for number in range(10):
        writer.write(_bgr(20 * number))
    writer.release()
    return path


def test_a_film_plays_at_its_own_rate_and_over_again(film: Path) -> None:
    clock = FakeClock()
    source = open_video(VideoFile(film), clock=clock, pause=clock.advance)
    began_s = clock()
    shades = [int(source.read()[120, 300, 1]) for _ in range(25)]
    source.release()
    assert clock() - began_s == pytest.approx(2.4, abs=0.01)
    expected = [20 * (number % 10) for number in range(25)]
    assert shades == pytest.approx(expected, abs=4)


def test_a_film_is_rgb_and_tells_its_size(film: Path) -> None:
    clock = FakeClock()
    source = open_video(VideoFile(film), clock=clock, pause=clock.advance)
    assert _is_red_on_the_left(source.read())
    assert (source.name, source.size, source.may_repeat) == ("film.avi", (320, 240), True)
    source.release()


def test_a_film_that_was_held_up_does_not_hurry(film: Path) -> None:
    clock = FakeClock()
    source = open_video(VideoFile(film), clock=clock, pause=clock.advance)
    source.read()
    clock.advance(5)
    before_s = clock()
    for _ in range(4):
        source.read()
    source.release()
    assert clock() - before_s == pytest.approx(0.3, abs=0.01)


def test_a_missing_film_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    clock = FakeClock()
    damaged = tmp_path / "damaged.avi"
    damaged.write_bytes(b"RIFF" + bytes(range(256)) * 8)
    for path, fault in (
        (tmp_path / "missing.avi", Fault.CAMERA_ABSENT),
        (damaged, Fault.CAMERA_UNUSABLE),
    ):
        with pytest.raises(CameraError) as caught:
            open_video(VideoFile(path), clock=clock, pause=clock.advance)
        assert caught.value.fault is fault


class NetworkCamera:
    """Serves pictures as Motion JPEG until told to misbehave."""

    def __init__(self) -> None:
        self.mood = "well"
        self.closing = threading.Event()
        camera = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.serve(self)

            def log_message(self, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = False
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    @property
    def address(self) -> CameraStream:
        return CameraStream(f"http://admin:hunter2@127.0.0.1:{self.server.server_port}/live")

    def serve(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        if self.mood == "missing":
            handler.send_error(404)
            return
        if self.mood == "mute":
            self.closing.wait(20)
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "multipart/x-mixed-replace; boundary=cut")
        handler.end_headers()
        number = 0
        try:
            while self.mood != "gone" and not self.closing.wait(0.02):
                if self.mood == "hanging":
                    continue
                number += 1
                picture = _jpeg(number % 200) if self.mood == "well" else b"\xff\xd8garbage" * 200
                head = (
                    f"--cut\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                )
                handler.wfile.write(head.encode() + picture + b"\r\n")
        except OSError:
            return

    def close(self) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def _read_for(source: StreamSource, seconds: float) -> None:
    deadline_s = time.monotonic() + seconds
    while time.monotonic() < deadline_s:
        source.read()


@pytest.fixture
def camera() -> Iterator[NetworkCamera]:
    camera = NetworkCamera()
    yield camera
    camera.close()


def test_a_stream_gives_rgb_frames_under_a_name_without_password(camera: NetworkCamera) -> None:
    source = open_stream(camera.address, clock=time.monotonic, timeout_ms=2000)
    frames = [source.read() for _ in range(3)]
    source.release()
    assert all(frame is not None and _is_red_on_the_left(frame) for frame in frames)
    assert source.name == f"127.0.0.1:{camera.server.server_port}"
    assert not source.may_repeat


def test_a_stream_that_hangs_is_given_up_after_its_timeout(camera: NetworkCamera) -> None:
    source = open_stream(camera.address, clock=time.monotonic, timeout_ms=500)
    assert source.read() is not None
    camera.mood = "hanging"
    began_s = time.monotonic()
    with pytest.raises(CameraError) as caught:
        _read_for(source, 10)
    source.release()
    assert caught.value.fault is Fault.CAMERA_SILENT
    assert time.monotonic() - began_s < 3


def test_a_stream_that_ends_gives_nothing_at_once(camera: NetworkCamera) -> None:
    source = open_stream(camera.address, clock=time.monotonic, timeout_ms=2000)
    camera.mood = "gone"
    deadline_s = time.monotonic() + 10
    while source.read() is not None and time.monotonic() < deadline_s:
        pass
    assert source.read() is None
    source.release()


def test_garbage_is_a_missing_frame_and_the_stream_goes_on(camera: NetworkCamera) -> None:
    source = open_stream(camera.address, clock=time.monotonic, timeout_ms=2000)
    assert source.read() is not None
    camera.mood = "garbage"
    deadline_s = time.monotonic() + 10
    while source.read() is not None and time.monotonic() < deadline_s:
        pass
    camera.mood = "well"
    seen = None
    while seen is None and time.monotonic() < deadline_s:
        seen = source.read()
    source.release()
    assert seen is not None


def test_a_server_that_never_answers_is_silent_and_one_without_stream_is_absent(
    camera: NetworkCamera,
) -> None:
    for mood, fault in (("mute", Fault.CAMERA_SILENT), ("missing", Fault.CAMERA_ABSENT)):
        camera.mood = mood
        with pytest.raises(CameraError) as caught:
            open_stream(camera.address, clock=time.monotonic, timeout_ms=300)
        assert caught.value.fault is fault
        assert "hunter2" not in repr(caught.value)


def test_a_failing_stream_writes_nothing_to_the_console(
    camera: NetworkCamera, capfd: pytest.CaptureFixture[str]
) -> None:
    camera.mood = "missing"
    with pytest.raises(CameraError):
        open_stream(camera.address, clock=time.monotonic, timeout_ms=300)
    refused = CameraStream("rtsp://admin:hunter2@127.0.0.1:1/live?token=hunter2")
    with pytest.raises(CameraError):
        open_stream(refused, clock=time.monotonic, timeout_ms=300)
    assert "".join(capfd.readouterr()) == ""
