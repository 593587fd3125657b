"""A web server on this machine that misbehaves as it is told, and counts what reaches it.

    with HostileServer(ok(b"{}")) as server:
        ...  # talk to server.url
    assert len(server.requests) == 1

A behaviour is a function that is given every connection as a ``Conversation``. Nothing here
sleeps: what hangs waits for the end of the server. When the ``with`` block is left, all threads
have ended, so that the counts are final.
"""

import contextlib
import functools
import gzip
import selectors
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeAlias

HOST = "127.0.0.1"
_RESET_ON_CLOSE = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)
_DRIP_S = 0.05


@dataclass(frozen=True, slots=True)
class Received:
    """One whole request as it came in; names of headers in lower case."""

    line: str
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def method(self) -> str:
        """GET, POST or CONNECT."""
        return self.line.split(" ")[0]

    @property
    def target(self) -> str:
        """A path, or what a proxy is asked for."""
        return self.line.split(" ")[1]


class Conversation:
    """One connection: reads the request, and offers the means to answer badly."""

    def __init__(
        self, connection: socket.socket, handle: socket.socket, server: "HostileServer"
    ) -> None:
        self.connection = connection
        self._handle = handle
        self._server = server

    def receive(self) -> Received:
        """Read one whole request and count it. Raises OSError when the client goes before."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        top, _, body = data.partition(b"\r\n\r\n")
        line, *rest = top.decode("latin-1").split("\r\n")
        pairs = (each.partition(":") for each in rest)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        while len(body) < int(headers.get("content-length", "0")):
            body += self._more()
        received = Received(line, headers, body)
        self._server.note(received)
        return received

    def read_to_the_end(self) -> None:
        """Read until the client closes."""
        with contextlib.suppress(OSError):
            while True:
                self._more()

    def send(self, data: bytes) -> None:
        """Hand ``data`` to the client."""
        self.connection.sendall(data)

    def reply(self, body: bytes, *, status: str = "200 OK", headers: Sequence[str] = ()) -> None:
        """A well-formed reply."""
        self.send(head(status, [f"Content-Length: {len(body)}", *headers]) + body)

    def hang(self) -> None:
        """Say nothing more until the server ends."""
        self._server.ending.wait()

    def drip(self, data: bytes) -> None:
        """Hand ``data`` over for ever and ever, byte by byte, until the server ends."""
        while True:
            for value in data:
                self.send(bytes([value]))
                if self._server.ending.wait(_DRIP_S):
                    return

    def reset(self) -> None:
        """Close in a way that the client sees as a reset."""
        self._handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.close()

    def close(self) -> None:
        """End the connection in good order."""
        self.connection.close()
        self._handle.close()

    def _more(self) -> bytes:
        piece = self.connection.recv(65536)
        if not piece:
            raise ConnectionError("the client closed")
        self._server.bytes_received += len(piece)
        return piece


Behaviour: TypeAlias = Callable[[Conversation], None]


class HostileServer:
    """Listens on loopback, over TLS when given a context; give every connection to ``behaviour``.

    ``requests`` are the whole requests that came in, ``connections`` how many were accepted,
    ``bytes_received`` what came in altogether (unencrypted), whole requests or not; ``port`` is
    where it listens, on ``HOST``.
    """

    def __init__(self, behaviour: Behaviour, *, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Received] = []
        self.connections = 0
        self.bytes_received = 0
        self.port = 0
        self.ending = threading.Event()
        self._behaviour = behaviour
        self._tls = tls
        self._listener: socket.socket
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._arrived = threading.Semaphore(0)
        self._last_caller: tuple[str, int] | None = None

    def __enter__(self) -> "HostileServer":
        self._listener = socket.create_server((HOST, 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ending.set()
        # The last caller: whoever came before it is still counted.
        with socket.socket() as caller:
            caller.bind((HOST, 0))
            self._last_caller = caller.getsockname()
            caller.connect((HOST, self.port))
            self._threads[0].join()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[1:]:
            thread.join()
        self._listener.close()

    @property
    def url(self) -> str:
        """Address of a page; over TLS by name, since certificates are for names."""
        if self._tls is not None:
            return f"https://localhost:{self.port}/api"
        return f"http://{HOST}:{self.port}/api"

    def note(self, received: Received) -> None:
        """Count a request; called by conversations."""
        self.requests.append(received)
        self._arrived.release()

    def wait_for_request(self, timeout_s: float = 10.0) -> None:
        """Return once one more whole request has come in."""
        assert self._arrived.acquire(timeout=timeout_s), "no request came in"

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="hostile server", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            connection, caller = self._listener.accept()
            if caller == self._last_caller:
                connection.close()
                return
            self.connections += 1
            # TLS takes the first handle over; the second one can still be cut at the end.
            handle = connection.dup()
            self._open.append(handle)
            self._start(functools.partial(self._converse, connection, handle))

    def _converse(self, connection: socket.socket, handle: socket.socket) -> None:
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._behaviour(Conversation(connection, handle, self))
        except OSError:
            pass  # the client went away
        finally:
            connection.close()
            handle.close()


def head(status: str = "200 OK", headers: Sequence[str] = ()) -> bytes:
    """Status line and headers, with the empty line."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def ok(
    body: bytes, *, content_type: str = "application/json", headers: Sequence[str] = ()
) -> Behaviour:
    """Answers as it should."""

    def behave(conversation: Conversation) -> None:
        conversation.receive()
        conversation.reply(body, headers=[f"Content-Type: {content_type}", *headers])

    return behave


