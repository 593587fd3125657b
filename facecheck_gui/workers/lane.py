"""A thread that does one task after another, and is left behind when it hangs."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Slot

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import EngineError, FaceCheckError, Fault
from facecheck_gui.workers.outlet import Outlet
from facecheck_gui.workers.task import Outcome, Task, Work

_ABANDON_AFTER_MS = 50

OnBug = Callable[[BaseException], None]
"""Is told of what no error of ours foresees, on the lane's thread."""


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    """What the thread knows of a task: never the QObject itself."""

    work: Work
    token: CancelToken


@dataclass(frozen=True, slots=True)
class _Ended:
    job: _Job
    outcome: Outcome


class _Runner:
    """The thread. Keeps what engines hold for it warm, until it is dismissed."""

    def __init__(self, name: str, outlet: Outlet[_Ended], on_bug: OnBug) -> None:
        self._on_bug = on_bug
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._outlet = outlet
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)

    def give(self, job: _Job) -> None:
        self._jobs.put(job)

    def dismiss(self) -> None:
        """End after the job under way."""
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._outlet.post(_Ended(job, _outcome_of(job, self._on_bug)))


def _outcome_of(job: _Job, on_bug: OnBug) -> Outcome:
    try:
        job.token.raise_if_cancelled()
        return Outcome(job.work(job.token))
    except FaceCheckError as error:
        return Outcome(error=error)
    except BaseException as bug:
        on_bug(bug)
        return Outcome(error=EngineError(Fault.INTERNAL, detail=type(bug).__name__))


class Lane(QObject):
    """Runs tasks in order on one daemon thread, which starts with the first of them.

    When a cancelled task does not come back within 50 ms its thread is left to end by itself and
    a new one takes over, so that one hung call never holds up the next task. A task fails with a
    ``FaceCheckError`` only: what else its work raises goes to ``on_bug`` and becomes INTERNAL.
    """

    def __init__(self, name: str, *, on_bug: OnBug, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._on_bug = on_bug
        self._outlet = Outlet(self._on_ended)
        self._kept: list[Task] = []
        self._waiting: deque[Task] = deque()
        self._running: tuple[Task, _Job] | None = None
        self._runner: _Runner | None = None
        self._left_behind: list[threading.Thread] = []
        self._closed = False
        self._patience = QTimer(self, singleShot=True, interval=_ABANDON_AFTER_MS)
        self._patience.timeout.connect(self._on_patience_ended)
        # A task must not be let go while it is still emitting its last signal.
        self._sweep = QTimer(self, singleShot=True, interval=0)
        self._sweep.timeout.connect(self._on_sweep)

    @property
    def is_idle(self) -> bool:
        """Whether no task runs or waits."""
        return self._running is None and not self._waiting

    def submit(self, task: Task) -> Task:
        """Queue ``task``, made on the lane's own thread, and keep it alive until it has ended.

        After ``close`` a task ends as cancelled.
        """
        task.cancel_asked.connect(self._on_cancel_asked)
        task.finished.connect(self._sweep.start)
        self._kept.append(task)
        self._waiting.append(task)
        if self._closed:
            task.cancel()
        self._start_next()
        return task

    def close(self, timeout_s: float = 0.5) -> bool:
        """Cancel everything and wait ``timeout_s`` at most for the threads; whether they ended.

        One that hangs is a daemon and keeps nothing from ending.
        """
        self._closed = True
        for task in list(self._kept):
            task.cancel()
        self._leave_runner()
        self._outlet.close()
        self._patience.stop()
        deadline_s = time.monotonic() + timeout_s
        for thread in self._left_behind:
            thread.join(max(0.0, deadline_s - time.monotonic()))
        return not any(thread.is_alive() for thread in self._left_behind)

    def _start_next(self) -> None:
        if self._running is not None or not self._waiting:
            return
        task = self._waiting.popleft()
        job = _Job(task.take_work(), task.token)
        self._running = (task, job)
        if self._runner is None:
            self._runner = _Runner(self._name, self._outlet, self._on_bug)
            self._runner.thread.start()
        self._runner.give(job)

    def _leave_runner(self) -> None:
        if self._runner is not None:
            self._runner.dismiss()
            alive = [thread for thread in self._left_behind if thread.is_alive()]
            self._left_behind = [*alive, self._runner.thread]
        self._runner = None
        self._running = None

    @Slot(object)
    def _on_ended(self, ended: _Ended) -> None:
        if self._running is None or self._running[1] is not ended.job:
            return  # an answer that nobody waits for any more
        task = self._running[0]
        self._running = None
        self._patience.stop()
        self._start_next()
        task.settle(ended.outcome)

    @Slot()
    def _on_cancel_asked(self) -> None:
        self._waiting = deque(task for task in self._waiting if not task.token.cancelled)
        if self._running is not None and self._running[1].token.cancelled:
            self._patience.start()

    @Slot()
    def _on_patience_ended(self) -> None:
        if self._running is not None and self._running[1].token.cancelled:
            self._leave_runner()
            self._start_next()

    @Slot()
    def _on_sweep(self) -> None:
        self._kept = [task for task in self._kept if not task.is_settled]
