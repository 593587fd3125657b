"""The few states a camera can be in."""

from enum import Enum

from facecheck_gui.domain.errors import Fault


class CameraState(Enum):
    """What a camera does. The fault that goes with FROZEN and LOST tells the cause."""

    CLOSED = "closed"
    """Nobody asked for it."""
    OPENING = "opening"
    """Asked for; no frame yet."""
    LIVE = "live"
    """Fresh frames arrive."""
    FROZEN = "frozen"
    """The camera is there, but gives no frame, the same frame again and again, or one colour."""
    LOST = "lost"
    """There is no camera, or it will not open."""


def state_after(fault: Fault) -> CameraState:
    """Where a camera stands once ``fault`` ended its frames."""
    if fault in {Fault.CAMERA_SILENT, Fault.CAMERA_FROZEN}:
        return CameraState.FROZEN
    return CameraState.LOST