def status(code: int, body: bytes = b"", *, headers: Sequence[str] = ()) -> Behaviour:
    """Answers with any status."""

    def behave(conversation: Conversation) -> None:
        conversation.receive()
        conversation.reply(body, status=f"{code} Because", headers=headers)

    return behave


def redirect(code: int) -> Behaviour:
    """Sends the client to the same place again, for ever."""

    def behave(conversation: Conversation) -> None:
        asked = conversation.receive().target
        conversation.reply(b"moved", status=f"{code} Moved", headers=[f"Location: {asked}"])

    return behave


def raw(data: bytes) -> Behaviour:
    """Answers with exactly these bytes and closes."""

    def behave(conversation: Conversation) -> None:
        conversation.receive()
        conversation.send(data)

    return behave


def html() -> Behaviour:
    """A captive portal or an error page: 200 and no JSON."""
    return ok(b"<html><body>Please log in</body></html>", content_type="text/html; charset=utf-8")


def gzip_bomb(unpacked_bytes: int) -> Behaviour:
    """A small body that unpacks to ``unpacked_bytes`` zeros, though nobody asked for packing."""
    packed = gzip.compress(bytes(unpacked_bytes), 9)
    return ok(packed, headers=["Content-Encoding: gzip"])


def endless_body(conversation: Conversation) -> None:
    """A body without a length that never ends."""
    conversation.receive()
    conversation.send(head())
    while True:
        conversation.send(bytes(65536))


def hang_before_reading(conversation: Conversation) -> None:
    """Accepts, and neither reads nor says anything: also a TLS handshake that never ends."""
    conversation.hang()


def hang_before_reply(conversation: Conversation) -> None:
    """Takes the request and falls silent."""
    conversation.receive()
    conversation.hang()


def hang_in_body(conversation: Conversation) -> None:
    """Begins to answer and falls silent."""
    conversation.receive()
    conversation.send(head(headers=["Content-Length: 100"]) + b'{"code"')
    conversation.hang()


def drip_body(conversation: Conversation) -> None:
    """One byte of body now and then: each read succeeds, the whole never ends."""
    conversation.receive()
    conversation.send(head(headers=["Content-Length: 60000"]))
    conversation.drip(b" ")


def drip_headers(conversation: Conversation) -> None:
    """One byte of header now and then, without end."""
    conversation.receive()
    conversation.send(b"HTTP/1.1 200 OK\r\n")
    conversation.drip(b"X: y\r\n")


def reset_after_request(conversation: Conversation) -> None:
    """Takes the whole request, then the connection breaks: was it carried out?"""
    conversation.receive()
    conversation.reset()


def reset_in_body(conversation: Conversation) -> None:
    """The connection breaks in the middle of the answer."""
    conversation.receive()
    conversation.send(head(headers=["Content-Length: 100"]) + b'{"code"')
    conversation.reset()


def short_body(conversation: Conversation) -> None:
    """Closes in good order, but before all that was announced."""
    conversation.receive()
    conversation.send(head(headers=["Content-Length: 100"]) + b'{"code":200}')


def close_at_accept(conversation: Conversation) -> None:
    """Accepts and closes at once."""
    conversation.close()


def refuse_tunnel(conversation: Conversation) -> None:
    """A proxy that wants a password."""
    conversation.receive()
    conversation.reply(b"", status="407 Proxy Authentication Required")


def tunnel(conversation: Conversation) -> None:
    """A proxy that opens tunnels to this machine's own ports."""
    asked = conversation.receive()
    port = int(asked.target.rpartition(":")[2])
    with (
        socket.create_connection((HOST, port)) as far,
        selectors.DefaultSelector() as selector,
    ):
        conversation.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
        near = conversation.connection
        selector.register(near, selectors.EVENT_READ, far)
        selector.register(far, selectors.EVENT_READ, near)
        while True:
            for key, _ in selector.select():
                data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not data:
                    return
                key.data.sendall(data)


@contextlib.contextmanager
def nobody_listens() -> Iterator[int]:
    """A port where a connection is refused."""
    with socket.socket() as reserved:
        reserved.bind((HOST, 0))
        yield int(reserved.getsockname()[1])


@contextlib.contextmanager
def nobody_accepts() -> Iterator[int]:
    """A port where a connection neither comes about nor is refused (Linux: a full queue)."""
    with contextlib.ExitStack() as opened:
        listener = opened.enter_context(socket.create_server((HOST, 0), backlog=0))
        port = int(listener.getsockname()[1])
        for _ in range(8):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((HOST, port))
        yield port
