"""Loads references for the window, away from it: the last one asked for is the one that counts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.domain.image import Picture
from facecheck_gui.flows.reference import Reference, ReferenceLoader
from facecheck_gui.ui.widgets.painting import picture_of
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task, Work


class ReferenceDesk(QObject):
    """Holds the loaded reference. While another is loading there is none: the wrong person's photo
    is never compared by accident."""

    loading_started = Signal()
    loaded = Signal(object)
    load_failed = Signal(object)
    cleared = Signal()

    def __init__(self, lane: Lane, loader: ReferenceLoader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._loader = loader
        self._task: Task | None = None
        self._reference: Reference | None = None

    @property
    def reference(self) -> Reference | None:
        """What a check would compare with now."""
        return self._reference

    @property
    def loading(self) -> bool:
        """Whether one is on its way."""
        return self._task is not None

    def use(self, loader: ReferenceLoader) -> None:
        """From the next load on, ask this loader."""
        self._loader = loader

    def load_path(self, path: str) -> None:
        """A file that was opened, dropped or pasted as a path."""
        loader = self._loader
        self._load(lambda _: loader.from_path(Path(path)))

    def load_image(self, image: QImage, label: str) -> None:
        """A picture that was pasted or dropped as pixels."""
        loader = self._loader
        self._load(lambda _: loader.from_picture(picture_of(image, label)))

    def load_picture(self, picture: Picture) -> None:
        """A picture from the camera."""
        loader = self._loader
        self._load(lambda _: loader.from_picture(picture))

    def load_address(self, url: str) -> None:
        """A web address."""
        loader = self._loader
        self._load(lambda token: loader.from_address(url, token))

    def load_person(self, subject: Subject, photos: Callable[[], Sequence[bytes]]) -> None:
        """Somebody on the roster; ``photos`` is called away from the window."""
        loader = self._loader
        self._load(lambda _: loader.from_person(subject, photos()))

    def load_token(self, token: str) -> None:
        """A face token."""
        loader = self._loader
        self._load(lambda _: loader.from_token(token))

    def fail(self, error: FaceCheckError) -> None:
        """What was to become the reference could not even be had."""
        self._drop()
        self.load_failed.emit(error)

    @Slot()
    def clear(self) -> None:
        """Let go of the reference."""
        self._drop()
        self.cleared.emit()

    @Slot(int)
    def choose_face(self, index: int) -> None:
        """A person clicked another face."""
        if self._reference is not None:
            self._reference = self._reference.choosing(index)
            self.loaded.emit(self._reference)

    def _drop(self) -> None:
        self._reference = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def _load(self, work: Work) -> None:
        self._drop()
        self._task = Task(work)
        self._task.succeeded.connect(self._on_loaded)
        self._task.failed.connect(self._on_failed)
        task = self._task
        self.loading_started.emit()
        self._lane.submit(task)

    @Slot(object)
    def _on_loaded(self, reference: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self._reference = cast(Reference, reference)
            self.loaded.emit(reference)

    @Slot(object)
    def _on_failed(self, error: FaceCheckError) -> None:
        if self.sender() is not self._task or isinstance(error, Cancelled):
            return
        self._task = None
        self.load_failed.emit(error)
