"""Finding the camera that was meant among those that are there."""

import errno
import os
import sys
from pathlib import Path

import pytest

from facecheck_gui.camera.address import CameraIdentity
from facecheck_gui.camera.devices import ConnectedCamera, find, without_second_nodes
from facecheck_gui.domain.errors import Fault

HALL = CameraIdentity("HD Webcam", "/dev/video0", 0x046D, 0x0825)
TWIN = CameraIdentity("HD Webcam", "/dev/video2", 0x046D, 0x0825)
OTHER = CameraIdentity("Other", "/dev/video4", 0x1BCF, 0x0001)
NAMELESS = CameraIdentity("Loopback", "/dev/video9")


def test_of_two_twins_the_one_at_the_old_place_is_taken() -> None:
    assert find(TWIN, [HALL, TWIN, OTHER]) is TWIN


def test_a_camera_in_another_port_is_found_by_its_ids() -> None:
    moved = CameraIdentity("HD Webcam", "/dev/video6", 0x046D, 0x0825)
    assert find(HALL, [OTHER, moved]) is moved


def test_a_renamed_camera_is_found_by_its_ids() -> None:
    renamed = CameraIdentity("Webcam C270", "/dev/video6", 0x046D, 0x0825)
    assert find(HALL, [NAMELESS, renamed]) is renamed


def test_another_model_at_the_same_place_is_another_camera() -> None:
    intruder = CameraIdentity("HD Webcam", "/dev/video0", 0x1BCF, 0x0001)
    assert find(HALL, [intruder]) is None


def test_a_camera_without_ids_is_found_by_its_name() -> None:
    moved = CameraIdentity("Loopback", "/dev/video1")
    assert find(NAMELESS, [HALL, moved]) is moved
    assert find(NAMELESS, [HALL]) is None


def test_a_taken_device_that_hides_its_name_is_known_by_its_place() -> None:
    hidden = CameraIdentity("", "/dev/video9")
    assert find(NAMELESS, [HALL, hidden]) is hidden


def _node(sysfs: Path, name: str, device: Path, index: int) -> ConnectedCamera:
    device.mkdir(parents=True, exist_ok=True)
    node = sysfs / name
    node.mkdir(parents=True)
    (node / "index").write_text(f"{index}\n")
    (node / "device").symlink_to(device)
    return ConnectedCamera(CameraIdentity("HD Webcam", f"/dev/{name}"), int(name[5:]))


@pytest.mark.skipif(sys.platform == "win32", reason="a folder of Linux, made of symbolic links")
def test_a_camera_with_two_nodes_is_listed_once(tmp_path: Path) -> None:
    sysfs = tmp_path / "video4linux"
    second = _node(sysfs, "video1", tmp_path / "usb1", 1)
    first = _node(sysfs, "video0", tmp_path / "usb1", 0)
    neighbour = _node(sysfs, "video2", tmp_path / "usb2", 0)
    virtual = ConnectedCamera(NAMELESS, 9)
    listed = without_second_nodes([second, first, neighbour, virtual], sysfs)
    assert listed == [first, neighbour, virtual]


@pytest.mark.skipif(sys.platform != "linux", reason="V4L2 is Linux's")
class TestQuestionsToDevices:
    """What V4L2 answers; the device is a file that opens, its answers are made up."""

    def test_an_absent_device_is_told_from_one_that_opens(self, tmp_path: Path) -> None:
        from facecheck_gui.camera import v4l2

        assert v4l2.refusal(str(tmp_path / "video0")) is Fault.CAMERA_ABSENT
        assert v4l2.refusal(os.devnull) is None

    def test_busy_that_shows_only_after_opening_is_noticed(self) -> None:
        from facecheck_gui.camera import v4l2

        def busy(device: int, request: int, argument: bytearray) -> int:
            raise OSError(errno.EBUSY, "busy")

        assert v4l2.is_taken(os.devnull, busy)
        assert not v4l2.is_taken(os.devnull, lambda device, request, argument: 0)

    def test_a_node_for_metadata_does_not_capture(self) -> None:
        from facecheck_gui.camera import v4l2

        def metadata(device: int, request: int, argument: bytearray) -> int:
            argument[16:26] = b"HD Webcam\0"
            argument[84:88] = (0x84A00001).to_bytes(4, "little")
            argument[88:92] = (0x04A00000).to_bytes(4, "little")
            return 0

        told = v4l2.capability(os.devnull, metadata)
        assert told == v4l2.Capability("HD Webcam", captures=False)

    def test_a_file_that_is_no_device_tells_nothing(self) -> None:
        from facecheck_gui.camera import v4l2

        assert v4l2.capability(os.devnull) is None
