"""Who somebody is: id, name, group, notes, and from when until when they are expected."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.day_field import DayField
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_MOST_ID_CHARS, _MOST_NAME_CHARS, _MOST_NOTES_CHARS = 64, 120, 2000
_NOTES_PX = 76


class _MaybeDay(QWidget):
    """A day, or none: without the tick there is no limit."""

    def __init__(self, words: Words, name_key: str, today: date, day: date | None) -> None:
        super().__init__()
        self._tick = QCheckBox(words.text(name_key))
        self._day = DayField(words, name_key)
        self._day.show_day(day or today)
        self._tick.toggled.connect(self._day.setEnabled)
        self._tick.setChecked(day is not None)
        self._day.setEnabled(day is not None)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._tick)
        layout.addWidget(self._day)
        layout.addStretch()

    @property
    def day(self) -> date | None:
        """The day, where there is one."""
        return self._day.day if self._tick.isChecked() else None


class PersonForm(QWidget):
    """``changed`` tells that something was typed."""

    changed = Signal()

    def __init__(
        self,
        person: Person | None,
        words: Words,
        *,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = words
        shown = person or Person("", "")
        self._id = self._line(shown.person_id, _MOST_ID_CHARS)
        self._name = self._line(shown.name, _MOST_NAME_CHARS)
        self._group = self._line(shown.group, _MOST_NAME_CHARS)
        self._notes = QPlainTextEdit(shown.notes)
        self._notes.setTabChangesFocus(True)
        self._notes.setFixedHeight(_NOTES_PX)
        self._from = _MaybeDay(words, "roster.valid_from", today(), shown.valid_from)
        self._until = _MaybeDay(words, "roster.valid_until", today(), shown.valid_until)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for key, field in (
            ("roster.id", self._id),
            ("roster.name", self._name),
            ("roster.group", self._group),
            ("roster.notes", self._notes),
        ):
            label = PlainLabel(words.text(key))
            label.setBuddy(field)
            field.setAccessibleName(words.text(key))
            form.addRow(label, field)
        days = QHBoxLayout()
        days.setSpacing(24)
        days.addWidget(self._from)
        days.addWidget(self._until)
        form.addRow("", days)

    def _line(self, text: str, most: int) -> QLineEdit:
        line = QLineEdit(text)
        line.setMaxLength(most)
        line.textChanged.connect(self.changed)
        return line

    @property
    def person(self) -> Person:
        """Who stands in the form; the id may still be missing."""
        return Person(
            printable(self._id.text(), _MOST_ID_CHARS),
            printable(self._name.text(), _MOST_NAME_CHARS),
            printable(self._group.text(), _MOST_NAME_CHARS),
            self._notes.toPlainText().strip()[:_MOST_NOTES_CHARS],
            self._from.day,
            self._until.day,
        )

    @property
    def refusal(self) -> str:
        """The key of what does not fit yet; "" when all does."""
        person = self.person
        if not person.person_id:
            return "roster.id_missing"
        if not person.name:
            return "roster.name_missing"
        first, last = person.valid_from, person.valid_until
        return "roster.days_crossed" if first and last and last < first else ""

    def focus_first(self) -> None:
        """Put the keyboard where something is missing."""
        (self._name if self.person.person_id else self._id).setFocus()
