"""Asks what becomes of the records when another database is chosen, and copies them."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.outlet import Outlet
from facecheck_gui.workers.task import Task

_WIDTH_PX = 560

Move = Callable[[CancelToken, Callable[[int], None]], int]
"""Copies everything, telling how many rows it has; raises RecordsError and Cancelled."""


class MovingDialog(QDialog):
    """Accepted when the other database is to be used from now on. What is copied is copied on
    ``lane``, and nothing may be written meanwhile."""

    def __init__(
        self,
        words: Words,
        lane: Lane,
        move: Move,
        *,
        before: str,
        after: str,
        parent: QWidget | None = None,
    ) -> None:
        """``before`` and ``after`` are addresses; "" stands for the file."""
        super().__init__(parent)
        self._words, self._lane, self._move = words, lane, move
        self._task: Task | None = None
        self._outlet: Outlet[int] = Outlet(self._on_progress)
        self.setWindowTitle(words.text("moving.title"))
        self.setMinimumWidth(_WIDTH_PX)
        self._said = PlainLabel(words.text("moving.explained"), wraps=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._copy = QPushButton(words.text("moving.copy"))
        self._as_it_is = QPushButton(words.text("moving.as_it_is"))
        self._cancel = QPushButton(words.text("dialog.cancel"))
        self._build(before, after)

    @property
    def said(self) -> str:
        """What stands above the buttons."""
        return self._said.text()

    def _build(self, before: str, after: str) -> None:
        text = self._words.text
        self._copy.setProperty("primary", True)  # noqa: FBT003 - Qt's way
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        for button in (self._copy, self._as_it_is, self._cancel):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self._copy.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for key, where in (("moving.from", before), ("moving.to", after)):
            layout.addWidget(
                PlainLabel(text(key, where=where or text("moving.a_file")), wraps=True)
            )
        layout.addWidget(self._said)
        layout.addWidget(self._bar)
        layout.addLayout(buttons)
        self._copy.clicked.connect(self._on_copy)
        self._as_it_is.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)

    def _show_running(self, running: bool) -> None:  # noqa: FBT001 - a state
        self._bar.setVisible(running)
        self._copy.setEnabled(not running)
        self._as_it_is.setEnabled(not running)

    @Slot()
    def _on_copy(self) -> None:
        move, tell = self._move, self._outlet.post
        self._task = Task(lambda token: move(token, tell))
        self._task.succeeded.connect(self._on_copied)
        self._task.failed.connect(self._on_failed)
        self._show_running(True)  # noqa: FBT003
        self._lane.submit(self._task)

    def _on_progress(self, rows: int) -> None:
        if self._task is not None:
            self._said.setText(self._words.text("moving.copying", rows=f"{rows:,}"))

    @Slot(object)
    def _on_copied(self, _: object) -> None:
        self._task = None
        self.accept()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._task = None
        self._show_running(False)  # noqa: FBT003
        if not isinstance(error, Cancelled):
            said = explain(cast(FaceCheckError, error), self._words)
            self._said.setText(f"{said.sentence} {said.staff}")

    @Slot()
    def _on_finished(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._outlet.close()
