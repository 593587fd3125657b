"""The Qt-free half of the composition: settings -> comparers, verifiers, reference loader.

Window and command line share it, so that both mean the same by the same settings.
"""

import getpass
import logging
import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from facecheck_gui.bookkeeping.checks import consent_of, keep_picture
from facecheck_gui.bookkeeping.ledger import LateLedger, utc_now
from facecheck_gui.comparers.base import Comparer
from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.comparers.kuaidi100 import ConnectionReport, Kuaidi100Comparer
from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.comparers.payloads import Payloads
from facecheck_gui.comparers.simulated import SimulatedComparer
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Transport
from facecheck_gui.domain.comparison import EngineName, Verification
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.domain.observation import Observation
from facecheck_gui.flows.capture import AutoCapture
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.gate import refusals
from facecheck_gui.flows.inspection import Inspector, ProbeGate
from facecheck_gui.flows.proof import Proof
from facecheck_gui.flows.recording import Recorder
from facecheck_gui.flows.reference import Fetches, ReferenceLoader
from facecheck_gui.flows.review import Reviewer
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.settings.endpoint import is_plain_http
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import (
    CloudSettings,
    LiveQualitySettings,
    Settings,
)
from facecheck_gui.vision.analysis import LiveAnalyser
from facecheck_gui.vision.embedding import Embedding
from facecheck_gui.vision.following import FaceFollower
from facecheck_gui.vision.guidance import Guide
from facecheck_gui.vision.liveness.session import LivenessSession
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.light import backlit
from facecheck_gui.vision.quality.limits import limits_of

if TYPE_CHECKING:
    from facecheck_gui.vision.badge_reader import BadgeReader

_LOG = logging.getLogger("facecheck")
# The wall behind is brighter than the face by a quarter of the whole scale.
_BACKLIT = 0.25


