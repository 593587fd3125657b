"""The composition root of the window: builds, connects, runs, closes."""

import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, QSocketNotifier
from PySide6.QtWidgets import QApplication

from facecheck_gui import resources
from facecheck_gui.backstage import Backstage
from facecheck_gui.camera.address import CameraAddress, Sitter
from facecheck_gui.camera.source import SourceOpener
from facecheck_gui.domain.image import Pixels
from facecheck_gui.i18n import Words, preferred_language
from facecheck_gui.imaging.files import read_file
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore
from facecheck_gui.ui.live.badge_watch import BadgeWatch
from facecheck_gui.ui.live.checking import Checking
from facecheck_gui.ui.live.proving import Proving
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.camera_desk import CameraDesk
from facecheck_gui.ui.staff.desk import Desk, Eyes, Parts, Reviewing
from facecheck_gui.ui.staff.preferences import Preferences, Workshop
from facecheck_gui.ui.staff.records_desk import RecordsDesk, RecordsParts
from facecheck_gui.ui.staff.reference_desk import ReferenceDesk
from facecheck_gui.ui.staff.reference_sources import ReferenceSources
from facecheck_gui.ui.staff.studio import Studio
from facecheck_gui.ui.staff.text_dialog import TextDialog
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.vision.liveness.lock import FailureLock
from facecheck_gui.wiring import Wiring, report_bug
from facecheck_gui.workers.analysis import AnalysisWorker
from facecheck_gui.workers.camera import CameraWorker
from facecheck_gui.workers.devices import DeviceWatcher
from facecheck_gui.workers.task import Task

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def portrait(sitter: Sitter) -> Pixels:
    """Who sits for the demonstration's camera."""
    return read_file(resources.path("demo", f"{sitter.value}.jpg")).pixels


