"""The remembered camera by its place and ids, never by its number."""

from facecheck_gui.camera.address import CameraIdentity
from facecheck_gui.ui.staff.camera_choice import ChoiceReason, choose

DESK = CameraIdentity("Desk cam", "/dev/video2", 0x046D, 0x0825)
DOOR = CameraIdentity("Door cam", "/dev/video0", 0x1234, 0x0001)


def test_the_remembered_camera_is_found_wherever_it_is_listed() -> None:
    assert choose(DESK, [DOOR, DESK]).camera == DESK
    moved = CameraIdentity("Desk cam", "/dev/video7", 0x046D, 0x0825)
    choice = choose(DESK, [DOOR, moved])
    assert (choice.camera, choice.reason) == (moved, ChoiceReason.REMEMBERED)


def test_another_camera_at_its_place_is_a_stand_in_and_not_taken_for_it() -> None:
    usurper = CameraIdentity("Other cam", "/dev/video2", 0x9999, 0x0001)
    choice = choose(DESK, [usurper])
    assert (choice.camera, choice.reason) == (usurper, ChoiceReason.STAND_IN)


def test_without_memory_the_first_one_is_taken_and_without_cameras_none() -> None:
    assert choose(None, [DOOR, DESK]).reason is ChoiceReason.FIRST
    assert choose(DESK, []).reason is ChoiceReason.MISSING
