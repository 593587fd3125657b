"""The history's first page: a filter, a table of one page of rows, the way to the others."""

from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.records.history import Page
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.export_bar import ExportBar
from facecheck_gui.ui.staff.history_filter import HistoryFilterBar
from facecheck_gui.ui.staff.history_table import HistoryTable
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.ui.widgets.status_panel import StatusPanel

MOST_COUNTED = 10_000


class Turn(Enum):
    """Which page is wanted."""

    NEWEST = "newest"
    OLDER = "older"
    NEWER = "newer"
    AGAIN = "again"
    """The newest, with what has come since; the keyboard stays on its row."""


class HistoryChecks(Retranslating, QWidget):
    """``turn_wanted`` carries the turn to another page; filter, table and export are public."""

    turn_wanted = Signal(object)

    def __init__(
        self, look: Look, words: Words, days: LocalDays, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._page: Page | None = None
        self._count: int | None = None
        self._reading = False
        self.filter = HistoryFilterBar(look, words, days)
        self.table = HistoryTable(look, words, days)
        self.export = ExportBar(words)
        self._empty = StatusPanel(look, "text")
        self._stack = QStackedWidget()
        self._said = PlainLabel(role="muted")
        self._newer, self._older = QPushButton(), QPushButton()
        self._build()
        self.filter.changed.connect(self._on_filter_changed)
        self._empty.action_requested.connect(self._on_clear)
        self._newer.clicked.connect(self.turn_newer)
        self._older.clicked.connect(self.turn_older)
        self._retranslate()

    def _build(self) -> None:
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self._said)
        bottom.addWidget(self.export, 1)
        bottom.addWidget(self._newer)
        bottom.addWidget(self._older)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.filter)
        column.addWidget(self._stack, 1)
        column.addLayout(bottom)
        self.setFocusProxy(self.filter)

    @property
    def page(self) -> Page | None:
        """What is shown; None where nothing could be read."""
        return self._page

    @property
    def count(self) -> int | None:
        """How many fit, as far as it was counted; None while nobody knows."""
        return self._count

    @property
    def said(self) -> str:
        """How many there are, or that they are being read."""
        return self._said.text()

    @property
    def is_newest(self) -> bool:
        """Whether the newest rows are shown, so that a new one belongs on top."""
        return self._page is not None and self._page.after is None

    def show_page(self, page: Page, turn: Turn) -> None:
        """Show ``page``, the keyboard where the eye goes on reading."""
        held = self.table.selected
        self._page, self._reading = page, False
        current = len(page.rows) - 1 if turn is Turn.NEWER else 0
        if turn is Turn.AGAIN and held is not None:
            kept = [row.intent.attempt_id for row in page.rows]
            wanted = held.intent.attempt_id
            current = kept.index(wanted) if wanted in kept else 0
        keyboard = self.window().focusWidget()
        self.table.show_rows(page.rows, current)
        self._retranslate()
        # Qt would take the keyboard from what goes off or away to whatever comes next.
        if keyboard is self.table and not page.rows:
            self.filter.setFocus()
        elif keyboard in (self._newer, self._older) and not keyboard.isEnabled():
            self.table.setFocus()

    def show_count(self, count: int | None) -> None:
        """How many fit the filter; ``MOST_COUNTED`` stands for that many or more."""
        self._count = count
        self._retranslate()

    def show_reading(self) -> None:
        """It takes longer than a blink."""
        self._reading = True
        self._retranslate()

    def show_nothing(self) -> None:
        """Nothing could be read: rows of another question must not stand here."""
        self._page, self._count, self._reading = None, None, False
        self.table.show_rows((), 0)
        self._retranslate()

    @Slot()
    def turn_newer(self) -> None:
        """The page before, where there is one."""
        if self._page is not None and self._page.after is not None:
            self.turn_wanted.emit(Turn.NEWER)

    @Slot()
    def turn_older(self) -> None:
        """The next page, where there is one."""
        if self._page is not None and self._page.before is not None:
            self.turn_wanted.emit(Turn.OLDER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn pages from wherever no control wants them for itself."""
        if event.key() == Qt.Key.Key_PageDown:
            self.turn_older()
        elif event.key() == Qt.Key.Key_PageUp:
            self.turn_newer()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_filter_changed(self) -> None:
        self._count = None
        self.turn_wanted.emit(Turn.NEWEST)

    @Slot(int)
    def _on_clear(self, _: int) -> None:
        self.filter.clear()
        self.filter.setFocus()

    def _retranslate(self) -> None:
        text, page = self._words.text, self._page
        for button, name, there in (
            (self._newer, "newer", page is not None and page.after is not None),
            (self._older, "older", page is not None and page.before is not None),
        ):
            button.setText(text(f"history.{name}"))
            button.setToolTip(text(f"history.{name}_tip"))
            button.setEnabled(there)
        empty = page is not None and not page.rows
        if self.filter.narrows:
            clear = text("history.show_all")
            self._empty.show_status("", text("history.none_fits"), "", clear)
        else:
            self._empty.show_status("", text("history.empty"), text("history.empty_step"))
        self._stack.setCurrentIndex(1 if empty else 0)
        self.export.allow(page is not None and bool(page.rows))
        self._said.setText(self._how_many())
        self._said.setVisible(bool(self._said.text()))

    def _how_many(self) -> str:
        if self._reading:
            return self._words.text("history.reading")
        if self._count is None or not self._count:
            return ""
        key = "total_or_more" if self._count >= MOST_COUNTED else "total"
        return self._words.text(f"history.{key}", count=f"{self._count:,}")
