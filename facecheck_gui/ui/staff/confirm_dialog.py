"""Asks once before something that cannot be undone."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.ui.theme import TextRole
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 460


class ConfirmDialog(QDialog):
    """A title, what would happen, and two buttons; Enter leaves everything as it is."""

    def __init__(
        self, words: Words, title: str, explanation: str, ok_key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH_PX)
        buttons = ok_and_cancel(words, ok_key)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setProperty("primary", False)  # noqa: FBT003 - Qt's way
        ok.setDefault(False)
        ok.setAutoDefault(False)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        heading = PlainLabel(title, wraps=True)
        heading.set_size(TextRole.TITLE, strong=True)
        layout.addWidget(heading)
        layout.addWidget(PlainLabel(explanation, wraps=True))
        layout.addSpacing(8)
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        cancel.setFocus()


def confirmed(
    words: Words, title: str, explanation: str, ok_key: str, parent: QWidget | None = None
) -> bool:
    """Ask; whether the person wants it."""
    dialog = ConfirmDialog(words, title, explanation, ok_key, parent)
    wanted = bool(dialog.exec())
    dialog.deleteLater()
    return wanted
