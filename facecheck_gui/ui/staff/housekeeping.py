"""Purges and backs up the records soon after the start and once a day, and says what people must
know."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facecheck_gui.bookkeeping.upkeep import Tidied
from facecheck_gui.domain.errors import Cancelled, FaceCheckError, Fault
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.staff.notices import Notice, Notices
from facecheck_gui.ui.staff.restore_offer import TROUBLE
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

FIRST_AFTER_MS, DAILY_MS = 3_000, 24 * 3600 * 1000
# China's measures on face recognition (2025) ask for a filing from 100,000 people on.
FILING_FROM, WARNING_FROM = 100_000, 80_000
_CLOCK, _FACES, _GONE, _BACKUP = "records_clock", "faces_kept", "purged", "backup_trouble"


class Housekeeping(QObject):
    """``tidy`` is called on ``lane`` with whether somebody confirmed the clock, ``back_up`` once a
    day after it. ``damaged`` is told where either finds the records damaged."""

    damaged = Signal()

    def __init__(
        self,
        lane: Lane,
        tidy: Callable[[bool], Tidied],
        notices: Notices,
        words: Words,
        *,
        back_up: Callable[[], object] = lambda: None,
        first_after_ms: int = FIRST_AFTER_MS,
    ) -> None:
        super().__init__(notices)  # it ends with what it speaks through
        self._lane, self._tidy, self._notices, self._words = lane, tidy, notices, words
        self._back_up = back_up
        self._first = QTimer(self, singleShot=True, interval=first_after_ms)
        self._daily = QTimer(self, interval=DAILY_MS)
        for timer in (self._first, self._daily):
            timer.timeout.connect(self.keep_house)
        notices.action_requested.connect(self._on_action)

    def start(self) -> None:
        """Begin to count."""
        self._first.start()
        self._daily.start()

    @Slot()
    def keep_house(self) -> None:
        """What is done each day."""
        self._run(confirmed=False)
        back_up = self._back_up
        backing_up = Task(lambda _: back_up())
        backing_up.succeeded.connect(self._on_backed_up)
        backing_up.failed.connect(self._on_not_backed_up)
        self._lane.submit(backing_up)

    @Slot(str)
    def _on_action(self, name: str) -> None:
        if name == _CLOCK:
            self._notices.take_away(_CLOCK)
            self._run(confirmed=True)

    def _run(self, *, confirmed: bool) -> None:
        tidy = self._tidy
        tidying = Task(lambda _: tidy(confirmed))
        tidying.succeeded.connect(self._on_tidied)
        tidying.failed.connect(self._on_failed)
        self._lane.submit(tidying)

    @Slot(object)
    def _on_backed_up(self, _: object) -> None:
        self._notices.take_away(_BACKUP)

    @Slot(object)
    def _on_not_backed_up(self, error: object) -> None:
        trouble = cast(FaceCheckError, error)
        if trouble.fault is Fault.RECORDS_DAMAGED:
            self._on_failed(trouble)
        elif not isinstance(trouble, Cancelled):
            said = explain(trouble, self._words)
            notice = Notice("restore.no_backup", {"step": said.staff}, lasting=True)
            self._notices.show_notice(_BACKUP, notice)

    @Slot(object)
    def _on_tidied(self, tidied: object) -> None:
        found = cast(Tidied, tidied)
        for name in (_CLOCK, TROUBLE):
            self._notices.take_away(name)
        gone = found.gone
        if gone.anything:
            values = {
                "references": gone.references,
                "pictures": gone.pictures,
                "consents": gone.consents,
                "attempts": gone.attempts,
            }
            self._notices.show_notice(_GONE, Notice("purged", values))
        self._say_faces(found.faces)

    def _say_faces(self, faces: int) -> None:
        if faces < WARNING_FROM:
            self._notices.take_away(_FACES)
            return
        key = "faces_filing" if faces >= FILING_FROM else "faces_many"
        values = {"faces": f"{faces:,}", "limit": f"{FILING_FROM:,}"}
        self._notices.show_notice(_FACES, Notice(key, values, lasting=True))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        trouble = cast(FaceCheckError, error)
        if isinstance(trouble, Cancelled):
            return
        if trouble.fault is Fault.RECORDS_CLOCK:
            confirm = Notice("clock_jumped", lasting=True, action="notice.clock_is_right")
            self._notices.show_notice(_CLOCK, confirm)
            return
        said = explain(trouble, self._words)
        values = {"sentence": said.sentence, "step": said.staff}
        self._notices.show_notice(TROUBLE, Notice("errand_failed", values, lasting=True))
        if trouble.fault is Fault.RECORDS_DAMAGED:
            self.damaged.emit()
