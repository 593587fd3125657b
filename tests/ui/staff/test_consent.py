"""Consent: nothing is ticked beforehand, each purpose apart, taken back where it was given."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.i18n import Language, Words
from facecheck_gui.records.consents import Consent
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.consent_dialog import ConsentDialog

ZHANG = Person("00417", "<b>Zhang Wei</b>")
GIVEN = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def _consent(consent_id: str, *, withdrawn: bool = False) -> Consent:
    return Consent(
        consent_id,
        ZHANG.person_id,
        frozenset({Purpose.COMPARE, Purpose.KEEP_REFERENCE}),
        "1",
        "0" * 64,
        "en",
        GIVEN,
        GIVEN if withdrawn else None,
    )


@pytest.fixture
def dialog(qtbot: QtBot, look: Look) -> ConsentDialog:
    made = ConsentDialog(ZHANG, Words(Language.EN), local=lambda moment: moment)
    qtbot.addWidget(made)
    made.show()
    return made


def _button(dialog: ConsentDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_nothing_is_ticked_and_nothing_can_be_agreed_to(dialog: ConsentDialog) -> None:
    assert dialog.ticked == frozenset()
    assert len(dialog.findChildren(QCheckBox)) == len(Purpose)
    assert not _button(dialog, "Agrees").isEnabled()


def test_what_was_ticked_is_given_with_the_words_that_were_shown(
    qtbot: QtBot, dialog: ConsentDialog
) -> None:
    for tick in dialog.findChildren(QCheckBox)[::2]:
        tick.setChecked(True)
    with qtbot.waitSignal(dialog.given) as given:
        qtbot.mouseClick(_button(dialog, "Agrees"), Qt.MouseButton.LeftButton)
    purposes, text = given.args
    assert purposes == {Purpose.COMPARE, Purpose.KEEP_REFERENCE}
    assert text == dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    assert "<b>Zhang Wei</b>: your face" in text
    assert dialog.ticked == frozenset()


def test_what_holds_can_be_taken_back_and_what_was_is_said(
    qtbot: QtBot, dialog: ConsentDialog
) -> None:
    dialog.show_consents((_consent("new"), _consent("old", withdrawn=True)))
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert "2026-03-01 08:30" in said
    assert "taken back 2026-03-01 08:30" in said
    with qtbot.waitSignal(dialog.withdrawn) as withdrawn:
        qtbot.mouseClick(_button(dialog, "Take back"), Qt.MouseButton.LeftButton)
    assert withdrawn.args == ["new"]


def test_an_empty_book_says_so(dialog: ConsentDialog) -> None:
    dialog.show_consents(())
    assert "Nothing yet." in [label.text() for label in dialog.findChildren(QLabel)]
