"""The reference is shown whole, its faces can be chosen, and anything usable may be dropped."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.picture_slot import PictureSlot

LEFT, RIGHT = FaceBox(8, 15, 20, 26), FaceBox(50, 15, 20, 26)


@pytest.fixture
def slot(qtbot: QtBot, look: Look, present: Callable[[QWidget], None]) -> PictureSlot:
    made = PictureSlot(look)
    qtbot.addWidget(made)
    made.resize(416, 336)
    present(made)
    return made


def _drop(slot: PictureSlot, mime: QMimeData) -> bool:
    at, copy = QPoint(50, 50), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(at, copy, mime, left, none)
    entering.ignore()
    QApplication.sendEvent(slot, entering)
    if entering.isAccepted():
        QApplication.sendEvent(slot, QDropEvent(QPointF(at), copy, mime, left, none))
    return entering.isAccepted()


def test_an_empty_slot_teaches_what_to_do(slot: PictureSlot) -> None:
    slot.show_status("photo", "No reference photo yet", "Drop a photo here, or open a file.")
    assert not slot.has_picture
    assert slot.status.isVisible()
    assert "Drop a photo here" in slot.accessibleName()


def test_a_picture_is_shown_whole_and_as_it_is(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (), None, "Wei")
    image = slot.grab().toImage()
    # 80 x 60 in 400 x 320 is 400 x 300, so 18 px of ground above and below.
    assert image.pixelColor(200, 10) == QColor(slot._look.colour("sunken"))
    assert image.pixelColor(20, 168).red() > 240
    assert image.pixelColor(390, 168).blue() > 240
    assert not slot.status.isVisible()
    assert slot.accessibleName() == "Wei"


def test_trouble_takes_the_picture_away(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (LEFT,), 0, "Wei")
    slot.show_status("warning", "This photo cannot be used", "It is damaged.")
    assert not slot.has_picture
    assert slot.marks == ()
    assert slot.status.title == "This photo cannot be used"


def test_one_face_is_outlined_and_takes_no_key(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (LEFT,), 0, "Wei")
    (mark,) = slot.marks
    assert mark.isChecked()
    assert mark.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_outlines_lie_on_their_faces_at_every_size(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (LEFT, RIGHT), 0, "two")
    for width, height, scale in ((416, 336, 5.0), (816, 636, 10.0)):
        slot.resize(width, height)
        middle = slot.marks[1].geometry().center()
        picture_left, picture_top = (width - 80 * scale) / 2, (height - 60 * scale) / 2
        assert abs(middle.x() - (picture_left + 60 * scale)) <= 2
        assert abs(middle.y() - (picture_top + 28 * scale)) <= 2


def test_a_click_tells_which_face_was_chosen(
    qtbot: QtBot, slot: PictureSlot, pixels: Pixels
) -> None:
    slot.show_picture(pixels, (LEFT, RIGHT), 0, "two")
    with qtbot.waitSignal(slot.face_chosen) as told:
        qtbot.mouseClick(slot.marks[1], Qt.MouseButton.LeftButton)
    assert told.args == [1]
    assert [mark.isChecked() for mark in slot.marks] == [True, False]
    slot.show_picture(pixels, (LEFT, RIGHT), 1, "two")
    assert [mark.isChecked() for mark in slot.marks] == [False, True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keyboard_chooses_too(
    qtbot: QtBot, slot: PictureSlot, pixels: Pixels, key: Qt.Key
) -> None:
    slot.show_picture(pixels, (LEFT, RIGHT), 0, "two")
    slot.marks[0].setFocus()
    qtbot.keyClick(slot.marks[0], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is slot.marks[1]
    with qtbot.waitSignal(slot.face_chosen) as told:
        qtbot.keyClick(slot.marks[1], key)
    assert told.args == [1]


def test_the_keyboard_stays_on_the_face_that_was_chosen(
    qtbot: QtBot, slot: PictureSlot, pixels: Pixels
) -> None:
    slot.show_picture(pixels, (LEFT, RIGHT), 0, "two")
    slot.marks[1].setFocus()
    slot.show_picture(pixels, (LEFT, RIGHT), 1, "two")
    assert QApplication.focusWidget() is slot.marks[1]


def test_tab_goes_from_left_to_right_and_on(
    qtbot: QtBot, look: Look, pixels: Pixels, present: Callable[[QWidget], None]
) -> None:
    page, slot, after = QWidget(), PictureSlot(look), QPushButton("after")
    row = QHBoxLayout(page)
    row.addWidget(slot)
    row.addWidget(after)
    qtbot.addWidget(page)
    present(page)
    slot.show_picture(pixels, (RIGHT, LEFT), 0, "two")
    slot.marks[1].setFocus()
    qtbot.keyClick(slot.marks[1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is slot.marks[0]
    qtbot.keyClick(slot.marks[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_every_face_has_a_name_of_its_own(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (LEFT, RIGHT), 0, "Zhang Wei")
    assert [m.accessibleName() for m in slot.marks] == ["Zhang Wei 1/2", "Zhang Wei 2/2"]


def test_a_face_inside_another_can_still_be_clicked(
    qtbot: QtBot, slot: PictureSlot, pixels: Pixels
) -> None:
    inner, outer = FaceBox(30, 20, 12, 14), FaceBox(10, 5, 60, 50)
    slot.show_picture(pixels, (inner, outer), 1, "poster")
    centre = slot.marks[0].geometry().center()
    assert slot.childAt(centre) is slot.marks[0]


def test_scaling_is_done_once_for_each_size(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (), None, "x")
    slot.grab()
    first = slot._scaled
    slot.grab()
    slot.show_picture(pixels, (LEFT,), 0, "x")
    slot.grab()
    assert slot._scaled is first
    slot.resize(300, 300)
    slot.grab()
    assert slot._scaled is not first


def _mimes() -> Iterator[tuple[str, QMimeData, str, str]]:
    path = QMimeData()
    path.setUrls([QUrl.fromLocalFile("/photos/Zhang Wei.jpg")])
    yield "file", path, "path_dropped", "/photos/Zhang Wei.jpg"
    address = QMimeData()
    address.setUrls([QUrl("https://example.org/a.jpg?k=1")])
    yield "url", address, "address_dropped", "https://example.org/a.jpg?k=1"
    words = QMimeData()
    words.setText(' "https://example.org/b.jpg" ')
    yield "text", words, "address_dropped", "https://example.org/b.jpg"
    plain = QMimeData()
    plain.setText("/photos/c.jpg")
    yield "path as text", plain, "path_dropped", "/photos/c.jpg"


@pytest.mark.parametrize("kind", ["file", "url", "text", "path as text"])
def test_what_is_dropped_is_told(qtbot: QtBot, slot: PictureSlot, kind: str) -> None:
    mime, signal, value = next((m, s, v) for k, m, s, v in _mimes() if k == kind)
    with qtbot.waitSignal(getattr(slot, signal)) as told:
        assert _drop(slot, mime)
    assert told.args == [value]


def test_a_dropped_picture_is_told_as_a_picture(qtbot: QtBot, slot: PictureSlot) -> None:
    image, mime = QImage(5, 4, QImage.Format.Format_RGB32), QMimeData()
    image.fill(7)
    mime.setImageData(image)
    with qtbot.waitSignal(slot.image_dropped) as told:
        assert _drop(slot, mime)
    assert told.args[0].size() == image.size()


def test_what_is_of_no_use_is_not_accepted(slot: PictureSlot) -> None:
    mime = QMimeData()
    mime.setData("application/x-unknown", b"x")
    assert not _drop(slot, mime)
    assert not slot.take(mime)


def test_the_slot_shows_that_it_will_take_a_drop(slot: PictureSlot) -> None:
    slot.show_status("photo", "Empty", "")
    before, mime = slot.grab().toImage(), QMimeData()
    mime.setText("/photos/c.jpg")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, left, none)
    QApplication.sendEvent(slot, entering)
    assert slot.grab().toImage() != before


def test_a_picture_of_one_pixel_does_no_harm(slot: PictureSlot) -> None:
    slot.show_picture(np.zeros((1, 1, 3), np.uint8), (FaceBox(-5, -5, 40, 40),), 0, "dot")
    slot.resize(200, 180)
    assert not slot.grab().isNull()
