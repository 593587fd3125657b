"""Connects the history's window with the records: the last thing asked is what is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Slot

from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import history_trouble
from facecheck_gui.records.history import DayAtAGlance, Page
from facecheck_gui.records.history_look import Cursor, HistoryFilter
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.check_in_dialog import CheckInDialog
from facecheck_gui.ui.staff.day_words import Day, Scale
from facecheck_gui.ui.staff.history_checks import MOST_COUNTED, Turn
from facecheck_gui.ui.staff.history_export import HistoryExport
from facecheck_gui.ui.staff.history_window import HistoryWindow
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_BLINK_MS = 300


class LooksBack(Protocol):
    """What is asked of the records; see ``records.history.History``. Raises RecordsError."""

    def page(
        self,
        wanted: HistoryFilter,
        *,
        size: int = 50,
        before: Cursor | None = None,
        after: Cursor | None = None,
    ) -> Page:
        """One page."""
        ...

    def count(self, wanted: HistoryFilter, most: int = 10_000) -> int:
        """How many there are, counted up to ``most``."""
        ...

    def day(self, start: datetime, end: datetime) -> DayAtAGlance:
        """What was counted in that time."""
        ...

    def all(self, wanted: HistoryFilter) -> Iterator[CheckIn]:
        """All rows."""
        ...


@dataclass(frozen=True, slots=True)
class HistoryParts:
    """What the desk connects. ``lane`` reads and nothing else: what is written down of a check must
    not wait behind it. ``scale`` gives the engine in use and its threshold."""

    window: HistoryWindow
    look: Look
    words: Words
    days: LocalDays
    history: LooksBack
    lane: Lane
    export: HistoryExport
    scale: Callable[[], Scale]


class HistoryDesk(QObject):
    """Asks on a lane, shows in the window."""

    def __init__(self, parts: HistoryParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._turn = Turn.NEWEST
        self._day = parts.days.today()
        self._page_task: Task | None = None
        self._count_task: Task | None = None
        self._day_task: Task | None = None
        self._error: FaceCheckError | None = None
        self._blink = QTimer(self, singleShot=True, interval=_BLINK_MS)
        self._day_blink = QTimer(self, singleShot=True, interval=_BLINK_MS)
        self._connect()

    def _connect(self) -> None:
        window, checks = self._parts.window, self._parts.window.checks
        window.day_wanted.connect(self._on_day_wanted)
        window.refresh_wanted.connect(self.refresh)
        window.retry_wanted.connect(self.refresh)
        window.closed.connect(self._on_closed)
        window.retranslated.connect(self._on_retranslated)
        checks.turn_wanted.connect(self._on_turn_wanted)
        checks.table.opened.connect(self._on_opened)
        self._blink.timeout.connect(checks.show_reading)
        self._day_blink.timeout.connect(self._on_day_late)

    def open(self) -> None:
        """Bring the window to the front, with what is newest."""
        window = self._parts.window
        window.show()
        window.raise_()
        window.activateWindow()
        self.refresh()

    @Slot(object)
    def show_person(self, subject: Subject) -> None:
        """Everything of one person."""
        window = self._parts.window
        window.show()
        window.raise_()
        window.activateWindow()
        window.show_checks()
        window.checks.filter.show_person(subject)

    @Slot()
    def refresh(self) -> None:
        """Something may have come. Whoever reads older rows is left in peace; nothing is read for
        a window that nobody sees."""
        window = self._parts.window
        if not window.isVisible():
            return
        if window.shows_day:
            self._on_day_wanted(self._day)
        elif not self._is_turning and (window.checks.page is None or window.checks.is_newest):
            self._on_turn_wanted(Turn.AGAIN)

    @property
    def _is_turning(self) -> bool:
        """Whether somebody asked for another page, which is not there yet."""
        asked = self._page_task is not None and not self._page_task.is_settled
        return asked and self._turn in {Turn.OLDER, Turn.NEWER}

    @Slot(object)
    def _on_turn_wanted(self, turn: Turn) -> None:
        checks, history = self._parts.window.checks, self._parts.history
        shown, wanted = checks.page, checks.filter.wanted()
        older = shown.before if shown is not None and turn is Turn.OLDER else None
        newer = shown.after if shown is not None and turn is Turn.NEWER else None
        self._turn = turn
        self._drop(self._page_task, self._count_task)
        self._page_task = self._ask(
            lambda: history.page(wanted, before=older, after=newer), self._on_page
        )
        self._blink.start()

    @Slot(object)
    def _on_page(self, page: object) -> None:
        self._blink.stop()
        checks, history = self._parts.window.checks, self._parts.history
        shown = cast(Page, page)
        self._show_trouble(None)
        checks.show_page(shown, self._turn)
        if shown.before is None and shown.after is None:
            checks.show_count(len(shown.rows))
        elif checks.count is None or self._turn is Turn.AGAIN:
            wanted = checks.filter.wanted()
            self._count_task = self._ask(
                lambda: history.count(wanted, most=MOST_COUNTED), self._on_count
            )

    @Slot(object)
    def _on_count(self, count: object) -> None:
        self._parts.window.checks.show_count(cast(int, count))

    @Slot(object)
    def _on_day_wanted(self, day: date) -> None:
        history, (start, end) = self._parts.history, self._parts.days.day(day)
        self._day = day
        self._drop(self._day_task)
        self._day_task = self._ask(lambda: history.day(start, end), self._on_day)
        self._day_blink.start()

    @Slot()
    def _on_day_late(self) -> None:
        """Another day's numbers must not stand below this day's date."""
        page = self._parts.window.day_page
        if page is not None and page.shown != self._day:
            page.show_reading()

    @Slot(object)
    def _on_day(self, glance: object) -> None:
        self._day_blink.stop()
        self._show_trouble(None)
        page = self._parts.window.day_page
        if page is not None:
            page.show_day(Day(self._day, cast(DayAtAGlance, glance), self._parts.scale()))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        """Cancelled is what was asked before something else was."""
        if isinstance(error, Cancelled):
            return
        self._stop_blinking()
        window = self._parts.window
        self._show_trouble(cast(FaceCheckError, error))
        window.checks.show_nothing()
        if window.day_page is not None:
            window.day_page.show_day(None)

    def _show_trouble(self, error: FaceCheckError | None) -> None:
        self._error = error
        self._on_retranslated()

    @Slot()
    def _on_retranslated(self) -> None:
        error, words = self._error, self._parts.words
        self._parts.window.show_trouble(history_trouble(error, words) if error else "")

    @Slot(object)
    def _on_opened(self, check_in: CheckIn) -> None:
        parts = self._parts
        dialog = CheckInDialog(check_in, parts.look, parts.words, parts.days, parts.window)
        dialog.person_wanted.connect(self.show_person)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot()
    def _on_closed(self) -> None:
        """A file that is being written goes on; it was asked for."""
        self._stop_blinking()
        self._drop(self._page_task, self._count_task, self._day_task)

    def _stop_blinking(self) -> None:
        self._blink.stop()
        self._day_blink.stop()

    def _ask(self, work: Callable[[], object], answer: Callable[[object], None]) -> Task:
        task = Task(lambda _: work())
        task.succeeded.connect(answer)
        task.failed.connect(self._on_failed)
        return self._parts.lane.submit(task)

    def _drop(self, *tasks: Task | None) -> None:
        for task in tasks:
            if task is not None:
                task.cancel()
