"""What a camera's behaviour says about it: the judge between the loop and whoever watches."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from facecheck_gui.camera.sameness import is_flat, is_same
from facecheck_gui.camera.state import CameraState, state_after
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Frame, Pixels

Announce = Callable[[CameraState, CameraError | None], None]
"""Told of every change, in order, from either thread; must be quick and call nothing back."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long what is put up with, in seconds."""

    opening_s: float = 10.0
    first_frame_s: float = 3.0
    silence_s: float = 1.5
    still_s: float = 1.0
    flat_s: float = 1.0
    reopen_after_s: float = 5.0
    first_retry_s: float = 0.5
    longest_retry_s: float = 5.0


class CameraHealth:
    """Keeps the state of one camera. The loop reports what it sees; ``watch`` may be called from
    another thread, because a loop that hangs in a read can no longer report anything."""

    def __init__(self, announce: Announce, clock: Callable[[], float], patience: Patience) -> None:
        self._announce = announce
        self._clock = clock
        self._patience = patience
        self._lock = threading.Lock()
        self._state = CameraState.CLOSED
        self._error: CameraError | None = None
        self._frame: Frame | None = None
        self._attempt_s: float | None = None
        self._waiting_s: float | None = None
        self._heard_s: float | None = None
        self._moved_s = 0.0
        self._seen_s = 0.0

    def opening(self) -> None:
        """An attempt to open the camera begins."""
        with self._lock:
            self._attempt_s = self._clock()
            if self._state is CameraState.CLOSED:
                self._become(CameraState.OPENING)

    def opened(self) -> None:
        """The camera is open; frames should follow."""
        with self._lock:
            now_s = self._clock()
            self._attempt_s, self._heard_s = None, None
            self._waiting_s = self._moved_s = self._seen_s = now_s
            if self._state is CameraState.LOST:
                self._become(CameraState.OPENING)

    def saw(self, pixels: Pixels, source: str, *, may_repeat: bool) -> Frame:
        """A frame came. It is judged, kept and returned."""
        flat = is_flat(pixels)
        last = self._frame
        still = not may_repeat and last is not None and is_same(last.pixels, pixels)
        with self._lock:
            now_s = self._clock()
            self._waiting_s, self._heard_s = None, now_s
            self._moved_s = self._moved_s if still and not flat else now_s
            self._seen_s = self._seen_s if flat else now_s
            self._frame = Frame(pixels, now_s, source, suspect=still or flat)
            self._judge_frame(now_s, suspect=still or flat)
            return self._frame

    def _judge_frame(self, now_s: float, *, suspect: bool) -> None:
        if now_s - self._seen_s > self._patience.flat_s:
            self._become(CameraState.FROZEN, Fault.CAMERA_UNUSABLE)
        elif now_s - self._moved_s > self._patience.still_s:
            self._become(CameraState.FROZEN, Fault.CAMERA_FROZEN)
        elif not (suspect and self._state is CameraState.FROZEN):
            self._become(CameraState.LIVE)

    def failed(self, error: CameraError) -> None:
        """The camera did not open, or gives no more frames."""
        with self._lock:
            self._attempt_s = self._waiting_s = self._heard_s = None
            unplugged = self._error is not None and self._error.fault is Fault.CAMERA_LOST
            if unplugged and error.fault is Fault.CAMERA_ABSENT:
                return  # "unplugged" says more than "not there"
            self._become(state_after(error.fault), error.fault, error.detail)

    def closed(self) -> None:
        """Nobody wants the camera any more."""
        with self._lock:
            self._attempt_s = self._waiting_s = self._heard_s = None
            self._frame = None
            self._become(CameraState.CLOSED)

    def watch(self) -> None:
        """Notice what no report tells: that reports stay away."""
        with self._lock:
            now_s = self._clock()
            silent = (
                _longer(now_s, self._attempt_s, self._patience.opening_s)
                or _longer(now_s, self._waiting_s, self._patience.first_frame_s)
                or _longer(now_s, self._heard_s, self._patience.silence_s)
            )
            if silent and self._state in {CameraState.OPENING, CameraState.LIVE}:
                self._become(CameraState.FROZEN, Fault.CAMERA_SILENT)

    @property
    def is_stuck(self) -> bool:
        """Whether an open camera has given nothing new for so long that it should be reopened."""
        with self._lock:
            return self._clock() - self._moved_s > self._patience.reopen_after_s

    @property
    def newest(self) -> Frame | None:
        """The last frame, however old."""
        return self._frame

    def fresh_frame(self, max_age_s: float) -> Frame:
        """The last frame, if it may be taken for the present.

        Raises ``CameraError``: the state's own fault, no frame yet, a frame older than
        ``max_age_s`` seconds, or one that shows nothing.
        """
        with self._lock:
            state, frame, error = self._state, self._frame, self._error
            now_s = self._clock()
        if error is not None:
            raise CameraError(error.fault, detail=error.detail)
        if frame is None or state is not CameraState.LIVE:
            raise CameraError(Fault.NO_FRAME)
        if now_s - frame.captured_at_s > max_age_s:
            raise CameraError(Fault.FRAME_STALE)
        if is_flat(frame.pixels):
            raise CameraError(Fault.CAMERA_UNUSABLE)
        return frame

    def _become(self, state: CameraState, fault: Fault | None = None, detail: str = "") -> None:
        was = self._error.fault if self._error else None
        if (state, fault) == (self._state, was):
            return
        self._state = state
        self._error = CameraError(fault, detail=detail) if fault else None
        self._announce(state, self._error)


def _longer(now_s: float, since_s: float | None, limit_s: float) -> bool:
    return since_s is not None and now_s - since_s > limit_s
