"""The roster in a window of its own: who is expected, and what is kept of each."""

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.check_in import Person
from facecheck_gui.i18n import Words
from facecheck_gui.ui.icons import application_icon
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.people_list import PeopleList, Search
from facecheck_gui.ui.staff.person_card import PersonCard
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.workers.lane import Lane

_HOME_SIZE, _LEAST_SIZE = (1100, 700), (900, 560)
_LEAST_LIST_PX, _LEAST_CARD_PX, _PARTS_PX = 300, 460, [460, 620]


class RosterWindow(Retranslating, QMainWindow):
    """Stands beside the staff window. It lays out and reports; ``geometry`` remembers its size."""

    add_wanted = Signal()
    import_wanted = Signal()
    person_marked = Signal(object)
    closed = Signal()
    retranslated = Signal()

    def __init__(
        self,
        search: Search,
        lane: Lane,
        look: Look,
        words: Words,
        geometry: QSettings,
    ) -> None:
        super().__init__()
        self._words, self._geometry = words, geometry
        self.people = PeopleList(search, lane, look, words, empty_key="roster.empty")
        self.card = PersonCard(look, words)
        self._add, self._import = QPushButton(), QPushButton()
        self._notice = NoticeStrip(look, closable=True)
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*_LEAST_SIZE)
        self._build()
        self._connect()
        self._retranslate()
        self._restore()

    @property
    def person(self) -> Person | None:
        """Who is marked."""
        return self.people.person

    @property
    def notice(self) -> str:
        """What is said above; "" for nothing."""
        return "" if self._notice.isHidden() else self._notice.sentence

    def show_notice(self, sentence: str) -> None:
        """Say what did not come about, or what did; "" takes it away."""
        self._notice.setVisible(bool(sentence))
        self._notice.show_text(sentence, self._words.text("dialog.close"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place."""
        self._geometry.setValue("roster/geometry", self.saveGeometry())
        self._geometry.sync()
        self.people.drop()
        super().closeEvent(event)
        self.closed.emit()

    def _build(self) -> None:
        self._notice.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._add)
        buttons.addWidget(self._import)
        buttons.addStretch()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addWidget(self.people, 1)
        column.addLayout(buttons)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.card)
        left.setMinimumWidth(_LEAST_LIST_PX)
        self.card.setMinimumWidth(_LEAST_CARD_PX)
        split.setSizes(_PARTS_PX)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self._notice)
        layout.addWidget(split, 1)
        self.setCentralWidget(whole)
        self.people.setFocus()

    def _connect(self) -> None:
        self._add.clicked.connect(self.add_wanted)
        self._import.clicked.connect(self.import_wanted)
        self.people.marked.connect(self._on_marked)
        self.people.chosen.connect(self.card.check_wanted)
        for keys, slot in (
            ("Ctrl+N", self.add_wanted),
            ("Ctrl+I", self.import_wanted),
            ("Ctrl+F", self.people.focus_line),
            ("F5", self.people.ask),
            ("Ctrl+W", self.close),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _on_marked(self) -> None:
        self.person_marked.emit(self.person)

    def _restore(self) -> None:
        self.resize(*_HOME_SIZE)
        remembered = self._geometry.value("roster/geometry")
        if remembered is not None:
            self.restoreGeometry(remembered)

    def _retranslate(self) -> None:
        text = self._words.text
        self.setWindowTitle(text("roster.title"))
        for button, key, keys in ((self._add, "add", "Ctrl+N"), (self._import, "import", "Ctrl+I")):
            button.setText(text(f"roster.{key}_button"))
            button.setToolTip(f"{text(f'roster.{key}_tip')} ({keys})")
        self.retranslated.emit()
