"""The cloud comparer: refuses before it spends, sends once, and lets nothing slip."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.comparers.kuaidi100 import Kuaidi100Comparer
from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.comparers.payloads import Payloads
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Comparison, ComparisonRequest, Side
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import (
    Cancelled,
    CancelledUnsent,
    CloudError,
    FaceCheckError,
    Fault,
    NotSentError,
    WhichPicture,
)
from facecheck_gui.domain.face import FaceBox, FaceType
from facecheck_gui.domain.image import FaceToken, ImageAddress, Picture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.quality import FindingCode
from facecheck_gui.protocol.fields import Call, EncodedPicture, decode_call
from facecheck_gui.web.exchange import Exchange
from tests import fakes
from tests.fakes import FakeClock
from tests.hostile_server import (
    HostileServer,
    hang_before_reply,
    nobody_listens,
    ok,
    redirect,
    status,
)

KEY = Credentials("CANARY-key", "CANARY-secret")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SUCCESS = (
    b'{"code":200,"message":"","data":'
    b'{"score":"91.50","sourceToken":"CANARY-t1","compareToken":"CANARY-t2"}}'
)
_UNKNOWN = WhichPicture.UNKNOWN
TOKEN_GONE = '{"code":400,"message":"222209 face token不存在"}'.encode()


@dataclass
class Answer:
    """One reply."""

    body: bytes
    status: int = 200
    content_type: str = "application/json"


class ScriptedExchange:
    """Answers in turn; the last answer stays."""

    def __init__(self, *script: Answer | bytes | Exception) -> None:
        self._script = list(script)
        self.calls: list[Call] = []
        self.urls: list[str] = []

    def post_form(self, url: str, body: bytes, cancel: CancelToken) -> Answer:
        self.urls.append(url)
        self.calls.append(decode_call(body))
        answer = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(answer, Exception):
            raise answer
        return Answer(answer) if isinstance(answer, bytes) else answer

    def get(self, url: str, cancel: CancelToken) -> Answer:
        self.urls.append(url)
        return Answer(b"", 405)


class Till:
    """A comparer, its exchange and its tally."""

    def __init__(
        self,
        folder: Path,
        *script: Answer | bytes | Exception,
        endpoint: str = "https://cloud.example/api",
        size: int = 0,
        expires: date | None = None,
        allow_http: bool = False,
        credentials: Credentials | None = KEY,
        exchange: ScriptedExchange | None = None,
        **payloads: bool,
    ) -> None:
        self.clock = FakeClock()
        self.exchange = exchange or ScriptedExchange(*script)
        self.meter = CallMeter(folder / "calls.log", size=size, expires=expires, clock=lambda: NOW)
        self.payloads = Payloads(clock=self.clock, **payloads)
        self.pacing = Pacing(calls_per_second=1000, clock=self.clock)
        self.comparer = Kuaidi100Comparer(
            self.exchange,
            lambda: credentials,
            endpoint,
            meter=self.meter,
            pacing=self.pacing,
            payloads=self.payloads,
            allow_http=allow_http,
            clock=self.clock,
        )

    def ask(self, request: ComparisonRequest | None = None) -> Comparison:
        self.clock.advance(1)
        return self.comparer.compare(request or fakes.request(), CancelToken())

    def fault(self, request: ComparisonRequest | None = None) -> FaceCheckError:
        with pytest.raises(FaceCheckError) as caught:
            self.ask(request)
        return caught.value


@pytest.fixture
def till(tmp_path: Path) -> Callable[..., Till]:
    return lambda *script, **options: Till(tmp_path, *(script or (SUCCESS,)), **options)


def _codes(comparison: Comparison) -> set[FindingCode]:
    return {finding.code for finding in comparison.findings}


def test_the_probe_is_the_source_and_the_reference_is_compared(till: Callable[..., Till]) -> None:
    one = till()
    request = ComparisonRequest(
        "1",
        Side(fakes.picture(shade=20), FaceType.LIVE, LivenessLevel.HIGH),
        Side(ImageAddress("https://example.org/a.jpg"), FaceType.IDCARD),
    )
    comparison = one.ask(request)
    (call,) = one.exchange.calls
    assert isinstance(call.probe.image, EncodedPicture)
    assert call.probe.liveness is LivenessLevel.HIGH
    assert call.reference.image == ImageAddress("https://example.org/a.jpg")
    assert call.reference.face_type is FaceType.IDCARD
    assert comparison.score.value == 91.5
    assert comparison.liveness is LivenessResult.PASSED


def test_liveness_that_nobody_asked_for_was_not_checked(till: Callable[..., Till]) -> None:
    comparison = till().ask()
    assert comparison.liveness is LivenessResult.NOT_CHECKED
    assert FindingCode.LIVENESS_NOT_CHECKED in _codes(comparison)


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"credentials": None}, Fault.KEY_MISSING),
        ({"endpoint": "http://cloud.example/api"}, Fault.HTTP_NOT_ALLOWED),
        ({"endpoint": "ftp://cloud.example/api"}, Fault.ENDPOINT_INVALID),
        ({"endpoint": ""}, Fault.ENDPOINT_INVALID),
        ({"size": 50, "expires": date(2026, 10, 31)}, Fault.PACKAGE_EXPIRED),
    ],
)
def test_what_can_be_refused_here_is_refused_before_it_costs(
    till: Callable[..., Till], options: dict[str, object], fault: Fault
) -> None:
    one = till(**options)
    assert one.fault().fault is fault
    assert one.exchange.calls == []
    assert one.meter.read().used == 0


def test_a_used_up_package_sends_nothing(till: Callable[..., Till]) -> None:
    one = till(size=2)
    one.ask()
    one.ask()
    assert one.fault().fault is Fault.CALLS_USED_UP
    assert len(one.exchange.calls) == 2


def test_a_tally_that_cannot_be_written_sends_nothing(tmp_path: Path) -> None:
    (tmp_path / "calls.log").mkdir()
    one = Till(tmp_path, SUCCESS)
    assert one.fault().fault is Fault.TALLY_NOT_WRITTEN
    assert one.exchange.calls == []


def test_plain_http_is_said_except_on_this_machine(till: Callable[..., Till]) -> None:
    allowed = till(endpoint="http://cloud.example/api", allow_http=True)
    assert FindingCode.PLAIN_HTTP in _codes(allowed.ask())
    assert FindingCode.PLAIN_HTTP not in _codes(till(endpoint="http://127.0.0.1:9/api").ask())


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>",
        b'{"code":200,"data":{"score":"1e999"}}',
        b'{"code":400,"message":"222202"}',
        b'{"code":400,"message":"18"}',
        b'{"code":500}',
        Answer(b"busy", 503),
        CloudError(Fault.CONNECTION_BROKEN),
        CloudError(Fault.DEADLINE_PASSED),
        Cancelled(),
    ],
)
def test_nothing_that_was_sent_is_sent_again(
    till: Callable[..., Till], answer: bytes | Answer | Exception
) -> None:
    one = till(answer)
    one.fault()
    assert len(one.exchange.calls) == 1
    assert one.meter.read().used == 1


def test_what_was_certainly_not_sent_is_tried_once_more_and_not_counted(
    till: Callable[..., Till],
) -> None:
    one = till(NotSentError(Fault.CONNECTION_REFUSED))
    assert one.fault().fault is Fault.CONNECTION_REFUSED
    assert len(one.exchange.calls) == 2
    assert one.meter.read().used == 0
    again = till(NotSentError(Fault.NAME_NOT_FOUND), SUCCESS)
    assert again.ask().score.value == 91.5
    assert again.meter.read().used == 1


def test_what_was_cancelled_before_it_was_sent_is_not_counted(till: Callable[..., Till]) -> None:
    one = till(CancelledUnsent())
    one.fault()
    assert len(one.exchange.calls) == 1
    assert one.meter.read().used == 0


def test_who_did_not_answer_in_time_is_not_asked_again(till: Callable[..., Till]) -> None:
    one = till(NotSentError(Fault.CONNECT_TIMEOUT))
    one.fault()
    assert len(one.exchange.calls) == 1
    assert one.meter.read().used == 0


@pytest.mark.parametrize(
    "told",
    [
        b'{"code":200,"message":"liveness check fail","data":{"score":"91"}}',
        b'{"code":200,"message":"error 223120 liveness check fail","data":{"score":"91"}}',
        b'{"code":200,"error_code":223120,"data":{"score":"91"}}',
        b'{"code":200,"success":false,"data":{"score":"91"}}',
    ],
)
def test_a_score_beside_a_failure_is_no_score(till: Callable[..., Till], told: bytes) -> None:
    assert till(told).fault().fault is not None


def test_liveness_that_failed_is_an_attack_whatever_score_stands_beside_it(
    till: Callable[..., Till],
) -> None:
    told = b'{"code":200,"message":"liveness check fail 223120","data":{"score":"91"}}'
    assert till(told).fault().fault is Fault.LIVENESS_FAILED


@pytest.mark.parametrize("message", ["", "success", "成功", "ok", "SUCCESS"])
def test_a_success_may_say_so(till: Callable[..., Till], message: str) -> None:
    body = json.dumps({"code": 200, "message": message, "data": {"score": "91"}}).encode()
    assert till(body).ask().score.value == 91


def test_a_certificate_that_is_not_trusted_is_not_tried_again(till: Callable[..., Till]) -> None:
    one = till(NotSentError(Fault.TLS_FAILED))
    one.fault()
    assert len(one.exchange.calls) == 1


def test_a_quota_refusal_closes_the_gate(till: Callable[..., Till]) -> None:
    one = till(b'{"code":400,"message":"17"}')
    assert one.fault().fault is Fault.CALLS_USED_UP
    assert one.fault().vendor_code == "17"
    assert len(one.exchange.calls) == 1


def test_a_kept_token_is_sent_only_when_a_setting_says_so(till: Callable[..., Till]) -> None:
    request = fakes.request()
    plain = till()
    plain.ask(request)
    plain.ask(request)
    assert all(isinstance(c.reference.image, EncodedPicture) for c in plain.exchange.calls)
    reusing = till(reuse_tokens=True)
    reusing.ask(request)
    second = reusing.ask(request)
    assert reusing.exchange.calls[1].reference.image == FaceToken("CANARY-t2")
    assert FindingCode.TOKEN_USED in _codes(second)
    reusing.clock.advance(3600)
    reusing.ask(request)
    assert isinstance(reusing.exchange.calls[2].reference.image, EncodedPicture)


def test_a_refused_token_is_silently_replaced_by_the_picture_once(
    till: Callable[..., Till],
) -> None:
    request = fakes.request()
    one = till(SUCCESS, TOKEN_GONE, SUCCESS, reuse_tokens=True)
    one.ask(request)
    comparison = one.ask(request)
    assert len(one.exchange.calls) == 3
    assert isinstance(one.exchange.calls[2].reference.image, EncodedPicture)
    assert FindingCode.TOKEN_REPLACED in _codes(comparison)


def test_a_token_that_a_person_gave_is_not_replaced(till: Callable[..., Till]) -> None:
    one = till(TOKEN_GONE)
    request = ComparisonRequest("1", Side(fakes.picture()), Side(FaceToken("old")))
    assert one.fault(request).fault is Fault.TOKEN_GONE
    assert len(one.exchange.calls) == 1


def test_another_face_on_the_photo_is_cut_out_and_has_a_token_of_its_own(
    till: Callable[..., Till],
) -> None:
    one = till(reuse_tokens=True)
    photo = fakes.picture(200, 100)
    whole = ComparisonRequest("1", Side(fakes.picture()), Side(photo))
    part = ComparisonRequest(
        "2", Side(fakes.picture()), Side(photo, chosen_face=FaceBox(10, 10, 30, 30))
    )
    one.ask(whole)
    one.ask(part)
    sent = [call.reference.image for call in one.exchange.calls]
    assert all(isinstance(image, EncodedPicture) for image in sent)
    assert sent[0] != sent[1]
    one.ask(part)
    assert isinstance(one.exchange.calls[2].reference.image, FaceToken)


def test_the_token_of_one_face_never_stands_for_the_whole_photo(till: Callable[..., Till]) -> None:
    one = till(reuse_tokens=True)
    photo = fakes.picture(200, 100)
    part = Side(photo, chosen_face=FaceBox(10, 10, 30, 30))
    one.ask(ComparisonRequest("1", Side(fakes.picture()), part))
    one.ask(ComparisonRequest("2", Side(fakes.picture()), Side(photo)))
    assert isinstance(one.exchange.calls[1].reference.image, EncodedPicture)


def test_large_pictures_are_made_to_fit_before_they_are_sent(till: Callable[..., Till]) -> None:
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (1500, 2500, 3), np.uint8)
    one = till()
    one.ask(ComparisonRequest("1", Side(Picture(pixels)), Side(Picture(pixels))))
    (call,) = one.exchange.calls
    for side in (call.probe, call.reference):
        assert isinstance(side.image, EncodedPicture)
        assert len(side.image.data) * 4 / 3 <= 2 * 1024 * 1024


@pytest.mark.parametrize(
    ("message", "asked", "picture"),
    [
        ("222202", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.UNKNOWN),
        ("sourceImage 222202", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.PROBE),
        ("compareImage 222202", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.REFERENCE),
        ("223120", (LivenessLevel.LOW, LivenessLevel.NONE), WhichPicture.PROBE),
        ("223120", (LivenessLevel.NONE, LivenessLevel.LOW), WhichPicture.REFERENCE),
        ("223120", (LivenessLevel.LOW, LivenessLevel.LOW), WhichPicture.UNKNOWN),
        ("17", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.NEITHER),
        ("resource 222202", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.UNKNOWN),
        ("face compare failed 222202", (LivenessLevel.NONE, LivenessLevel.NONE), _UNKNOWN),
        ("源图 222202", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.PROBE),
        ("对比图 222202", (LivenessLevel.NONE, LivenessLevel.NONE), WhichPicture.REFERENCE),
        ("sourceImage, compareImage 222202", (LivenessLevel.NONE, LivenessLevel.NONE), _UNKNOWN),
    ],
)
def test_a_refusal_names_its_picture_only_where_it_is_known(
    till: Callable[..., Till],
    message: str,
    asked: tuple[LivenessLevel, LivenessLevel],
    picture: WhichPicture,
) -> None:
    one = till(f'{{"code":400,"message":"{message}"}}'.encode())
    request = ComparisonRequest(
        "1", Side(fakes.picture(), liveness=asked[0]), Side(fakes.picture(), liveness=asked[1])
    )
    assert one.fault(request).picture is picture


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (ImageAddress("https://example.org/a.jpg"), "222204"),
        (FaceToken("CANARY-t0"), "222209"),
    ],
)
def test_only_the_side_that_was_sent_so_can_be_at_fault(
    till: Callable[..., Till], reference: Picture | ImageAddress | FaceToken, message: str
) -> None:
    one = till(f'{{"code":400,"message":"{message}"}}'.encode())
    request = ComparisonRequest("1", Side(fakes.picture()), Side(reference))
    assert one.fault(request).picture is WhichPicture.REFERENCE


def test_the_last_calls_of_a_package_are_said(till: Callable[..., Till]) -> None:
    one = till(size=2)
    assert FindingCode.CALLS_RUNNING_OUT not in _codes(one.ask())
    assert FindingCode.CALLS_RUNNING_OUT in _codes(one.ask())


def test_a_server_that_says_too_many_in_http_alone_is_waited_for(till: Callable[..., Till]) -> None:
    assert till(Answer(b"slow down", 429)).fault().fault is Fault.SERVICE_THROTTLED


@pytest.mark.parametrize("http", [201, 400, 500])
def test_a_score_that_comes_with_an_error_of_http_is_none(
    till: Callable[..., Till], http: int
) -> None:
    assert till(Answer(SUCCESS, http)).fault().fault is Fault.BAD_REPLY


def test_a_call_beyond_ten_megabytes_is_not_sent(till: Callable[..., Till]) -> None:
    one = till()
    endless = ImageAddress("https://example.org/" + "a" * 10 * 1024 * 1024)
    request = ComparisonRequest("1", Side(fakes.picture()), Side(endless))
    assert one.fault(request).fault is Fault.BODY_TOO_LARGE
    assert one.exchange.calls == []
    assert one.meter.read().used == 0


def test_a_captive_portal_is_known_by_its_kind_of_page(till: Callable[..., Till]) -> None:
    error = till(Answer(b"<html>Log in</html>", content_type="text/html")).fault()
    assert (error.fault, error.detail) == (Fault.BAD_REPLY, "no JSON object, text/html")


def test_a_count_that_cannot_be_put_right_hides_no_error(tmp_path: Path) -> None:
    class LosesItsTally(ScriptedExchange):
        def post_form(self, url: str, body: bytes, cancel: CancelToken) -> Answer:
            (tmp_path / "calls.log").unlink()
            (tmp_path / "calls.log").mkdir()
            return super().post_form(url, body, cancel)

    one = Till(tmp_path, SUCCESS, exchange=LosesItsTally(NotSentError(Fault.TLS_FAILED)))
    assert one.fault().fault is Fault.TLS_FAILED


def test_a_reason_that_nobody_knows_is_kept_for_staff(till: Callable[..., Till]) -> None:
    error = till(b'{"code":777,"message":"moon\\u202e phase"}').fault()
    assert (error.fault, error.vendor_code, error.detail) == (
        Fault.UNKNOWN_ANSWER,
        "777",
        "moon phase",
    )


def test_testing_the_connection_sends_no_key_and_spends_no_call(till: Callable[..., Till]) -> None:
    one = till(size=50)
    report = one.comparer.test_connection(CancelToken())
    assert (report.secure, report.status) == (True, 405)
    assert one.exchange.calls == []
    assert one.exchange.urls == ["https://cloud.example/api"]
    assert one.meter.read().used == 0


@pytest.mark.parametrize(
    ("behaviour", "fault", "requests"),
    [
        (redirect(307), Fault.REDIRECTED, 1),
        (redirect(302), Fault.REDIRECTED, 1),
        (status(503), Fault.HTTP_STATUS, 1),
        (status(401), Fault.HTTP_STATUS, 1),
        (ok(b""), Fault.BAD_REPLY, 1),
        (ok(b"x" * 100_000), Fault.REPLY_TOO_LARGE, 1),
        (ok(b'{"code":400,"message":"223120"}'), Fault.LIVENESS_FAILED, 1),
    ],
)
def test_a_real_server_sees_one_request_for_one_check(
    tmp_path: Path, behaviour: object, fault: Fault, requests: int
) -> None:
    with HostileServer(behaviour) as server:  # type: ignore[arg-type]
        comparer, _ = _with_real_exchange(tmp_path, server.url)
        with pytest.raises(FaceCheckError) as caught:
            comparer.compare(fakes.request(), CancelToken())
    assert caught.value.fault is fault
    assert len(server.requests) == requests


def _with_real_exchange(tmp_path: Path, url: str) -> tuple[Kuaidi100Comparer, CallMeter]:
    meter = CallMeter(tmp_path / "c", size=0, expires=None, clock=lambda: NOW)
    comparer = Kuaidi100Comparer(
        Exchange(),
        lambda: KEY,
        url,
        meter=meter,
        pacing=Pacing(calls_per_second=100),
        payloads=Payloads(),
    )
    return comparer, meter


def test_a_cancel_cuts_a_running_call_off_and_it_stays_counted(tmp_path: Path) -> None:
    token = CancelToken()
    with HostileServer(hang_before_reply) as server, ThreadPoolExecutor(1) as pool:
        comparer, meter = _with_real_exchange(tmp_path, server.url)
        running = pool.submit(comparer.compare, fakes.request(), token)
        server.wait_for_request()
        token.cancel()
        assert isinstance(running.exception(timeout=10), Cancelled)
    assert len(server.requests) == 1
    assert meter.read().used == 1


def test_a_server_that_is_not_there_is_tried_twice_and_costs_nothing(tmp_path: Path) -> None:
    with nobody_listens() as port:
        comparer, meter = _with_real_exchange(tmp_path, f"http://127.0.0.1:{port}/api")
        with pytest.raises(NotSentError) as caught:
            comparer.compare(fakes.request(), CancelToken())
    assert caught.value.fault is Fault.CONNECTION_REFUSED
    assert meter.read().used == 0
