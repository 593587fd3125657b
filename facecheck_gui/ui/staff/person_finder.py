"""Asks for somebody on the roster."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from facecheck_gui.domain.check_in import Person
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.people_list import PeopleList, Search
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.workers.lane import Lane

_SIZE_PX = (520, 560)


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
        self.setWindowTitle(words.text("finder.title"))
        self.resize(*_SIZE_PX)
        self._people = PeopleList(search, lane, look, words, today=today)
        self._buttons = ok_and_cancel(words, "finder.load")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self._people)
        layout.addWidget(self._buttons)
        self._people.chosen.connect(self._on_chosen)
        self._people.marked.connect(self._on_marked)
        self._buttons.accepted.connect(self._on_chosen)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self._people.drop)
        self._on_marked()
        self._people.ask()

    @property
    def person(self) -> Person | None:
        """Who is marked."""
        return self._people.person

    @property
    def said(self) -> str:
        """What stands in the place of people."""
        return self._people.said

    @Slot()
    def _on_marked(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(self.person is not None)

    @Slot()
    def _on_chosen(self) -> None:
        if self.person is not None:
            self.accept()
