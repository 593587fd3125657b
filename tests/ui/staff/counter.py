"""The staff's counter in tests: the real window, threads and flows, a camera and an engine that do
what the test says."""

import itertools
import threading
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from facecheck_gui.camera.address import CameraAddress, CameraIdentity, CameraStream
from facecheck_gui.camera.health import Patience
from facecheck_gui.camera.source import OpenSource
from facecheck_gui.comparers.base import Comparer
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Threshold, Verification
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.face import Face, FaceBox, Landmarks
from facecheck_gui.domain.guidance import DESK
from facecheck_gui.domain.image import Frame, Picture, Pixels
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.domain.observation import Observation
from facecheck_gui.flows.capture import AutoCapture
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.flows.proof import MakeProof, Proof
from facecheck_gui.flows.recording import Recorder
from facecheck_gui.flows.reference import ReferenceLoader
from facecheck_gui.flows.review import Reviewer
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.schema import CameraSettings, Settings
from facecheck_gui.ui.live.checking import Checking
from facecheck_gui.ui.live.proving import Proving
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.camera_desk import CameraDesk
from facecheck_gui.ui.staff.desk import Desk, Eyes, Parts, Reviewing
from facecheck_gui.ui.staff.reference_desk import ReferenceDesk
from facecheck_gui.ui.staff.reference_sources import ReferenceSources
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.vision.guidance import Guide
from facecheck_gui.vision.liveness.lock import FailureLock
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of
from facecheck_gui.workers.analysis import AnalysisWorker, Observes
from facecheck_gui.workers.camera import CameraWorker
from facecheck_gui.workers.devices import DeviceWatcher
from facecheck_gui.workers.lane import Lane

CAMERA = CameraStream("http://front-desk.example/live")
_LIMITS = Settings().live_quality
_PATIENCE = Patience(silence_s=0.3, still_s=0.3, flat_s=0.3, first_retry_s=0.02)


class PlayedCamera:
    """Frames of noise, 60 a second, until it is unplugged; from the camera's thread."""

    name = "front desk"
    size = (64, 48)
    may_repeat = False

    def __init__(self) -> None:
        self.unplugged = threading.Event()
        self.covered = threading.Event()
        self._pace = threading.Event()
        self._seeds = itertools.count()

    def open(self, _: CameraAddress) -> "PlayedCamera":
        if self.unplugged.is_set():
            raise CameraError(Fault.CAMERA_ABSENT)
        return self

    def read(self) -> Pixels | None:
        self._pace.wait(1 / 60)
        if self.unplugged.is_set():
            raise CameraError(Fault.CAMERA_LOST)
        if self.covered.is_set():
            return np.zeros((48, 64, 3), np.uint8)
        random = np.random.default_rng(next(self._seeds))
        return random.integers(60, 200, (48, 64, 3), np.uint8)

    def release(self) -> None:
        return


def face(left: int, top: int, side: int) -> Face:
    """A face somewhere."""
    x, y = float(left), float(top)
    marks = Landmarks(
        left_eye_outer=(x + side * 0.8, y + side * 0.4),
        left_eye_inner=(x + side * 0.6, y + side * 0.4),
        right_eye_outer=(x + side * 0.2, y + side * 0.4),
        right_eye_inner=(x + side * 0.4, y + side * 0.4),
        nose_base=(x + side * 0.5, y + side * 0.6),
    )
    return Face(FaceBox(left, top, side, side), marks, 1.5)


class FetchesNothing:
    """A downloader for tests that need none."""

    def fetch(self, url: str, cancel: CancelToken) -> bytes:
        raise AssertionError(url)


class Looks:
    """An analyser that sees in every frame what the test says."""

    def __init__(self, sees: Callable[[Frame], Observation] = Observation) -> None:
        self.sees = sees

    def load(self) -> None:
        return

    def observe(self, frame: Frame) -> Observation:
        return self.sees(frame)


SEES_NOBODY = Looks()


