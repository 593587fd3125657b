"""The live picture is drawn as it was made; an old one never stands as if it lived."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from facecheck_gui.camera.preview import View, render
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.camera_view import CameraView


@pytest.fixture
def view(qtbot: QtBot, look: Look) -> CameraView:
    made = CameraView(look)
    qtbot.addWidget(made)
    made.resize(480, 360)
    made.show()
    return made


def _show(view: CameraView, frame: Frame) -> None:
    view.show_preview(render(frame, View(*view.device_size())))


def test_it_asks_for_previews_of_its_own_size(qtbot: QtBot, view: CameraView) -> None:
    with qtbot.waitSignal(view.size_wanted) as told:
        view.resize(500, 300)
    assert told.args == [500, 300]


def test_a_preview_is_drawn_pixel_for_pixel(view: CameraView) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (360, 480, 3), np.uint8)
    _show(view, Frame(noise, 0.0, "test"))
    image = view.grab().toImage()
    # Far from corners and oval.
    for x, y in ((20, 20), (21, 20), (40, 300), (470, 30)):
        colour = image.pixelColor(x, y)
        assert [colour.red(), colour.green(), colour.blue()] == list(noise[y, 479 - x])


def test_the_live_picture_and_the_frozen_probe_are_mirrored_alike(
    view: CameraView, frame: Frame, pixels: Pixels
) -> None:
    _show(view, frame)
    live = view.grab().toImage().pixelColor(30, 40)
    view.freeze(pixels, mirrored=True)
    frozen = view.grab().toImage().pixelColor(30, 40)
    assert live == frozen
    assert live.blue() > 200


def test_a_frozen_probe_keeps_its_place_whatever_the_camera_sends(
    view: CameraView, frame: Frame, pixels: Pixels
) -> None:
    view.freeze(pixels, mirrored=False)
    before = view.grab().toImage()
    _show(view, Frame(np.zeros_like(frame.pixels), 0.0, "dark"))
    view.show_status("camera-off", "The camera has gone.", "", "Try again")
    assert view.grab().toImage() == before
    assert not view.status.isVisible()
    view.unfreeze()
    assert view.status.isVisible()


def test_a_status_takes_the_place_of_the_picture(view: CameraView, frame: Frame) -> None:
    _show(view, frame)
    view.show_status("camera-off", "The camera has gone.", "Plug it in again.", "Try again")
    assert view.status.isVisible()
    assert view.status.accessibleName() == "The camera has gone. Plug it in again."
    image = view.grab().toImage()
    assert image.pixelColor(240, 20) == view._look.colour("stage")


def test_the_first_picture_ends_the_status(view: CameraView, frame: Frame) -> None:
    view.show_status("camera", "Opening the camera…", "Front desk")
    _show(view, frame)
    assert not view.status.isVisible()


def test_buttons_of_a_status_tell_their_number(qtbot: QtBot, view: CameraView) -> None:
    view.show_status("camera-off", "Busy", "Close it.", "Try again", "Choose another")
    buttons = [b for b in view.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons] == ["Try again", "Choose another"]
    for number, button in enumerate(buttons):
        with qtbot.waitSignal(view.action_requested) as told:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert told.args == [number]


def test_the_ring_runs_only_while_a_check_does(
    view: CameraView, look: Look, pixels: Pixels
) -> None:
    look.reduce_motion(reduced=False)
    view.freeze(pixels, mirrored=True)
    assert (view.is_frozen, view.is_busy, view.ring_runs) == (True, True, True)
    view.rest()
    assert (view.is_frozen, view.is_busy, view.ring_runs) == (True, False, False)


def test_with_reduced_motion_the_ring_stands_still_but_is_seen(
    view: CameraView, look: Look, pixels: Pixels
) -> None:
    view.freeze(pixels, mirrored=True)
    assert view.is_busy
    assert not view.ring_runs
    ring = view.grab().toImage().pixelColor(240, 5)
    view.rest()
    assert view.grab().toImage().pixelColor(240, 5) != ring
    assert ring == look.colour("outline_chosen")


def test_the_caption_is_heard_too(view: CameraView, frame: Frame) -> None:
    _show(view, frame)
    without = view.grab().toImage()
    view.show_caption("Please come a little closer.")
    assert view.accessibleDescription() == "Please come a little closer."
    assert view.grab().toImage() != without


def test_a_head_in_its_place_closes_the_oval(view: CameraView, frame: Frame, look: Look) -> None:
    _show(view, frame)
    view.show_caption("Hold still", well_placed=True)
    image = view.grab().toImage()
    good = look.colour("guide_good")
    row = [image.pixelColor(x, 170) for x in range(480)]
    near = [c for c in row if abs(c.red() - good.red()) + abs(c.green() - good.green()) < 60]
    assert len(near) >= 2


@pytest.mark.parametrize("size", [QSize(320, 240), QSize(321, 707), QSize(1900, 240)])
def test_it_fills_its_room_in_every_shape(view: CameraView, frame: Frame, size: QSize) -> None:
    view.resize(size)
    _show(view, frame)
    image = view.grab().toImage()
    middle = size.height() // 2
    assert image.pixelColor(1, middle).blue() > 100
    assert image.pixelColor(size.width() - 2, middle).red() > 100


def test_a_preview_of_an_old_size_is_stretched_until_a_new_one_comes(
    view: CameraView, frame: Frame
) -> None:
    view.show_preview(render(frame, View(100, 75)))
    assert view.grab().toImage().pixelColor(470, 180).red() > 200


def test_the_buffer_lives_as_long_as_it_is_shown(view: CameraView, frame: Frame) -> None:
    preview = render(frame, View(*view.device_size()))
    view.show_preview(preview)
    expected = view.grab().toImage()
    del preview
    assert view.grab().toImage() == expected