class Wiring:
    """Makes what the settings ask for. The engine on this device is made once and kept, and the
    cloud comparer as long as its settings stay the same: they hold what was made of the loaded
    reference. ``credentials`` is asked at each cloud check."""

    def __init__(self, places: Places, credentials: Callable[[], Credentials | None]) -> None:
        self._places = places
        self._credentials = credentials
        self._device: OnDeviceComparer | None = None
        self._ledger: tuple[tuple[str, str], LateLedger] | None = None
        self._cloud: tuple[CloudSettings, Kuaidi100Comparer] | None = None

    def on_device(self) -> OnDeviceComparer:
        """The engine on this device. Its parts are loaded by whichever thread first uses them."""
        if self._device is None:
            self._device = on_this_device(self._places.cache)
        return self._device

    def cloud(self, settings: Settings) -> Kuaidi100Comparer:
        """The cloud comparer for these settings."""
        if self._cloud is None or self._cloud[0] != settings.kuaidi100:
            self._cloud = (settings.kuaidi100, self._new_cloud(settings))
        return self._cloud[1]

    def forget_cloud(self) -> None:
        """Key and secret may have changed: make the next cloud comparer anew."""
        self._cloud = None

    def _new_cloud(self, settings: Settings) -> Kuaidi100Comparer:
        from facecheck_gui.web.exchange import Exchange

        cloud = settings.kuaidi100
        exchange = Exchange(
            connect_timeout_s=cloud.connect_timeout_s,
            deadline_s=cloud.deadline_s,
            trust_env=cloud.use_system_proxy,
            verify=cloud.ca_file or True,
        )
        return Kuaidi100Comparer(
            exchange,
            self._credentials,
            cloud.endpoint,
            meter=self.meter(settings),
            pacing=Pacing(calls_per_second=cloud.calls_per_second, clock=time.monotonic),
            payloads=Payloads(reuse_tokens=cloud.reuse_tokens),
            allow_http=cloud.allow_http,
        )

    def connection_test(self, settings: Settings) -> Callable[[CancelToken], ConnectionReport]:
        """What the button "Test the connection" does; nothing is billed."""
        return lambda cancel: self._new_cloud(settings).test_connection(cancel)

    def meter(self, settings: Settings) -> CallMeter:
        """The count of cloud calls for the package in the settings."""
        cloud = settings.kuaidi100
        return CallMeter(
            self._places.call_tally,
            size=cloud.package_calls,
            expires=cloud.package_expires,
            clock=utc_now,
        )

    def comparer(self, engine: EngineName, settings: Settings) -> Comparer:
        """The comparer called ``engine``."""
        if engine is EngineName.DEVICE:
            return self.on_device()
        if engine is EngineName.KUAIDI100:
            return self.cloud(settings)
        training = settings.training
        return SimulatedComparer(
            training.outcome, training.delay_s, threshold=settings.threshold(engine)
        )

    def verifier(self, engine: EngineName, settings: Settings, *, gated: bool = False) -> Verifier:
        """A verifier on ``engine`` with the threshold that belongs to it; ``gated`` keeps poor
        pictures from the cloud, as a station does, whose camera can take another one."""
        comparer = self.comparer(engine, settings)
        gate = self.gate(settings) if gated and engine is EngineName.KUAIDI100 else None
        return Verifier(
            comparer,
            settings.threshold(engine),
            on_bug=report_bug,
            gate=gate,
            recorder=self.recorder(engine, settings),
        )

    def recorder(self, engine: EngineName, settings: Settings) -> Recorder:
        """What writes down every attempt on ``engine``."""
        transport = Transport.NONE
        if engine is EngineName.KUAIDI100:
            plain = is_plain_http(settings.kuaidi100.endpoint)
            transport = Transport.HTTP if plain else Transport.HTTPS
        ledger = self.ledger(settings)
        keep: Callable[[Verification], None] = lambda _: None  # noqa: E731 - keeps nothing
        if settings.records.keep_pictures:
            keep = partial(keep_picture, ledger)
        return Recorder(
            ledger,
            transport,
            settings.records.operator or account_name(),
            utc_now,
            consent=partial(consent_of, ledger, leaves=transport is not Transport.NONE),
            keep_picture=keep,
        )

    def ledger(self, settings: Settings) -> LateLedger:
        """The records; opened when something is first written down or read."""
        asked = (settings.records.database, settings.records.station)
        if self._ledger is None or self._ledger[0] != asked:
            if self._ledger is not None:
                self._ledger[1].close()
            self._ledger = (asked, LateLedger(self._places, settings.records))
        return self._ledger[1]

    def inspector(self, limits: LiveQualitySettings) -> Inspector:
        """What looks closely at still pictures and holds them to ``limits``."""
        return Inspector(self.on_device().faces, pose_of, QualityJudge(limits_of(limits)))

    def reviewer(self, settings: Settings) -> Reviewer:
        """What measures both pictures of a check again."""
        live, reference = settings.live_quality, settings.reference_quality
        return Reviewer(self.inspector(live), self.inspector(reference))

    def enrolment(self, settings: Settings, known: FaceIndex) -> Enrolment:
        """What examines photos on their way to the roster; ``known`` are the faces on it."""

        def embed(pixels: Pixels, face: Face) -> bytes:
            return self.on_device().embedding(pixels, face).astype("<f4").tobytes()

        inspector = self.inspector(settings.reference_quality)
        return Enrolment(self.on_device().faces, inspector, embed, known, refusals)

    def gate(self, settings: Settings) -> ProbeGate:
        """What keeps poor probes from a comparer whose every call has its price."""
        return ProbeGate(self.inspector(settings.live_quality), refusals)

    def analyser(self, settings: Settings) -> LiveAnalyser:
        """What looks at live frames; for the one thread that made it."""
        judge = QualityJudge(limits_of(settings.live_quality))
        return LiveAnalyser(FaceFollower(self.on_device().finder), judge)

    @staticmethod
    def badge_reader() -> "BadgeReader":
        """What reads badges; loaded with the first frame that is looked at."""
        from facecheck_gui.vision.badge_reader import BadgeReader

        return BadgeReader()

    def proof(self, level: LivenessLevel, camera_name: str) -> Proof:
        """What finds out whether a living person stands before a camera of this name."""

        def embed(frame: Frame, face: Face) -> Embedding:
            return self.on_device().embedding(frame.pixels, face)

        return Proof(
            LivenessSession(
                level,
                clock=time.monotonic,
                # Nobody may guess what is asked next.
                chance=random.SystemRandom(),
                embed=embed,
                camera_name=camera_name,
            )
        )

    @staticmethod
    def guide(settings: Settings) -> Guide:
        """What says the one thing to do next."""
        return Guide(settings.guidance.distances, backlit=_is_backlit)

    @staticmethod
    def capture(settings: Settings) -> AutoCapture | None:
        """What takes a good picture by itself; None where people do that."""
        asked = settings.capture
        if not asked.automatic:
            return None
        return AutoCapture(hold_s=asked.hold_s, burst_frames=asked.frames)

    def loader(self, settings: Settings) -> ReferenceLoader:
        """What makes references out of files, bytes and addresses."""
        return ReferenceLoader(
            self.on_device().faces,
            self.downloader(settings),
            inspector=self.inspector(settings.reference_quality),
            leave_addresses=settings.kuaidi100.leave_addresses,
        )

    def downloader(self, settings: Settings) -> Fetches:
        """What fetches photos from web addresses."""
        return _LateDownloader(settings.kuaidi100.ca_file)

    def close(self) -> None:
        """Let go of the engine and of the records."""
        if self._device is not None:
            self._device.close()
        if self._ledger is not None:
            self._ledger[1].close()


def account_name() -> str:
    """Who runs the program, as the system calls them; "" where it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _is_backlit(observation: Observation) -> bool:
    face = observation.face
    return face is not None and backlit(observation.frame.pixels, face) > _BACKLIT


@dataclass(frozen=True, slots=True)
class _LateDownloader:
    """Brings the network's libraries along with the first address: they take 0.13 s to load."""

    ca_file: str

    def fetch(self, url: str, cancel: CancelToken) -> bytes:
        from facecheck_gui.web.download import Downloader

        return Downloader.for_pictures(ca_file=self.ca_file).fetch(url, cancel)


def report_bug(bug: BaseException) -> None:
    """Tell the log where a bug is: its class and the lines, never its text, which may hold data."""
    frames = traceback.extract_tb(bug.__traceback__)
    where = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-6:]))
    _LOG.error("bug: %s at %s", type(bug).__name__, where)
