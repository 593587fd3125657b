"""The one connection of one exchange, and the right to send on it."""

import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from enum import Enum
from typing import TypeAlias

Resolve: TypeAlias = Callable[[str], Sequence[str]]
"""Host name -> IP addresses in the order in which to try them. Raises OSError."""

AddressCheck: TypeAlias = Callable[[str], None]
"""Raises a ``FaceCheckError`` for an IP address that must not be connected to."""

SocketOptions: TypeAlias = Iterable[tuple[int, int, int | bytes]]

_MOST_SHARES = 4
_SHORTEST_TRY_S = 0.05
# Closing resets the connection and throws away what the system has not sent yet.
_DISCARD_UNSENT = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)


class Stage(Enum):
    """How far the way to the server was gone."""

    NOT_BEGUN = "before the name was looked up"
    LOOK_UP = "while looking up the name"
    CONNECT = "while connecting"
    HANDSHAKE = "while securing the connection"
    REQUEST = "after the request began"


def look_up(host: str) -> tuple[str, ...]:
    """The addresses of ``host`` as the system knows them, each once. Raises ``gaierror``."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from None
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def allow_every_address(_address: str) -> None:
    """The check for addresses that staff chose themselves."""


class Line:
    """Dials, and decides for good whether a request byte may leave.

    Two threads share it: one carries out the exchange, the other may ``end`` it at any moment.
    Once ``end`` has returned, nothing more is handed to the network, and whether the request had
    begun to leave is settled.
    """

    def __init__(self, resolve: Resolve, check: AddressCheck, connect_timeout_s: float) -> None:
        self.stage = Stage.NOT_BEGUN
        self._resolve = resolve
        self._check = check
        self._connect_by_s = time.monotonic() + connect_timeout_s
        self._lock = threading.Lock()
        # A second handle on the same connection: TLS takes the first one over, and its own
        # shutdown is not safe while another thread reads.
        self._handle: socket.socket | None = None
        self._ended = False
        self._sent = False

    def dial(self, host: str, port: int, options: SocketOptions) -> socket.socket:
        """Look ``host`` up once, check every address, connect to one of exactly those.

        The addresses share the time for connecting, so that a dead first one leaves time for the
        next. Raises OSError, or whatever the address check raises.
        """
        self.stage = Stage.LOOK_UP
        addresses = self._resolve(host)
        self.raise_if_ended()
        for address in addresses:
            self._check(address)
        self.stage = Stage.CONNECT
        failure: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
        for index, address in enumerate(addresses):
            left_s = self._connect_by_s - time.monotonic()
            if left_s <= 0:
                raise TimeoutError
            share_s = left_s / min(len(addresses) - index, _MOST_SHARES)
            try:
                return self._connect(address, port, options, max(share_s, _SHORTEST_TRY_S))
            except OSError as error:
                self.raise_if_ended()
                failure = error
        raise failure

    def claim_sending(self) -> None:
        """To be called before request bytes are handed over. Raises OSError on an ended line."""
        with self._lock:
            if self._ended:
                raise ConnectionAbortedError
            self._sent = True
            self.stage = Stage.REQUEST

    def end(self) -> bool:
        """Cut the connection; never blocks. Returns whether any request byte may have left."""
        with self._lock:
            self._cut()
            return self._sent

    def end_unless_sent(self) -> bool:
        """Cut the connection if no request byte has left yet; returns whether that was so."""
        with self._lock:
            if not self._sent:
                self._cut()
            return not self._sent

    @property
    def sent(self) -> bool:
        """Whether any request byte may have left so far."""
        with self._lock:
            return self._sent

    def let_go(self) -> None:
        """Close the handle; for the thread that dialled, when it is done."""
        with self._lock:
            self._ended = True
            if self._handle is not None:
                self._handle.close()
                self._handle = None

    def raise_if_ended(self) -> None:
        """Raises OSError on an ended line."""
        with self._lock:
            self._raise_unlocked()

    def _connect(
        self, address: str, port: int, options: SocketOptions, timeout_s: float
    ) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            for option in options:
                connection.setsockopt(*option)
            self._hold(connection)
            connection.settimeout(timeout_s)
            connection.connect((address, port))
            # Where a connection in the making cannot be cut, it is dropped here.
            self.raise_if_ended()
        except BaseException:
            connection.close()
            raise
        return connection

    def _hold(self, connection: socket.socket) -> None:
        with self._lock:
            self._raise_unlocked()
            if self._handle is not None:
                self._handle.close()
            self._handle = connection.dup()

    def _cut(self) -> None:
        self._ended = True
        if self._handle is not None:
            with suppress(OSError):
                self._handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DISCARD_UNSENT)
                self._handle.shutdown(socket.SHUT_RDWR)

    def _raise_unlocked(self) -> None:
        if self._ended:
            raise ConnectionAbortedError
