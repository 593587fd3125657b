"""Asks once before a backup takes the place of damaged records."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 520


class RestoreDialog(QDialog):
    """Says what is lost and what is kept; ``time`` is that of the backup, as people read it."""

    def __init__(self, words: Words, time: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("restore_dialog.title"))
        self.setMinimumWidth(_WIDTH_PX)
        buttons = ok_and_cancel(words, "restore_dialog.restore")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        for key in ("lost", "faces", "kept"):
            text = words.text(f"restore_dialog.{key}", time=time)
            layout.addWidget(PlainLabel(text, wraps=True))
        layout.addWidget(buttons)
        # Enter must not be enough to lose rows.
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        cancel.setFocus()
