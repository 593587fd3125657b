"""The composition root of the check-in station: builds, connects, runs, closes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from facecheck_gui.app import application, portrait
from facecheck_gui.backstage import Backstage
from facecheck_gui.bookkeeping.visits import is_code_of_the_day
from facecheck_gui.camera.address import Backend, CameraAddress, CameraDevice, CameraIdentity
from facecheck_gui.camera.devices import find
from facecheck_gui.camera.source import SourceOpener
from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.kiosk import KioskRules, Page, Way
from facecheck_gui.flows.capture import AutoCapture
from facecheck_gui.flows.kiosk import Kiosk
from facecheck_gui.flows.person_locks import PersonLocks
from facecheck_gui.i18n import Words, preferred_language
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore
from facecheck_gui.ui.kiosk.camera import KioskCamera
from facecheck_gui.ui.kiosk.desk import KioskDesk, KioskParts
from facecheck_gui.ui.kiosk.first_pages import StationTexts
from facecheck_gui.ui.kiosk.window import KioskWindow
from facecheck_gui.ui.live.badge_watch import BadgeWatch
from facecheck_gui.ui.live.checking import Checking
from facecheck_gui.ui.live.proving import Proving
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.look import Look
from facecheck_gui.vision.liveness.lock import FailureLock
from facecheck_gui.wiring import Wiring
from facecheck_gui.workers.task import Task


@dataclass(frozen=True, slots=True)
class Station:
    """The running station, for whoever drives it."""

    window: KioskWindow
    desk: KioskDesk
    wiring: Wiring
    settings: Settings


def rules_of(settings: Settings) -> KioskRules:
    """How the settings set a station up."""
    kiosk = settings.kiosk
    wanted = (
        (Way.BADGE, settings.badges.from_camera),
        (Way.KEYPAD, kiosk.keypad),
        (Way.SEARCH, kiosk.search),
    )
    ways = frozenset(way for way, holds in wanted if holds) or frozenset({Way.KEYPAD})
    asked = [Purpose.COMPARE]
    if settings.check.engine is EngineName.KUAIDI100:
        asked.append(Purpose.SEND_TO_CLOUD)
    if settings.records.keep_pictures:
        asked.append(Purpose.KEEP_CHECK_IN)
    return KioskRules(ways, tuple(asked), again_s=kiosk.again_min * 60.0)


def _address(
    settings: Settings, connected: Callable[[], tuple[CameraIdentity, ...]]
) -> CameraAddress | None:
    """The remembered camera, or the first; a station never takes another by itself."""
    camera, cameras = settings.camera, connected()
    if camera.name or camera.path:
        known = CameraIdentity(camera.name, camera.path, camera.vendor_id, camera.product_id)
        chosen = find(known, cameras)
    else:
        chosen = cameras[0] if cameras else None
    if chosen is None:
        return None
    return CameraDevice(chosen, Backend(camera.backend), camera.width_px, camera.height_px)


@contextmanager
def station(places: Places, *, fixed_camera: CameraAddress | None = None) -> Iterator[Station]:
    """The station with everything behind it; all threads have ended when the block ends."""
    qt = application()
    settings = SettingsStore(places.settings_file).load().settings
    words = Words(preferred_language(settings.general.language))
    look = Look(qt, settings.general.theme, places.cache / "theme")
    look.wear()
    wiring = Wiring(places, SecretStore().load)
    backstage = Backstage(wiring, SourceOpener(find_portrait=portrait), lambda: settings)
    rules = rules_of(settings)
    texts = StationTexts(
        settings.kiosk.operator, settings.kiosk.contact, settings.records.keep_pictures_days
    )
    window = KioskWindow(look, words, rules, texts)
    desk = KioskDesk(
        Kiosk(rules), _parts(backstage, window, words, settings, fixed_camera=fixed_camera)
    )
    try:
        backstage.watcher.start()
        backstage.analysis.start()
        backstage.lanes.engine.submit(Task(lambda _: wiring.on_device().warm_up()))
        desk.start()
        yield Station(window, desk, wiring, settings)
    finally:
        desk.stop()
        backstage.end()
        window.let_close()
        window.deleteLater()


def _parts(
    backstage: Backstage,
    window: KioskWindow,
    words: Words,
    settings: Settings,
    *,
    fixed_camera: CameraAddress | None,
) -> KioskParts:
    wiring, lanes, view = backstage.wiring, backstage.lanes, window.looking.view

    def address() -> CameraAddress | None:
        return fixed_camera or _address(settings, lambda: backstage.watcher.cameras)

    def badge_wanted() -> bool:
        return window.shown is Page.WHO and Way.BADGE in rules_of(settings).ways

    def right_code(typed: str) -> bool:
        return is_code_of_the_day(wiring.ledger(settings), typed, _now().date())

    verifier = wiring.verifier(settings.check.engine, settings)
    return KioskParts(
        window,
        words,
        words.language,
        KioskCamera(backstage.camera, address, window),
        Watching(backstage.analysis, wiring.guide(settings), view, words, capture=AutoCapture()),
        Proving(backstage.analysis, wiring.proof, view, words, FailureLock(time.monotonic)),
        BadgeWatch(lanes.badges, wiring.badge_reader, window, wanted=badge_wanted),
        Checking(lanes.engine, lanes.records, verifier),
        wiring.loader(settings),
        PersonLocks(time.monotonic),
        lambda: wiring.ledger(settings),
        lambda: settings,
        lanes.looking,
        lanes.records,
        lanes.engine,
        right_code,
        _now,
    )


def _now() -> datetime:
    return datetime.now().astimezone()
