"""The history of whichever ledger is in use."""

from collections.abc import Callable, Iterator
from datetime import datetime

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.records.history import DayAtAGlance, Page
from facecheck_gui.records.history_look import Cursor, HistoryFilter


class LateHistory:
    """The history of the ledger of today, opened on the thread that asks. Raises RecordsError."""

    def __init__(self, ledger: Callable[[], LateLedger]) -> None:
        self._ledger = ledger

    def page(
        self,
        wanted: HistoryFilter,
        *,
        size: int = 50,
        before: Cursor | None = None,
        after: Cursor | None = None,
    ) -> Page:
        """One page."""
        return self._ledger().books().history.page(wanted, size=size, before=before, after=after)

    def count(self, wanted: HistoryFilter, most: int = 10_000) -> int:
        """How many there are, counted up to ``most``."""
        return self._ledger().books().history.count(wanted, most)

    def day(self, start: datetime, end: datetime) -> DayAtAGlance:
        """What was counted in that time."""
        return self._ledger().books().history.day(start, end)

    def all(self, wanted: HistoryFilter) -> Iterator[CheckIn]:
        """All rows."""
        return self._ledger().books().history.all(wanted)
