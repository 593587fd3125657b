"""What the records' settings page has besides settings: where they lie, and whether the audit is as
it was written."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.bookkeeping.ledger import LateLedger, Lying
from facecheck_gui.bookkeeping.upkeep import verified
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.record_words import backup_text, lying_lines, report_text
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

if TYPE_CHECKING:
    from facecheck_gui.records.backup import Backup
    from facecheck_gui.records.verification import ChainReport


class RecordsExtras(QFrame):
    """Everything slow happens on ``lane``; what runs when the page is closed is cancelled."""

    def __init__(
        self,
        words: Words,
        lane: Lane,
        ledger: Callable[[], LateLedger],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)  # noqa: FBT003 - Qt's way
        self._words, self._lane, self._ledger = words, lane, ledger
        self._tasks: list[Task] = []
        self._where = PlainLabel(words.text("history.reading"), wraps=True)
        self._outcome = PlainLabel(wraps=True)
        self._verify = QPushButton(words.text("records_page.verify"))
        self._back_up = QPushButton(words.text("records_page.back_up"))
        below = QHBoxLayout()
        below.addWidget(self._outcome, 1)
        below.addWidget(self._back_up)
        below.addWidget(self._verify)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(words.text("records_page.title"), role="heading"))
        layout.addWidget(self._where)
        layout.addLayout(below)
        self._verify.clicked.connect(self._on_verify)
        self._back_up.clicked.connect(self._on_back_up)
        self._run(lambda _: ledger().lying(), self._on_lying)

    @property
    def lines(self) -> tuple[str, str]:
        """Where everything lies, and what the verification came to."""
        return self._where.text(), self._outcome.text()

    def leave(self) -> None:
        """Nobody waits for an answer any more."""
        for task in self._tasks:
            task.cancel()

    def _run(self, work: Callable[[CancelToken], object], done: Callable[..., None]) -> None:
        task = Task(work)
        task.succeeded.connect(done)
        task.failed.connect(self._on_failed)
        self._tasks.append(self._lane.submit(task))

    @Slot(object)
    def _on_lying(self, lying: object) -> None:
        self._where.setText("\n".join(lying_lines(cast(Lying, lying), self._words)))

    @Slot()
    def _on_verify(self) -> None:
        self._verify.setEnabled(False)
        self._outcome.setText(self._words.text("records_page.verifying"))
        ledger = self._ledger
        self._run(lambda token: verified(ledger(), token), self._on_verified)

    @Slot(object)
    def _on_verified(self, report: object) -> None:
        self._verify.setEnabled(True)
        self._outcome.setText(report_text(cast("ChainReport", report), self._words))

    @Slot()
    def _on_back_up(self) -> None:
        self._back_up.setEnabled(False)
        self._outcome.setText(self._words.text("records_page.backing_up"))
        ledger = self._ledger
        self._run(lambda _: ledger().back_up(), self._on_backed_up)

    @Slot(object)
    def _on_backed_up(self, backup: object) -> None:
        self._back_up.setEnabled(True)
        self._outcome.setText(backup_text(cast("Backup", backup), self._words))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            return
        for button in (self._verify, self._back_up):
            button.setEnabled(True)
        said = explain(cast(FaceCheckError, error), self._words)
        self._where.setText(f"{said.sentence} {said.staff}")
        self._outcome.setText("")
