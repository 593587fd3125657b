"""Cameras coming and going."""

import sys
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facecheck_gui.camera.address import CameraIdentity
from facecheck_gui.workers.devices import DeviceWatcher
from facecheck_gui.workers.lane import Lane

WEBCAM = CameraIdentity("Webcam", "/dev/video0", 1, 2)
SECOND = CameraIdentity("Second", "/dev/video2", 3, 4)


class Sockets:
    """What is plugged in, and who asked."""

    def __init__(self, *cameras: CameraIdentity) -> None:
        self.cameras = cameras
        self.asked_by: list[threading.Thread] = []

    def list_cameras(self) -> tuple[CameraIdentity, ...]:
        self.asked_by.append(threading.current_thread())
        return self.cameras


def test_what_is_there_is_told_first_from_another_thread(qtbot: QtBot, lane: Lane) -> None:
    sockets = Sockets(WEBCAM)
    watcher = DeviceWatcher(list_cameras=sockets.list_cameras, lane=lane, folder=None)
    with qtbot.waitSignal(watcher.cameras_changed) as told:
        watcher.start()
    watcher.stop()
    assert told.args == [(WEBCAM,)]
    assert watcher.cameras == (WEBCAM,)
    assert threading.main_thread() not in sockets.asked_by


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no file stands for a device")
def test_a_new_file_in_the_folder_is_noticed(qtbot: QtBot, lane: Lane, tmp_path: Path) -> None:
    sockets = Sockets(WEBCAM)
    watcher = DeviceWatcher(list_cameras=sockets.list_cameras, lane=lane, folder=tmp_path)
    with qtbot.waitSignal(watcher.cameras_changed):
        watcher.start()
    sockets.cameras = (WEBCAM, SECOND)
    with qtbot.waitSignal(watcher.cameras_changed) as told:
        (tmp_path / "video2").touch()
        (tmp_path / "video3").touch()
    watcher.stop()
    assert told.args == [(WEBCAM, SECOND)]
    assert len(sockets.asked_by) == 2


def test_the_same_cameras_are_told_once(qtbot: QtBot, lane: Lane) -> None:
    sockets = Sockets(WEBCAM)
    watcher = DeviceWatcher(list_cameras=sockets.list_cameras, lane=lane, folder=None)
    told: list[object] = []
    watcher.cameras_changed.connect(told.append)
    watcher.start()
    qtbot.waitUntil(lambda: len(told) == 1)
    watcher.look()
    watcher.look()
    qtbot.waitUntil(lambda: len(sockets.asked_by) == 3 and lane.is_idle)
    watcher.stop()
    assert told == [(WEBCAM,)]


def test_a_listing_that_hangs_is_left_behind(qtbot: QtBot, lane: Lane) -> None:
    started, let_go = threading.Event(), threading.Event()

    def hang() -> tuple[CameraIdentity, ...]:
        started.set()
        let_go.wait(30)
        return (WEBCAM,)

    watcher = DeviceWatcher(list_cameras=hang, lane=lane, folder=None)
    told: list[object] = []
    watcher.cameras_changed.connect(told.append)
    watcher.start()
    assert started.wait(5)
    watcher.stop()
    qtbot.waitUntil(lambda: lane.is_idle)
    let_go.set()
    assert told == []
