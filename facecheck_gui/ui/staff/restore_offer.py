"""Where the records are damaged: offers the last good backup, and puts it there once agreed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal, Slot

from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.staff.notices import Notice, Notices
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

if TYPE_CHECKING:
    from facecheck_gui.records.backup import Backup
    from facecheck_gui.records.restoring import Restored

TROUBLE = "records_trouble"
"""The notice about records that cannot be used."""
_DONE = "records_restored"
_ACTION = "notice.restore.action"


class RestoreOffer(QObject):
    """``last_good`` and ``restore`` run on ``lane``, where rows are written, so that none comes
    between; ``agreed`` asks whoever sits there about the backup of a time."""

    restored = Signal()

    def __init__(
        self,
        lane: Lane,
        last_good: "Callable[[], Backup | None]",
        restore: "Callable[[Path], Restored]",
        notices: Notices,
        words: Words,
        *,
        agreed: Callable[[str], bool],
    ) -> None:
        super().__init__(notices)  # it ends with what it speaks through
        self._lane, self._last_good, self._restore = lane, last_good, restore
        self._notices, self._words, self._agreed = notices, words, agreed
        self._backup: Backup | None = None
        self._task: Task | None = None
        notices.action_requested.connect(self._on_action)

    @Slot()
    def offer(self) -> None:
        """The records were found damaged: say what can be done about it."""
        if self._task is not None and not self._task.is_settled:
            return
        last_good = self._last_good
        self._start(Task(lambda _: last_good()), self._on_found)

    def _start(self, task: Task, on_succeeded: Callable[[object], None]) -> None:
        self._task = task
        task.succeeded.connect(on_succeeded)
        task.failed.connect(self._on_failed)
        self._lane.submit(task)

    @Slot(object)
    def _on_found(self, found: object) -> None:
        self._backup = cast("Backup | None", found)
        if self._backup is None:
            self._notices.show_notice(TROUBLE, Notice("restore.none", lasting=True))
            return
        values = {"time": local_time(self._backup.made_at)}
        notice = Notice("restore.offer", values, lasting=True, action=_ACTION)
        self._notices.show_notice(TROUBLE, notice)

    @Slot(str)
    def _on_action(self, name: str) -> None:
        backup = self._backup
        if name != TROUBLE or backup is None or not self._agreed(local_time(backup.made_at)):
            return
        self._notices.show_notice(TROUBLE, Notice("restore.running", lasting=True))
        restore = self._restore
        self._start(Task(lambda _: restore(backup.file)), self._on_restored)

    @Slot(object)
    def _on_restored(self, restored: object) -> None:
        done = cast("Restored", restored)
        self._backup = None
        self._notices.take_away(TROUBLE)
        values = {
            "time": local_time(done.backup.made_at),
            "file": done.kept.name if done.kept is not None else "",
        }
        key = "restore.done" if done.kept is not None else "restore.done_where_none_was"
        self._notices.show_notice(_DONE, Notice(key, values))
        self.restored.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        trouble = cast(FaceCheckError, error)
        if isinstance(trouble, Cancelled):
            return
        said = explain(trouble, self._words)
        values = {"sentence": said.sentence, "step": said.staff}
        if self._backup is None:
            self._notices.show_notice(TROUBLE, Notice("errand_failed", values, lasting=True))
            return
        # It can be tried again, when the other window is closed.
        values["time"] = local_time(self._backup.made_at)
        notice = Notice("errand_failed", values, lasting=True, action=_ACTION)
        self._notices.show_notice(TROUBLE, notice)


def local_time(moment: datetime) -> str:
    """As the station's clock says it, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
