"""The loop that keeps frames coming. Alone to open, read and release a camera."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from facecheck_gui.camera.address import CameraAddress
from facecheck_gui.camera.health import Announce, CameraHealth, Patience
from facecheck_gui.camera.source import FrameSource, OpenSource
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Frame

_MISSED_IN_A_ROW = 10
_PAUSE_AFTER_MISS_S = 0.02


class CaptureLoop:
    """Reads one camera until it is stopped, and opens it again by itself when it fails.

    ``run`` belongs on a thread of its own: a read can hang for seconds, and by OpenCV's nature
    nobody may break it off. Everything else may be called from any thread and never waits.
    ``deliver`` gets every frame, on the loop's thread.
    """

    def __init__(
        self,
        address: CameraAddress,
        *,
        open_source: OpenSource,
        deliver: Callable[[Frame], None],
        announce: Announce,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._address = address
        self._open_source = open_source
        self._deliver = deliver
        self._patience = patience or Patience()
        self._health = CameraHealth(announce, clock, self._patience)
        self._stopping = threading.Event()
        self._nudge = threading.Event()
        self._pause = pause or self._nudge.wait

    def run(self) -> None:
        """Work until ``stop``. Returns after the read under way, if any."""
        retry_s = self._patience.first_retry_s
        try:
            while not self._stopping.is_set():
                had_frames = self._sit()
                if had_frames:
                    retry_s = self._patience.first_retry_s
                if not self._stopping.is_set():
                    self._pause(retry_s)
                    self._nudge.clear()
                retry_s = min(retry_s * 2, self._patience.longest_retry_s)
        finally:
            self._health.closed()

    def stop(self) -> None:
        """Ask ``run`` to return."""
        self._stopping.set()
        self._nudge.set()

    def retry_now(self) -> None:
        """Do not wait for the next attempt to open: something was plugged in."""
        self._nudge.set()

    def watch(self) -> None:
        """Notice a read that hangs. To be called a few times a second from another thread."""
        self._health.watch()

    @property
    def newest(self) -> Frame | None:
        """The last frame, however old."""
        return self._health.newest

    def fresh_frame(self, max_age_s: float) -> Frame:
        """A frame of the present, never a stale or an empty one. Raises ``CameraError``."""
        return self._health.fresh_frame(max_age_s)

    def _sit(self) -> bool:
        """Open and read until it fails; returns whether there was a frame at all."""
        self._health.opening()
        try:
            source = self._open_source(self._address)
        except Exception as error:
            self._health.failed(_as_camera_error(error))
            return False
        try:
            return self._read(source)
        finally:
            with suppress(Exception):
                source.release()

    def _read(self, source: FrameSource) -> bool:
        self._health.opened()
        had_frames, missed = False, 0
        while not self._stopping.is_set():
            try:
                pixels = source.read()
            except Exception as error:
                self._health.failed(_as_camera_error(error))
                break
            if self._stopping.is_set():
                break
            if pixels is not None:
                had_frames, missed = True, 0
                self._deliver(self._health.saw(pixels, source.name, may_repeat=source.may_repeat))
            else:
                missed += 1
                if missed >= _MISSED_IN_A_ROW:
                    self._health.failed(CameraError(Fault.CAMERA_LOST))
                    break
                self._pause(_PAUSE_AFTER_MISS_S)
            self._health.watch()
            if self._health.is_stuck:
                break
        return had_frames


def _as_camera_error(error: Exception) -> CameraError:
    """What a source raises beyond the agreed is the driver's doing; its words may hold secrets."""
    if isinstance(error, CameraError):
        return error
    return CameraError(Fault.CAMERA_UNUSABLE, detail=type(error).__name__)
