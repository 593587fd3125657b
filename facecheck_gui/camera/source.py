"""What every source of frames promises, and the one place that opens them."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from facecheck_gui.camera.address import (
    CameraAddress,
    CameraDevice,
    CameraStream,
    Demonstration,
    Sitter,
    VideoFile,
)
from facecheck_gui.camera.demonstration import DemonstrationSource
from facecheck_gui.camera.device_source import open_device
from facecheck_gui.camera.devices import ConnectedCamera, locate
from facecheck_gui.camera.recorded_source import open_stream, open_video
from facecheck_gui.domain.image import Pixels


class FrameSource(Protocol):
    """An open camera. Used by one thread alone: OpenCV crashes when another one releases it."""

    @property
    def name(self) -> str:
        """What people call it; carries no password."""
        ...

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as promised on opening; frames tell the truth."""
        ...

    @property
    def may_repeat(self) -> bool:
        """Whether two equal frames in a row are in order. A sensor's noise never repeats."""
        ...

    def read(self) -> Pixels | None:
        """The next frame; waits for it. None when this once there was none.

        Raises ``CameraError`` when there will be none until the source is opened again.
        """
        ...

    def release(self) -> None:
        """Let go of the camera."""
        ...


OpenSource = Callable[[CameraAddress], FrameSource]
"""Opens a camera, or raises ``CameraError`` with the cause."""


class SourceOpener:
    """Opens any address.

    ``find_portrait`` gives a sitter's picture; ``show`` changes who sits for the demonstration,
    also while it runs.
    """

    def __init__(
        self,
        *,
        find_portrait: Callable[[Sitter], Pixels],
        find_device: Callable[[CameraDevice], ConnectedCamera | None] = locate,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        self._find_device = find_device
        self._find_portrait = find_portrait
        self._clock = clock
        self._pause = pause if pause is not None else threading.Event().wait
        self._sitter: Sitter | None = None

    def show(self, sitter: Sitter) -> None:
        """Put ``sitter`` in front of the demonstration's camera. From any thread."""
        self._sitter = sitter

    def __call__(self, address: CameraAddress) -> FrameSource:
        """Open ``address``. Raises ``CameraError``: absent, busy, denied, silent or unusable."""
        match address:
            case CameraDevice():
                return open_device(address, self._find_device)
            case CameraStream():
                return open_stream(address, clock=self._clock)
            case VideoFile():
                return open_video(address, clock=self._clock, pause=self._pause)
            case Demonstration():
                return DemonstrationSource(
                    sitter=lambda: self._sitter or address.sitter,
                    find_portrait=self._find_portrait,
                    clock=self._clock,
                    pause=self._pause,
                )
