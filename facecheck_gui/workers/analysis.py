"""The thread that looks at live frames: the newest one only, and no more often than it is asked."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.observation import Observation
from facecheck_gui.workers.outlet import Outlet

_PAUSE_AFTER_BUG_S = 1.0


class Observes(Protocol):
    """What looks at a frame; see ``vision.analysis``."""

    def load(self) -> None:
        """Make everything ready for the calling thread."""
        ...

    def observe(self, frame: Frame) -> Observation:
        """What ``frame`` shows."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """An observation, and what came of it where somebody takes a closer interest."""

    observation: Observation
    take: Callable[[Observation], object] | None
    told: object


class _Looker:
    """The thread. Knows no QObject."""

    def __init__(
        self,
        make_analyser: Callable[[], Observes],
        per_second: float,
        outlet: Outlet[_Seen],
        on_bug: Callable[[BaseException], None],
    ) -> None:
        self._make_analyser = make_analyser
        self._spacing_s = 1.0 / per_second
        self._outlet = outlet
        self._on_bug = on_bug
        self._condition = threading.Condition()
        self._frame: Frame | None = None
        self._outdated = True
        self._take: Callable[[Observation], object] | None = None
        self._ending = threading.Event()
        self.thread = threading.Thread(target=self._run, name="analysis", daemon=True)

    def use(self, make_analyser: Callable[[], Observes]) -> None:
        """From the next frame on, look with another analyser."""
        with self._condition:
            self._make_analyser = make_analyser
            self._outdated = True

    def follow(self, take: Callable[[Observation], object] | None) -> None:
        """From the next observation on, hand each to ``take`` as well."""
        with self._condition:
            self._take = take

    def offer(self, frame: Frame | None) -> None:
        """Leave a newer frame in the place of an older one; None takes it back."""
        with self._condition:
            self._frame = frame
            self._condition.notify()

    def end(self) -> None:
        """Return after the frame under way."""
        self._ending.set()
        self.offer(None)

    def _run(self) -> None:
        analyser: Observes | None = None
        while not self._ending.is_set():
            began_s = time.monotonic()
            try:
                if analyser is None or self._outdated:
                    # Made here: what the engine makes for one thread no other may touch.
                    analyser = self._newest_analyser()
                    analyser.load()
                frame = self._next()
                if frame is None:
                    continue
                began_s = time.monotonic()
                observation = analyser.observe(frame)
                take = self._take
                told = take(observation) if take is not None else None
                self._outlet.post(_Seen(observation, take, told))
            except Exception as bug:
                self._on_bug(bug)
                self._ending.wait(_PAUSE_AFTER_BUG_S)
            self._ending.wait(max(0.0, began_s + self._spacing_s - time.monotonic()))

    def _newest_analyser(self) -> Observes:
        with self._condition:
            make, self._outdated = self._make_analyser, False
        return make()

    def _next(self) -> Frame | None:
        with self._condition:
            while self._frame is None and not self._ending.is_set():
                self._condition.wait()
            frame, self._frame = self._frame, None
        return frame


class AnalysisWorker(QObject):
    """``observed`` carries an ``Observation``, on the thread this was made on.

    Frames that come while one is looked at replace each other: what is told is never older than
    one look and one frame. ``make_analyser`` is called on the analysis' own thread; what it or a
    look raises goes to ``on_bug``, and the work goes on a second later.
    """

    observed = Signal(object)
    followed = Signal(object)

    def __init__(
        self,
        make_analyser: Callable[[], Observes],
        *,
        on_bug: Callable[[BaseException], None],
        per_second: float = 12.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._outlet = Outlet(self._on_observed)
        self._looker = _Looker(make_analyser, per_second, self._outlet, on_bug)
        self._paused = False
        self._take: Callable[[Observation], object] | None = None

    def start(self) -> None:
        """Begin; once."""
        self._looker.thread.start()

    def use(self, make_analyser: Callable[[], Observes]) -> None:
        """Look with another analyser, because settings have changed."""
        self._looker.use(make_analyser)

    def follow(self, take: Callable[[Observation], object] | None) -> None:
        """Hand every observation to ``take`` on the analysis' thread, and tell what it returns by
        ``followed``; None when that is over."""
        self._take = take
        self._looker.follow(take)

    def offer(self, frame: Frame) -> None:
        """A frame has come. Never waits."""
        if not self._paused:
            self._looker.offer(frame)

    def pause(self) -> None:
        """Look at nothing and tell nothing until ``resume``."""
        self._paused = True
        self._looker.offer(None)

    def resume(self) -> None:
        """Look again, from the next frame on."""
        self._paused = False

    def finish(self, timeout_s: float = 0.5) -> bool:
        """End for good and wait ``timeout_s`` at most for the thread; whether it ended."""
        self._looker.end()
        self._outlet.close()
        if self._looker.thread.ident is not None:
            self._looker.thread.join(timeout_s)
        return not self._looker.thread.is_alive()

    @Slot(object)
    def _on_observed(self, seen: _Seen) -> None:
        if self._paused:
            return
        self.observed.emit(seen.observation)
        if seen.take is not None and seen.take is self._take:
            self.followed.emit(seen.told)
