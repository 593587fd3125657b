"""Which cameras there are, and whether this account may use them."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from facecheck_gui.camera.address import Backend, CameraIdentity
from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.settings.schema import CameraSettings


def connected(backend: Backend) -> Sequence[CameraIdentity]:
    """The cameras of this machine, as ``backend`` names them."""
    from facecheck_gui.camera.devices import list_cameras

    return list_cameras(backend)


def device_nodes() -> Sequence[Path]:
    """Linux's video devices; none elsewhere."""
    return sorted(Path("/dev").glob("video*")) if sys.platform == "linux" else ()


def check_up(
    remembered: CameraSettings,
    list_cameras: Callable[[Backend], Sequence[CameraIdentity]],
    nodes: Callable[[], Sequence[Path]],
) -> CheckUp:
    """Facts: ``count`` and ``names`` of cameras, ``denied`` (paths), ``remembered`` (a name)."""
    denied = tuple(str(node) for node in nodes() if not os.access(node, os.R_OK | os.W_OK))
    try:
        found, outcome = tuple(list_cameras(Backend(remembered.backend))), None
    except ImportError:
        found, outcome = (), Outcome.CAMERAS_NO_OPENCV
    facts: dict[str, Fact] = {
        "count": len(found),
        "names": tuple(camera.name for camera in found),
        "denied": denied,
        "remembered": remembered.name,
    }
    return CheckUp(
        Topic.CAMERAS, outcome or _outcome(found, remembered, denied=bool(denied)), facts
    )


def _outcome(
    found: Sequence[CameraIdentity], remembered: CameraSettings, *, denied: bool
) -> Outcome:
    if denied:
        return Outcome.CAMERAS_DENIED
    if not found:
        return Outcome.CAMERAS_NONE
    from facecheck_gui.camera.devices import find

    wanted = CameraIdentity(
        remembered.name, remembered.path, remembered.vendor_id, remembered.product_id
    )
    if wanted != CameraIdentity("") and find(wanted, found) is None:
        return Outcome.CAMERAS_REMEMBERED_ABSENT
    return Outcome.CAMERAS_OK