def _proves_nothing(level: LivenessLevel, camera_name: str) -> Proof:
    raise AssertionError((level, camera_name))


class Counter:
    """Builds everything, and takes it down again with ``close``."""

    def __init__(
        self,
        qtbot: QtBot,
        look: Look,
        comparer: Comparer,
        geometry: QSettings,
        *,
        language: Language = Language.EN,
        find_faces: Callable[[Picture], tuple[Face, ...]] = lambda _: (face(10, 10, 30),),
        looks: Observes = SEES_NOBODY,
        capture: AutoCapture | None = None,
        make_proof: MakeProof = _proves_nothing,
        open_source: OpenSource | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.qtbot, self.words = qtbot, Words(language)
        self.recorder = recorder
        self.played = PlayedCamera()
        self.bugs: list[BaseException] = []
        self.ends: list[Verification] = []
        self.window = StaffWindow(look, self.words, geometry)
        self.lane, self.errands = (Lane(n, on_bug=self.bugs.append) for n in ("engine", "errands"))
        self.camera = CameraWorker(open_source=open_source or self.played.open, patience=_PATIENCE)
        self.connected: tuple[CameraIdentity, ...] = ()
        self.watcher = DeviceWatcher(
            list_cameras=lambda: self.connected, lane=self.errands, folder=None
        )
        self.records = Lane("records", on_bug=self.bugs.append)
        self.checking = Checking(self.lane, self.records, self.verifier(comparer))
        self.references = ReferenceDesk(self.lane, ReferenceLoader(find_faces, FetchesNothing()))
        self.camera_desk = CameraDesk(
            self.camera,
            self.watcher,
            view=self.window.live.view,
            picker=self.window.top_bar.cameras,
            notices=self.window.notices,
            words=self.words,
            settings=CameraSettings(),
            fixed=CAMERA,
        )
        self.inspector = Inspector(
            lambda picture, _: find_faces(picture), pose_of, QualityJudge(limits_of(_LIMITS))
        )
        self.analysis = AnalysisWorker(lambda: looks, on_bug=self.bugs.append, per_second=30)
        self.watching = Watching(
            self.analysis, Guide(DESK), self.window.live.view, self.words, capture=capture
        )
        self.proving = Proving(
            self.analysis,
            make_proof,
            self.window.live.view,
            self.words,
            FailureLock(time.monotonic),
        )
        self.desk = Desk(
            Parts(
                self.window,
                look,
                self.words,
                self.camera,
                self.camera_desk,
                self.references,
                self.checking,
                Eyes(self.watching, self.proving),
                Reviewing(lambda: Reviewer(self.inspector, self.inspector), self.lane),
            )
        )
        self.sources = ReferenceSources(self.window, self.references, self.camera, self.words)
        self.checking.ended.connect(self.ends.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.camera_desk.start()
        self.analysis.start()
        self.desk.forget_verdict()

    def verifier(self, comparer: Comparer, threshold: Threshold | None = None) -> Verifier:
        """A verifier whose bugs the test sees."""
        return Verifier(
            comparer,
            threshold or Threshold(),
            on_bug=self.bugs.append,
            recorder=self.recorder,
        )

    def load(self, picture: Picture) -> None:
        """Load a reference and wait until it is there."""
        with self.qtbot.waitSignal(self.references.loaded):
            self.references.load_picture(picture)

    def wait_until_live(self) -> None:
        """Wait for the first pictures."""
        self.qtbot.waitUntil(lambda: self.camera.state.value == "live")

    def wait_for_end(self) -> Verification:
        """Wait until a check has ended, and give its verification."""
        self.qtbot.waitUntil(lambda: bool(self.ends))
        return self.ends[-1]

    def close(self) -> None:
        """End all threads."""
        self.watcher.stop()
        assert self.camera.finish(3)
        assert self.analysis.finish(3)
        assert self.lane.close(3)
        assert self.records.close(3)
        assert self.errands.close(3)
        self.window.close()
