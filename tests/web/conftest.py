"""What the tests of the web share: certificates, tokens and a thread to be cancelled in."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from facecheck_gui.domain.cancellation import CancelToken

if TYPE_CHECKING:
    pass

PROXY_VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def token() -> CancelToken:
    """A token that the test may cancel."""
    return CancelToken()


@pytest.fixture
def background() -> Iterator[Callable[..., "Future[Any]"]]:
    """Runs a call in another thread, which has ended when the test ends."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies, and the means to set some."""
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.fixture
def stragglers_end() -> Callable[[], None]:
    """Waits until no exchange is under way in any thread."""

    def wait() -> None:
        for thread in threading.enumerate():
            if thread.name == "exchange":
                thread.join(5.0)
                assert not thread.is_alive()

    return wait
