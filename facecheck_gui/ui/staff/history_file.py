"""What a file of the history has in its columns, in the words of this window."""

from collections.abc import Callable, Iterator
from pathlib import Path

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import history_columns
from facecheck_gui.sheets import export
from facecheck_gui.ui.staff.export_bar import ExportKind


class HistoryFile:
    """Writes rows as they are read here: in this language, in the time of this place."""

    def __init__(self, words: Words, days: LocalDays) -> None:
        self._words, self._days = words, days

    def __call__(
        self,
        kind: ExportKind,
        rows: Iterator[CheckIn],
        file: Path,
        cancel: CancelToken,
        on_progress: Callable[[int], None],
    ) -> int:
        """How many rows were written. Raises RecordsError and Cancelled."""
        table = history_columns(self._words, self._days.zone)
        write = export.export_csv if kind is ExportKind.CSV else export.export_xlsx
        return write(rows, file, table, cancel, on_progress)
