"""Replies and troubles of an exchange, against a real server on this machine."""

import gzip
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import CloudError, FaceCheckError, Fault, NotSentError
from facecheck_gui.web.exchange import Exchange, Reply
from tests import hostile_server as hostile
from tests.hostile_server import Behaviour, Conversation, HostileServer

FORM = b"key=1&picture=%2B%2B"


def quick(**options: object) -> Exchange:
    """An exchange whose deadline ends a test soon."""
    return Exchange(**({"connect_timeout_s": 0.3, "deadline_s": 0.5} | options))  # type: ignore[arg-type]


def failure_against(behaviour: Behaviour, **options: object) -> tuple[CloudError, HostileServer]:
    """What an exchange with such a server raises."""
    with HostileServer(behaviour) as server, pytest.raises(CloudError) as caught:
        Exchange(**options).post_form(server.url, FORM, CancelToken())  # type: ignore[arg-type]
    return caught.value, server


def test_a_form_arrives_byte_for_byte(token: CancelToken) -> None:
    with HostileServer(hostile.ok(b'{"code":200}')) as server:
        reply = Exchange().post_form(server.url, FORM, token)
    assert reply == Reply(200, "application/json", b'{"code":200}')
    (received,) = server.requests
    assert received.method == "POST"
    assert received.body == FORM
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"
    assert received.headers["accept-encoding"] == "identity"


def test_a_get_asks_for_path_and_query(token: CancelToken) -> None:
    with HostileServer(hostile.ok(b"jpeg", content_type="Image/JPEG; q=1")) as server:
        reply = Exchange().get(server.url + "?a=1", token)
    assert reply.content_type == "image/jpeg"
    assert server.requests[0].line == "GET /api?a=1 HTTP/1.1"


@pytest.mark.parametrize("code", [200, 204, 400, 401, 403, 404, 429, 500, 502, 503])
def test_every_other_status_is_handed_to_the_caller(code: int, token: CancelToken) -> None:
    behaviour = hostile.status(code, headers=["Retry-After: 0"])
    with HostileServer(behaviour) as server:
        reply = Exchange().post_form(server.url, FORM, token)
    assert (reply.status, reply.body) == (code, b"")
    assert len(server.requests) == 1


def test_a_page_in_html_is_handed_to_the_caller(token: CancelToken) -> None:
    with HostileServer(hostile.html()) as server:
        reply = Exchange().post_form(server.url, FORM, token)
    assert reply.content_type == "text/html"
    assert reply.body.startswith(b"<html>")


@pytest.mark.parametrize("code", [300, 301, 302, 303, 304, 305, 307, 308])
def test_a_redirect_is_never_followed(code: int) -> None:
    error, server = failure_against(hostile.redirect(code))
    assert error.fault is Fault.REDIRECTED
    assert not error.nothing_sent
    assert len(server.requests) == 1
    assert server.connections == 1


def test_the_endless_body_of_a_redirect_is_not_read() -> None:
    def behave(conversation: Conversation) -> None:
        conversation.receive()
        conversation.send(hostile.head("302 Found", ["Location: /api"]))
        while True:
            conversation.send(bytes(65536))

    error, _ = failure_against(behave, deadline_s=5.0)
    assert error.fault is Fault.REDIRECTED


