"""All check-ups, one after the other, each on a short leash."""

import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue

from facecheck_gui.camera.address import Backend, CameraIdentity
from facecheck_gui.comparers.call_meter import MeterReading, MeterState
from facecheck_gui.doctor import cameras, cloud, installed, kept, remembered
from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.doctor.handshake import TriesServer, shake_hands
from facecheck_gui.doctor.libraries import load_library
from facecheck_gui.doctor.qt_trial import Trial, try_qt
from facecheck_gui.doctor.window import Window
from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.settings.places import Places, places
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore
from facecheck_gui.vision.engine_files import EngineFiles

_NOBODY_COUNTS = MeterReading(0, None, None, None, MeterState.FINE)


@dataclass(frozen=True, slots=True)
class Instruments:
    """What the doctor looks with; tests pass others.

    ``try_server`` None leaves the network alone. ``read_meter`` tells how many cloud calls are
    left. No check-up may take longer than ``limit_s`` seconds.
    """

    list_cameras: Callable[[Backend], Sequence[CameraIdentity]] = cameras.connected
    device_nodes: Callable[[], Sequence[Path]] = cameras.device_nodes
    engine_files: EngineFiles = field(default_factory=EngineFiles)
    read_meter: Callable[[], MeterReading] = lambda: _NOBODY_COUNTS
    try_server: TriesServer | None = shake_hands
    try_qt: Callable[[str], Trial] = try_qt
    load_library: Callable[[str], bool] = load_library
    places: Callable[[], Places] = places
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    system: str = sys.platform
    limit_s: float = 20.0


def examine(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments | None = None
) -> tuple[CheckUp, ...]:
    """One check-up for each topic, in their order. Never raises, changes nothing, sends no picture
    and no key. Takes about a second, much longer where something hangs: not for the window's
    thread."""
    tools = instruments or Instruments()
    settings = store.peek().settings
    wanted = settings.check.engine is EngineName.KUAIDI100
    window = Window(tools.environ, tools.system, tools.load_library, tools.try_qt)
    works: dict[Topic, Callable[[], CheckUp]] = {
        Topic.PYTHON: installed.python,
        Topic.WINDOW: window.check_up,
        Topic.FONT: window.font_check_up,
        Topic.OPENCV: lambda: installed.opencv(tools.load_library),
        Topic.CAMERAS: lambda: cameras.check_up(
            settings.camera, tools.list_cameras, tools.device_nodes
        ),
        Topic.ENGINE: lambda: installed.engine(tools.engine_files),
        Topic.SETTINGS: lambda: kept.settings(store),
        Topic.SECRETS: lambda: kept.secrets(secrets, wanted=wanted),
        Topic.CLOUD: lambda: cloud.check_up(settings.kuaidi100, tools.try_server, wanted=wanted),
        Topic.CALLS: lambda: kept.calls(tools.read_meter(), wanted=wanted),
        Topic.RECORDS: lambda: remembered.records(tools.places(), settings.records),
    }
    return tuple(_on_a_leash(topic, work, tools.limit_s) for topic, work in works.items())


def _on_a_leash(topic: Topic, work: Callable[[], CheckUp], limit_s: float) -> CheckUp:
    """What ``work`` found, whatever it does: a locked key store may ask and wait for ever."""
    found: SimpleQueue[CheckUp] = SimpleQueue()

    def run() -> None:
        try:
            found.put(work())
        except BaseException as error:  # the doctor outlives whatever is broken here
            found.put(CheckUp(topic, Outcome.FAILED, _told(error)))

    threading.Thread(target=run, name=f"doctor {topic.value}", daemon=True).start()
    try:
        return found.get(timeout=limit_s)
    except Empty:
        return CheckUp(topic, Outcome.NO_ANSWER, {"limit_s": limit_s})


def _told(error: BaseException) -> dict[str, Fact]:
    """The class alone: an exception's text may hold anything."""
    fault = error.fault.word if isinstance(error, FaceCheckError) else None
    return {"exception": type(error).__name__, "fault": fault}
