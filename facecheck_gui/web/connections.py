"""Makes requests and urllib3 dial and send through a ``Line``."""

import functools
import logging
import socket
from collections.abc import Mapping
from typing import Any, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from facecheck_gui.web.faults import unsent
from facecheck_gui.web.line import Line, Stage

# It writes addresses with their query into the log, some of it as warnings.
logging.getLogger("urllib3").setLevel(logging.CRITICAL + 1)


class _OnLine(HTTPConnection):
    """A connection that dials and sends only as far as its line allows."""

    def __init__(self, line: Line, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._line = line
        self._connecting = False

    def _new_conn(self) -> socket.socket:
        host = self._dns_host.strip("[]")
        connection = self._line.dial(host, self.port, self.socket_options or ())
        self._line.stage = Stage.HANDSHAKE
        return connection

    def connect(self) -> None:
        """Dial, pass a proxy where there is one, and shake hands; raises ``NotSentError``."""
        self._connecting = True
        try:
            super().connect()
            self._line.raise_if_ended()
        except (OSError, ValueError, HTTPError) as error:
            raise unsent(error, self._line.stage, self.host) from None
        finally:
            self._connecting = False

    def send(self, data: Any) -> None:
        """Hand bytes to the network; what goes to a proxy while connecting is no request."""
        if self.sock is None:
            self.connect()
        if self._connecting:
            self._line.raise_if_ended()
        else:
            self._line.claim_sending()
        super().send(data)


class _PlainOnLine(_OnLine):
    pass


class _SecureOnLine(_OnLine, HTTPSConnection):
    pass


class LineAdapter(HTTPAdapter):
    """Carries one exchange over one line: no second try, no pool kept, no proxy but http(s)."""

    def __init__(self, line: Line) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        self._line = line

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: bool | str | None,  # noqa: FBT001 - the signature of requests
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> urllib3.HTTPConnectionPool:
        """The pool that requests would use, its connections bound to the line."""
        pool = cast(
            urllib3.HTTPConnectionPool,
            super().get_connection_with_tls_context(request, verify, proxies, cert),
        )
        kind = _SecureOnLine if isinstance(pool, urllib3.HTTPSConnectionPool) else _PlainOnLine
        pool.ConnectionCls = functools.partial(kind, self._line)  # type: ignore[assignment]
        return pool

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """As in requests; a SOCKS proxy is refused, since its own connections know no line."""
        if proxy.lower().startswith("socks"):
            raise requests.exceptions.InvalidProxyURL
        return super().proxy_manager_for(proxy, **options)
