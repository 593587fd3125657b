"""Cameras that are there, that are not, and that this account may not use."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from facecheck_gui.camera.address import Backend, CameraIdentity
from facecheck_gui.doctor.cameras import check_up
from facecheck_gui.doctor.checkup import CheckUp, Outcome
from facecheck_gui.settings.schema import CameraSettings

from .conftest import CAMERA

NOBODY = CameraSettings()
REMEMBERED = CameraSettings(
    name=CAMERA.name,
    path=CAMERA.path,
    vendor_id=CAMERA.vendor_id,
    product_id=CAMERA.product_id,
)


def examined(
    found: Sequence[CameraIdentity],
    remembered: CameraSettings = NOBODY,
    nodes: Sequence[Path] = (),
) -> CheckUp:
    return check_up(remembered, lambda _: found, lambda: nodes)


def test_cameras_are_named() -> None:
    checkup = examined([CAMERA, CameraIdentity("Door camera")], REMEMBERED)
    assert checkup.outcome is Outcome.CAMERAS_OK
    assert checkup.facts["names"] == ("Desk camera", "Door camera")
    assert checkup.facts["count"] == 2


def test_no_camera_is_worth_a_note() -> None:
    assert examined([]).outcome is Outcome.CAMERAS_NONE


def test_without_opencv_no_camera_can_be_found() -> None:
    def fail(_: Backend) -> Sequence[CameraIdentity]:
        raise ImportError("libGL.so.1: cannot open shared object file")

    assert check_up(NOBODY, fail, tuple).outcome is Outcome.CAMERAS_NO_OPENCV


def test_another_camera_is_not_the_remembered_one() -> None:
    other = CameraIdentity("Door camera", "/dev/video0", 1, 2)
    checkup = examined([other], REMEMBERED)
    assert checkup.outcome is Outcome.CAMERAS_REMEMBERED_ABSENT
    assert checkup.facts["remembered"] == "Desk camera"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may open everything")
def test_a_device_that_lets_nobody_in_is_trouble(tmp_path: Path) -> None:
    node = tmp_path / "video0"
    node.touch(mode=0)
    assert examined([], nodes=[node]).outcome is Outcome.CAMERAS_DENIED


def test_a_device_that_may_not_be_opened_is_named(tmp_path: Path) -> None:
    node = tmp_path / "video0"  # what is not there may not be opened either, not even by root
    checkup = examined([CAMERA], nodes=[node])
    assert checkup.outcome is Outcome.CAMERAS_DENIED
    assert checkup.facts["denied"] == (str(node),)
