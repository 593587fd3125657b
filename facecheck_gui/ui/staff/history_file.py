"""What a file of the history has in its columns, in the words of this window."""

from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import AttemptState, CheckIn, Transport
from facecheck_gui.domain.comparison import EngineName, Verdict
from facecheck_gui.domain.liveness import LivenessResult
from facecheck_gui.i18n import Words
from facecheck_gui.ui.staff.export_bar import ExportKind
from facecheck_gui.ui.staff.local_days import LocalDays

_WORDS: dict[type[Enum], str] = {
    Verdict: "verdict",
    AttemptState: "history.state",
    EngineName: "engine",
    Transport: "history.transports",
    LivenessResult: "liveness_result",
}


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
        from facecheck_gui.records import export

        table = export.columns(self._title, self._word, self._days.zone)
        write = export.export_csv if kind is ExportKind.CSV else export.export_xlsx
        return write(rows, file, table, cancel, on_progress)

    def _title(self, key: str) -> str:
        return self._words.text(f"history.column.{key}")

    def _word(self, value: Enum) -> str:
        return self._words.text(f"{_WORDS[type(value)]}.{value.value}")
