"""The sheet of keyboard shortcuts."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_SHORTCUTS = (
    ("check", "Space"),
    ("cancel", "Esc"),
    ("open", "Ctrl+O"),
    ("paste", "Ctrl+V"),
    ("from_roster", "Ctrl+P"),
    ("from_camera", "Ctrl+T"),
    ("faces", "← →"),
    ("details", "Ctrl+D"),
    ("roster", "Ctrl+R"),
    ("history", "Ctrl+H"),
    ("settings", "Ctrl+,"),
    ("language", "Ctrl+L"),
    ("theme", "Ctrl+Shift+T"),
    ("full_screen", "F11"),
    ("help", "F1"),
    ("quit", "Ctrl+Q"),
)


class ShortcutsDialog(QDialog):
    """Every shortcut of the staff window, in one place."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.text("shortcuts.title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(10)
        for row, (name, keys) in enumerate(_SHORTCUTS):
            grid.addWidget(PlainLabel(words.text(f"shortcuts.{name}")), row, 0)
            grid.addWidget(PlainLabel(keys, role="muted"), row, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(words.text("dialog.close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(20)
        layout.addLayout(grid)
        layout.addWidget(buttons)
