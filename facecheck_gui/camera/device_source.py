"""A camera of this machine."""

import sys
from collections.abc import Callable
from contextlib import suppress

from facecheck_gui.camera.address import CameraDevice
from facecheck_gui.camera.devices import ConnectedCamera, api_of
from facecheck_gui.camera.to_rgb import RgbReader
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Pixels
from facecheck_gui.opencv import cv2

_VGA_WIDTH_PX = 640


def open_device(
    device: CameraDevice, find_device: Callable[[CameraDevice], ConnectedCamera | None]
) -> "DeviceSource":
    """Open ``device`` wherever it is plugged in now.

    Raises ``CameraError``: absent, busy, denied or unusable. May take many seconds on Windows.
    """
    found = find_device(device)
    if found is None:
        raise CameraError(Fault.CAMERA_ABSENT)
    refused = _refusal(found.identity.path)
    if refused is not None:
        raise CameraError(refused)
    capture = cv2.VideoCapture(found.index, api_of(device.backend))
    if not capture.isOpened():
        capture.release()
        raise CameraError(_why_not_open(found.identity.path))
    _ask_for_size(capture, device)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return DeviceSource(capture, found)


class DeviceSource:
    """An open device. After an unplug ``read`` raises; a stall it waits out, a second at most."""

    may_repeat = False

    def __init__(self, capture: cv2.VideoCapture, camera: ConnectedCamera) -> None:
        self._reader = RgbReader(capture)
        self._path = camera.identity.path
        self.name = camera.identity.name
        self.size = self._reader.size

    def read(self) -> Pixels | None:
        """The next frame, or None after a stall. Raises ``CameraError``: lost or denied."""
        pixels = self._reader.read()
        if pixels is None:
            refused = _refusal(self._path)
            if refused is Fault.CAMERA_ABSENT:
                raise CameraError(Fault.CAMERA_LOST)
            if refused is Fault.CAMERA_DENIED:
                raise CameraError(Fault.CAMERA_DENIED)
        return pixels

    def release(self) -> None:
        """Let go of the device."""
        self._reader.release()


def _ask_for_size(capture: cv2.VideoCapture, device: CameraDevice) -> None:
    with suppress(cv2.error):
        if device.width_px > _VGA_WIDTH_PX:
            # Raw pictures above VGA do not fit through USB 2 at 30 a second.
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, device.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, device.height_px)


def _refusal(path: str) -> Fault | None:
    if sys.platform != "linux":
        return None
    from facecheck_gui.camera import v4l2

    return v4l2.refusal(path)


def _why_not_open(path: str) -> Fault:
    if sys.platform != "linux":
        return Fault.CAMERA_UNUSABLE
    from facecheck_gui.camera import v4l2

    return Fault.CAMERA_BUSY if v4l2.is_taken(path) else Fault.CAMERA_UNUSABLE
