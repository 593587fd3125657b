"""No key, face, token or address shows up in what the cloud comparer gives or raises."""

import base64
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType

import pytest

import facecheck_gui
from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.comparers.kuaidi100 import Kuaidi100Comparer
from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.comparers.payloads import Payloads
from facecheck_gui.comparers.refusals import discreet
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import ComparisonRequest, Side
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.domain.image import FaceToken, ImageAddress
from facecheck_gui.protocol.fields import Call, CallSide, EncodedPicture
from facecheck_gui.protocol.signature import sign
from facecheck_gui.web.exchange import Exchange
from tests.hostile_server import (
    Behaviour,
    Conversation,
    HostileServer,
    html,
    redirect,
    reset_after_request,
    short_body,
    status,
)

KEY = Credentials("CANARYkey", "CANARYsecret")
ADDRESS = "https://example.org/a.jpg?signed=CANARYaddress"
TOKEN = "CANARY/token"
PICTURE = base64.b64encode(b"a face " * 20).decode()


def _answer(content: object) -> Behaviour:
    def behave(conversation: Conversation) -> None:
        conversation.receive()
        # As some servers write it: with every slash escaped.
        conversation.reply(json.dumps(content).replace("/", "\\/").encode())

    return behave


def _message(code: int, text: str) -> Behaviour:
    return _answer({"code": code, "message": text})


def _echo(conversation: Conversation) -> None:
    """Says everything again that it was told."""
    told = conversation.receive().body.decode()
    conversation.reply(json.dumps({"code": 400, "message": told}).encode())


def _not_json(conversation: Conversation) -> None:
    conversation.reply(b'{"code":200,"message":"' + conversation.receive().body)


LOUD = {
    "success": _answer(
        {
            "code": 200,
            "message": f"{KEY.key} {sign(KEY).lower()} {ADDRESS} {PICTURE}",
            "data": {"score": "90.00", "sourceToken": TOKEN, "compareToken": TOKEN},
        }
    ),
    "echo": _echo,
    "echo, no JSON": _not_json,
    "key": _message(600, f"key {KEY.key} with {KEY.secret} invalid"),
    "signature": _message(503, f"{sign(KEY)} is not {sign(KEY).lower()}"),
    "address": _message(400, f"222204: {ADDRESS} not found"),
    "token": _message(400, f"222209: {TOKEN} does not exist"),
    "picture": _message(400, f"222203 {PICTURE}"),
    "unknown": _message(777, f"{TOKEN} {KEY.key} {PICTURE}"),
    "score out of range": _answer({"code": 200, "data": {"score": 101, "sourceToken": TOKEN}}),
    "html": html(),
    "redirect": redirect(307),
    "status": status(500, b"CANARY"),
    "reset": reset_after_request,
    "short": short_body,
}


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log with every level on."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


@pytest.fixture
def told_by(tmp_path: Path) -> Callable[[Behaviour, Credentials], FaceCheckError | str]:
    """What comes of a check: an error, or all that can be read of a comparison."""

    def check(behaviour: Behaviour, key: Credentials) -> FaceCheckError | str:
        with HostileServer(behaviour) as server:
            comparer = Kuaidi100Comparer(
                Exchange(),
                lambda: key,
                server.url,
                meter=CallMeter(
                    tmp_path / "c", size=9, expires=None, clock=lambda: datetime.now(UTC)
                ),
                pacing=Pacing(calls_per_second=1000),
                payloads=Payloads(),
            )
            request = ComparisonRequest("1", Side(ImageAddress(ADDRESS)), Side(FaceToken(TOKEN)))
            try:
                comparison = comparer.compare(request, CancelToken())
            except FaceCheckError as error:
                return error
        return repr(comparison) + comparison.raw_reply

    return check


def _frames(trace: TracebackType | None) -> Iterator[FrameType]:
    ours = str(Path(facecheck_gui.__file__).parent)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.startswith(ours):
            yield trace.tb_frame
        trace = trace.tb_next


@pytest.mark.parametrize("name", LOUD)
def test_no_canary_sings(
    name: str,
    told_by: Callable[[Behaviour, Credentials], FaceCheckError | str],
    everything_logged: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    told = told_by(LOUD[name], KEY)
    if isinstance(told, FaceCheckError):
        text = "".join([repr(told), str(told), repr(vars(told)), *traceback.format_exception(told)])
        assert told.__context__ is None
        assert told.__cause__ is None
    else:
        text = told
    for secret in ("CANARY", sign(KEY), sign(KEY).lower(), PICTURE[:20]):
        assert secret not in text
        assert secret not in everything_logged.text
        assert secret not in (tmp_path / "c").read_text()


@pytest.mark.parametrize("name", [name for name in LOUD if name != "success"])
def test_an_error_does_not_keep_the_call_alive(
    name: str, told_by: Callable[[Behaviour, Credentials], FaceCheckError | str]
) -> None:
    error = told_by(LOUD[name], KEY)
    assert isinstance(error, FaceCheckError)
    kept = [value for frame in _frames(error.__traceback__) for value in frame.f_locals.values()]
    assert not [v for v in kept if isinstance(v, bytes | Credentials | Call | CallSide)]
    assert not [v for v in kept if isinstance(v, EncodedPicture)]


def test_a_key_that_cannot_be_sent_is_not_quoted(
    told_by: Callable[[Behaviour, Credentials], FaceCheckError | str],
) -> None:
    error = told_by(_echo, Credentials("CANARY\udcff", "人"))
    assert isinstance(error, FaceCheckError)
    assert error.__context__ is None
    assert "CANARY" not in repr(error)


def test_short_words_are_not_taken_for_secrets() -> None:
    assert discreet("222202 pic not has face", ["a", "", "pic"]) == "222202 pic not has face"
