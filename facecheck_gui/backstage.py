"""The threads behind a window: lanes, camera, devices, analysis; begun and ended together."""

from collections.abc import Callable

from facecheck_gui.camera.address import Backend
from facecheck_gui.camera.devices import list_cameras
from facecheck_gui.camera.source import SourceOpener
from facecheck_gui.settings.schema import Settings
from facecheck_gui.wiring import Wiring, report_bug
from facecheck_gui.workers.analysis import AnalysisWorker
from facecheck_gui.workers.camera import CameraWorker
from facecheck_gui.workers.devices import DeviceWatcher, device_folder
from facecheck_gui.workers.garbage import GarbageCollection
from facecheck_gui.workers.lane import Lane

_LANES = ("engine", "records", "looking", "files", "errands", "lookout", "badges")


class Lanes:
    """Where slow work goes. Errands and lookout are apart: a key store that asks to be unlocked
    must not hide a new camera. So are engine and records: an end is written down at once."""

    def __init__(self) -> None:
        made = (Lane(name, on_bug=report_bug) for name in _LANES)
        self.engine, self.records, self.looking, self.files, *others = made
        self.errands, self.lookout, self.badges = others

    def close(self) -> None:
        """End them; what hangs is left behind."""
        self.engine.close(0.3)
        self.records.close(0.3)
        for lane in (self.looking, self.files, self.errands, self.lookout, self.badges):
            lane.close(0.1)


class Backstage:
    """Everything that works beside the window. ``settings`` is asked for today's."""

    def __init__(
        self, wiring: Wiring, opener: SourceOpener, settings: Callable[[], Settings]
    ) -> None:
        self.wiring, self.settings = wiring, settings
        self._garbage = GarbageCollection()
        self._garbage.start()
        self.lanes = Lanes()
        self.camera = CameraWorker(open_source=opener)
        self.watcher = DeviceWatcher(
            list_cameras=lambda: list_cameras(Backend(settings().camera.backend)),
            lane=self.lanes.lookout,
            folder=device_folder(),
        )
        self.analysis = AnalysisWorker(lambda: wiring.analyser(settings()), on_bug=report_bug)

    def end(self) -> None:
        """End all threads; what hangs is left behind."""
        self.watcher.stop()
        self.camera.finish(0.3)
        self.analysis.finish(0.3)
        self.lanes.close()
        self.wiring.close()
        self._garbage.stop()
