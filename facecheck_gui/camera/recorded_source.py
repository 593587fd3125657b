"""Frames that come through FFmpeg: a stream from the network or a video file."""

import math
from collections.abc import Callable
from pathlib import Path

from facecheck_gui.camera.address import CameraStream, VideoFile
from facecheck_gui.camera.pace import Pace
from facecheck_gui.camera.to_rgb import RgbReader
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Pixels
from facecheck_gui.opencv import cv2

_STREAM_TIMEOUT_MS = 2000
_NEARLY = 0.9
_USUAL_RATE_HZ = 25.0
_HIGHEST_RATE_HZ = 120.0
_LONGEST_PAUSE_S = 0.2
_MJPG = cv2.VideoWriter.fourcc(*"MJPG")


def open_stream(
    stream: CameraStream, *, clock: Callable[[], float], timeout_ms: int = _STREAM_TIMEOUT_MS
) -> "StreamSource":
    """Open a network camera, within ``timeout_ms``. Raises ``CameraError``: absent or silent."""
    began_s = clock()
    # Without these two FFmpeg waits thirty seconds; they are heeded in the constructor alone.
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
        timeout_ms,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC,
        timeout_ms,
    ]
    capture = cv2.VideoCapture(stream.url, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        capture.release()
        in_vain = clock() - began_s >= timeout_ms / 1000 * _NEARLY
        raise CameraError(Fault.CAMERA_SILENT if in_vain else Fault.CAMERA_ABSENT)
    return StreamSource(capture, stream.name, clock, timeout_ms / 1000)


class StreamSource:
    """An open stream. A picture that is garbage is one missing frame; silence is the end."""

    def __init__(
        self, capture: cv2.VideoCapture, name: str, clock: Callable[[], float], timeout_s: float
    ) -> None:
        self._reader = RgbReader(capture)
        self._clock = clock
        self._timeout_s = timeout_s
        self.name = name
        self.size = self._reader.size
        # Other codecs send "nothing has moved", and decode to the very same picture.
        self.may_repeat = int(capture.get(cv2.CAP_PROP_FOURCC)) != _MJPG

    def read(self) -> Pixels | None:
        """The next frame, or None for a damaged one. Raises ``CameraError`` (silent)."""
        began_s = self._clock()
        pixels = self._reader.read()
        if pixels is None and self._clock() - began_s >= self._timeout_s * _NEARLY:
            raise CameraError(Fault.CAMERA_SILENT)
        return pixels

    def release(self) -> None:
        """Hang up."""
        self._reader.release()


def open_video(
    video: VideoFile, *, clock: Callable[[], float], pause: Callable[[float], object]
) -> "VideoSource":
    """Open a film. Raises ``CameraError``: absent (no such file), denied or unusable."""
    _check_readable(video.path)
    capture = cv2.VideoCapture(str(video.path), cv2.CAP_FFMPEG)
    if not capture.isOpened():
        capture.release()
        raise CameraError(Fault.CAMERA_UNUSABLE)
    return VideoSource(capture, video.name, clock, pause)


class VideoSource:
    """A film at its own rate, from the start again when it ends."""

    may_repeat = True

    def __init__(
        self,
        capture: cv2.VideoCapture,
        name: str,
        clock: Callable[[], float],
        pause: Callable[[float], object],
    ) -> None:
        self._capture = capture
        self._reader = RgbReader(capture)
        self._pause = pause
        self._pace = Pace(1 / _rate_hz(capture.get(cv2.CAP_PROP_FPS)), clock)
        self._last: Pixels | None = None
        self.name = name
        self.size = self._reader.size

    def read(self) -> Pixels | None:
        """The next frame when it is due; a slow film shows the same one again meanwhile.

        Raises ``CameraError`` (unusable) when the film has no frames.
        """
        wait_s = self._pace.wait_s
        self._pause(min(wait_s, _LONGEST_PAUSE_S))
        if wait_s > _LONGEST_PAUSE_S:
            return self._last
        self._pace.tick()
        self._last = self._next()
        return self._last

    def _next(self) -> Pixels:
        pixels = self._reader.read()
        if pixels is None:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            pixels = self._reader.read()
        if pixels is None:
            raise CameraError(Fault.CAMERA_UNUSABLE)
        return pixels

    def release(self) -> None:
        """Close the file."""
        self._reader.release()


def _rate_hz(told: float) -> float:
    if math.isfinite(told) and 0 < told <= _HIGHEST_RATE_HZ:
        return told
    return _USUAL_RATE_HZ


def _check_readable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except PermissionError:
        raise CameraError(Fault.CAMERA_DENIED) from None
    except FileNotFoundError:
        raise CameraError(Fault.CAMERA_ABSENT) from None
    except OSError:
        raise CameraError(Fault.CAMERA_UNUSABLE) from None