def application() -> QApplication:
    """The one QApplication, with our names on it."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    made = QApplication(sys.argv[:1])
    made.setApplicationName("facecheck")
    made.setApplicationDisplayName("FaceCheck")
    made.setDesktopFileName("facecheck")
    return made


@dataclass(frozen=True, slots=True)
class Staff:
    """The running staff window, for whoever drives it: a person or the demonstration."""

    window: StaffWindow
    desk: Desk
    references: ReferenceDesk
    checking: Checking
    preferences: Preferences
    camera: CameraWorker
    opener: SourceOpener
    watching: Watching
    analysis: AnalysisWorker


class _Connections(QObject):
    """The slots between the parts that no part owns."""

    def __init__(self, staff: Staff, camera_desk: CameraDesk, wiring: Wiring, words: Words) -> None:
        super().__init__()
        self._staff, self._camera_desk = staff, camera_desk
        self._wiring, self._words = wiring, words
        self._settings = staff.preferences.settings
        staff.preferences.changed.connect(self._on_settings_changed)
        staff.preferences.key_changed.connect(self._on_key_changed)
        staff.preferences.language_changed.connect(staff.desk.retranslate)
        staff.preferences.language_changed.connect(camera_desk.retranslate)
        staff.checking.ended.connect(self._on_check_ended)
        camera_desk.remember_requested.connect(staff.preferences.remember)
        staff.window.live.view.action_requested.connect(self._on_camera_action)
        staff.window.top_bar.cameras.other_requested.connect(self._on_other_camera)

    def _on_settings_changed(self, settings: Settings) -> None:
        before, self._settings = self._settings, settings
        self._camera_desk.use(settings.camera)
        if _watches_otherwise(before, settings):
            self._staff.analysis.use(lambda: self._wiring.analyser(settings))
            self._staff.watching.use(self._wiring.guide(settings), self._wiring.capture(settings))
        if _decides_alike(before, settings):
            return  # language, look or camera: the verdict on the screen still holds
        self._staff.checking.use(self._wiring.verifier(settings.check.engine, settings, gated=True))
        self._staff.references.use(self._wiring.loader(settings))
        self._staff.desk.forget_verdict()

    def _on_key_changed(self) -> None:
        self._wiring.forget_cloud()
        settings = self._settings
        self._staff.checking.use(self._wiring.verifier(settings.check.engine, settings, gated=True))

    def _on_check_ended(self, _: object) -> None:
        self._staff.preferences.refresh_notices()

    def _on_camera_action(self, index: int) -> None:
        if index == 0:
            self._camera_desk.retry()
        else:
            self._staff.window.top_bar.cameras.showPopup()

    def _on_other_camera(self) -> None:
        refusal = self._words.text("staff_camera.dialog_refused")
        dialog = TextDialog(
            self._words,
            "staff_camera.dialog_title",
            "staff_camera.dialog_prompt",
            check=lambda text: "" if self._camera_desk.type_address(text) else refusal,
            parent=self._staff.window,
        )
        dialog.exec()


def _watches_otherwise(before: Settings, after: Settings) -> bool:
    groups = ("guidance", "capture", "live_quality")
    return any(getattr(before, group) != getattr(after, group) for group in groups)


def _decides_alike(before: Settings, after: Settings) -> bool:
    groups = ("check", "device", "kuaidi100", "training", "live_quality", "reference_quality")
    return all(getattr(before, group) == getattr(after, group) for group in groups)


def _eyes(
    analysis: AnalysisWorker, wiring: Wiring, settings: Settings, view: CameraView, words: Words
) -> Eyes:
    """What looks at the live picture."""
    capture = wiring.capture(settings)
    watching = Watching(analysis, wiring.guide(settings), view, words, capture=capture)
    return Eyes(watching, Proving(analysis, wiring.proof, view, words, FailureLock(time.monotonic)))


def _camera_desk(
    camera: CameraWorker,
    watcher: DeviceWatcher,
    window: StaffWindow,
    words: Words,
    *,
    settings: Settings,
    fixed: CameraAddress | None,
) -> CameraDesk:
    return CameraDesk(
        camera,
        watcher,
        view=window.live.view,
        picker=window.top_bar.cameras,
        notices=window.notices,
        words=words,
        settings=settings.camera,
        fixed=fixed,
    )


def _watch_badges(
    backstage: Backstage,
    camera: CameraDesk,
    records: RecordsDesk,
    window: StaffWindow,
    checking: Checking,
) -> None:
    def wanted() -> bool:
        return backstage.settings().badges.from_camera and not checking.running

    reader = backstage.wiring.badge_reader
    badges = BadgeWatch(backstage.lanes.badges, reader, window, wanted=wanted)
    camera.frame_seen.connect(badges.see_frame)
    badges.code_seen.connect(records.see_code)
    badges.code_scanned.connect(records.load_code)


def _studio(
    backstage: Backstage, camera: CameraDesk, eyes: Eyes, desk: Desk, *, look: Look, words: Words
) -> Studio:
    return Studio(
        camera,
        backstage.analysis,
        eyes.watching,
        look,
        words,
        fresh_frame=backstage.camera.fresh_frame,
        make_guide=lambda: backstage.wiring.guide(backstage.settings()),
        clear=desk.forget_verdict,
    )


def _records_desk(
    window: StaffWindow,
    references: ReferenceDesk,
    look: Look,
    words: Words,
    geometry: QSettings,
    *,
    backstage: Backstage,
    studio: Studio,
) -> RecordsDesk:
    lanes, wiring, settings = backstage.lanes, backstage.wiring, backstage.settings
    return RecordsDesk(
        RecordsParts(
            window,
            references,
            look,
            words,
            geometry,
            lambda: wiring.ledger(settings()),
            settings,
            errands=lanes.errands,
            looking=lanes.looking,
            writing=lanes.records,
            files=lanes.files,
            engine=lanes.engine,
            enrolment=lambda known: wiring.enrolment(settings(), known),
            take_portrait=studio.take,
        )
    )


@contextmanager
def staff_window(places: Places, *, fixed_camera: CameraAddress | None = None) -> Iterator[Staff]:
    """The staff window with everything behind it; all threads have ended when the block ends."""
    qt = application()
    store, secrets = SettingsStore(places.settings_file), SecretStore()
    loaded = store.load()
    settings = loaded.settings
    words = Words(preferred_language(settings.general.language))
    look = Look(qt, settings.general.theme, places.cache / "theme")
    look.wear()
    wiring = Wiring(places, secrets.load)
    opener = SourceOpener(find_portrait=portrait)
    backstage = Backstage(wiring, opener, lambda: preferences.settings)
    lanes, camera, analysis = backstage.lanes, backstage.camera, backstage.analysis
    geometry = QSettings(str(places.window_state), QSettings.Format.IniFormat)
    window = StaffWindow(look, words, geometry)
    checking = Checking(
        lanes.engine, lanes.records, wiring.verifier(settings.check.engine, settings, gated=True)
    )
    references = ReferenceDesk(lanes.engine, wiring.loader(settings))
    camera_desk = _camera_desk(
        camera, backstage.watcher, window, words, settings=settings, fixed=fixed_camera
    )
    eyes = _eyes(analysis, wiring, settings, window.live.view, words)
    workshop = Workshop(
        store,
        secrets,
        lanes.errands,
        wiring.connection_test,
        lambda s: wiring.meter(s).read(),
        # Made further down, and asked for later.
        lambda: records.settings_page(),  # noqa: PLW0108
        lambda before, after: records.may_move(before, after),  # noqa: PLW0108
    )
    preferences = Preferences(loaded, workshop, window, look, words)
    reviewing = Reviewing(lambda: wiring.reviewer(preferences.settings), lanes.engine)
    desk = Desk(
        Parts(window, look, words, camera, camera_desk, references, checking, eyes, reviewing)
    )
    records = _records_desk(
        window,
        references,
        look,
        words,
        geometry,
        backstage=backstage,
        studio=_studio(backstage, camera_desk, eyes, desk, look=look, words=words),
    )
    checking.ended.connect(records.see_check)
    _watch_badges(backstage, camera_desk, records, window, checking)
    ReferenceSources(window, references, camera, words)
    staff = Staff(
        window, desk, references, checking, preferences, camera, opener, eyes.watching, analysis
    )
    connections = _Connections(staff, camera_desk, wiring, words)
    try:
        window.show()
        camera_desk.start()
        analysis.start()
        desk.forget_verdict()
        window.focus_check()
        records.start()
        lanes.engine.submit(Task(lambda _: wiring.on_device().warm_up()))
        yield staff
    finally:
        checking.cancel()
        records.close()
        backstage.end()
        window.close()
        window.deleteLater()
        connections.deleteLater()


def _on_bug(kind: type[BaseException], bug: BaseException, _: object) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        report_bug(bug)


@contextmanager
def ended_by_signals(qt: QApplication) -> Iterator[None]:
    """SIGTERM and Ctrl+C end the event loop at once: Python alone would only see them later."""
    reading, writing = socket.socketpair()
    writing.setblocking(False)  # noqa: FBT003 - the socket's way
    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(qt.quit)
    before = signal.set_wakeup_fd(writing.fileno())
    handlers = {number: signal.signal(number, lambda *_: None) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before)
        notifier.setEnabled(False)
        with suppress(OSError):
            reading.close()
            writing.close()


def run(places: Places, *, fixed_camera: CameraAddress | None = None) -> int:
    """Open the staff window and run it until it is closed; the exit code."""
    qt = application()
    sys.excepthook = _on_bug
    with ended_by_signals(qt), staff_window(places, fixed_camera=fixed_camera):
        return int(qt.exec())
