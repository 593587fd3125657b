"""A machine where all is well, to be spoilt one thing at a time."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from facecheck_gui.camera.address import CameraIdentity
from facecheck_gui.doctor.examination import Instruments
from facecheck_gui.doctor.handshake import Handshake
from facecheck_gui.doctor.qt_trial import Trial, TrialEnd
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore
from facecheck_gui.vision.engine_files import EngineFile, EngineFiles

if TYPE_CHECKING:
    pass

CAMERA = CameraIdentity("Desk camera", "/dev/video0", 0x046D, 0x0825)


def answers(host: str, port: int, *, secure: bool, ca_file: str) -> Handshake:
    """A server that answers whoever asks."""
    return Handshake(tls_version="TLSv1.3" if secure else "")


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.json")


@pytest.fixture
def secrets() -> SecretStore:
    return SecretStore(lambda: None, {})


@pytest.fixture
def engine_file(tmp_path: Path) -> EngineFile:
    """An engine file that lies where it should."""
    content = b"weights"
    (tmp_path / "engine.dat").write_bytes(content)
    return EngineFile("engine.dat", len(content), hashlib.sha256(content).hexdigest())


@pytest.fixture
def engine_files(tmp_path: Path) -> EngineFiles:
    """Looks for engine files beside the settings."""
    return EngineFiles(lambda: [tmp_path])


@pytest.fixture
def instruments() -> Instruments:
    """See a machine where all is well, whatever it is like."""
    return Instruments(
        list_cameras=lambda _: (CAMERA,),
        device_nodes=tuple,
        try_server=answers,
        try_qt=lambda _: Trial(TrialEnd.STARTED, "xcb", "6.11.3", ("Noto Sans CJK SC",)),
        load_library=lambda _: True,
        environ={"DISPLAY": ":0"},
        system="linux",
    )
