"""The camera's thread as the window sees it: real threads, sources that the test plays."""

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from facecheck_gui.camera.address import CameraAddress, CameraStream, Demonstration, Sitter
from facecheck_gui.camera.health import Patience
from facecheck_gui.camera.preview import Fit
from facecheck_gui.camera.source import SourceOpener
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Pixels
from facecheck_gui.workers.camera import CameraWorker
from tests.camera.stories import noisy

HALL = CameraStream("http://hall.example/live")
DOOR = CameraStream("http://door.example/live")
IMPATIENT = Patience(silence_s=0.2, first_frame_s=0.2, opening_s=0.2, first_retry_s=0.01)


class PlayedSource:
    """Gives what the test puts in; a read waits for it, as one that hangs does."""

    size = (64, 48)
    may_repeat = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.steps: queue.SimpleQueue[Pixels | Exception | None] = queue.SimpleQueue()
        self.reads = 0
        self.released_by: threading.Thread | None = None
        self.read_by: set[threading.Thread] = set()

    def read(self) -> Pixels | None:
        self.read_by.add(threading.current_thread())
        step = self.steps.get(timeout=30)
        self.reads += 1
        if isinstance(step, Exception):
            raise step
        return step

    def release(self) -> None:
        self.released_by = threading.current_thread()


class Stage:
    """A worker, its sources by address, and what it told."""

    def __init__(self, patience: Patience) -> None:
        self.sources: dict[CameraAddress, list[PlayedSource]] = {}
        self.opened: queue.SimpleQueue[PlayedSource] = queue.SimpleQueue()
        self.worker = CameraWorker(open_source=self._open, patience=patience)
        self.listener = StateListener()
        self.worker.state_changed.connect(self.listener.on_state_changed)
        self.worker.frame_ready.connect(self.listener.on_frame_ready)

    def open(self, address: CameraAddress) -> PlayedSource:
        self.worker.open(address)
        return self.opened.get(timeout=5)

    def finish(self) -> None:
        for sources in self.sources.values():
            for source in sources:
                source.steps.put(None)
        self.worker.finish(5)

    def _open(self, address: CameraAddress) -> PlayedSource:
        source = PlayedSource(address.name)
        self.sources.setdefault(address, []).append(source)
        self.opened.put(source)
        return source


