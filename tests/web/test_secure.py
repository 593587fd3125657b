"""Certificates are checked; nothing is sent to a server that cannot prove its name."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Fault, NotSentError
from facecheck_gui.web.exchange import Exchange
from tests import hostile_server as hostile
from tests.hostile_server import Conversation, HostileServer

if TYPE_CHECKING:
    from tests.certificates import Authority

FORM = b"key=1"


def not_sent(url: str, ca_file: str | bool = True) -> NotSentError:
    """What a form posted to ``url`` raises."""
    exchange = Exchange(1.0, 2.0, verify=ca_file, resolve=lambda _: ["127.0.0.1"])
    with pytest.raises(NotSentError) as caught:
        exchange.post_form(url, FORM, CancelToken())
    return caught.value


def test_a_server_with_a_good_certificate_is_secure(
    authority: "Authority", token: CancelToken
) -> None:
    with HostileServer(hostile.ok(b"{}"), tls=authority.server_context()) as server:
        exchange = Exchange(verify=authority.ca_file, resolve=lambda _: ["127.0.0.1"])
        reply = exchange.post_form(server.url, FORM, token)
    assert server.requests[0].body == FORM
    assert reply.status == 200


def test_an_expired_certificate_is_refused_before_anything_is_sent(authority: "Authority") -> None:
    with HostileServer(hostile.ok(b""), tls=authority.server_context(expired=True)) as server:
        error = not_sent(server.url, authority.ca_file)
    assert error.fault is Fault.TLS_FAILED
    assert "certificate has expired" in error.detail
    assert server.bytes_received == 0


def test_another_host_s_certificate_is_refused(authority: "Authority") -> None:
    with HostileServer(hostile.ok(b""), tls=authority.server_context("other.example")) as server:
        error = not_sent(server.url, authority.ca_file)
    assert error.fault is Fault.TLS_FAILED
    assert "localhost" in error.detail
    assert server.bytes_received == 0


def test_a_certificate_of_an_unknown_authority_is_refused(authority: "Authority") -> None:
    with HostileServer(hostile.ok(b""), tls=authority.server_context()) as server:
        error = not_sent(server.url)
    assert error.fault is Fault.TLS_FAILED
    assert server.bytes_received == 0


def test_a_server_without_tls_is_refused() -> None:
    def behave(conversation: Conversation) -> None:
        conversation.send(hostile.head("400 Bad Request"))
        conversation.read_to_the_end()

    with HostileServer(behave) as server:
        error = not_sent(f"https://localhost:{server.port}/")
    assert error.fault is Fault.TLS_FAILED
    assert server.requests == []


def test_a_server_that_closes_during_the_handshake_was_sent_nothing() -> None:
    with HostileServer(hostile.close_at_accept) as server:
        error = not_sent(f"https://localhost:{server.port}/")
    assert error.fault is Fault.CONNECTION_BROKEN


def test_a_handshake_that_stalls_ends_in_time() -> None:
    with HostileServer(hostile.hang_before_reading) as server:
        exchange = Exchange(0.2, 5.0)
        with pytest.raises(NotSentError) as caught:
            exchange.get(f"https://127.0.0.1:{server.port}/", CancelToken())
    assert caught.value.fault is Fault.CONNECT_TIMEOUT
    assert "securing" in caught.value.detail


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_missing_or_damaged_file_of_certificates_sends_nothing(
    content: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "private.pem"
    if content is not None:
        file.write_text(content)
    with HostileServer(hostile.close_at_accept) as server:
        error = not_sent(f"https://localhost:{server.port}/", str(file))
    assert error.fault is Fault.TLS_FAILED
    assert "private" not in error.detail


def test_a_cancel_over_tls_frees_the_worker(
    authority: "Authority", token: CancelToken, background: Callable[..., "Future[Any]"]
) -> None:
    asked = threading.Event()

    def behave(conversation: Conversation) -> None:
        conversation.receive()
        asked.set()
        conversation.hang()

    with HostileServer(behave, tls=authority.server_context()) as server:
        exchange = Exchange(verify=authority.ca_file, resolve=lambda _: ["127.0.0.1"])
        call = background(exchange.post_form, server.url, FORM, token)
        assert asked.wait(5.0)
        token.cancel()
        assert call.exception(timeout=1.0) is not None
    assert len(server.requests) == 1
