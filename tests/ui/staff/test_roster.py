"""The roster's window: people put on it with photos that are looked at, changed, and taken off."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.confirm_dialog import ConfirmDialog
from facecheck_gui.ui.staff.consent_dialog import ConsentDialog
from facecheck_gui.ui.staff.import_dialog import ImportDialog
from facecheck_gui.ui.staff.person_dialog import PersonDialog
from tests import fakes
from tests.ui.staff.registry import NOBODY_SHADE, Registry

D = TypeVar("D", bound=QWidget)
ZHANG = Person("00417", "张伟", "Gate 3", "Night\nshift", date(2026, 1, 1))


@pytest.fixture
def registry(qtbot: QtBot, look: Look, geometry: QSettings, tmp_path: Path) -> Iterator[Registry]:
    made = Registry(qtbot, look, geometry, tmp_path)
    yield made
    made.close()


def _shown(kind: type[D]) -> D | None:
    tops = QApplication.topLevelWidgets()
    return next((w for w in tops if isinstance(w, kind) and w.isVisible()), None)


class During:
    """Does the steps while a dialog has the event loop; what they raise is raised again at the
    end."""

    def __init__(self, qtbot: QtBot, *steps: Callable[[], object]) -> None:
        self._qtbot, self._steps = qtbot, steps
        self.error: BaseException | None = None
        QTimer.singleShot(0, self._go)

    def _go(self) -> None:
        try:
            for step in self._steps:
                step()
        except BaseException as error:
            self.error = error
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog):
                    dialog.reject()

    def check(self) -> None:
        if self.error is not None:
            raise self.error


def _dialog(registry: Registry) -> PersonDialog:
    registry.until(lambda: _shown(PersonDialog) is not None)
    dialog = _shown(PersonDialog)
    assert dialog is not None
    return dialog


def _type(dialog: PersonDialog, person_id: str, name: str) -> None:
    lines = dialog.form.findChildren(QLineEdit)
    lines[0].setText(person_id)
    lines[1].setText(name)


def _paste(registry: Registry, dialog: PersonDialog, shade: int) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB888)
    image.fill(shade << 16 | shade << 8 | shade)
    mime = QMimeData()
    mime.setImageData(image)
    assert dialog.take(mime)
    registry.until(lambda: not dialog.busy)


def _save(dialog: PersonDialog) -> None:
    box = dialog.findChildren(QDialogButtonBox)[0]
    box.button(QDialogButtonBox.StandardButton.Ok).click()


def _put_on(registry: Registry, person_id: str, name: str, *shades: int) -> None:
    def fill() -> None:
        dialog = _dialog(registry)
        _type(dialog, person_id, name)
        for shade in shades:
            _paste(registry, dialog, shade)
        _save(dialog)

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()
    registry.wait()


def test_an_empty_roster_says_how_to_fill_it(registry: Registry) -> None:
    registry.open()
    assert "Nobody is on the roster yet" in registry.window.people.said
    assert registry.window.card.lines == ["Choose somebody from the list"]
    assert not registry.window.card.button("check").isVisible()


def test_somebody_is_put_on_with_photos_and_shown(registry: Registry) -> None:
    registry.open()
    _put_on(registry, " 00417 ", "Zhang Wei", 80, 81)
    registry.until(lambda: registry.window.card.photos == 2)
    assert registry.window.person == Person("00417", "Zhang Wei")
    assert registry.window.card.lines[:2] == ["Zhang Wei", "00417"]
    assert "No consent on record." in registry.window.card.lines
    kept = registry.ledger.books().album.references("00417")
    assert [len(photo.embedding) for photo in kept] == [512, 512]
    assert registry.changed == ["00417"]


def test_an_id_that_is_taken_is_told_and_what_was_typed_stays(registry: Registry) -> None:
    registry.open()
    _put_on(registry, "00417", "Zhang Wei", 80)

    def fill() -> None:
        dialog = _dialog(registry)
        _type(dialog, "00417", "Li Na")
        _save(dialog)
        registry.until(lambda: bool(dialog.refusal))
        assert "Somebody else on the roster has this id" in dialog.refusal
        assert dialog.form.person.name == "Li Na"
        dialog.reject()

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()
    assert registry.ledger.books().roster.count() == 1


def test_what_is_missing_is_said_before_anything_is_written(registry: Registry) -> None:
    registry.open()

    def fill() -> None:
        dialog = _dialog(registry)
        _save(dialog)
        assert dialog.refusal == "An id is missing."
        _type(dialog, "1", "")
        assert dialog.refusal == ""
        _save(dialog)
        assert dialog.refusal == "A name is missing."
        dialog.reject()

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()
    assert registry.ledger.books().roster.count() == 0


def test_a_face_that_is_on_the_roster_already_is_warned_of_by_name(registry: Registry) -> None:
    registry.open()
    _put_on(registry, "00417", "Zhang Wei", 80)
    said: list[str] = []

    def fill() -> None:
        dialog = _dialog(registry)
        _type(dialog, "00418", "Li Na")
        _paste(registry, dialog, 80)
        said.append(dialog.tray.said)
        _save(dialog)

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()
    registry.wait()
    assert "Looks like Zhang Wei (00417)" in said[0]
    assert registry.ledger.books().roster.count() == 2


def test_a_photo_of_somebody_else_among_them_is_pointed_out(registry: Registry) -> None:
    registry.open()

    def fill() -> None:
        dialog = _dialog(registry)
        _paste(registry, dialog, 80)
        assert "Does not look like" not in dialog.tray.said
        _paste(registry, dialog, 200)
        assert "Does not look like the other photos" in dialog.tray.said
        dialog.reject()

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()


def test_a_photo_without_a_face_and_a_file_that_is_none_are_refused(
    registry: Registry, tmp_path: Path
) -> None:
    registry.open()
    no_picture = tmp_path / "x.jpg"
    no_picture.write_bytes(b"not a picture")

    def fill() -> None:
        dialog = _dialog(registry)
        _paste(registry, dialog, NOBODY_SHADE)
        assert "No face was found in the reference photo" in dialog.refusal
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(no_picture))])
        assert dialog.take(mime)
        registry.until(lambda: not dialog.busy)
        assert "reference photo" in dialog.refusal
        assert dialog.tray.photos == ()
        dialog.reject()

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()


def test_five_photos_are_enough_and_one_can_be_removed(registry: Registry) -> None:
    registry.open()

    def fill() -> None:
        dialog = _dialog(registry)
        for _ in range(6):
            _paste(registry, dialog, 80)
        assert len(dialog.tray.photos) == 5
        remove = next(b for b in dialog.tray.findChildren(QPushButton) if "Remove" in b.text())
        remove.click()
        assert len(dialog.tray.photos) == 4
        dialog.reject()

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()


def test_the_camera_gives_a_portrait(registry: Registry) -> None:
    registry.open()
    registry.portrait = fakes.picture(64, 48, 90)

    def fill() -> None:
        dialog = _dialog(registry)
        button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "From camera…")
        button.click()
        registry.until(lambda: len(dialog.tray.photos) == 1)
        dialog.reject()

    during = During(registry.qtbot, fill)
    registry.window.add_wanted.emit()
    during.check()


def test_changing_the_name_leaves_photos_alone_and_a_new_id_keeps_all(registry: Registry) -> None:
    registry.open()
    _put_on(registry, "00417", "Zhang Wei", 80)
    registry.until(lambda: registry.window.card.photos == 1)
    books = registry.ledger.books()
    before = books.album.references("00417")[0].pk
    books.consents.give("00417", {Purpose.COMPARE}, text="t", version="1", language="en")

    def fill() -> None:
        dialog = _dialog(registry)
        _type(dialog, "00500", "Zhang Weiming")
        _save(dialog)

    during = During(registry.qtbot, fill)
    registry.window.card.change_wanted.emit()
    during.check()
    registry.until(lambda: registry.window.card.lines[0] == "Zhang Weiming")
    registry.wait()
    assert books.album.references("00500")[0].pk == before
    assert books.consents.covers("00500", Purpose.COMPARE) is not None
    assert registry.window.person == Person("00500", "Zhang Weiming")


def test_what_is_on_file_of_somebody_is_read_and_plain(registry: Registry) -> None:
    registry.ledger.books().roster.add(ZHANG)
    registry.ledger.books().roster.add(Person("x", "<img src=x>"))
    registry.open()
    registry.until(lambda: "No consent on record." in registry.window.card.lines)
    assert registry.window.card.lines[0] == "<img src=x>"
    registry.qtbot.keyClick(registry.window.people.findChildren(QLineEdit)[0], Qt.Key.Key_Down)
    registry.until(lambda: "No consent on record." in registry.window.card.lines)
    assert registry.window.card.lines[:3] == [
        "张伟",
        "00417  ·  Gate 3  ·  from 2026-01-01",
        "No photo yet: without one nobody can be checked.",
    ]
    assert "Night\nshift" in registry.window.card.lines


def test_enter_loads_the_person_who_is_marked(qtbot: QtBot, registry: Registry) -> None:
    registry.ledger.books().roster.add(ZHANG)
    registry.open()
    qtbot.keyClick(registry.window.people.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    assert registry.checked == [ZHANG]


def test_who_is_taken_off_is_asked_for_once_and_gone_with_the_key(registry: Registry) -> None:
    registry.open()
    _put_on(registry, "00417", "Zhang Wei", 80)
    books = registry.ledger.books()
    books.consents.give("00417", {Purpose.KEEP_REFERENCE}, text="t", version="1", language="en")

    def leave() -> None:
        dialog = _confirm(registry)
        assert dialog.windowTitle() == "Take Zhang Wei off the roster?"
        registry.qtbot.keyClick(dialog, Qt.Key.Key_Return)  # Enter leaves everything as it is

    during = During(registry.qtbot, leave)
    registry.window.card.remove_wanted.emit()
    during.check()
    registry.wait()
    assert books.roster.count() == 1
    during = During(registry.qtbot, lambda: _confirm(registry).accept())
    registry.window.card.remove_wanted.emit()
    during.check()
    registry.until(lambda: registry.window.person is None)
    assert books.roster.count() == 0
    assert books.album.people_with_faces() == 0
    assert books.consents.covers("00417", Purpose.KEEP_REFERENCE) is None


def _confirm(registry: Registry) -> ConfirmDialog:
    registry.until(lambda: _shown(ConfirmDialog) is not None)
    dialog = _shown(ConfirmDialog)
    assert dialog is not None
    return dialog


def test_consent_is_given_and_taken_back_and_the_face_goes(registry: Registry) -> None:
    registry.open()
    _put_on(registry, "00417", "Zhang Wei", 80)
    registry.until(lambda: registry.window.card.photos == 1)

    def agree() -> None:
        registry.until(lambda: _shown(ConsentDialog) is not None)
        dialog = _shown(ConsentDialog)
        assert dialog is not None
        dialog.given.emit(frozenset({Purpose.COMPARE, Purpose.KEEP_REFERENCE}), "words")
        registry.until(lambda: any(b.text() == "Take back" for b in _buttons(dialog)))
        dialog.accept()

    def take_back() -> None:
        registry.until(lambda: _shown(ConsentDialog) is not None)
        dialog = _shown(ConsentDialog)
        assert dialog is not None
        QTimer.singleShot(0, lambda: _confirm(registry).accept())
        next(b for b in _buttons(dialog) if b.text() == "Take back").click()
        registry.until(lambda: registry.window.card.photos == 0)
        dialog.accept()

    during = During(registry.qtbot, agree)
    registry.window.card.consent_wanted.emit()
    during.check()
    assert "✓ Keep my reference photo" in "\n".join(registry.window.card.lines)
    during = During(registry.qtbot, take_back)
    registry.window.card.consent_wanted.emit()
    during.check()
    books = registry.ledger.books()
    assert books.album.references("00417") == ()
    assert books.vault.existing(1) is None
    assert books.roster.get("00417") is not None
    assert registry.changed.count("00417") == 3


def _buttons(dialog: QWidget) -> list[QPushButton]:
    return dialog.findChildren(QPushButton)


def test_photos_whose_key_is_gone_are_told_and_can_be_replaced(registry: Registry) -> None:
    registry.open()
    _put_on(registry, "00417", "Zhang Wei", 80)
    registry.until(lambda: registry.window.card.photos == 1)
    registry.ledger.books().vault.forget(1)
    registry.desk.refresh()
    registry.until(lambda: any("key" in line for line in registry.window.card.lines))
    assert registry.window.card.photos == 0

    def fill() -> None:
        dialog = _dialog(registry)
        _paste(registry, dialog, 90)
        _save(dialog)

    during = During(registry.qtbot, fill)
    registry.window.card.change_wanted.emit()
    during.check()
    registry.until(lambda: registry.window.card.photos == 1)


def test_a_folder_of_photos_comes_onto_the_roster_and_into_the_list(
    registry: Registry, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, shade in (("00417 Zhang Wei.bmp", 80), ("00418 Li Na.bmp", 120)):
        image = QImage(64, 48, QImage.Format.Format_RGB888)
        image.fill(shade << 16 | shade << 8 | shade)
        assert image.save(str(folder / name))
    registry.open()

    def bring() -> None:
        registry.until(lambda: _shown(ImportDialog) is not None)
        dialog = _shown(ImportDialog)
        assert dialog is not None
        dialog.bring_people(folder)
        dialog.button("start").click()
        registry.until(lambda: not dialog.running)
        assert dialog.said.startswith("2 added")
        dialog.reject()

    during = During(registry.qtbot, bring)
    registry.window.import_wanted.emit()
    during.check()
    registry.until(lambda: registry.window.card.photos == 1)
    assert registry.ledger.books().album.people_with_faces() == 2
