"""People of the roster, found while a name is being typed."""

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_REST_MS = 120
_PERSON = Qt.ItemDataRole.UserRole

Search = Callable[[str], tuple[Person, ...]]
"""Who is meant by what was typed. Raises RecordsError; called on a lane."""


class PeopleList(Retranslating, QWidget):
    """A line to type in and whom it finds; only the last thing that was typed is answered.

    ``marked`` tells that another person, or nobody, is marked; ``chosen`` carries one that was
    taken with Enter or two clicks.
    """

    marked = Signal()
    chosen = Signal(object)

    def __init__(
        self,
        search: Search,
        lane: Lane,
        look: Look,
        words: Words,
        *,
        today: Callable[[], date] = date.today,
        empty_key: str = "finder.empty",
        parent: QWidget | None = None,
    ) -> None:
        """``empty_key`` names the words for a roster without anybody."""
        super().__init__(parent)
        self._empty_key = empty_key
        self._search, self._lane, self._look, self._words = search, lane, look, words
        self._today = today
        self._task: Task | None = None
        self._wanted_id = ""
        self._error: FaceCheckError | None = None
        self._line, self._list = QLineEdit(), QListWidget()
        self._said = PlainLabel(role="muted", wraps=True)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._build()
        self._retranslate()

    @property
    def person(self) -> Person | None:
        """Who is marked."""
        item = self._list.currentItem()
        return cast(Person, item.data(_PERSON)) if item is not None else None

    @property
    def said(self) -> str:
        """What stands in the place of people."""
        return self._said.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move through the list while the keyboard stays in the line."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self._list.currentRow() + step
            self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.person is not None:
            self.chosen.emit(self.person)
        else:
            super().keyPressEvent(event)

    def focus_line(self) -> None:
        """Put the keyboard where names are typed."""
        self._line.setFocus()
        self._line.selectAll()

    @Slot()
    def ask(self) -> None:
        """Look again for what is typed; whoever is marked stays marked, where still found."""
        self.drop()
        search, typed = self._search, self._line.text()
        self._task = Task(lambda _: search(typed))
        self._task.succeeded.connect(self._on_found)
        self._task.failed.connect(self._on_failed)
        self._lane.submit(self._task)

    def mark(self, person_id: str) -> None:
        """Mark this person from the next answer on."""
        self._wanted_id = person_id

    @Slot()
    def drop(self) -> None:
        """Nobody waits for an answer any more."""
        task, self._task = self._task, None
        if task is not None:
            task.succeeded.disconnect(self._on_found)
            task.failed.disconnect(self._on_failed)
            task.cancel()

    def _build(self) -> None:
        self._line.setMaxLength(120)
        self._line.setClearButtonEnabled(True)
        self._list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._line)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._said)
        self.setFocusProxy(self._line)
        self._line.textChanged.connect(self.drop)
        self._line.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self.ask)
        self._list.itemDoubleClicked.connect(self._on_double_clicked)
        self._list.currentItemChanged.connect(self.marked)

    @Slot(object)
    def _on_found(self, found: object) -> None:
        self._task = self._error = None
        people = cast(tuple[Person, ...], found)
        before = self._wanted_id or (self.person.person_id if self.person is not None else "")
        self._wanted_id = ""
        ids = [person.person_id for person in people]
        self._list.blockSignals(True)  # noqa: FBT003 - one change, told once
        self._list.clear()
        for person in people:
            self._list.addItem(self._item(person))
        row = ids.index(before) if before in ids else 0
        self._list.setCurrentRow(row if people else -1)
        self._list.blockSignals(False)  # noqa: FBT003
        self._say_nobody()

    def _item(self, person: Person) -> QListWidgetItem:
        parts = [person.name, person.person_id, person.group]
        valid = person.valid_on(self._today())
        if not valid:
            parts.append(self._words.text("finder.not_valid"))
        item = QListWidgetItem("  ·  ".join(part for part in parts if part))
        if not valid:
            item.setIcon(self._look.icon("warning", "unsure_edge"))
        item.setData(_PERSON, person)
        return item

    def _say_nobody(self) -> None:
        empty = "finder.nobody" if self._line.text().strip() else self._empty_key
        self._say("" if self._list.count() else self._words.text(empty))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self.marked.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        trouble = cast(FaceCheckError, error)
        if isinstance(trouble, Cancelled):
            return
        self._error = trouble
        self._list.clear()
        self._say_trouble(trouble)

    def _say_trouble(self, trouble: FaceCheckError) -> None:
        said = explain(trouble, self._words)
        self._say(f"{said.sentence} {said.staff}")

    @Slot(QListWidgetItem)
    def _on_double_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_PERSON))

    def _retranslate(self) -> None:
        text = self._words.text
        self._line.setPlaceholderText(text("finder.prompt"))
        self._line.setAccessibleName(text("finder.prompt"))
        self._list.setAccessibleName(text("finder.title"))
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setText(self._item(item.data(_PERSON)).text())
        if self._error is not None:
            self._say_trouble(self._error)
        elif self._task is None and not self._list.count() and self._said.text():
            self._say_nobody()
        elif not self._list.count():
            self._said.setText(text("history.reading"))