class StateListener(QObject):
    """Writes down states and wakes."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[CameraState, Fault | None]] = []
        self.wakes = 0
        self.threads: set[threading.Thread] = set()

    @Slot(object, object)
    def on_state_changed(self, state: CameraState, error: CameraError | None) -> None:
        self.told.append((state, error.fault if error else None))
        self.threads.add(threading.current_thread())

    @Slot()
    def on_frame_ready(self) -> None:
        self.wakes += 1
        self.threads.add(threading.current_thread())


@pytest.fixture
def make_stage(qapp: object) -> Iterator[Callable[..., Stage]]:
    stages: list[Stage] = []

    def make(patience: Patience | None = None) -> Stage:
        stages.append(Stage(patience or Patience()))
        return stages[-1]

    yield make
    for stage in stages:
        stage.finish()


def test_a_frame_becomes_a_preview_of_the_asked_size(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage()
    stage.worker.set_preview_size(96, 54)
    source = stage.open(HALL)
    source.steps.put(noisy(1))
    qtbot.waitUntil(lambda: stage.listener.wakes == 1)
    preview = stage.worker.take_preview()
    assert preview is not None
    assert preview.bgra.shape == (54, 96, 4)
    assert np.array_equal(preview.frame.pixels, noisy(1))
    assert stage.worker.take_preview() is None
    assert stage.worker.fresh_frame(5) is preview.frame
    assert stage.listener.threads == {threading.main_thread()}


def test_the_preview_follows_the_size_of_the_view(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage()
    source = stage.open(HALL)
    for wakes, size in enumerate(((40, 40), (20, 10)), start=1):
        stage.worker.set_preview_size(*size, Fit.COVER)
        source.steps.put(noisy(wakes))
        qtbot.waitUntil(lambda wakes=wakes: stage.listener.wakes == wakes)
        preview = stage.worker.take_preview()
        assert preview is not None
        assert preview.bgra.shape[1::-1] == size


def test_without_a_view_frames_come_all_the_same(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage()
    stage.open(HALL).steps.put(noisy(1))
    qtbot.waitUntil(lambda: stage.listener.wakes == 1)
    assert stage.worker.take_preview() is None
    newest = stage.worker.newest_frame()
    assert newest is not None
    assert newest.source == "hall.example"


def test_a_busy_window_is_woken_once_for_many_frames(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage()
    stage.worker.set_preview_size(32, 24)
    source = stage.open(HALL)
    for number in range(50):
        source.steps.put(noisy(number))
    source.steps.put(None)
    deadline = threading.Event()
    while source.reads < 51:
        assert not deadline.wait(0.01)
    qtbot.waitUntil(lambda: stage.listener.wakes > 0)
    preview = stage.worker.take_preview()
    assert stage.listener.wakes == 1
    assert preview is not None
    assert np.array_equal(preview.frame.pixels, noisy(49))


def test_states_come_in_order_with_their_cause(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage(IMPATIENT)
    source = stage.open(HALL)
    source.steps.put(noisy(1))
    source.steps.put(CameraError(Fault.CAMERA_LOST))
    again = stage.opened.get(timeout=5)
    again.steps.put(noisy(2))
    live = (CameraState.LIVE, None)
    opening = (CameraState.OPENING, None)
    lost = (CameraState.LOST, Fault.CAMERA_LOST)
    qtbot.waitUntil(lambda: stage.listener.told[:5] == [opening, live, lost, opening, live])
    stage.worker.close()
    assert stage.listener.told[-1] == (CameraState.CLOSED, None)
    assert stage.worker.state is CameraState.CLOSED


def test_a_read_that_hangs_is_told_although_its_thread_is_stuck(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage(IMPATIENT)
    source = stage.open(HALL)
    source.steps.put(noisy(1))
    silent = (CameraState.FROZEN, Fault.CAMERA_SILENT)
    qtbot.waitUntil(lambda: silent in stage.listener.told)
    with pytest.raises(CameraError) as caught:
        stage.worker.fresh_frame(60)
    assert caught.value.fault is Fault.CAMERA_SILENT
    source.steps.put(noisy(2))
    qtbot.waitUntil(lambda: stage.worker.state is CameraState.LIVE)


def test_another_camera_opens_while_the_first_one_hangs(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage()
    stuck = stage.open(HALL)
    other = stage.open(DOOR)
    other.steps.put(noisy(1))
    qtbot.waitUntil(lambda: stage.worker.state is CameraState.LIVE)
    stuck.steps.put(noisy(2))
    other.steps.put(noisy(3))
    qtbot.waitUntil(lambda: stuck.released_by is not None)
    newest = stage.worker.newest_frame()
    assert newest is not None
    assert newest.source == "door.example"
    assert stage.worker.state is CameraState.LIVE


def test_the_same_camera_is_let_go_before_it_is_opened_again(
    qtbot: QtBot, make_stage: Callable[..., Stage]
) -> None:
    stage = make_stage()
    first = stage.open(HALL)
    stage.worker.close()
    stage.worker.open(HALL)
    assert stage.opened.empty()
    first.steps.put(noisy(1))
    stage.opened.get(timeout=5)
    assert first.released_by is not None


def test_only_the_reading_thread_releases(qtbot: QtBot, make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    source = stage.open(HALL)
    source.steps.put(noisy(1))
    qtbot.waitUntil(lambda: stage.listener.wakes == 1)
    stage.worker.close()
    source.steps.put(noisy(2))
    qtbot.waitUntil(lambda: source.released_by is not None)
    assert {source.released_by} == source.read_by
    assert threading.main_thread() not in source.read_by


def test_after_close_nothing_more_is_told(qtbot: QtBot, make_stage: Callable[..., Stage]) -> None:
    stage = make_stage()
    stage.worker.set_preview_size(32, 24)
    source = stage.open(HALL)
    source.steps.put(noisy(1))
    source.steps.put(noisy(2))
    stage.worker.close()
    source.steps.put(noisy(3))
    qtbot.waitUntil(lambda: source.released_by is not None)
    assert stage.listener.told[-1][0] is CameraState.CLOSED
    assert stage.listener.wakes == 0
    assert stage.worker.take_preview() is None
    assert stage.worker.newest_frame() is None
    with pytest.raises(CameraError) as caught:
        stage.worker.fresh_frame()
    assert caught.value.fault is Fault.NO_FRAME


def test_the_demonstration_goes_live(qtbot: QtBot) -> None:
    portraits = {Sitter.COLLINS: noisy(1, 512, 512), Sitter.HOPPER: noisy(2, 512, 600)}
    worker = CameraWorker(open_source=SourceOpener(find_portrait=portraits.__getitem__))
    worker.set_preview_size(320, 240)
    worker.open(Demonstration())
    qtbot.waitUntil(lambda: worker.state is CameraState.LIVE)
    assert worker.fresh_frame(5).source == "demonstration"
    assert worker.finish(5)


LEAVING = """
import threading
from PySide6.QtCore import QCoreApplication
from facecheck_gui.camera.address import Demonstration
from facecheck_gui.workers.camera import CameraWorker
app = QCoreApplication([])
opening = threading.Event()
def hang(address):
    opening.set()
    threading.Event().wait(60)
worker = CameraWorker(open_source=hang)
worker.open(Demonstration())
opening.wait(5)
print(worker.finish(0.1))
"""


def test_the_program_ends_although_a_camera_hangs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVING], capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "False\n", "")
