"""Whether a server answers: a connection and, for https, a TLS handshake, and not a byte more."""

import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from facecheck_gui.domain.errors import Fault
from facecheck_gui.web.line import Line, Stage, allow_every_address, look_up

_TIMEOUT_S = 3.0


@dataclass(frozen=True, slots=True)
class Handshake:
    """How it went. ``fault`` is None when the server answered; ``detail`` is for staff, without
    anything secret. ``certificate_until`` is the last day of the server's certificate (UTC)."""

    fault: Fault | None = None
    detail: str = ""
    tls_version: str = ""
    certificate_until: date | None = None
    elapsed_ms: float = 0.0


class TriesServer(Protocol):
    """Tries a server."""

    def __call__(self, host: str, port: int, *, secure: bool, ca_file: str) -> Handshake:
        """Connect, and shake hands if ``secure``. ``ca_file`` "" trusts the usual authorities."""
        ...


def shake_hands(
    host: str, port: int, *, secure: bool, ca_file: str = "", timeout_s: float = _TIMEOUT_S
) -> Handshake:
    """A try over real sockets, dialling and judging as calls do.

    Sends nothing that a server could bill, and never raises for what the outside world does.
    ``timeout_s`` bounds connecting and shaking hands, not the look-up of the name, which the system
    bounds.
    """
    line = Line(look_up, allow_every_address, timeout_s)
    begin_s = time.monotonic()
    try:
        # Before the name is looked up, as calls do: a bad file is the file's fault.
        context = _context(ca_file) if secure else None
        with line.dial(host, port, ()) as connection:
            line.stage = Stage.HANDSHAKE
            if context is None:
                return Handshake(elapsed_ms=_ms_since(begin_s))
            connection.settimeout(max(0.1, timeout_s - (time.monotonic() - begin_s)))
            return _secured(context, connection, host, begin_s)
    except (OSError, ValueError) as error:
        from facecheck_gui.web.faults import unsent

        failure = unsent(error, line.stage, host)
        return Handshake(failure.fault, failure.detail, elapsed_ms=_ms_since(begin_s))
    finally:
        line.let_go()


def _secured(
    context: ssl.SSLContext, connection: socket.socket, host: str, begin_s: float
) -> Handshake:
    with context.wrap_socket(connection, server_hostname=host) as secured:
        ends_s = ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"]))
        return Handshake(
            tls_version=secured.version() or "",
            certificate_until=datetime.fromtimestamp(ends_s, UTC).date(),
            elapsed_ms=_ms_since(begin_s),
        )


def _context(ca_file: str) -> ssl.SSLContext:
    # Brings requests along; by default the authorities are those that calls trust.
    from facecheck_gui.web.authorities import authorities_file

    return ssl.create_default_context(cafile=ca_file or authorities_file())


def _ms_since(begin_s: float) -> float:
    return round((time.monotonic() - begin_s) * 1000, 1)
