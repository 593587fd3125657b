"""Which check-ins are shown: who, which verdict, which engine, which days."""

from collections.abc import Sequence
from enum import Enum
from typing import cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.domain.comparison import EngineName, Subject, Verdict
from facecheck_gui.domain.local_days import LocalDays, Period
from facecheck_gui.i18n import Words
from facecheck_gui.records.history_look import HistoryFilter
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff import check_in_text
from facecheck_gui.ui.widgets.calm import keep_calm
from facecheck_gui.ui.widgets.day_field import DayField
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating

_REST_MS = 250
_MOST_CHARS = 100


class _Choice(Retranslating, QComboBox):
    """All, or one value of an Enum."""

    def __init__(self, words: Words, name: str, prefix: str, values: Sequence[Enum]) -> None:
        super().__init__()
        self._words, self._name, self._prefix = words, name, prefix
        self._values = tuple(values)
        for _ in range(len(self._values) + 1):
            self.addItem("")
        keep_calm(self)
        self._retranslate()

    @property
    def value(self) -> Enum | None:
        """What is chosen; None for all."""
        index = self.currentIndex()
        return self._values[index - 1] if index > 0 else None

    def _retranslate(self) -> None:
        name = self._words.text(f"history.{self._name}")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setItemText(0, self._words.text(f"history.all_{self._name}s"))
        for index, value in enumerate(self._values, 1):
            self.setItemText(index, self._words.text(f"{self._prefix}.{value.value}"))


class _PeriodChoice(Retranslating, QComboBox):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        for _ in Period:
            self.addItem("")
        keep_calm(self)
        self._retranslate()

    @property
    def value(self) -> Period:
        """What is chosen."""
        return tuple(Period)[self.currentIndex()]

    def _retranslate(self) -> None:
        name = self._words.text("history.day")
        self.setAccessibleName(name)
        self.setToolTip(name)
        for index, period in enumerate(Period):
            self.setItemText(index, self._words.text(f"history.period.{period.value}"))


class HistoryFilterBar(Retranslating, QWidget):
    """``changed`` tells that something else is wanted: at once after a choice, a quarter of a
    second after the last letter."""

    changed = Signal()

    def __init__(
        self, look: Look, words: Words, days: LocalDays, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._words, self._days = look, words, days
        self._subject: Subject | None = None
        self._search = QLineEdit()
        self._search.setMaxLength(_MOST_CHARS)
        self._clear_search = QAction(self)
        self._verdict = _Choice(words, "verdict", "verdict", tuple(Verdict))
        self._engine = _Choice(words, "engine", "engine", tuple(EngineName))
        self._period = _PeriodChoice(words)
        self._first, self._last = (
            DayField(words, "history.first_day"),
            DayField(words, "history.last_day"),
        )
        self._person = QPushButton()
        self._to = PlainLabel(role="muted")
        self._more = QWidget()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._build()
        self._connect()
        self._retranslate()
        self._on_look_changed()
        self._show_more()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._search, 1)
        for choice in (self._verdict, self._engine, self._period):
            row.addWidget(choice)
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(8)
        more.addWidget(self._person)
        more.addStretch()
        for widget in (self._first, self._to, self._last):
            more.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._more)
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self._search.addAction(self._clear_search, trailing)
        self.setFocusProxy(self._search)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._on_typed)
        self._search.returnPressed.connect(self._on_chosen)
        self._clear_search.triggered.connect(self._search.clear)
        self._rest.timeout.connect(self.changed)
        for choice in (self._verdict, self._engine, self._period):
            choice.activated.connect(self._on_chosen)
        for day in (self._first, self._last):
            day.chosen.connect(self._on_chosen)
        self._person.clicked.connect(self._on_person_let_go)
        self._look.changed.connect(self._on_look_changed)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return self.wanted() != HistoryFilter()

    def wanted(self) -> HistoryFilter:
        """What is wanted now; today is another day after midnight."""
        since, until = self._days.span(self._period.value, self._first.day, self._last.day)
        return HistoryFilter(
            person_id=self._subject.person_id if self._subject is not None else None,
            verdict=cast(Verdict | None, self._verdict.value),
            engine=cast(EngineName | None, self._engine.value),
            since=since,
            until=until,
            text=self._search.text().strip(),
        )

    def show_person(self, subject: Subject) -> None:
        """Only this person, and of that person everything."""
        self._reset()
        self._subject = subject
        self._show_more()
        self.changed.emit()

    def clear(self) -> None:
        """Everything."""
        self._reset()
        self._show_more()
        self.changed.emit()

    def _reset(self) -> None:
        self._subject = None
        self._search.clear()
        self._rest.stop()
        for choice in (self._verdict, self._engine, self._period):
            choice.setCurrentIndex(0)

    def _show_more(self) -> None:
        ranged = self._period.value is Period.RANGE
        if ranged and not self._first.isVisibleTo(self._more):
            today = self._days.today()
            self._first.show_day(today)
            self._last.show_day(today)
        for widget in (self._first, self._to, self._last):
            widget.setVisible(ranged)
        name = check_in_text.person(self._subject)
        self._person.setText(name.replace("&", "&&"))
        self._person.setVisible(self._subject is not None)
        self._more.setVisible(ranged or self._subject is not None)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._clear_search.setVisible(bool(text))
        self._rest.start()

    @Slot()
    def _on_chosen(self) -> None:
        self._rest.stop()
        self._show_more()
        self.changed.emit()

    @Slot()
    def _on_person_let_go(self) -> None:
        self._subject = None
        self._search.setFocus()
        self._on_chosen()

    @Slot()
    def _on_look_changed(self) -> None:
        self._clear_search.setIcon(self._look.icon("close", "muted"))
        self._person.setIcon(self._look.icon("close"))

    def _retranslate(self) -> None:
        text = self._words.text
        self._search.setPlaceholderText(text("history.search"))
        self._search.setAccessibleName(text("history.search"))
        self._clear_search.setToolTip(text("history.clear_search"))
        self._clear_search.setVisible(bool(self._search.text()))
        self._person.setToolTip(text("history.everybody"))
        self._to.setText(text("history.to"))
