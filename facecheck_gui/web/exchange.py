"""One HTTP request and its reply."""

import threading
import time
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import requests
from requests.utils import get_environ_proxies

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import (
    Cancelled,
    CancelledUnsent,
    CloudError,
    FaceCheckError,
    Fault,
    NotSentError,
)
from facecheck_gui.web import faults
from facecheck_gui.web.addresses import is_this_machine
from facecheck_gui.web.connections import LineAdapter
from facecheck_gui.web.line import AddressCheck, Line, Resolve, Stage, allow_every_address, look_up
from facecheck_gui.web.reading import read_body

_HEADERS = {
    "User-Agent": "FaceCheck",
    "Accept": "*/*",
    # Nothing is gained by packing so little, and what is not asked for need not be unpacked.
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of any status but 3xx.

    ``content_type`` is the media type alone, lower case, "" where none was given.
    """

    status: int
    content_type: str
    body: bytes = field(repr=False)


class Exchange:
    """Carries out exchanges, each over a connection of its own: never a redirect or second try.

    ``connect_timeout_s`` bounds everything before the first request byte (look-up, connecting,
    TLS), ``deadline_s`` the whole exchange however slowly bytes trickle, ``max_reply_bytes`` the
    unpacked body. ``trust_env`` uses the proxies of the environment or the system (http and
    https; no SOCKS) and nothing else of it. ``verify`` is True, or the path of a file or folder of
    certificates to trust instead of the built-in ones; False is refused with ValueError.

    Safe to use from several threads at once.
    """

    def __init__(
        self,
        connect_timeout_s: float = 5.0,
        deadline_s: float = 10.0,
        max_reply_bytes: int = 64 * 1024,
        *,
        trust_env: bool = False,
        verify: bool | str = True,
        resolve: Resolve = look_up,
    ) -> None:
        if not verify:
            raise ValueError("certificates are always checked")
        self._connect_timeout_s = min(connect_timeout_s, deadline_s)
        self._deadline_s = deadline_s
        self._max_reply_bytes = max_reply_bytes
        self._trust_env = trust_env
        self._verify = verify
        self._resolve = resolve

    def post_form(self, url: str, body: bytes, cancel: CancelToken) -> Reply:
        """POST ``body``, already form-encoded. Raises as ``get`` does."""
        request = requests.Request("POST", url, headers=_HEADERS | _FORM, data=body)
        return self._carry_out(request, cancel, allow_every_address, use_proxy=self._trust_env)

    def get(
        self, url: str, cancel: CancelToken, *, address_check: AddressCheck | None = None
    ) -> Reply:
        """GET ``url``; with a check of addresses, from an address that passed it and no proxy.

        Raises ``Cancelled`` at once when cancelled, ``NotSentError`` when certainly no byte of
        the request went out, ``CloudError`` for any other trouble short of a reply with a status,
        and whatever ``address_check`` raises. None of them holds a query, body or header.
        """
        request = requests.Request("GET", url, headers=_HEADERS)
        if address_check is None:
            return self._carry_out(request, cancel, allow_every_address, use_proxy=self._trust_env)
        return self._carry_out(request, cancel, address_check, use_proxy=False)

    def _carry_out(
        self,
        request: requests.Request,
        cancel: CancelToken,
        check: AddressCheck,
        *,
        use_proxy: bool,
    ) -> Reply:
        if cancel.cancelled:
            raise CancelledUnsent
        call = _Call(
            request=request,
            host=_host_of(request.url),
            line=Line(self._resolve, check, self._connect_timeout_s),
            verify=self._verify,
            use_proxy=use_proxy,
            deadline_s=self._deadline_s,
            max_reply_bytes=self._max_reply_bytes,
        )
        outcome = call.await_outcome(self._connect_timeout_s, cancel)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Call:
    """One exchange under way.

    The work is done in a thread of its own, because looking up a name cannot be interrupted: on
    a cancel or a deadline the caller leaves at once, and the line keeps the straggler from
    sending anything.
    """

    request: requests.Request
    host: str
    line: Line
    verify: bool | str
    use_proxy: bool
    deadline_s: float
    max_reply_bytes: int
    outcomes: SimpleQueue[Reply | Exception] = field(default_factory=SimpleQueue)

    def await_outcome(self, connect_timeout_s: float, cancel: CancelToken) -> Reply | Exception:
        """The reply or the error; never later than the deadline."""
        started_s = time.monotonic()
        worker = threading.Thread(target=self._work, name="exchange", daemon=True)
        try:
            with cancel.on_cancel(self._abandon):
                worker.start()
                outcome = self._next(connect_timeout_s)
                if outcome is None and self.line.end_unless_sent():
                    outcome = self._late(Fault.CONNECT_TIMEOUT)
                if outcome is None:
                    outcome = self._next(started_s + self.deadline_s - time.monotonic())
                if outcome is None:
                    self.line.end()
                    outcome = self._late(Fault.DEADLINE_PASSED)
        finally:
            sent = self.line.end()
        if cancel.cancelled:
            detail = f"{Stage.REQUEST.value}, {self.host}"
            return Cancelled(detail=detail) if sent else CancelledUnsent()
        return outcome

    def _next(self, timeout_s: float) -> Reply | Exception | None:
        try:
            return self.outcomes.get(timeout=max(timeout_s, 0.0))
        except Empty:
            return None

    def _late(self, fault: Fault) -> CloudError:
        kind = CloudError if self.line.sent else NotSentError
        return kind(fault, detail=faults.printable(f"{self.line.stage.value}, {self.host}"))

    def _abandon(self) -> None:
        self.line.end()
        self.outcomes.put(Cancelled())

    def _work(self) -> None:
        try:
            outcome: Reply | Exception = self._reply()
        except FaceCheckError as error:
            # A copy: the one that was caught hangs on to frames and causes that hold the request.
            outcome = error.about(error.picture)
        except faults.EXPECTED as error:
            if self.line.sent:
                outcome = faults.broken(error, self.host)
            else:
                outcome = faults.unsent(error, self.line.stage, self.host)
        except Exception as error:
            # A bug of ours: raised again where the outcome is awaited.
            outcome = error
        self.line.let_go()
        self.outcomes.put(outcome)

    def _reply(self) -> Reply:
        # Not through a session: that would read the whole body of a redirect, take passwords
        # from ~/.netrc and keep cookies.
        adapter = LineAdapter(self.line)
        try:
            prepared = self.request.prepare()
            response = adapter.send(
                prepared,
                stream=True,
                timeout=(self.deadline_s, self.deadline_s),
                verify=self.verify,
                proxies=self._proxies(prepared.url or ""),
            )
            with response:
                return self._read(response)
        finally:
            adapter.close()

    def _proxies(self, url: str) -> dict[str, str]:
        """The system's, where it may be used. What goes plainly to this machine is not sent round
        it: that is allowed only because nobody else can read it."""
        parts = urlsplit(url)
        stays_here = parts.scheme == "http" and is_this_machine(parts.hostname or "")
        if not self.use_proxy or stays_here:
            return {}
        return dict(get_environ_proxies(url))

    def _read(self, response: requests.Response) -> Reply:
        status = response.status_code
        if 300 <= status < 400:  # noqa: PLR2004
            raise CloudError(Fault.REDIRECTED, detail=f"HTTP {status}, {self.host}")
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        return Reply(
            status=status,
            content_type=faults.printable(media_type).strip().lower(),
            body=read_body(response.raw, self.max_reply_bytes),
        )


def _host_of(url: str | bytes | None) -> str:
    """The host of an address, fit to be shown; "" where there is none."""
    try:
        return faults.printable(urlsplit(str(url)).hostname or "")
    except ValueError:
        return ""
