"""The right to send: given at most until the line is ended."""

import socket

import pytest

from facecheck_gui.web.line import Line, allow_every_address, look_up
from tests import hostile_server as hostile
from tests.hostile_server import HostileServer


def a_line(*addresses: str) -> Line:
    """A line to 127.0.0.1, or to whatever is given."""
    return Line(lambda _: addresses or ["127.0.0.1"], allow_every_address, 5.0)


def test_nothing_is_sent_until_it_is_claimed() -> None:
    line = a_line()
    assert not line.sent
    line.claim_sending()
    assert line.sent
    assert not line.end_unless_sent()
    assert line.end()


def test_an_ended_line_gives_no_right_to_send() -> None:
    line = a_line()
    assert line.end_unless_sent()
    with pytest.raises(ConnectionAbortedError):
        line.claim_sending()
    assert not line.sent


def test_an_ended_line_does_not_dial() -> None:
    line = a_line()
    line.end()
    with HostileServer(hostile.close_at_accept) as server, pytest.raises(ConnectionAbortedError):
        line.dial("any.example", server.port, ())
    assert server.connections == 0


def test_bytes_handed_over_after_the_end_do_not_leave() -> None:
    line = a_line()
    with HostileServer(lambda conversation: conversation.read_to_the_end()) as server:
        with line.dial("any.example", server.port, ()) as connection:
            line.claim_sending()
            line.end()
            with pytest.raises(OSError, match=r"pipe|reset|shut|abort"):
                connection.sendall(b"late")
        line.let_go()
    assert server.bytes_received == 0


def test_every_address_is_tried_while_there_is_time() -> None:
    line = a_line(*(f"127.0.0.{number}" for number in range(2, 30)), "127.0.0.1")
    with HostileServer(hostile.close_at_accept) as server:
        line.dial("many.example", server.port, ()).close()
    line.let_go()
    assert server.connections == 1


def test_no_address_is_tried_when_the_time_is_up() -> None:
    line = Line(lambda _: ["127.0.0.1"], allow_every_address, 0.0)
    with HostileServer(hostile.close_at_accept) as server, pytest.raises(TimeoutError):
        line.dial("late.example", server.port, ())
    assert server.connections == 0


def test_a_number_is_looked_up_as_itself() -> None:
    assert look_up("127.0.0.1") == ("127.0.0.1",)


@pytest.mark.parametrize("name", ["a..b", "x" * 64 + ".example", "\udcff"])
def test_what_is_no_name_is_not_found(name: str) -> None:
    with pytest.raises(socket.gaierror):
        look_up(name)