BROKEN: list[tuple[Behaviour, Fault]] = [
    (hostile.reset_after_request, Fault.CONNECTION_BROKEN),
    (hostile.reset_in_body, Fault.CONNECTION_BROKEN),
    (hostile.short_body, Fault.CONNECTION_BROKEN),
    (hostile.close_at_accept, Fault.CONNECTION_BROKEN),
    (hostile.raw(b""), Fault.CONNECTION_BROKEN),
    (hostile.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
     Fault.CONNECTION_BROKEN),
    (hostile.raw(b"220 mail.example ESMTP\r\n\r\n"), Fault.BAD_REPLY),
    (hostile.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Fault.BAD_REPLY),
    (hostile.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\nab"), Fault.BAD_REPLY),
    (hostile.raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n"), Fault.BAD_REPLY),
    (hostile.raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n"), Fault.BAD_REPLY),
    (hostile.ok(b"no gzip", headers=["Content-Encoding: gzip"]), Fault.BAD_REPLY),
    (hostile.ok(gzip.compress(b"half")[:-9], headers=["Content-Encoding: gzip"]), Fault.BAD_REPLY),
    (hostile.ok(b"whatever", headers=["Content-Encoding: br"]), Fault.BAD_REPLY),
]  # fmt: skip


@pytest.mark.parametrize(("behaviour", "fault"), BROKEN)
def test_trouble_after_sending_never_claims_that_nothing_was_sent(
    behaviour: Behaviour, fault: Fault
) -> None:
    error, server = failure_against(behaviour)
    assert error.fault is fault
    assert not error.nothing_sent
    assert server.connections == 1


SLOW = [
    hostile.hang_before_reading,
    hostile.hang_before_reply,
    hostile.hang_in_body,
    hostile.drip_body,
    hostile.drip_headers,
]


@pytest.mark.parametrize("behaviour", SLOW)
def test_one_deadline_ends_every_silence_and_every_trickle(behaviour: Behaviour) -> None:
    error, server = failure_against(behaviour, deadline_s=0.3)
    assert error.fault is Fault.DEADLINE_PASSED
    assert not error.nothing_sent
    assert server.connections == 1


def test_a_reply_of_exactly_the_limit_is_taken(token: CancelToken) -> None:
    with HostileServer(hostile.ok(bytes(1000))) as server:
        assert len(Exchange(max_reply_bytes=1000).get(server.url, token).body) == 1000


@pytest.mark.parametrize(
    "behaviour",
    [
        hostile.ok(bytes(1001)),
        hostile.ok(bytes(10_000_000)),
        hostile.endless_body,
        hostile.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"
                    + bytes(50_000)),
        hostile.raw(b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n"),
    ],
)  # fmt: skip
def test_a_longer_reply_is_cut_off(behaviour: Behaviour) -> None:
    error, _ = failure_against(behaviour, max_reply_bytes=1000)
    assert error.fault is Fault.REPLY_TOO_LARGE
    assert not error.nothing_sent


@pytest.mark.parametrize("packed", [gzip.compress, zlib.compress])
def test_a_reply_that_was_packed_unasked_is_unpacked(
    packed: Callable[[bytes], bytes], token: CancelToken
) -> None:
    encoding = "gzip" if packed is gzip.compress else "deflate"
    body = bytes(range(256)) * 200
    behaviour = hostile.ok(packed(body), headers=[f"Content-Encoding: {encoding}"])
    with HostileServer(behaviour) as server:
        assert Exchange().post_form(server.url, FORM, token).body == body


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory(token: CancelToken) -> None:
    with HostileServer(hostile.gzip_bomb(60_000_000)) as server:
        tracemalloc.start()
        try:
            with pytest.raises(CloudError) as caught:
                Exchange().post_form(server.url, FORM, token)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert caught.value.fault is Fault.REPLY_TOO_LARGE
    assert peak_bytes < 4_000_000


def test_a_refused_connection_has_sent_nothing(token: CancelToken) -> None:
    with hostile.nobody_listens() as port, pytest.raises(NotSentError) as caught:
        Exchange().post_form(f"http://127.0.0.1:{port}/", FORM, token)
    assert caught.value.fault is Fault.CONNECTION_REFUSED


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse when the queue is full")
def test_a_server_that_never_accepts_has_been_sent_nothing(
    token: CancelToken, stragglers_end: Callable[[], None]
) -> None:
    with hostile.nobody_accepts() as port, pytest.raises(NotSentError) as caught:
        quick().post_form(f"http://127.0.0.1:{port}/", FORM, token)
    assert caught.value.fault is Fault.CONNECT_TIMEOUT
    stragglers_end()


def test_an_unknown_name_has_sent_nothing(token: CancelToken) -> None:
    with pytest.raises(NotSentError) as caught:
        Exchange().post_form("http://nobody.invalid/api", FORM, token)
    assert caught.value.fault is Fault.NAME_NOT_FOUND


def test_a_name_without_addresses_is_not_found(token: CancelToken) -> None:
    with pytest.raises(NotSentError) as caught:
        Exchange(resolve=lambda _: []).post_form("http://empty.example/api", FORM, token)
    assert caught.value.fault is Fault.NAME_NOT_FOUND


def test_a_dead_first_address_leaves_time_for_the_next(token: CancelToken) -> None:
    with HostileServer(hostile.ok(b"{}")) as server:
        exchange = Exchange(resolve=lambda _: ["127.0.0.2", "::1", "127.0.0.1"])
        reply = exchange.post_form(f"http://two.example:{server.port}/", FORM, token)
    assert reply.status == 200
    assert server.requests[0].headers["host"] == f"two.example:{server.port}"


@pytest.mark.parametrize(
    "url",
    ["", "foo", "http://", "ftp://127.0.0.1/", "http://[::1", "http://1.2.3.4:99999/",
     "http://*.example/", "http://a\nb/", "file:///etc/passwd"],
)  # fmt: skip
def test_what_is_no_web_address_is_a_fault_of_the_settings(url: str, token: CancelToken) -> None:
    with pytest.raises(NotSentError) as caught:
        Exchange(resolve=lambda _: []).post_form(url, FORM, token)
    assert caught.value.fault in {Fault.ENDPOINT_INVALID, Fault.NAME_NOT_FOUND}


def test_a_check_of_addresses_stands_between_look_up_and_connection(token: CancelToken) -> None:
    seen = []

    def check(address: str) -> None:
        seen.append(address)
        if address.endswith(".2"):
            raise FaceCheckError(Fault.ADDRESS_REFUSED)

    with HostileServer(hostile.ok(b"")) as server:
        exchange = Exchange(resolve=lambda _: ["127.0.0.1", "127.0.0.2"])
        with pytest.raises(FaceCheckError) as caught:
            exchange.get(server.url, token, address_check=check)
    assert caught.value.fault is Fault.ADDRESS_REFUSED
    assert seen == ["127.0.0.1", "127.0.0.2"]
    assert server.connections == 0


def test_passwords_of_the_account_are_not_sent(
    tmp_path: Path, no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password canary\n")
    no_proxies.setenv("NETRC", str(netrc))
    with HostileServer(hostile.ok(b"")) as server:
        Exchange(trust_env=True).post_form(server.url, FORM, token)
    assert "authorization" not in server.requests[0].headers


def test_certificates_cannot_go_unchecked() -> None:
    with pytest.raises(ValueError, match="certificates"):
        Exchange(verify=False)
