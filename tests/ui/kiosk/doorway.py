"""The station in tests: the real window, machine, desk, threads and records; a camera, eyes and an
engine that do what the test says."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.checks import consent_of
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import write_person
from facecheck_gui.camera.health import Patience
from facecheck_gui.comparers.base import Comparer
from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.check_in import Person, Transport
from facecheck_gui.domain.comparison import Threshold
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.face import FaceType, Pose
from facecheck_gui.domain.guidance import DESK
from facecheck_gui.domain.image import Frame, Picture
from facecheck_gui.domain.kiosk import KioskRules, Page, Screen, Way
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.flows.capture import AutoCapture
from facecheck_gui.flows.kiosk import Kiosk
from facecheck_gui.flows.person_locks import PersonLocks
from facecheck_gui.flows.proof import Proof
from facecheck_gui.flows.recording import Recorder
from facecheck_gui.flows.reference import ReferenceLoader
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.i18n import Language, Words
from facecheck_gui.imaging.encode import to_jpeg
from facecheck_gui.records.album import NewPhoto
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings, Settings
from facecheck_gui.ui.kiosk.camera import KioskCamera
from facecheck_gui.ui.kiosk.desk import KioskDesk, KioskParts
from facecheck_gui.ui.kiosk.first_pages import StationTexts
from facecheck_gui.ui.kiosk.window import KioskWindow
from facecheck_gui.ui.live.badge_watch import BadgeWatch
from facecheck_gui.ui.live.checking import Checking
from facecheck_gui.ui.live.proving import Proving
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.look import Look
from facecheck_gui.vision.guidance import Guide
from facecheck_gui.vision.liveness.lock import FailureLock
from facecheck_gui.workers.analysis import AnalysisWorker
from facecheck_gui.workers.camera import CameraWorker
from facecheck_gui.workers.lane import Lane
from tests import fakes
from tests.ui.staff.counter import CAMERA, FetchesNothing, Looks, PlayedCamera, face

CODE = "4711"
_PATIENCE = Patience(silence_s=0.3, still_s=0.3, flat_s=0.3, first_retry_s=0.02)
_THERE = face(24, 16, 16)


def sees_somebody(frame: Frame) -> Observation:
    """A good face in the middle."""
    return Observation(frame, (_THERE,), Pose(0, 0, 0), QualityReport(()))


def _proves_nothing(level: LivenessLevel, camera_name: str) -> Proof:
    raise AssertionError((level, camera_name))


class HeldUp:
    """A badge reader that sees what the test holds up."""

    def __init__(self) -> None:
        self.code = ""

    def read(self, _: object) -> str:
        return self.code


class Doorway:
    """Builds everything, and takes it down again with ``close``."""

    def __init__(self, qtbot: QtBot, look: Look, comparer: Comparer, folder: Path) -> None:
        self.qtbot, self.words = qtbot, Words(Language.EN)
        self.bugs: list[BaseException] = []
        places = Places(folder / "s.json", folder / "data", folder / "c", folder / "state")
        self.ledger = LateLedger(places, RecordsSettings(station="Door"))
        self.settings = Settings().changed(kiosk__liveness=LivenessLevel.NONE, kiosk__search=True)
        self.lanes = {
            name: Lane(name, on_bug=self.bugs.append)
            for name in ("engine", "records", "looking", "badges")
        }
        rules = KioskRules(frozenset(Way), (Purpose.COMPARE,))
        texts = StationTexts("Hospital", "reception")
        self.window = KioskWindow(look, self.words, rules, texts)
        self.played, self.looks, self.held_up = PlayedCamera(), Looks(), HeldUp()
        self.worker = CameraWorker(open_source=self.played.open, patience=_PATIENCE)
        self.camera = KioskCamera(self.worker, lambda: CAMERA, self.window)
        self.analysis = AnalysisWorker(lambda: self.looks, on_bug=self.bugs.append, per_second=30)
        view = self.window.looking.view
        watching = Watching(
            self.analysis, Guide(DESK), view, self.words, capture=AutoCapture(hold_s=0.2)
        )
        lock = FailureLock(time.monotonic)
        proving = Proving(self.analysis, _proves_nothing, view, self.words, lock)
        badges = BadgeWatch(
            self.lanes["badges"],
            lambda: self.held_up,
            self.window,
            wanted=lambda: self.screen.page is Page.WHO,
        )
        self.checking = Checking(
            self.lanes["engine"], self.lanes["records"], self._verifier(comparer)
        )
        self.clock = fakes.FakeClock()
        self.locks = PersonLocks(self.clock)
        loader = ReferenceLoader(lambda _: (_THERE,), FetchesNothing())
        self.desk = KioskDesk(
            Kiosk(rules),
            KioskParts(
                self.window,
                self.words,
                Language.EN,
                self.camera,
                watching,
                proving,
                badges,
                self.checking,
                loader,
                self.locks,
                lambda: self.ledger,
                lambda: self.settings,
                self.lanes["looking"],
                self.lanes["records"],
                self.lanes["engine"],
                lambda code: code == CODE,
                lambda: datetime.now(UTC),
                self.clock,
            ),
        )
        qtbot.addWidget(self.window, before_close_func=lambda w: w.let_close())
        self.window.resize(1080, 1920)
        self.window.show()
        self.analysis.start()
        self.desk.start()

    def _verifier(self, comparer: Comparer) -> Verifier:
        recorder = Recorder(
            self.ledger,
            Transport.NONE,
            "door",
            lambda: datetime.now(UTC),
            consent=lambda subject: consent_of(self.ledger, subject, leaves=False),
        )
        return Verifier(comparer, Threshold(), on_bug=self.bugs.append, recorder=recorder)

    @property
    def screen(self) -> Screen:
        """What is shown."""
        return self.desk.machine.screen

    def enrol(
        self, person_id: str = "00417", name: str = "Zhang Wei", *, photo: bool = True
    ) -> None:
        """Put somebody on the roster."""
        write_person(self.ledger, Person(person_id, name))
        if photo:
            jpeg = to_jpeg(Picture(fakes.picture(64, 48, 90).pixels))
            self.ledger.books().album.put_references(person_id, [NewPhoto(jpeg, FaceType.LIVE)])

    def see(self, *events: k.Event) -> None:
        """Somebody does this."""
        for event in events:
            self.desk.see(event)

    def to_who(self) -> None:
        """Touch, choose a language, agree."""
        self.see(
            k.Touched(), k.LanguageChosen(), k.Ticked(Purpose.COMPARE, ticked=True), k.Agreed()
        )

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(what)

    def until_page(self, page: Page) -> None:
        """Wait for this page."""
        self.qtbot.waitUntil(lambda: self.screen.page is page)

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: all(lane.is_idle for lane in self.lanes.values()))

    def close(self) -> None:
        """End all threads."""
        self.desk.stop()
        self.rest()
        assert self.worker.finish(3)
        assert self.analysis.finish(3)
        assert all(lane.close(3) for lane in self.lanes.values())
        self.window.let_close()
        self.ledger.close()
        assert self.bugs == []
