"""The camera's thread, as the window sees it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facecheck_gui.camera.address import CameraAddress, same_camera
from facecheck_gui.camera.capture import CaptureLoop
from facecheck_gui.camera.health import Patience
from facecheck_gui.camera.mailbox import Mailbox
from facecheck_gui.camera.preview import Fit, Preview, View, render
from facecheck_gui.camera.source import OpenSource
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Frame
from facecheck_gui.workers.outlet import Outlet

_WATCH_EVERY_MS = 250
_LONGEST_RELEASE_S = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class _StateNews:
    session: "_Session"
    state: CameraState
    error: CameraError | None


@dataclass(frozen=True, slots=True, eq=False)
class _FrameNews:
    session: "_Session"


class _Session:
    """One camera from ``open`` to ``close``: its loop and its thread. Knows no QObject."""

    def __init__(
        self,
        address: CameraAddress,
        view: View | None,
        outlet: "Outlet[_StateNews | _FrameNews]",
        before: "_Session | None",
        make_loop: Callable[..., CaptureLoop],
    ) -> None:
        self.address = address
        self.view = view
        self.previews: Mailbox[Preview | None] = Mailbox()
        self.loop = make_loop(address, deliver=self._on_frame, announce=self._on_state)
        self._outlet = outlet
        self._before = before
        self.thread = threading.Thread(target=self._run, name="camera", daemon=True)

    def _run(self) -> None:
        if self._before is not None:
            # The same camera would be busy with its own previous reader.
            self._before.thread.join(_LONGEST_RELEASE_S)
            self._before = None
        self.loop.run()

    def _on_frame(self, frame: Frame) -> None:
        view = self.view
        if self.previews.put(render(frame, view) if view is not None else None):
            self._outlet.post(_FrameNews(self))

    def _on_state(self, state: CameraState, error: CameraError | None) -> None:
        self._outlet.post(_StateNews(self, state, error))


class CameraWorker(QObject):
    """Runs one camera at a time on a daemon thread. No call here waits for the camera.

    ``frame_ready`` says that ``take_preview`` and ``newest_frame`` have something new; at most one
    is under way, so that a slow window misses frames instead of lagging behind.
    ``state_changed`` carries a ``CameraState`` and the ``CameraError`` with its cause, or None.
    A camera whose read hangs is noticed all the same, and left behind when another is opened.
    """

    frame_ready = Signal()
    state_changed = Signal(object, object)

    def __init__(
        self,
        *,
        open_source: OpenSource,
        clock: Callable[[], float] = time.monotonic,
        patience: Patience | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_source = open_source
        self._clock = clock
        self._camera_patience = patience or Patience()
        self._outlet = Outlet(self._on_news)
        self._session: _Session | None = None
        self._left_behind: list[_Session] = []
        self._view: View | None = None
        self._state = CameraState.CLOSED
        self._error: CameraError | None = None
        self._watch = QTimer(self, interval=_WATCH_EVERY_MS)
        self._watch.timeout.connect(self._on_watch)

    @property
    def state(self) -> CameraState:
        """As last told by ``state_changed``."""
        return self._state

    @property
    def error(self) -> CameraError | None:
        """The cause of FROZEN or LOST, else None."""
        return self._error

    def open(self, address: CameraAddress) -> None:
        """Go over to ``address``; what is open is closed."""
        self._leave_session()
        before = next(
            (s for s in reversed(self._left_behind) if same_camera(s.address, address)), None
        )
        self._session = _Session(address, self._view, self._outlet, before, self._make_loop)
        self._session.thread.start()
        self._watch.start()
        self._tell(CameraState.OPENING, None)

    def close(self) -> None:
        """Let go of the camera, as soon as its thread comes by."""
        self._leave_session()
        self._watch.stop()
        self._tell(CameraState.CLOSED, None)

    def finish(self, timeout_s: float = 0.5) -> bool:
        """Close for good and wait ``timeout_s`` at most for the threads; whether they ended.

        One that hangs is a daemon and keeps nothing from ending.
        """
        self.close()
        self._outlet.close()
        deadline_s = time.monotonic() + timeout_s
        for session in self._left_behind:
            session.thread.join(max(0.0, deadline_s - time.monotonic()))
        return not any(session.thread.is_alive() for session in self._left_behind)

    @Slot()
    def retry_now(self) -> None:
        """Try a lost camera again at once: something was plugged in."""
        if self._session is not None:
            self._session.loop.retry_now()

    def set_preview_size(
        self, width_px: int, height_px: int, fit: Fit = Fit.COVER, *, mirrored: bool = True
    ) -> None:
        """Make previews for a view of this many device pixels, from the next frame on."""
        self._view = View(max(1, width_px), max(1, height_px), fit, mirrored)
        if self._session is not None:
            self._session.view = self._view

    def take_preview(self) -> Preview | None:
        """The newest preview, once. None before ``set_preview_size`` and without a new frame."""
        return self._session.previews.take() if self._session is not None else None

    def newest_frame(self) -> Frame | None:
        """The last frame, however old; for looking at, not for comparing."""
        return self._session.loop.newest if self._session is not None else None

    def fresh_frame(self, max_age_s: float = 0.5) -> Frame:
        """A frame of the present, to be compared: never stale, never empty, never mirrored.

        Raises ``CameraError`` with the camera's fault, NO_FRAME or FRAME_STALE.
        """
        if self._session is None:
            raise CameraError(Fault.NO_FRAME)
        return self._session.loop.fresh_frame(max_age_s)

    def _make_loop(self, address: CameraAddress, **outlets: Callable[..., None]) -> CaptureLoop:
        return CaptureLoop(
            address,
            open_source=self._open_source,
            deliver=outlets["deliver"],
            announce=outlets["announce"],
            clock=self._clock,
            patience=self._camera_patience,
        )

    def _leave_session(self) -> None:
        if self._session is not None:
            self._session.loop.stop()
            alive = [s for s in self._left_behind if s.thread.is_alive()]
            self._left_behind = [*alive, self._session]
        self._session = None

    @Slot(object)
    def _on_news(self, news: _StateNews | _FrameNews) -> None:
        if news.session is not self._session:
            return  # from a camera that was closed meanwhile
        if isinstance(news, _StateNews):
            self._tell(news.state, news.error)
        else:
            self._session.previews.answer()
            self.frame_ready.emit()

    @Slot()
    def _on_watch(self) -> None:
        if self._session is not None:
            self._session.loop.watch()

    def _tell(self, state: CameraState, error: CameraError | None) -> None:
        was = self._error.fault if self._error else None
        now = error.fault if error else None
        self._error = error
        if (state, now) != (self._state, was):
            self._state = state
            self.state_changed.emit(state, error)
