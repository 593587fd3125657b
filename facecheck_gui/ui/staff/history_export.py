"""Writes the history into a file, away from the window, with progress and a way to stop."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, Slot

from facecheck_gui import messages
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.errors import Cancelled, FaceCheckError, RecordsError
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import history_trouble
from facecheck_gui.records.history_look import HistoryFilter
from facecheck_gui.ui.staff.ask_file import ask_file
from facecheck_gui.ui.staff.export_bar import ExportKind
from facecheck_gui.ui.staff.history_checks import MOST_COUNTED
from facecheck_gui.ui.staff.history_window import HistoryWindow
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.outlet import Outlet
from facecheck_gui.workers.task import Task

_EVERY_S = 0.1

OnProgress = Callable[[int], None]
AllRows = Callable[[HistoryFilter], Iterator[CheckIn]]
AskFile = Callable[[HistoryWindow, str, str], Path | None]
"""Asks a person where to write, given a name for the file and what such files are called."""


class WritesRows(Protocol):
    """Writes rows into a file of a kind; see ``sheets.export``. Where it raises, and where it is
    cancelled, nothing is left behind."""

    def __call__(
        self,
        kind: ExportKind,
        rows: Iterator[CheckIn],
        file: Path,
        cancel: CancelToken,
        on_progress: OnProgress,
    ) -> int:
        """``on_progress`` is told how many rows are written; so is the caller, at the end."""
        ...


class _Pace:
    """Tells of progress ten times a second at most: the rows come faster than anyone reads."""

    def __init__(self, outlet: Outlet[int]) -> None:
        self._outlet = outlet
        self._next_s = 0.0

    def tell(self, written: int) -> None:
        """So many rows are written."""
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + _EVERY_S
            self._outlet.post(written)


class HistoryExport(QObject):
    """One file at a time, on a lane of its own: a million rows take a while."""

    def __init__(
        self,
        window: HistoryWindow,
        words: Words,
        days: LocalDays,
        *,
        lane: Lane,
        rows: AllRows,
        write: WritesRows,
        ask: AskFile = ask_file,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._words, self._days = window, words, days
        self._lane, self._rows, self._write, self._ask = lane, rows, write, ask
        self._task: Task | None = None
        self._file = Path()
        self._written = self._total = 0
        self._outlet: Outlet[int] = Outlet(self._on_progress)
        bar = window.checks.export
        bar.wanted.connect(self._on_wanted)
        bar.cancelled.connect(self._on_cancelled)

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._task is not None

    @Slot(object)
    def _on_wanted(self, kind: ExportKind) -> None:
        if self._task is not None:
            return
        checks, text = self._window.checks, self._words.text
        wanted, counted = checks.filter.wanted(), checks.count or 0
        name = f"{text('history.export.name')}-{self._days.today():%Y-%m-%d}.{kind.value}"
        kinds = f"{text(f'history.export.{kind.value}_files')} (*.{kind.value})"
        file = self._ask(self._window, name, kinds)
        if file is None:
            return
        self._file = file
        self._total = counted if counted < MOST_COUNTED else 0
        self._window.show_notice("")
        self._window.checks.export.show_progress(0, self._total)
        self._start(kind, wanted, file)

    def _start(self, kind: ExportKind, wanted: HistoryFilter, file: Path) -> None:
        rows, write, pace = self._rows, self._write, _Pace(self._outlet)

        self._task = Task(lambda token: write(kind, rows(wanted), file, token, pace.tell))
        self._task.succeeded.connect(self._on_written)
        self._task.failed.connect(self._on_failed)
        self._lane.submit(self._task)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_progress(self, written: int) -> None:
        if self._task is not None:  # what was posted before the end may come after it
            self._window.checks.export.show_progress(written, self._total)

    @Slot(object)
    def _on_written(self, written: object) -> None:
        self._task = None
        said = self._words.text(
            "history.export.done", count=f"{cast(int, written):,}", file=self._file.name
        )
        self._window.checks.export.show_idle(said)

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._task = None
        self._window.checks.export.show_idle("")
        if not isinstance(error, Cancelled):
            self._window.show_notice(self._why_not(cast(FaceCheckError, error)))

    def _why_not(self, error: FaceCheckError) -> str:
        """What could not be read is not what no check could be made of."""
        if isinstance(error, RecordsError):
            why, step = history_trouble(error, self._words), ""
        else:
            told = messages.explain(error, self._words)
            why, step = told.sentence, told.staff
        return self._words.text("history.export.failed", why=why, step=step).strip()
