"""Whether the cloud's address is safe and answers. Nothing that could be billed is sent."""

from urllib.parse import urlsplit

from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.doctor.handshake import Handshake, TriesServer
from facecheck_gui.domain.errors import Fault
from facecheck_gui.settings.endpoint import is_exposed, is_loopback, is_plain_http
from facecheck_gui.settings.schema import CloudSettings

_HTTP_PORT, _HTTPS_PORT = 80, 443


def check_up(cloud: CloudSettings, try_server: TriesServer | None, *, wanted: bool) -> CheckUp:
    """Facts: ``endpoint``, ``plain_http``, ``http_allowed``, ``https_answers`` (None: not tried),
    ``fault`` (a word of ``Fault``, "" for none), ``detail``, ``tls``, ``certificate_until`` (ISO
    date or None), ``elapsed_ms``.

    ``wanted`` False: nobody checks by the cloud, so that its absence is no trouble.
    """
    plain = is_plain_http(cloud.endpoint)
    # Behind a proxy a connection of our own says nothing about the calls.
    if try_server is None or cloud.use_system_proxy:
        went, outcome = Handshake(), Outcome.CLOUD_NOT_TRIED
        https_answers = None
    elif plain:
        went, https_answers = _plainly(cloud, try_server)
        outcome = _plain_outcome(cloud, went, https_answers=https_answers)
    else:
        went = try_server(*_host_and_port(cloud), secure=True, ca_file=cloud.ca_file)
        https_answers = went.fault is None
        outcome = Outcome.CLOUD_OK if went.fault is None else _failed(went.fault)
    if is_exposed(cloud.endpoint) and not cloud.allow_http:
        outcome = Outcome.CLOUD_HTTP_REFUSED
    until = went.certificate_until
    facts: dict[str, Fact] = {
        "endpoint": cloud.endpoint,
        "plain_http": plain,
        "http_allowed": cloud.allow_http,
        "https_answers": https_answers,
        "fault": went.fault.word if went.fault else "",
        "detail": went.detail,
        "tls": went.tls_version,
        "certificate_until": until.isoformat() if until else None,
        "elapsed_ms": went.elapsed_ms,
    }
    return CheckUp(Topic.CLOUD, outcome, facts, wanted=wanted)


def _plainly(cloud: CloudSettings, try_server: TriesServer) -> tuple[Handshake, bool | None]:
    """How the plain connection went, and whether the same server would answer over https."""
    host, port = _host_and_port(cloud)
    went = try_server(host, port, secure=False, ca_file="")
    if is_loopback(cloud.endpoint):
        return went, None
    secure_port = _HTTPS_PORT if port == _HTTP_PORT else port
    return went, try_server(host, secure_port, secure=True, ca_file=cloud.ca_file).fault is None


def _plain_outcome(cloud: CloudSettings, went: Handshake, *, https_answers: bool | None) -> Outcome:
    if https_answers:
        return Outcome.CLOUD_HTTPS_POSSIBLE
    if went.fault is not None:
        return _failed(went.fault)
    return Outcome.CLOUD_LOOPBACK if is_loopback(cloud.endpoint) else Outcome.CLOUD_HTTP_ONLY


def _failed(fault: Fault) -> Outcome:
    tls = fault is Fault.TLS_FAILED
    return Outcome.CLOUD_NOT_TRUSTED if tls else Outcome.CLOUD_UNREACHABLE


def _host_and_port(cloud: CloudSettings) -> tuple[str, int]:
    parts = urlsplit(cloud.endpoint)
    usual = _HTTP_PORT if parts.scheme == "http" else _HTTPS_PORT
    return parts.hostname or "", parts.port or usual
