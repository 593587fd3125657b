"""The dialog that is made from the schema."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.form import fields
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.credentials_dialog import CredentialsDialog
from facecheck_gui.ui.staff.settings_dialog import SettingsDialog


def _dialog(qtbot: QtBot, settings: Settings, language: Language = Language.EN) -> SettingsDialog:
    dialog = SettingsDialog(settings, Words(language))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _save(qtbot: QtBot, dialog: SettingsDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    qtbot.mouseClick(box.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", Language)
def test_the_form_gives_back_what_it_was_given(
    qtbot: QtBot, look: Look, language: Language
) -> None:
    settings = Settings().changed(
        general__language="zh",
        check__engine=EngineName.KUAIDI100,
        kuaidi100__package_expires="2027-05-01",
        kuaidi100__deadline_s=7.5,
        kuaidi100__package_calls=500_000,
        training__outcome="223120",
    )
    dialog = _dialog(qtbot, settings, language)
    assert dialog.changed_settings() == settings
    shown = {field.name: dialog.editor(field.name).value() for field in fields()}
    assert settings.with_values(shown) == settings


def test_what_nobody_changed_is_kept_to_the_last_digit(qtbot: QtBot, look: Look) -> None:
    settings = Settings().changed(device__threshold=79.9625, training__delay_s=0.123)
    dialog = _dialog(qtbot, settings)
    assert dialog.changed_settings() == settings
    dialog.editor("device.threshold").findChild(QDoubleSpinBox).setValue(79.25)
    assert dialog.changed_settings().device.threshold == 79.25


def test_what_is_changed_by_hand_is_applied(qtbot: QtBot, look: Look) -> None:
    dialog = _dialog(qtbot, Settings())
    applied: list[Settings] = []
    dialog.applied.connect(applied.append)
    line = dialog.editor("kuaidi100.endpoint").findChild(QLineEdit)
    line.setText("  https://faces.example.org/api ")
    dialog.editor("kuaidi100.allow_http").findChild(QCheckBox).setChecked(True)
    dialog.editor("check.engine").findChild(QComboBox).setCurrentIndex(2)
    _save(qtbot, dialog)
    (settings,) = applied
    assert settings.kuaidi100.endpoint == "https://faces.example.org/api"
    assert settings.kuaidi100.allow_http
    assert settings.check.engine is EngineName.TRAINING
    assert not dialog.isVisible()


def test_a_value_that_does_not_fit_is_named_and_nothing_is_applied(
    qtbot: QtBot, look: Look
) -> None:
    dialog = _dialog(qtbot, Settings())
    applied: list[Settings] = []
    dialog.applied.connect(applied.append)
    dialog.editor("kuaidi100.endpoint").findChild(QLineEdit).setText("ftp://example.org")
    _save(qtbot, dialog)
    assert applied == []
    assert dialog.isVisible()
    assert dialog.refusal == "Address: this value does not fit."


def test_advanced_settings_are_out_of_the_way_until_asked_for(qtbot: QtBot, look: Look) -> None:
    dialog = _dialog(qtbot, Settings())
    dialog.show_group("kuaidi100")
    advanced = [f.name for f in fields() if f.shown.advanced and f.name.startswith("kuaidi100")]
    assert advanced
    assert not any(dialog.editor(name).isVisible() for name in advanced)
    box = next(b for b in dialog.findChildren(QCheckBox) if b.text() == "Show advanced settings")
    box.setChecked(True)
    assert all(dialog.editor(name).isVisible() for name in advanced)


def test_every_control_has_a_name_and_every_label_is_plain(qtbot: QtBot, look: Look) -> None:
    dialog = _dialog(qtbot, Settings())
    for field in fields():
        editor = dialog.editor(field.name)
        kinds = (QLineEdit, QComboBox, QCheckBox)
        inputs = next((found for kind in kinds if (found := editor.findChildren(kind))), [])
        assert inputs, field.name
        assert all(widget.accessibleName() for widget in inputs), field.name
    formats = {label.textFormat() for label in dialog.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_secrets_are_typed_as_dots_and_both_are_needed(qtbot: QtBot, look: Look) -> None:
    dialog = CredentialsDialog(Words(Language.EN))
    qtbot.addWidget(dialog)
    dialog.show()
    key, secret = dialog.findChildren(QLineEdit)
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    assert key.echoMode() is QLineEdit.EchoMode.Password
    assert secret.echoMode() is QLineEdit.EchoMode.Password
    key.setText("CANARY-key")
    assert not ok.isEnabled()
    secret.setText("CANARY-secret")
    assert ok.isEnabled()
    assert dialog.credentials == Credentials("CANARY-key", "CANARY-secret")
