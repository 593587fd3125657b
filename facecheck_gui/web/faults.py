"""What went wrong on the way, as typed errors that hold nothing of what was sent."""

import socket
import ssl
from collections.abc import Iterator
from http.client import (
    HTTPException,
    IncompleteRead,
    RemoteDisconnected,
)

from requests import RequestException
from urllib3.exceptions import (
    HTTPError,
    InvalidChunkLength,
    InvalidHeader,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util.ssl_match_hostname import CertificateError

from facecheck_gui.domain.errors import CloudError, Fault, NotSentError
from facecheck_gui.web.line import Stage

EXPECTED = (RequestException, HTTPError, HTTPException, OSError, ValueError)
"""Everything that the outside world can make requests, urllib3 and the sockets raise."""

_DEEPEST_CAUSE = 8
_LONGEST_DETAIL = 200
_BEFORE_SENDING: tuple[tuple[tuple[type[Exception], ...], Fault], ...] = (
    ((socket.gaierror,), Fault.NAME_NOT_FOUND),
    ((TimeoutError,), Fault.CONNECT_TIMEOUT),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), Fault.CONNECTION_BROKEN),
    ((ssl.SSLError, SSLError, CertificateError), Fault.TLS_FAILED),
)
_UNFIT_ADDRESS = (RequestException, HTTPError, HTTPException, ValueError)
_BEFORE_SENDING_AT = {
    # Only the file of trusted certificates is opened before the name is looked up.
    Stage.NOT_BEGUN: Fault.TLS_FAILED,
    Stage.LOOK_UP: Fault.NAME_NOT_FOUND,
    Stage.CONNECT: Fault.CONNECTION_REFUSED,
    Stage.HANDSHAKE: Fault.CONNECTION_BROKEN,
    Stage.REQUEST: Fault.CONNECTION_BROKEN,
}


def unsent(error: Exception, stage: Stage, host: str) -> NotSentError:
    """The error for a way that ended before a byte of the request went out."""
    return NotSentError(_fault_before_sending(error, stage), detail=detail(error, stage, host))


def broken(error: Exception, host: str) -> CloudError:
    """The error for a way that ended after the request began to go out."""
    causes = tuple(_causes(error))
    if any(isinstance(cause, TimeoutError | ReadTimeoutError) for cause in causes):
        fault = Fault.DEADLINE_PASSED
    elif any(_is_bad_http(cause) for cause in causes):
        fault = Fault.BAD_REPLY
    else:
        fault = Fault.CONNECTION_BROKEN
    return CloudError(fault, detail=detail(error, Stage.REQUEST, host))


def detail(error: Exception, stage: Stage, host: str) -> str:
    """What staff may see of an exception: its class and number, the stage and the host.

    Never its text: that holds the address with its query, and may hold what the server said.
    """
    root = _root(error)
    parts = [type(root).__name__]
    if isinstance(root, ssl.SSLCertVerificationError):
        parts.append(root.verify_message)
    elif isinstance(root, ssl.SSLError) and root.reason:
        parts.append(root.reason)
    elif isinstance(root, OSError) and isinstance(root.errno, int):
        parts.append(f"errno {root.errno}")
    parts += [stage.value, host]
    return printable(", ".join(parts))


def printable(text: str) -> str:
    """``text`` as printable ASCII of at most 200 characters."""
    return "".join(c for c in text if c.isascii() and c.isprintable())[:_LONGEST_DETAIL]


def _fault_before_sending(error: Exception, stage: Stage) -> Fault:
    root = _root(error)
    for kinds, fault in _BEFORE_SENDING:
        if isinstance(root, kinds):
            return fault
    if stage is Stage.NOT_BEGUN and isinstance(error, _UNFIT_ADDRESS):
        return Fault.ENDPOINT_INVALID
    return _BEFORE_SENDING_AT[stage]


def _is_bad_http(cause: BaseException) -> bool:
    """Whether the server said something that is no HTTP, rather than too little."""
    if isinstance(cause, InvalidChunkLength | InvalidHeader):
        return True
    too_little = isinstance(cause, RemoteDisconnected | IncompleteRead)
    return isinstance(cause, HTTPException) and not too_little


def _root(error: BaseException) -> BaseException:
    *_, last = _causes(error)
    return last


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it was made from, outermost first."""
    current: object = error
    for _ in range(_DEEPEST_CAUSE):
        if not isinstance(current, BaseException):
            return
        yield current
        wrapped = [arg for arg in current.args if isinstance(arg, BaseException)]
        context = None if current.__suppress_context__ else current.__context__
        reason = getattr(current, "reason", None)
        current = wrapped[-1] if wrapped else reason or current.__cause__ or context
