"""No query, body or header of an exchange turns up in an error, a repr or the log."""

import logging
import traceback
from collections.abc import Iterator

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.web.exchange import Exchange
from tests import hostile_server as hostile
from tests.hostile_server import Behaviour, HostileServer

CANARY = "canary7391"
LOUD = [
    hostile.ok(f"{{{CANARY}}}".encode(), headers=[f"Set-Cookie: {CANARY}=1"]),
    hostile.status(503, CANARY.encode(), headers=["Retry-After: 0"]),
    hostile.redirect(307),
    hostile.raw(f"{CANARY} is no status line\r\n\r\n".encode()),
    hostile.raw(f"HTTP/1.1 200 OK\r\n{CANARY} is no header\r\n\r\n{CANARY}".encode()),
    hostile.raw(f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{CANARY}".encode()),
    hostile.ok(b"x", headers=[f"Content-Encoding: {CANARY}"]),
    hostile.reset_after_request,
    hostile.short_body,
    hostile.hang_before_reply,
]


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log with every level on, as an operator in search of a fault would set it."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.mark.parametrize("behaviour", LOUD)
def test_no_canary_sings(
    behaviour: Behaviour, everything_logged: pytest.LogCaptureFixture, token: CancelToken
) -> None:
    told = ""
    with HostileServer(behaviour) as server:
        try:
            url = f"{server.url}?secret={CANARY}"
            reply = Exchange(0.2, 0.3).post_form(url, f"picture={CANARY}".encode(), token)
        except FaceCheckError as error:
            told = repr((error, error.__context__)) + "".join(traceback.format_exception(error))
        else:
            told = repr(reply)
    assert CANARY not in told
    assert CANARY not in everything_logged.text


def test_a_refused_connection_is_as_discreet(
    everything_logged: pytest.LogCaptureFixture, token: CancelToken
) -> None:
    with hostile.nobody_listens() as port, pytest.raises(FaceCheckError) as caught:
        Exchange().post_form(f"http://127.0.0.1:{port}/?q={CANARY}", CANARY.encode(), token)
    assert caught.value.__context__ is None
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert CANARY not in everything_logged.text
    assert caught.value.detail.startswith("ConnectionRefusedError, errno ")
