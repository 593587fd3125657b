"""The history's window in every state, for the gallery."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QTabWidget, QWidget

from facecheck_gui.domain.comparison import EngineName, Subject, Threshold, Verdict
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import history_trouble
from facecheck_gui.records.history import DayAtAGlance, Page
from facecheck_gui.records.history_look import Cursor
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.check_in_dialog import CheckInDialog
from facecheck_gui.ui.staff.day_words import Day, Scale
from facecheck_gui.ui.staff.history_checks import Turn
from facecheck_gui.ui.staff.history_window import HistoryWindow
from tests.ui.staff.past import DAYS, GLANCE, NO_GLANCE, check_in, check_ins

SIZES = (QSize(1280, 800), QSize(960, 600))
_SCALE = Scale(EngineName.DEVICE, Threshold())
_FULL_PAGE = Page(check_ins(50), Cursor(0, 50), None)
_BUSY = DayAtAGlance(
    dict.fromkeys(Verdict, 120_345), (*(0,) * 10, *range(1000, 11_000, 1000)), (12_345,) * 24
)


@dataclass(frozen=True, slots=True)
class HistoryGallery:
    """Makes each exhibit anew, so that none depends on another."""

    look: Look
    words: Words
    geometry: QSettings

    def exhibits(self) -> Iterator[tuple[str, Callable[[], QWidget]]]:
        """All of them with their names: windows as wide as they come at first, and at least."""
        for make in (
            self.checks,
            self.narrowed,
            self.none_yet,
            self.none_fits,
            self.exporting,
            self.exported,
            self.trouble,
            self.day,
            self.busy_day,
            self.quiet_day,
        ):
            for size in SIZES:
                yield f"history_{make.__name__}_{size.width()}", _sized(make, size)
        yield "history_matched", self.matched
        yield "history_not_checked", self.not_checked

    def checks(self) -> QWidget:
        """A full page, and its first row."""
        window = self._window()
        window.checks.show_page(_FULL_PAGE, Turn.NEWEST)
        window.checks.show_count(1234)
        window.checks.table.setFocus()
        return window

    def narrowed(self) -> QWidget:
        """One person, a range of days, and few rows."""
        window = self._window()
        window.checks.filter.show_person(Subject("V-2026-000193", "Ahmad Faisal bin Abdul Rahman"))
        window.checks.filter._period.setCurrentIndex(5)
        window.checks.filter._on_chosen()
        rows = tuple(check_in(n) for n in (2, 7, 12, 17))
        window.checks.show_page(Page(rows, None, None), Turn.NEWEST)
        window.checks.show_count(4)
        return window

    def none_yet(self) -> QWidget:
        """Before the first check."""
        window = self._window()
        window.checks.show_page(Page((), None, None), Turn.NEWEST)
        window.checks.show_count(0)
        return window

    def none_fits(self) -> QWidget:
        """A filter that finds nobody."""
        window = self._window()
        window.checks.filter._search.setText("Zhang")
        window.checks.show_page(Page((), None, None), Turn.NEWEST)
        return window

    def exporting(self) -> QWidget:
        """A file is being written; what went wrong before is still said."""
        window = self._window()
        window.checks.show_page(_FULL_PAGE, Turn.NEWEST)
        window.checks.show_count(9_876)
        window.checks.export.show_progress(6_500, 9_876)
        return window

    def exported(self) -> QWidget:
        """A file was written, and another was not."""
        window = self._window()
        window.checks.show_page(_FULL_PAGE, Turn.NEWEST)
        window.checks.show_count(10_000)
        text = self.words.text
        done = text("history.export.done", count="9,876", file="checks-2026-03-12.xlsx")
        window.checks.export.show_idle(done)
        why, step = text("fault.export_forbidden.sentence"), text("fault.export_forbidden.staff")
        window.show_notice(text("history.export.failed", why=why, step=step))
        return window

    def trouble(self) -> QWidget:
        """Nothing can be read."""
        window = self._window()
        window.checks.show_nothing()
        window.show_trouble(history_trouble(RecordsError(Fault.RECORDS_DAMAGED), self.words))
        return window

    def day(self) -> QWidget:
        """A day at a glance."""
        return self._day(GLANCE)

    def busy_day(self) -> QWidget:
        """Numbers as large as they may come."""
        return self._day(_BUSY)

    def quiet_day(self) -> QWidget:
        """No checks."""
        return self._day(NO_GLANCE)

    def matched(self) -> QWidget:
        """Everything of one check."""
        return CheckInDialog(check_in(12), self.look, self.words, DAYS)

    def not_checked(self) -> QWidget:
        """Everything of one that was none."""
        return CheckInDialog(check_in(4), self.look, self.words, DAYS)

    def _window(self) -> HistoryWindow:
        return HistoryWindow(self.look, self.words, DAYS, self.geometry)

    def _day(self, glance: DayAtAGlance) -> HistoryWindow:
        window = self._window()
        window.findChildren(QTabWidget)[0].setCurrentIndex(1)
        if window.day_page is not None:
            window.day_page.show_day(Day(DAYS.today(), glance, _SCALE))
        return window


def _sized(make: Callable[[], QWidget], size: QSize) -> Callable[[], QWidget]:
    def made() -> QWidget:
        page = make()
        page.setFixedSize(size)
        return page

    return made
