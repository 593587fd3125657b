"""Notices cameras that are plugged in and out."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from facecheck_gui.camera.address import CameraIdentity
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_SETTLE_MS = 300
_POLL_MS = 2000


def device_folder() -> Path | None:
    """Where this system makes a file for each camera; None where it does not."""
    return Path("/dev") if sys.platform == "linux" else None


class DeviceWatcher(QObject):
    """``cameras_changed`` carries a tuple of ``CameraIdentity``: first what is there, then every
    change.

    ``folder`` is what ``device_folder`` says; without one the cameras are listed every two seconds.
    They are always looked for on ``lane``, which may be shared.
    """

    cameras_changed = Signal(object)

    def __init__(
        self,
        *,
        list_cameras: Callable[[], tuple[CameraIdentity, ...]],
        lane: Lane,
        folder: Path | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._list_cameras = list_cameras
        self._lane = lane
        self._folder = folder
        self._watcher: QFileSystemWatcher | None = None
        # A device is announced before it may be opened: its rights follow a moment later.
        self._timer = QTimer(self, singleShot=folder is not None)
        self._timer.setInterval(_SETTLE_MS if folder is not None else _POLL_MS)
        self._timer.timeout.connect(self._on_time)
        self._looking: Task | None = None
        self._look_again = False
        self._known: tuple[CameraIdentity, ...] | None = None

    @property
    def cameras(self) -> tuple[CameraIdentity, ...]:
        """As last told."""
        return self._known or ()

    def start(self) -> None:
        """Look now, and from now on."""
        if self._folder is not None:
            self._watcher = QFileSystemWatcher([str(self._folder)])
            self._watcher.directoryChanged.connect(self._on_folder_changed)
        else:
            self._timer.start()
        self.look()

    def stop(self) -> None:
        """Look no more; nothing is told after this."""
        self._watcher = None
        self._timer.stop()
        self._look_again = False
        if self._looking is not None:
            self._looking.cancel()

    def look(self) -> None:
        """Look again, for instance because a person asked."""
        if self._looking is not None:
            self._look_again = True
            return
        self._looking = Task(self._list)
        self._looking.succeeded.connect(self._on_listed)
        self._looking.finished.connect(self._on_looked)
        self._lane.submit(self._looking)

    def _list(self, _: CancelToken) -> tuple[CameraIdentity, ...]:
        return self._list_cameras()

    @Slot(str)
    def _on_folder_changed(self, _: str) -> None:
        self._timer.start()

    @Slot()
    def _on_time(self) -> None:
        self.look()

    @Slot(object)
    def _on_listed(self, cameras: tuple[CameraIdentity, ...]) -> None:
        if cameras != self._known:
            self._known = cameras
            self.cameras_changed.emit(cameras)

    @Slot()
    def _on_looked(self) -> None:
        self._looking = None
        if self._look_again:
            self._look_again = False
            self.look()
