"""Connects the staff window with everything that is remembered."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from facecheck_gui.bookkeeping import LateLedger, tidy
from facecheck_gui.i18n import Words
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.staff.housekeeping import Housekeeping
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.workers.lane import Lane


class RecordsDesk(QObject):
    """``ledger`` and ``settings`` are asked for today's."""

    def __init__(
        self,
        window: StaffWindow,
        words: Words,
        lane: Lane,
        *,
        ledger: Callable[[], LateLedger],
        settings: Callable[[], Settings],
    ) -> None:
        super().__init__(window)  # it ends with what it speaks through
        self._housekeeping = Housekeeping(
            lane,
            lambda confirmed: tidy(ledger(), settings().records, clock_confirmed=confirmed),
            window.notices,
            words,
        )

    def start(self) -> None:
        """Begin to keep house."""
        self._housekeeping.start()
