"""Asks for the cloud's key and secret."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.i18n import Words
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 480


class CredentialsDialog(QDialog):
    """Gives credentials when accepted; shows dots, never what is stored."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("credentials.title"))
        self.setMinimumWidth(_WIDTH_PX)
        self._key, self._secret = QLineEdit(), QLineEdit()
        form = QFormLayout()
        form.setSpacing(10)
        for line, key in ((self._key, "credentials.key"), (self._secret, "credentials.secret")):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAccessibleName(words.text(key))
            line.textChanged.connect(self._on_text_changed)
            form.addRow(PlainLabel(words.text(key)), line)
        self._buttons = ok_and_cancel(words, "dialog.save")
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(words.text("credentials.explanation"), wraps=True))
        layout.addLayout(form)
        layout.addWidget(self._buttons)
        self._on_text_changed()

    @property
    def credentials(self) -> Credentials:
        """What was typed."""
        return Credentials(self._key.text().strip(), self._secret.text().strip())

    @Slot()
    def _on_text_changed(self) -> None:
        complete = bool(self._key.text().strip() and self._secret.text().strip())
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(complete)
