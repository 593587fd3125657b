"""A cancelled exchange frees its caller at once and sends nothing any more."""

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, CancelledUnsent, Fault, NotSentError
from facecheck_gui.web.exchange import Exchange
from tests import hostile_server as hostile
from tests.hostile_server import Behaviour, Conversation, HostileServer

FREE_WITHIN_S = 1.0
FORM = b"key=1"
Background = Callable[..., "Future[Any]"]


def assert_free_at_once(call: "Future[Any]") -> Cancelled:
    """The worker has ended with ``Cancelled``, or does so without delay."""
    error = call.exception(timeout=FREE_WITHIN_S)
    assert isinstance(error, Cancelled)
    return error


@pytest.mark.parametrize(
    "behaviour",
    [hostile.hang_before_reply, hostile.hang_in_body, hostile.drip_body, hostile.drip_headers],
)
def test_cancelling_frees_the_worker_wherever_the_server_is(
    behaviour: Behaviour, token: CancelToken, background: Background
) -> None:
    with HostileServer(behaviour) as server:
        call = background(Exchange().post_form, server.url, FORM, token)
        server.wait_for_request()
        token.cancel()
        assert "after the request began" in assert_free_at_once(call).detail
    assert len(server.requests) == 1


def test_cancelling_frees_the_worker_from_an_upload_that_stalls(
    token: CancelToken, background: Background
) -> None:
    stalled, go_on = threading.Event(), threading.Event()

    def read_late(conversation: Conversation) -> None:
        stalled.set()
        go_on.wait()
        conversation.receive()

    with HostileServer(read_late) as server:
        body = bytes(40_000_000)
        call = background(Exchange().post_form, server.url, body, token)
        assert stalled.wait(5.0)
        token.cancel()
        assert_free_at_once(call)
        go_on.set()
    assert server.bytes_received < len(body)
    assert server.requests == []


def test_cancelling_frees_the_worker_from_a_handshake_that_stalls(
    token: CancelToken, background: Background
) -> None:
    accepted = threading.Event()

    def behave(conversation: Conversation) -> None:
        accepted.set()
        conversation.hang()

    with HostileServer(behave) as server:
        url = f"https://127.0.0.1:{server.port}/"
        call = background(Exchange().post_form, url, FORM, token)
        assert accepted.wait(5.0)
        token.cancel()
        assert assert_free_at_once(call).nothing_sent


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse when the queue is full")
def test_cancelling_frees_the_worker_from_connecting(
    token: CancelToken, background: Background, stragglers_end: Callable[[], None]
) -> None:
    looked_up = threading.Event()

    def resolve(_: str) -> list[str]:
        looked_up.set()
        return ["127.0.0.1"]

    with hostile.nobody_accepts() as port:
        exchange = Exchange(resolve=resolve)
        call = background(exchange.post_form, f"http://slow.example:{port}/", FORM, token)
        assert looked_up.wait(5.0)
        token.cancel()
        assert_free_at_once(call)
        stragglers_end()


class StuckLookUp:
    """A look-up of a name that does not return before it is told to."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()

    def __call__(self, _: str) -> list[str]:
        self.begun.set()
        self.may_end.wait()
        return ["127.0.0.1"]


def test_a_look_up_that_ends_after_the_cancel_leads_to_no_connection(
    token: CancelToken, background: Background, stragglers_end: Callable[[], None]
) -> None:
    look_up = StuckLookUp()
    with HostileServer(hostile.ok(b"")) as server:
        call = background(Exchange(resolve=look_up).post_form, server.url, FORM, token)
        assert look_up.begun.wait(5.0)
        token.cancel()
        assert_free_at_once(call)
        look_up.may_end.set()
        stragglers_end()
    assert server.connections == 0


def test_a_look_up_that_ends_after_the_deadline_leads_to_no_connection(
    token: CancelToken, stragglers_end: Callable[[], None]
) -> None:
    look_up = StuckLookUp()
    with HostileServer(hostile.ok(b"")) as server:
        exchange = Exchange(0.1, 0.2, resolve=look_up)
        with pytest.raises(NotSentError) as caught:
            exchange.post_form(server.url, FORM, token)
        look_up.may_end.set()
        stragglers_end()
    assert caught.value.fault is Fault.CONNECT_TIMEOUT
    assert "looking up" in caught.value.detail
    assert server.connections == 0


def test_cancelling_between_look_up_and_connection_leads_to_no_request(
    token: CancelToken, stragglers_end: Callable[[], None]
) -> None:
    with HostileServer(hostile.ok(b"")) as server:
        with pytest.raises(CancelledUnsent):
            Exchange().get(server.url, token, address_check=lambda _: token.cancel())
        stragglers_end()
    assert server.bytes_received == 0


def test_what_was_cancelled_before_is_not_begun(token: CancelToken) -> None:
    token.cancel()
    with HostileServer(hostile.ok(b"")) as server, pytest.raises(CancelledUnsent):
        Exchange().post_form(server.url, FORM, token)
    assert server.connections == 0


def test_a_cancel_after_the_reply_changes_nothing(token: CancelToken) -> None:
    with HostileServer(hostile.ok(b"{}")) as server:
        reply = Exchange().post_form(server.url, FORM, token)
    token.cancel()
    assert reply.body == b"{}"


def test_one_cancel_ends_only_its_own_exchange(token: CancelToken, background: Background) -> None:
    with HostileServer(hostile.hang_before_reply) as slow, HostileServer(hostile.ok(b"")) as fast:
        exchange = Exchange()
        call = background(exchange.post_form, slow.url, FORM, token)
        slow.wait_for_request()
        assert exchange.post_form(fast.url, FORM, CancelToken()).status == 200
        assert not call.done()
        token.cancel()
        assert_free_at_once(call)
