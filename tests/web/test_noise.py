"""Whatever bytes a server answers with, an exchange ends as a reply or as a typed error."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import CloudError, Fault
from facecheck_gui.web.exchange import Exchange, Reply
from tests.hostile_server import Conversation, HostileServer

PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 999 \r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n",
        b"HTTP/1.1 -1 OK\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: -5\r\n",
        b"Content-Length: \xb2\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Type: \xff;\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Set-Cookie: a=b; expires=\xff; max-age=x; path=;\r\n",
        b"Location: http://[\r\n",
        b": nameless\r\n",
        b" folded\r\n",
        b"\r\n",
        b"\n",
        b"5\r\nhello\r\n",
        b"0\r\n\r\n",
        b"-1\r\n",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
        b"\x00" * 100,
    ]
)
ENDINGS = {Fault.BAD_REPLY, Fault.CONNECTION_BROKEN, Fault.REDIRECTED, Fault.REPLY_TOO_LARGE}


class Noise:
    """A behaviour that answers with ``answer``, whatever that is at the time."""

    answer = b""

    def __call__(self, conversation: Conversation) -> None:
        """Answer and close."""
        conversation.receive()
        conversation.send(self.answer)


@pytest.fixture(scope="module")
def noise() -> Noise:
    """What the server of this module says."""
    return Noise()


@pytest.fixture(scope="module")
def url(noise: Noise) -> Iterator[str]:
    """Where it says it."""
    with HostileServer(noise) as server:
        yield server.url


def outcome(url: str) -> Reply | CloudError:
    """What an exchange comes to, if it is one of the two that are allowed."""
    try:
        return Exchange(max_reply_bytes=50).post_form(url, b"", CancelToken())
    except CloudError as error:
        return error


@settings(deadline=None)
@given(st.lists(PIECES | st.binary(max_size=40), max_size=10))
def test_noise_is_never_a_crash(url: str, noise: Noise, pieces: list[bytes]) -> None:
    noise.answer = b"".join(pieces)
    came = outcome(url)
    if isinstance(came, CloudError):
        assert came.fault in ENDINGS
        assert not came.nothing_sent
    else:
        assert len(came.body) <= 50
