"""Questions to Linux's video devices that OpenCV cannot ask. Import on Linux alone."""

import errno
import fcntl
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from facecheck_gui.domain.errors import Fault

# linux/videodev2.h: the two calls, their structures and the flag.
_QUERYCAP = 0x80685600
_CAPABILITY = struct.Struct("16s32s32sIII12x")
_REQBUFS = 0xC0145608
_REQUEST_BUFFERS = struct.Struct("IIIIB3x")
_CAN_CAPTURE = 0x00000001
_TYPE_CAPTURE = 1
_MEMORY_MMAP = 1

Ioctl = Callable[[int, int, bytearray], object]


@dataclass(frozen=True, slots=True)
class Capability:
    """What a device says of itself."""

    name: str
    captures: bool


@contextmanager
def _opened(path: str) -> Iterator[int]:
    device = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield device
    finally:
        os.close(device)


def refusal(path: str) -> Fault | None:
    """Why the device at ``path`` cannot be opened: absent, busy or denied. None when it can."""
    try:
        with _opened(path):
            return None
    except OSError as error:
        return _fault_of(error)


def capability(path: str, ioctl: Ioctl = fcntl.ioctl) -> Capability | None:
    """Name and use of the device at ``path``; None when it does not answer."""
    answer = bytearray(_CAPABILITY.size)
    try:
        with _opened(path) as device:
            ioctl(device, _QUERYCAP, answer)
    except OSError:
        return None
    _, card, _, _, capabilities, of_this_node = _CAPABILITY.unpack(answer)
    name = card.split(b"\0", 1)[0].decode("utf-8", "replace")
    return Capability(name, bool((of_this_node or capabilities) & _CAN_CAPTURE))


def is_taken(path: str, ioctl: Ioctl = fcntl.ioctl) -> bool:
    """Whether another program streams from the device.

    USB cameras let anyone open them and say "busy" only to the second who asks for buffers.
    """
    nothing = bytearray(_REQUEST_BUFFERS.pack(0, _TYPE_CAPTURE, _MEMORY_MMAP, 0, 0))
    try:
        with _opened(path) as device:
            ioctl(device, _REQBUFS, nothing)
    except OSError as error:
        return error.errno == errno.EBUSY
    return False


def _fault_of(error: OSError) -> Fault:
    if error.errno in {errno.ENOENT, errno.ENODEV, errno.ENXIO}:
        return Fault.CAMERA_ABSENT
    if error.errno == errno.EBUSY:
        return Fault.CAMERA_BUSY
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Fault.CAMERA_DENIED
    return Fault.CAMERA_UNUSABLE
