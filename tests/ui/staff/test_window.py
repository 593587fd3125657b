"""The window itself: keyboard, names, language, theme, size, notices."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QSettings, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPushButton, QWidget

from facecheck_gui.camera.address import CameraIdentity, CameraStream
from facecheck_gui.domain.errors import EngineError, Fault, WhichPicture
from facecheck_gui.domain.face import FaceType
from facecheck_gui.flows.reference import Reference
from facecheck_gui.i18n import Language
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.notices import Notice
from tests import fakes
from tests.fakes import ScriptedComparer
from tests.ui.staff.counter import Counter, face

OpenCounter = Callable[..., Counter]


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    return open_counter(ScriptedComparer(91.5))


def _accessible_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def test_every_control_that_takes_the_keyboard_has_a_name(counter: Counter) -> None:
    controls = [
        widget
        for widget in counter.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and isinstance(widget, QAbstractButton | QComboBox)
    ]
    assert len(controls) >= 12
    assert [w for w in controls if not _accessible_name(w)] == []


def test_tab_reaches_every_button_and_list(counter: Counter) -> None:
    window = counter.window
    window.activateWindow()
    window.focus_check()
    reached = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
        counter.qtbot.keyClick(window, Qt.Key.Key_Tab)
    missed = [
        w
        for w in window.findChildren(QWidget)
        if isinstance(w, QAbstractButton | QComboBox)
        and w.isVisible()
        and w.isEnabled()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w not in reached
    ]
    assert missed == []


def test_names_from_outside_are_plain_text(counter: Counter) -> None:
    nasty = "<img src='/etc/passwd'><b>bold</b>.jpg"
    counter.load(fakes.picture(label=nasty))
    labels = counter.window.findChildren(QLabel)
    assert any(nasty in label.text() or nasty in label.toolTip() for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_the_language_changes_while_running(open_counter: OpenCounter) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    counter.wait_until_live()
    counter.load(fakes.picture(label="a.jpg"))
    counter.window.check_requested.emit()
    counter.wait_for_end()
    counter.words.speak(Language.ZH)
    QApplication.sendEvent(counter.window, QEvent(QEvent.Type.LanguageChange))
    counter.desk.retranslate()
    texts = {label.text() for label in counter.window.findChildren(QLabel)}
    buttons = {button.text() for button in counter.window.findChildren(QAbstractButton)}
    assert "参考照片" in texts
    assert {"打开…", "粘贴", "查找…", "详情", "再次比对", "比对"} <= buttons
    assert counter.window.banner.content is not None
    assert counter.window.banner.content.word == "比对通过"
    assert not [b for b in buttons if b and b.isascii()]


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_theme_is_worn_at_once(counter: Counter, look: Look, theme: str) -> None:
    look.wear(theme)
    picture = counter.window.grab().toImage()
    corner = picture.pixelColor(2, picture.height() - 2)
    assert corner == QColor(look.theme.colours["window"])


@pytest.mark.parametrize(("width", "height"), [(960, 600), (1280, 800), (2560, 1440)])
def test_nothing_overlaps_or_leaves_the_window(counter: Counter, width: int, height: int) -> None:
    counter.load(fakes.picture(width=600, height=800, label="x" * 200))
    counter.window.resize(width, height)
    counter.qtbot.waitUntil(lambda: counter.window.width() == width)
    QApplication.processEvents()
    window = counter.window
    parts = [window.live, window.reference, window.banner, window._check]
    boxes = [part.rect().translated(part.mapTo(window, part.rect().topLeft())) for part in parts]
    for box in boxes:
        assert window.rect().contains(box)
    for index, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[index + 1 :])
    assert window.reference.slot.geometry().bottom() < window.reference._open.geometry().top()


def test_size_and_place_are_remembered(open_counter: OpenCounter, geometry: QSettings) -> None:
    first = open_counter(ScriptedComparer(91.5))
    # The unseen screen of the tests is 800 x 800: Qt brings larger windows back to it.
    first.window.resize(960, 650)
    first.window.close()
    second = open_counter(ScriptedComparer(91.5))
    assert (second.window.width(), second.window.height()) == (960, 650)


def test_a_dropped_file_and_a_pasted_picture_become_the_reference(
    counter: Counter,
) -> None:
    mime = QMimeData()
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    mime.setImageData(image)
    with counter.qtbot.waitSignal(counter.references.loaded):
        assert counter.window.reference.slot.take(mime)
    reference = counter.references.reference
    assert reference is not None
    assert reference.picture is not None
    assert reference.picture.label == "Pasted picture"
    assert reference.picture.pixels[0, 0].tolist() == [0, 128, 128]


def test_a_file_that_is_no_picture_is_said_in_the_slot(
    counter: Counter,
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(__file__)])
    with counter.qtbot.waitSignal(counter.references.load_failed):
        counter.window.reference.slot.take(mime)
    assert counter.window.reference.slot.status.title == "This photo cannot be used"
    assert "whatever its name says" in counter.window.reference.slot.status.sentence
    assert counter.references.reference is None


def test_several_faces_are_said_and_another_can_be_chosen(open_counter: OpenCounter) -> None:
    faces = (face(2, 2, 20), face(30, 2, 16))
    counter = open_counter(ScriptedComparer(91.5), find_faces=lambda _: faces)
    counter.load(fakes.picture())
    panel = counter.window.reference
    assert panel._faces.text().startswith("2 faces")
    assert len(panel.slot.marks) == 2
    panel.slot.marks[1].click()
    reference = counter.references.reference
    assert reference is not None
    assert reference.chosen == 1


def test_an_engine_that_cannot_start_is_said_in_the_slot(open_counter: OpenCounter) -> None:
    def broken(_: object) -> tuple[()]:
        raise EngineError(Fault.ENGINE_FILES_MISSING, picture=WhichPicture.NEITHER)

    counter = open_counter(ScriptedComparer(91.5), find_faces=broken)
    with counter.qtbot.waitSignal(counter.references.load_failed):
        counter.references.load_picture(fakes.picture())
    assert "facecheck doctor" in counter.window.reference.slot.status.sentence


def test_a_token_says_that_only_the_cloud_knows_it(counter: Counter) -> None:
    with counter.qtbot.waitSignal(counter.references.loaded):
        counter.references.load_token("CANARY")
    status = counter.window.reference.slot.status
    assert status.title == "Known to the cloud alone"
    assert "CANARY" not in status.sentence


def test_a_lost_camera_is_said_and_comes_back_by_itself(counter: Counter) -> None:
    counter.wait_until_live()
    counter.played.unplugged.set()
    status = counter.window.live.view.status
    counter.qtbot.waitUntil(lambda: counter.camera.state.value == "lost")
    assert status.isVisible()
    assert status.title == "The camera has gone."
    counter.played.unplugged.clear()
    counter.qtbot.waitUntil(lambda: counter.camera.state.value == "live")
    counter.qtbot.waitUntil(lambda: not status.isVisible())


def test_a_typed_camera_must_be_one(counter: Counter) -> None:
    remembered: list[dict[str, object]] = []
    counter.camera_desk.remember_requested.connect(remembered.append)
    assert not counter.camera_desk.type_address("notes.txt")
    assert counter.camera_desk.type_address("rtsp://door.example/1")
    assert counter.camera_desk.address == CameraStream("rtsp://door.example/1")
    assert remembered == [{"camera.address": "rtsp://door.example/1"}]
    assert "door.example" in counter.window.top_bar.cameras.names


def test_a_password_in_a_camera_s_address_is_used_and_not_kept(counter: Counter) -> None:
    remembered: list[dict[str, object]] = []
    counter.camera_desk.remember_requested.connect(remembered.append)
    assert counter.camera_desk.type_address("rtsp://user:CANARY@door.example/1")
    assert remembered == [{"camera.address": ""}]
    assert not [n for n in counter.window.top_bar.cameras.names if "CANARY" in n]


def test_cameras_are_listed_by_name_as_they_come_and_go(counter: Counter) -> None:
    counter.connected = (CameraIdentity("Front desk", "/dev/video0", 1, 2),)
    counter.watcher.look()
    counter.qtbot.waitUntil(lambda: "Front desk" in counter.window.top_bar.cameras.names)
    counter.connected = ()
    counter.watcher.look()
    counter.qtbot.waitUntil(lambda: "Front desk" not in counter.window.top_bar.cameras.names)


def test_a_notice_is_shown_once_and_can_be_closed_unless_it_lasts(counter: Counter) -> None:
    notices = counter.window.notices
    notices.show_notice("one", Notice("training", lasting=True))
    notices.show_notice("one", Notice("training", lasting=True))
    notices.show_notice("two", Notice("key_missing"))
    assert len(notices.sentences) == 2
    notices.take_away("two")
    assert notices.sentences == ["Training: nothing is really compared."]
    notices.take_away("one")
    assert notices.isHidden()


@pytest.mark.parametrize("language", Language)
def test_many_notices_take_the_room_of_one_and_all_can_be_read(
    open_counter: OpenCounter, language: Language
) -> None:
    counter = open_counter(ScriptedComparer(91.5), language=language)
    counter.load(fakes.picture(width=600, height=800))
    window, notices = counter.window, counter.window.notices
    for key in ("plain_http", "liveness_reference", "liveness_device", "key_missing"):
        action = "notice.enter_key" if key == "key_missing" else ""
        notices.show_notice(key, Notice(key, lasting=True, action=action))
    window.resize(960, 600)
    QApplication.processEvents()
    parts = [notices, window.live, window.reference, window.banner, window._check]
    boxes = [part.rect().translated(part.mapTo(window, part.rect().topLeft())) for part in parts]
    for index, box in enumerate(boxes):
        assert window.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[index + 1 :])
    panel = window.reference
    assert panel.slot.geometry().bottom() < panel._open.geometry().top()
    assert window.live.view.geometry().bottom() < window.live.kind.geometry().top()
    read = set()
    for _ in range(4):
        read.add(notices._strip.sentence)
        notices._next.click()
    assert read == set(notices.sentences)


def test_the_kind_of_a_card_is_asked_and_set_by_a_person(counter: Counter) -> None:
    portrait = fakes.picture(label="card.jpg")
    panel = counter.window.reference
    counter.window.reference.show_reference(Reference(portrait, (face(10, 10, 30),), on_card=True))
    asked = {b.text(): b for b in panel.findChildren(QPushButton) if b.isCheckable()}
    assert list(asked) == ["ID card", "Certificate"]
    assert all(button.isVisible() for button in asked.values())
    with counter.qtbot.waitSignal(panel.kind.chosen):
        asked["Certificate"].click()
    assert panel.kind.value is FaceType.CERT
    assert [name for name, button in asked.items() if button.isChecked()] == ["Certificate"]
    panel.show_reference(Reference(portrait, (face(10, 10, 30),)))
    assert not any(button.isVisible() for button in asked.values())
