"""The history in a window of its own: all checks, and a day at a glance."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QTabWidget, QVBoxLayout, QWidget

from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.ui.icons import application_icon
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.history_checks import HistoryChecks
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip
from facecheck_gui.ui.widgets.retranslating import Retranslating

if TYPE_CHECKING:
    from facecheck_gui.ui.staff.day_page import DayPage

_HOME_SIZE, _LEAST_SIZE = (1100, 700), (960, 600)
_CHECKS, _DAY = range(2)


class HistoryWindow(Retranslating, QMainWindow):
    """Stands beside the staff window; neither waits for the other. It lays out and reports.

    ``geometry`` remembers size and place. The day's page, with what draws it, is made when it is
    first looked at.
    """

    day_wanted = Signal(object)
    refresh_wanted = Signal()
    retry_wanted = Signal()
    closed = Signal()
    retranslated = Signal()

    def __init__(
        self,
        look: Look,
        words: Words,
        days: LocalDays,
        geometry: QSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._words, self._days, self._geometry = look, words, days, geometry
        self.checks = HistoryChecks(look, words, days)
        self._day_page: DayPage | None = None
        self._day_place = QWidget()
        self._trouble = NoticeStrip(look, closable=False)
        self._notice = NoticeStrip(look, closable=True)
        self._tabs = QTabWidget()
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*_LEAST_SIZE)
        self._build()
        self._connect()
        self._retranslate()
        self._restore()

    def _build(self) -> None:
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.addTab(self.checks, "")
        self._tabs.addTab(self._day_place, "")
        place = QVBoxLayout(self._day_place)
        place.setContentsMargins(0, 0, 0, 0)
        for strip in (self._trouble, self._notice):
            strip.hide()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(16, 8, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._trouble)
        column.addWidget(self._notice)
        column.addWidget(self._tabs, 1)
        self.setCentralWidget(whole)
        self.checks.setFocus()

    def _connect(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._trouble.action_requested.connect(self.retry_wanted)
        for keys, slot in (
            ("F5", self.refresh_wanted),
            ("Ctrl+F", self._on_find),
            ("Ctrl+W", self.close),
            ("Esc", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @property
    def day_page(self) -> "DayPage | None":
        """The day at a glance; None until it was first looked at."""
        return self._day_page

    @property
    def shows_day(self) -> bool:
        """Whether the day is looked at now."""
        return self._tabs.currentIndex() == _DAY

    @property
    def trouble(self) -> str:
        """Why nothing can be read; "" where it can."""
        return "" if self._trouble.isHidden() else self._trouble.sentence

    @property
    def notice(self) -> str:
        """What else is said; "" for nothing."""
        return "" if self._notice.isHidden() else self._notice.sentence

    def show_checks(self) -> None:
        """Turn to the table."""
        self._tabs.setCurrentIndex(_CHECKS)

    def show_trouble(self, sentence: str) -> None:
        """Say why nothing can be read, with a way to try again; "" when it can."""
        self._trouble.setVisible(bool(sentence))
        close, again = self._words.text("dialog.close"), self._words.text("history.again")
        self._trouble.show_text(sentence, close, again)

    def show_notice(self, sentence: str) -> None:
        """Say what did not come about; "" takes it away."""
        self._notice.setVisible(bool(sentence))
        self._notice.show_text(sentence, self._words.text("dialog.close"))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place."""
        self._geometry.setValue("history/geometry", self.saveGeometry())
        self._geometry.sync()
        super().closeEvent(event)
        self.closed.emit()

    def _restore(self) -> None:
        self.resize(*_HOME_SIZE)
        remembered = self._geometry.value("history/geometry")
        if remembered is not None:
            self.restoreGeometry(remembered)

    @Slot(int)
    def _on_tab_changed(self, tab: int) -> None:
        if tab != _DAY:
            self.refresh_wanted.emit()
            return
        if self._day_page is None:
            from facecheck_gui.ui.staff.day_page import DayPage

            self._day_page = DayPage(self._look, self._words, self._days)
            self._day_page.day_wanted.connect(self.day_wanted)
            layout = self._day_place.layout()
            if layout is not None:
                layout.addWidget(self._day_page)
        self._day_page.ask()

    @Slot()
    def _on_find(self) -> None:
        self.show_checks()
        self.checks.filter.setFocus()

    def _retranslate(self) -> None:
        text = self._words.text
        self.setWindowTitle(text("history.title"))
        self._tabs.setAccessibleName(text("history.title"))
        self._tabs.setTabText(_CHECKS, text("history.checks"))
        self._tabs.setTabText(_DAY, text("history.glance"))
        self.retranslated.emit()
