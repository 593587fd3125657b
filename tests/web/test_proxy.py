"""Proxies of the environment: used when allowed, and held to the same line."""

from typing import TYPE_CHECKING

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import CloudError, Fault, NotSentError
from facecheck_gui.web.exchange import Exchange
from tests import hostile_server as hostile
from tests.hostile_server import HostileServer

if TYPE_CHECKING:
    from tests.certificates import Authority

FORM = b"key=1"


def test_a_proxy_of_the_environment_is_ignored_by_default(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.ok(b"proxy")) as proxy, HostileServer(hostile.ok(b"own")) as server:
        no_proxies.setenv("http_proxy", proxy.url)
        reply = Exchange().post_form(server.url, FORM, token)
    assert reply.body == b"own"
    assert proxy.connections == 0


def test_a_proxy_of_the_environment_is_used_when_allowed(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.ok(b"proxy")) as proxy:
        no_proxies.setenv("http_proxy", proxy.url)
        reply = Exchange(trust_env=True).post_form("http://far.example/api", FORM, token)
    assert reply.body == b"proxy"
    assert proxy.requests[0].line == "POST http://far.example/api HTTP/1.1"


def test_what_a_plain_proxy_has_been_sent_counts_as_sent(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.reset_after_request) as proxy:
        no_proxies.setenv("http_proxy", proxy.url)
        with pytest.raises(CloudError) as caught:
            Exchange(trust_env=True).post_form("http://far.example/api", FORM, token)
    assert not caught.value.nothing_sent
    assert len(proxy.requests) == 1


def test_https_goes_through_a_tunnel_and_stays_secure(
    no_proxies: pytest.MonkeyPatch, token: CancelToken, authority: "Authority"
) -> None:
    context = authority.server_context()
    with (
        HostileServer(hostile.tunnel) as proxy,
        HostileServer(hostile.ok(b"{}"), tls=context) as server,
    ):
        no_proxies.setenv("https_proxy", proxy.url)
        exchange = Exchange(trust_env=True, verify=authority.ca_file)
        reply = exchange.post_form(server.url, FORM, token)
    assert [each.method for each in proxy.requests] == ["CONNECT"]
    assert server.requests[0].body == FORM
    assert reply.status == 200


def test_a_tunnel_that_is_refused_has_sent_nothing(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.refuse_tunnel) as proxy:
        no_proxies.setenv("https_proxy", proxy.url)
        with pytest.raises(NotSentError) as caught:
            Exchange(trust_env=True).post_form("https://far.example/api", FORM, token)
    assert caught.value.fault is Fault.CONNECTION_BROKEN
    assert FORM not in proxy.requests[0].body


def test_an_untrusted_server_behind_a_tunnel_has_been_sent_nothing(
    no_proxies: pytest.MonkeyPatch, token: CancelToken, authority: "Authority"
) -> None:
    context = authority.server_context("other.example")
    with (
        HostileServer(hostile.tunnel) as proxy,
        HostileServer(hostile.ok(b"{}"), tls=context) as server,
    ):
        no_proxies.setenv("https_proxy", proxy.url)
        with pytest.raises(NotSentError) as caught:
            Exchange(trust_env=True, verify=authority.ca_file).get(server.url, token)
    assert caught.value.fault is Fault.TLS_FAILED
    assert server.requests == []


def test_a_dead_proxy_has_sent_nothing(no_proxies: pytest.MonkeyPatch, token: CancelToken) -> None:
    with hostile.nobody_listens() as port:
        no_proxies.setenv("http_proxy", f"http://127.0.0.1:{port}")
        with pytest.raises(NotSentError) as caught:
            Exchange(trust_env=True).post_form("http://far.example/api", FORM, token)
    assert caught.value.fault is Fault.CONNECTION_REFUSED


def test_a_socks_proxy_is_refused_and_not_bypassed(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.ok(b"")) as server:
        no_proxies.setenv("http_proxy", "socks5://127.0.0.1:1080")
        with pytest.raises(NotSentError) as caught:
            Exchange(trust_env=True).post_form("http://faces.example/", FORM, token)
    assert caught.value.fault is Fault.ENDPOINT_INVALID
    assert server.connections == 0


def test_what_goes_plainly_to_this_machine_goes_round_no_proxy(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.ok(b"here")) as server, HostileServer(hostile.ok(b"")) as proxy:
        no_proxies.setenv("http_proxy", proxy.url)
        reply = Exchange(trust_env=True).post_form(server.url, FORM, token)
        assert proxy.connections == 0
    assert reply.body == b"here"


def test_a_checked_address_is_never_fetched_through_a_proxy(
    no_proxies: pytest.MonkeyPatch, token: CancelToken
) -> None:
    with HostileServer(hostile.ok(b"proxy")) as proxy, HostileServer(hostile.ok(b"own")) as server:
        no_proxies.setenv("http_proxy", proxy.url)
        exchange = Exchange(trust_env=True)
        assert exchange.get(server.url, token, address_check=lambda _: None).body == b"own"
    assert proxy.connections == 0
