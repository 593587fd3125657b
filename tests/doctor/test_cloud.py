"""The cloud's address: whether it is safe, and whether anyone answers there."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from facecheck_gui.doctor.checkup import CheckUp, Outcome, State
from facecheck_gui.doctor.cloud import check_up
from facecheck_gui.doctor.handshake import Handshake, shake_hands
from facecheck_gui.domain.errors import Fault
from facecheck_gui.settings.schema import CloudSettings
from tests import hostile_server as hostile
from tests.hostile_server import HOST, HostileServer

if TYPE_CHECKING:
    from tests.certificates import Authority

HTTP = "http://cloud.example/api"


class Servers:
    """Answers on the ports it is told, plain or secure, and notes who was asked."""

    def __init__(self, plain: set[int], secure: set[int], fault: Fault) -> None:
        self.plain = plain
        self.secure = secure
        self.fault = fault
        self.asked: list[tuple[str, int, bool, str]] = []

    def __call__(self, host: str, port: int, *, secure: bool, ca_file: str) -> Handshake:
        self.asked.append((host, port, secure, ca_file))
        open_ports = self.secure if secure else self.plain
        return Handshake() if port in open_ports else Handshake(self.fault, "detail")


def servers(
    plain: set[int] | None = None,
    secure: set[int] | None = None,
    fault: Fault = Fault.CONNECTION_REFUSED,
) -> Servers:
    return Servers(plain or set(), secure or set(), fault)


def examined(tried: Servers | None, *, wanted: bool = True, **settings: Any) -> CheckUp:
    return check_up(CloudSettings(**settings), tried, wanted=wanted)


def test_an_https_address_that_answers_is_fine() -> None:
    tried = servers(secure={443})
    checkup = examined(tried)
    assert checkup.outcome is Outcome.CLOUD_OK
    assert checkup.facts["https_answers"] is True
    assert tried.asked == [("cloud.kuaidi100.com", 443, True, "")]


def test_port_and_authority_are_those_of_the_settings() -> None:
    tried = servers(secure={8443})
    examined(tried, endpoint="https://service.example:8443/api", ca_file="ca.pem")
    assert tried.asked == [("service.example", 8443, True, "ca.pem")]


def test_a_server_that_does_not_answer_is_trouble_only_to_those_who_use_it() -> None:
    checkup = examined(servers())
    assert (checkup.outcome, checkup.state) == (Outcome.CLOUD_UNREACHABLE, State.TROUBLE)
    assert checkup.facts["fault"] == "connection_refused"
    assert examined(servers(), wanted=False).state is State.NOTE


def test_a_server_that_cannot_be_trusted_is_told_apart() -> None:
    assert examined(servers(fault=Fault.TLS_FAILED)).outcome is Outcome.CLOUD_NOT_TRUSTED


def test_plain_http_that_nobody_allowed_is_trouble() -> None:
    checkup = examined(servers({80}, {443}), endpoint=HTTP)
    assert checkup.outcome is Outcome.CLOUD_HTTP_REFUSED
    assert checkup.facts["https_answers"] is True


def test_allowed_http_is_told_when_https_would_do() -> None:
    tried = servers({80}, {443})
    checkup = examined(tried, endpoint=HTTP, allow_http=True)
    assert checkup.outcome is Outcome.CLOUD_HTTPS_POSSIBLE
    assert [port for _, port, _, _ in tried.asked] == [80, 443]


def test_allowed_http_without_https_is_told_as_such() -> None:
    tried = servers({8080})
    checkup = examined(tried, endpoint="http://cloud.example:8080/api", allow_http=True)
    assert checkup.outcome is Outcome.CLOUD_HTTP_ONLY
    assert [port for _, port, _, _ in tried.asked] == [8080, 8080]


def test_allowed_http_that_does_not_answer_is_unreachable() -> None:
    checkup = examined(servers(), endpoint=HTTP, allow_http=True)
    assert checkup.outcome is Outcome.CLOUD_UNREACHABLE


def test_http_to_this_machine_is_fine() -> None:
    tried = servers({9000})
    checkup = examined(tried, endpoint="http://127.0.0.1:9000/api")
    assert checkup.outcome is Outcome.CLOUD_LOOPBACK
    assert len(tried.asked) == 1


def test_behind_a_proxy_nothing_is_tried() -> None:
    tried = servers(secure={443})
    assert examined(tried, use_system_proxy=True).outcome is Outcome.CLOUD_NOT_TRIED
    assert tried.asked == []
    assert examined(None).outcome is Outcome.CLOUD_NOT_TRIED


def test_a_real_handshake_sends_no_byte_of_a_request(authority: "Authority") -> None:
    with HostileServer(hostile.ok(b""), tls=authority.server_context()) as server:
        went = shake_hands("localhost", server.port, secure=True, ca_file=authority.ca_file)
    assert went.fault is None, went.detail
    assert went.tls_version.startswith("TLSv1.")
    assert went.certificate_until is not None
    assert (server.connections, server.bytes_received, server.requests) == (1, 0, [])


def test_a_plain_connection_sends_nothing_either() -> None:
    with HostileServer(hostile.ok(b"")) as server:
        went = shake_hands(HOST, server.port, secure=False)
    assert went.fault is None
    assert (server.bytes_received, server.requests) == (0, [])


def test_a_certificate_of_an_unknown_authority_is_not_trusted(authority: "Authority") -> None:
    with HostileServer(hostile.ok(b""), tls=authority.server_context()) as server:
        went = shake_hands("localhost", server.port, secure=True)
    assert went.fault is Fault.TLS_FAILED


def test_an_expired_certificate_says_so(authority: "Authority") -> None:
    with HostileServer(hostile.ok(b""), tls=authority.server_context(expired=True)) as server:
        went = shake_hands("localhost", server.port, secure=True, ca_file=authority.ca_file)
    assert went.fault is Fault.TLS_FAILED
    assert "expired" in went.detail


def test_a_server_that_hangs_costs_no_more_than_was_granted() -> None:
    with HostileServer(hostile.hang_before_reading) as server:
        went = shake_hands("localhost", server.port, secure=True, timeout_s=0.2)
    assert went.fault is Fault.CONNECT_TIMEOUT
    assert went.elapsed_ms < 3000


def test_a_closed_port_is_refused() -> None:
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
    assert shake_hands(HOST, port, secure=False).fault is Fault.CONNECTION_REFUSED


@pytest.mark.parametrize("host", ["nothing-of-that-name.invalid", "a" * 64 + ".invalid"])
def test_an_unknown_name_is_told_as_such(host: str) -> None:
    assert shake_hands(host, 443, secure=True).fault is Fault.NAME_NOT_FOUND


def test_a_missing_or_bad_file_of_authorities_is_not_the_servers_fault(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate", "utf-8")
    for file in (tmp_path / "absent.pem", bad):
        went = shake_hands(HOST, 9, secure=True, ca_file=str(file))
        assert went.fault is Fault.TLS_FAILED
        assert str(tmp_path) not in went.detail
