"""Asks for one line: an address, a token, a camera."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 520


class TextDialog(QDialog):
    """``check`` gives the words that say why a text does not fit, or "" when it does."""

    def __init__(
        self,
        words: Words,
        title_key: str,
        prompt_key: str,
        *,
        check: Callable[[str], str] = lambda _: "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self.setWindowTitle(words.text(title_key))
        self.setMinimumWidth(_WIDTH_PX)
        prompt = PlainLabel(words.text(prompt_key), wraps=True)
        self._line = QLineEdit()
        self._line.setAccessibleName(prompt.text())
        self._line.setMaxLength(2048)
        prompt.setBuddy(self._line)
        self._refusal = PlainLabel(role="muted", wraps=True)
        self._buttons = ok_and_cancel(words, "dialog.ok")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        for widget in (prompt, self._line, self._refusal, self._buttons):
            layout.addWidget(widget)
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self._line.textChanged.connect(self._on_text_changed)
        self._on_text_changed("")

    @property
    def text(self) -> str:
        """What was typed, without surrounding blanks."""
        return self._line.text().strip()

    @property
    def refusal(self) -> str:
        """Why what was typed does not fit."""
        return self._refusal.text()

    @Slot()
    def _on_accepted(self) -> None:
        refusal = self._check(self.text)
        self._refusal.setText(refusal)
        if not refusal:
            self.accept()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._refusal.setText("")
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(text.strip()))


def ok_and_cancel(words: Words, ok_key: str) -> QDialogButtonBox:
    """The two buttons of every asking dialog, in our words: Qt may speak another language."""
    box = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
    )
    ok: QPushButton = box.button(QDialogButtonBox.StandardButton.Ok)
    ok.setText(words.text(ok_key))
    ok.setDefault(True)
    ok.setProperty("primary", True)  # noqa: FBT003 - Qt's way
    box.button(QDialogButtonBox.StandardButton.Cancel).setText(words.text("dialog.cancel"))
    return box
