"""The Qt-free half of the composition: settings -> comparers, verifiers, reference loader.

Window and command line share it, so that both mean the same by the same settings.
"""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from facecheck_gui.comparers.base import Comparer
from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.comparers.kuaidi100 import ConnectionReport, Kuaidi100Comparer
from facecheck_gui.comparers.on_device import OnDeviceComparer, on_this_device
from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.comparers.payloads import Payloads
from facecheck_gui.comparers.simulated import SimulatedComparer
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.flows.reference import Fetches, ReferenceLoader
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import CloudSettings, Settings

_LOG = logging.getLogger("facecheck")


class Wiring:
    """Makes what the settings ask for. The engine on this device is made once and kept, and the
    cloud comparer as long as its settings stay the same: they hold what was made of the loaded
    reference. ``credentials`` is asked at each cloud check."""

    def __init__(self, places: Places, credentials: Callable[[], Credentials | None]) -> None:
        self._places = places
        self._credentials = credentials
        self._device: OnDeviceComparer | None = None
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
            clock=lambda: datetime.now(UTC),
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

    def verifier(self, engine: EngineName, settings: Settings) -> Verifier:
        """A verifier on ``engine`` with the threshold that belongs to it."""
        comparer = self.comparer(engine, settings)
        return Verifier(comparer, settings.threshold(engine), on_bug=report_bug)

    def loader(self, settings: Settings) -> ReferenceLoader:
        """What makes references out of files, bytes and addresses."""
        return ReferenceLoader(
            self.on_device().faces,
            self.downloader(settings),
            leave_addresses=settings.kuaidi100.leave_addresses,
        )

    def downloader(self, settings: Settings) -> Fetches:
        """What fetches photos from web addresses."""
        return _LateDownloader(settings.kuaidi100.ca_file)

    def close(self) -> None:
        """Let go of the engine."""
        if self._device is not None:
            self._device.close()


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
