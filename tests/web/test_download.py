"""Pictures are fetched from public addresses over https, and from nowhere else."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, Fault, PictureError
from facecheck_gui.web.addresses import LOOPBACK, AddressRules
from facecheck_gui.web.download import Downloader
from facecheck_gui.web.exchange import Exchange
from tests import hostile_server as hostile
from tests.hostile_server import Behaviour, HostileServer

if TYPE_CHECKING:
    from tests.certificates import Authority

JPEG = b"\xff\xd8\xff not looked at here"


class Names:
    """Answers every look-up with the same addresses, and remembers what was asked."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses
        self.asked: list[str] = []

    def __call__(self, host: str) -> tuple[str, ...]:
        self.asked.append(host)
        return self.addresses


def refusal(downloader: Downloader, url: str) -> PictureError:
    """What fetching ``url`` raises."""
    with pytest.raises(PictureError) as caught:
        downloader.fetch(url, CancelToken())
    return caught.value


@pytest.fixture
def downloader(authority: "Authority") -> Downloader:
    """May fetch from this machine, and trusts the test authority."""
    exchange = Exchange(1.0, 2.0, 100_000, verify=authority.ca_file, resolve=Names("127.0.0.1"))
    return Downloader(exchange, AddressRules(LOOPBACK))


def test_a_picture_is_fetched(
    downloader: Downloader, authority: "Authority", token: CancelToken
) -> None:
    with HostileServer(hostile.ok(JPEG), tls=authority.server_context()) as server:
        assert downloader.fetch(server.url + "?id=7", token) == JPEG
    assert server.requests[0].line == "GET /api?id=7 HTTP/1.1"
    assert server.requests[0].headers["host"] == f"localhost:{server.port}"


def test_an_administrator_may_permit_this_machine(
    authority: "Authority", token: CancelToken
) -> None:
    downloader = Downloader.for_pictures(ca_file=authority.ca_file, permit_loopback=True)
    with HostileServer(hostile.ok(JPEG), tls=authority.server_context()) as server:
        assert downloader.fetch(f"https://127.0.0.1:{server.port}/", token) == JPEG


def test_this_machine_is_refused_by_default(authority: "Authority") -> None:
    with HostileServer(hostile.ok(JPEG), tls=authority.server_context()) as server:
        downloader = Downloader.for_pictures(ca_file=authority.ca_file)
        error = refusal(downloader, f"https://localhost:{server.port}/")
    assert error.fault is Fault.ADDRESS_REFUSED
    assert server.connections == 0


@pytest.mark.parametrize(
    "addresses",
    [("127.0.0.1",), ("8.8.8.8", "127.0.0.1"), ("::ffff:127.0.0.1",), ("64:ff9b::7f00:1",)],
)
def test_a_name_that_leads_to_a_private_address_is_refused(
    addresses: tuple[str, ...], authority: "Authority"
) -> None:
    names = Names(*addresses)
    with HostileServer(hostile.ok(JPEG), tls=authority.server_context()) as server:
        exchange = Exchange(verify=authority.ca_file, resolve=names)
        error = refusal(Downloader(exchange, AddressRules()), server.url)
    assert error.fault is Fault.ADDRESS_REFUSED
    assert names.asked == ["localhost"]
    assert server.connections == 0


def test_a_name_is_looked_up_only_once(authority: "Authority", token: CancelToken) -> None:
    names = Names("127.0.0.1")
    exchange = Exchange(verify=authority.ca_file, resolve=names)
    with HostileServer(hostile.ok(JPEG), tls=authority.server_context()) as server:
        Downloader(exchange, AddressRules(LOOPBACK)).fetch(server.url, token)
    assert names.asked == ["localhost"]


def test_the_certificate_must_be_for_the_name_not_the_address(authority: "Authority") -> None:
    exchange = Exchange(verify=authority.ca_file, resolve=Names("127.0.0.1"))
    with HostileServer(hostile.ok(JPEG), tls=authority.server_context()) as server:
        downloader = Downloader(exchange, AddressRules(LOOPBACK))
        error = refusal(downloader, f"https://photos.example:{server.port}/")
    assert error.fault is Fault.ADDRESS_UNREACHABLE
    assert error.detail.startswith("tls_failed")
    assert server.requests == []


def test_plain_http_is_refused_unasked() -> None:
    with HostileServer(hostile.ok(JPEG)) as server:
        error = refusal(Downloader.for_pictures(permit_loopback=True), server.url)
    assert error.fault is Fault.ADDRESS_REFUSED
    assert server.connections == 0


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [
        (hostile.redirect(302), Fault.ADDRESS_REFUSED),
        (hostile.status(404), Fault.ADDRESS_UNREACHABLE),
        (hostile.status(206, b"part"), Fault.ADDRESS_UNREACHABLE),
        (hostile.status(503), Fault.ADDRESS_UNREACHABLE),
        (hostile.ok(bytes(100_001)), Fault.FILE_TOO_LARGE),
        (hostile.gzip_bomb(10_000_000), Fault.FILE_TOO_LARGE),
        (hostile.endless_body, Fault.FILE_TOO_LARGE),
        (hostile.short_body, Fault.ADDRESS_UNREACHABLE),
        (hostile.reset_in_body, Fault.ADDRESS_UNREACHABLE),
        (hostile.close_at_accept, Fault.ADDRESS_UNREACHABLE),
        (hostile.raw(b"?"), Fault.ADDRESS_UNREACHABLE),
    ],
)
def test_a_bad_server_is_told_apart_from_a_refused_address(
    behaviour: Behaviour, fault: Fault, downloader: Downloader, authority: "Authority"
) -> None:
    with HostileServer(behaviour, tls=authority.server_context()) as server:
        error = refusal(downloader, server.url + "?secret=1")
    assert error.fault is fault
    assert "secret" not in repr(error)
    assert error.__context__ is None
    assert len(server.requests) <= 1


def test_an_unknown_name_is_unreachable() -> None:
    error = refusal(Downloader(Exchange(resolve=Names()), AddressRules()), "https://a.example/")
    assert error.fault is Fault.ADDRESS_UNREACHABLE


def test_a_download_can_be_cancelled(
    downloader: Downloader,
    authority: "Authority",
    token: CancelToken,
    background: Callable[..., "Future[Any]"],
) -> None:
    with HostileServer(hostile.drip_body, tls=authority.server_context()) as server:
        call = background(downloader.fetch, server.url, token)
        server.wait_for_request()
        token.cancel()
        error = call.exception(timeout=1.0)
    assert isinstance(error, Cancelled)
