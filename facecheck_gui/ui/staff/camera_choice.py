"""Which camera the window shows: the remembered one, else the next known one, and this is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from facecheck_gui.camera.address import CameraIdentity
from facecheck_gui.camera.devices import find


class ChoiceReason(Enum):
    """Why a camera is the chosen one."""

    REMEMBERED = "remembered"
    """It is the one that was chosen last time."""
    FIRST = "first"
    """None was remembered; the first one is taken."""
    STAND_IN = "stand_in"
    """The remembered one is missing; another takes its place."""
    MISSING = "missing"
    """There is no camera at all."""


@dataclass(frozen=True, slots=True)
class CameraChoice:
    """The camera to open (None where there is none) and why it is this one."""

    camera: CameraIdentity | None
    reason: ChoiceReason


def choose(remembered: CameraIdentity | None, connected: Sequence[CameraIdentity]) -> CameraChoice:
    """The remembered camera by path and ids, else the first that is plugged in."""
    if not connected:
        return CameraChoice(None, ChoiceReason.MISSING)
    if remembered is None:
        return CameraChoice(connected[0], ChoiceReason.FIRST)
    found = find(remembered, connected)
    if found is not None:
        return CameraChoice(found, ChoiceReason.REMEMBERED)
    return CameraChoice(connected[0], ChoiceReason.STAND_IN)
