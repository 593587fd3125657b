"""Guards that every test lives under: no leaked thread, no leaked window, no stray word in the log.

Real Qt widgets run on the offscreen platform; the program's folders are the test's own; no test
reaches the keyring of whoever runs it.
"""

import gc
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.certificates import Authority

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for _secret in ("FACECHECK_SECRET_KEY", "FACECHECK_SECRET_SECRET", "FACECHECK_SETTINGS"):
    os.environ.pop(_secret, None)

ROOT = Path(__file__).resolve().parent.parent
_GRACE_S = 3.0


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where homes lie. pytest's own way of numbering folders reads all names each time."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, caches and state of a test lie in a folder of its own."""
    home = Path(tempfile.mkdtemp(dir=homes))
    monkeypatch.setenv("FACECHECK_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """A test ends with the threads it began with."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _GRACE_S
    for thread in threading.enumerate():
        if thread not in before and not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
    leaked = [
        t
        for t in threading.enumerate()
        if t not in before and not isinstance(t, threading._DummyThread)
    ]
    assert not leaked, f"threads left behind: {leaked}"


@pytest.fixture(autouse=True)
def no_leaked_windows() -> Iterator[None]:
    """A test ends without windows, whether shown or hidden."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    core = sys.modules["PySide6.QtCore"]
    application = widgets.QApplication.instance()
    application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    application.processEvents()
    leaked = [w for w in application.topLevelWidgets() if w.isVisible()]
    if leaked:
        gc.collect()
        leaked = [w for w in application.topLevelWidgets() if w.isVisible()]
    assert not leaked, f"windows left open: {leaked}"


class _Gathering(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_stray_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log fails the test, unless the test is marked ``logs_expected``."""
    gathering = _Gathering()
    logging.getLogger().addHandler(gathering)
    yield
    logging.getLogger().removeHandler(gathering)
    if request.node.get_closest_marker("logs_expected") is None:
        assert not gathering.records, [r.getMessage() for r in gathering.records]


@pytest.fixture
def garbage_is_found_on_this_thread() -> Iterator[None]:
    """As in the program: a QObject in a cycle must not be destroyed by a lane's thread."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> "Authority":
    """The private authority that signs the test servers' certificates."""
    pytest.importorskip("cryptography", reason="makes the certificates of test servers")
    from tests.certificates import Authority

    return Authority.create(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server's own database."""
    from tests.records import postgres

    if postgres.programs() is None:
        pytest.skip("PostgreSQL's programs are not here")
    with postgres.server() as url:
        yield url
