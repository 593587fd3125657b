"""Taking the history along: two buttons, and how far a file has come."""

from enum import Enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedWidget, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.announcing import announce
from facecheck_gui.ui.widgets.plain_label import ElidedLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating

_BAR_PX = 160


class ExportKind(Enum):
    """What can be written; the value is also how the file's name ends."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportBar(Retranslating, QWidget):
    """``wanted`` carries the kind. While a file is written there is a bar and a way to stop."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._written: int | None = None
        self._buttons = {kind: QPushButton() for kind in ExportKind}
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_PX)
        self._said, self._done = ElidedLabel(role="muted"), ElidedLabel(role="muted")
        self._cancel = QPushButton()
        self._pages = QStackedWidget()
        self._build()
        self._buttons[ExportKind.CSV].clicked.connect(self._on_csv)
        self._buttons[ExportKind.XLSX].clicked.connect(self._on_xlsx)
        self._cancel.clicked.connect(self.cancelled)
        self._retranslate()

    def _build(self) -> None:
        idle = (*self._buttons.values(), self._done)
        for widgets in (idle, (self._bar, self._said, self._cancel)):
            page = QWidget()
            row = QHBoxLayout(page)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
            self._pages.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._written is not None

    @property
    def said(self) -> str:
        """How far it has come, or what came of it."""
        return self._said.text() if self.running else self._done.text()

    def show_progress(self, written: int, total: int) -> None:
        """``written`` rows are in the file, of ``total``; 0 where nobody knows."""
        began = self._written is None
        self._written = written
        self._bar.setVisible(total > 0)
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(min(written, total))
        self._retranslate()
        self._pages.setCurrentIndex(1)
        if began:
            self._cancel.setFocus()

    def show_idle(self, done: str) -> None:
        """Nothing is being written; ``done`` says what was."""
        self._done.show_text(done)
        announce(self, done)
        had_keyboard = self._cancel.hasFocus()
        self._written = None
        self._pages.setCurrentIndex(0)
        if had_keyboard:
            self._buttons[ExportKind.CSV].setFocus()

    def allow(self, allowed: bool) -> None:  # noqa: FBT001 - a state
        """Whether there is anything to write."""
        for button in self._buttons.values():
            button.setEnabled(allowed)

    @Slot()
    def _on_csv(self) -> None:
        self.wanted.emit(ExportKind.CSV)

    @Slot()
    def _on_xlsx(self) -> None:
        self.wanted.emit(ExportKind.XLSX)

    def _retranslate(self) -> None:
        text = self._words.text
        for kind, button in self._buttons.items():
            button.setText(text(f"history.export.{kind.value}"))
            button.setToolTip(text(f"history.export.{kind.value}_tip"))
        self._cancel.setText(text("dialog.cancel"))
        self._bar.setAccessibleName(text("history.export.running"))
        self._said.show_text(text("history.export.written", count=f"{self._written or 0:,}"))
