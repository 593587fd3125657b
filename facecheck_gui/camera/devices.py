"""Which cameras are plugged in, and which of them is the one that was meant."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from facecheck_gui.camera.address import Backend, CameraDevice, CameraIdentity
from facecheck_gui.domain.errors import Fault
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.opencv import cv2

_MAX_NAME_CHARS = 80
_NODES_TO_TRY = 10


@dataclass(frozen=True, slots=True)
class ConnectedCamera:
    """A camera that is there now. ``index`` is OpenCV's number and good for this moment alone."""

    identity: CameraIdentity
    index: int


def api_of(backend: Backend) -> int:
    """OpenCV's number for ``backend`` on this system."""
    if backend is Backend.DIRECTSHOW:
        return int(cv2.CAP_DSHOW)
    if backend is Backend.MEDIA_FOUNDATION:
        return int(cv2.CAP_MSMF)
    by_system = {"linux": cv2.CAP_V4L2, "darwin": cv2.CAP_AVFOUNDATION, "win32": cv2.CAP_MSMF}
    return int(by_system.get(sys.platform, cv2.CAP_ANY))


def list_cameras(backend: Backend = Backend.AUTO) -> tuple[CameraIdentity, ...]:
    """Every camera of this machine, each once. Takes milliseconds, on Windows up to a second."""
    return tuple(camera.identity for camera in connected_cameras(backend))


def connected_cameras(backend: Backend = Backend.AUTO) -> tuple[ConnectedCamera, ...]:
    """The same with OpenCV's numbers, to be used at once."""
    # Brings OpenCV along, and so must come after our own import of it has set the stage.
    from cv2_enumerate_cameras import enumerate_cameras

    listed = [
        ConnectedCamera(
            CameraIdentity(_plain(found.name), found.path or "", found.vid, found.pid),
            found.index,
        )
        for found in enumerate_cameras(api_of(backend))
    ]
    if sys.platform == "linux":
        listed = [*without_second_nodes(listed), *_unlisted_nodes({c.index for c in listed})]
    return tuple(sorted(listed, key=lambda camera: camera.index))


def locate(device: CameraDevice) -> ConnectedCamera | None:
    """Where ``device`` is plugged in now; None when it is not."""
    connected = connected_cameras(device.backend)
    if device.identity is None:
        return connected[0] if connected else None
    found = find(device.identity, [camera.identity for camera in connected])
    return next((camera for camera in connected if camera.identity == found), None)


def find(wanted: CameraIdentity, cameras: Sequence[CameraIdentity]) -> CameraIdentity | None:
    """``wanted`` among ``cameras``: at its old place, else by its ids, else by its name.

    A camera with other ids is another camera, whatever its name. Of several alike the first is
    taken: only their place tells them apart.
    """
    alike = [c for c in cameras if _alike(c, wanted)]
    same_place = [c for c in alike if c.path and c.path == wanted.path]
    same_ids = [c for c in alike if wanted.vendor_id is not None and _ids(c) == _ids(wanted)]
    same_name = [c for c in alike if c.name == wanted.name]
    same_both = [c for c in same_ids if c in same_name]
    candidates = [*same_place, *same_both, *same_ids, *same_name]
    return candidates[0] if candidates else None


def _alike(one: CameraIdentity, other: CameraIdentity) -> bool:
    if one.vendor_id is not None and other.vendor_id is not None:
        return _ids(one) == _ids(other)
    # A device that lets nobody in does not tell its name either.
    return one.name == other.name or not one.name or not other.name


def _ids(camera: CameraIdentity) -> tuple[int | None, int | None]:
    return (camera.vendor_id, camera.product_id)


def without_second_nodes(
    cameras: Iterable[ConnectedCamera], sysfs: Path = Path("/sys/class/video4linux")
) -> list[ConnectedCamera]:
    """One node for each camera: Linux gives some several, of which the first has the pictures."""
    first: dict[str, tuple[int, ConnectedCamera]] = {}
    for camera in cameras:
        node = sysfs / Path(camera.identity.path).name
        device, rank = node / "device", 0
        if device.exists():
            rank = _number(node / "index")
        owner = str(device.resolve()) if device.exists() else camera.identity.path
        if owner not in first or rank < first[owner][0]:
            first[owner] = (rank, camera)
    return [camera for _, camera in first.values()]


def _number(file: Path) -> int:
    try:
        return int(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _unlisted_nodes(listed: set[int]) -> list[ConnectedCamera]:
    """Devices that open although the folder does not show them, as in some sandboxes."""
    if sys.platform != "linux":
        return []
    from facecheck_gui.camera import v4l2

    found = []
    for index in range(_NODES_TO_TRY):
        path = f"/dev/video{index}"
        if index in listed or Path(path).exists():
            continue
        answer = v4l2.capability(path)
        if answer is not None and answer.captures:
            found.append(ConnectedCamera(CameraIdentity(_plain(answer.name), path), index))
        elif v4l2.refusal(path) in {Fault.CAMERA_BUSY, Fault.CAMERA_DENIED}:
            found.append(ConnectedCamera(CameraIdentity("", path), index))
    return found


def _plain(name: str) -> str:
    """A device's name comes from outside."""
    return printable(name, _MAX_NAME_CHARS)
