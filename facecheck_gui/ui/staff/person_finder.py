"""Finds somebody on the roster while the name is being typed."""

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_SIZE_PX = (520, 560)
_REST_MS = 120
_PERSON = Qt.ItemDataRole.UserRole

Search = Callable[[str], tuple[Person, ...]]
"""Who is meant by what was typed. Raises RecordsError; called on a lane."""


class PersonFinder(QDialog):
    """``person`` is who was chosen when the dialog is accepted."""

    def __init__(
        self,
        search: Search,
        lane: Lane,
        look: Look,
        words: Words,
        *,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search, self._lane, self._look, self._words = search, lane, look, words
        self._today = today
        self._task: Task | None = None
        self.setWindowTitle(words.text("finder.title"))
        self.resize(*_SIZE_PX)
        self._line, self._list = QLineEdit(), QListWidget()
        self._said = PlainLabel(role="muted", wraps=True)
        self._buttons = ok_and_cancel(words, "finder.load")
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._build()
        self._ask()

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
        """Up and down move through the list while the keyboard stays in the field."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self._list.currentRow() + step
            self._list.setCurrentRow(min(max(row, 0), self._list.count() - 1))
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        text = self._words.text
        self._line.setPlaceholderText(text("finder.prompt"))
        self._line.setAccessibleName(text("finder.prompt"))
        self._line.setMaxLength(120)
        self._line.setClearButtonEnabled(True)
        self._list.setAccessibleName(text("finder.title"))
        self._list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        for widget in (self._line, self._list, self._said, self._buttons):
            layout.addWidget(widget)
        self._said.setText(text("history.reading"))
        self._line.textChanged.connect(self._drop)
        self._line.textChanged.connect(self._rest.start)
        self._rest.timeout.connect(self._ask)
        self._list.itemActivated.connect(self._on_chosen)
        self._list.currentItemChanged.connect(self._on_marked)
        self._buttons.accepted.connect(self._on_chosen)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self._drop)
        self._on_marked()

    @Slot()
    def _ask(self) -> None:
        self._drop()
        search, typed = self._search, self._line.text()
        self._task = Task(lambda _: search(typed))
        self._task.succeeded.connect(self._on_found)
        self._task.failed.connect(self._on_failed)
        self._lane.submit(self._task)

    @Slot()
    def _drop(self) -> None:
        """Only the last thing that was typed is answered."""
        task, self._task = self._task, None
        if task is not None:
            task.succeeded.disconnect(self._on_found)
            task.failed.disconnect(self._on_failed)
            task.cancel()

    @Slot(object)
    def _on_found(self, found: object) -> None:
        self._task = None
        people = cast(tuple[Person, ...], found)
        self._list.clear()
        for person in people:
            self._list.addItem(self._item(person))
        self._list.setCurrentRow(0 if people else -1)
        empty = "finder.nobody" if self._line.text().strip() else "finder.empty"
        self._say("" if people else self._words.text(empty))

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

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self._on_marked()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        trouble = cast(FaceCheckError, error)
        if isinstance(trouble, Cancelled):
            return
        self._list.clear()
        said = explain(trouble, self._words)
        self._say(f"{said.sentence} {said.staff}")

    @Slot()
    def _on_marked(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.person is not None)

    @Slot()
    def _on_chosen(self) -> None:
        if self.person is not None:
            self.accept()
