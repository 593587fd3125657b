"""The cloud comparer: kuaidi100's face comparison, or any service that speaks its dialect.

A call that was sent may be billed whatever came back. So everything that can be refused here is
refused before, and one check sends once: again only when certainly nothing went out, or when the
cloud has forgotten the token it gave for the reference.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from facecheck_gui.comparers.call_meter import CallMeter, MeterReading, MeterState
from facecheck_gui.comparers.pacing import Pacing
from facecheck_gui.comparers.payloads import Payloads
from facecheck_gui.comparers.refusals import discreet, error_of
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Comparison, ComparisonRequest, EngineName
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import (
    Cancelled,
    CloudError,
    FaceCheckError,
    Fault,
    SettingsError,
    WhichPicture,
)
from facecheck_gui.domain.image import FaceToken, ImageAddress
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.domain.quality import FindingCode, QualityFinding
from facecheck_gui.protocol.fields import MAX_BODY_BYTES, Call, CallSide, encode_call
from facecheck_gui.protocol.reply import Refused, Scored, parse_reply, without_tokens
from facecheck_gui.protocol.signature import sign
from facecheck_gui.settings.endpoint import checked_endpoint, is_exposed, is_plain_http

_OK, _TOO_MANY = 200, 429


class Answers(Protocol):
    """What came back."""

    @property
    def status(self) -> int:
        """HTTP's own status."""
        ...

    @property
    def content_type(self) -> str:
        """The media type alone, fit to be shown; "" where none was given."""
        ...

    @property
    def body(self) -> bytes:
        """Unpacked, and capped."""
        ...


class Sends(Protocol):
    """What carries a call out and brings one answer back; see ``web.exchange``."""

    def post_form(self, url: str, body: bytes, cancel: CancelToken) -> Answers:
        """Raises NotSentError, CloudError or Cancelled."""
        ...

    def get(self, url: str, cancel: CancelToken) -> Answers:
        """Raises as ``post_form`` does."""
        ...


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """The endpoint answers: over TLS or not, with which HTTP status, after how long."""

    secure: bool
    status: int
    elapsed_ms: float


class Kuaidi100Comparer:
    """See the module. ``payloads`` keeps what was encoded and the tokens the cloud gave.

    ``credentials`` is asked at each check, on its thread: a key store may take its time.
    """

    def __init__(
        self,
        exchange: Sends,
        credentials: Callable[[], Credentials | None],
        endpoint: str,
        *,
        meter: CallMeter,
        pacing: Pacing,
        payloads: Payloads,
        allow_http: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._exchange = exchange
        self._credentials = credentials
        self._endpoint = endpoint
        self._meter = meter
        self._pacing = pacing
        self._payloads = payloads
        self._allow_http = allow_http
        self._clock = clock

    @property
    def engine(self) -> EngineName:
        """The cloud."""
        return EngineName.KUAIDI100

    def compare(self, request: ComparisonRequest, cancel: CancelToken) -> Comparison:
        """One billed call, or two: the second where the cloud refuses the reference's kept token.

        Raises CloudError, PictureError, SettingsError (a count that cannot be written) and
        Cancelled; see ``comparers.base``.
        """
        try:
            return self._compared(request, cancel)
        except FaceCheckError as caught:
            # A copy: the one that was caught holds on to frames with the key and both faces.
            error = caught.about(caught.picture)
        raise error

    def _compared(self, request: ComparisonRequest, cancel: CancelToken) -> Comparison:
        credentials, insecure = self._ready()
        probe = self._payloads.probe(request.probe)
        cancel.raise_if_cancelled()
        token = self._payloads.kept_token(request.reference)
        findings: list[FindingCode] = [FindingCode.PLAIN_HTTP] if insecure else []
        if token is not None:
            named = CallSide(token, request.reference.face_type, request.reference.liveness)
            try:
                comparison = self._ask(request, credentials, probe, named, cancel)
            except CloudError as error:
                if error.fault is not Fault.TOKEN_GONE:
                    raise
                self._payloads.forget_token(request.reference)
                findings.append(FindingCode.TOKEN_REPLACED)
            else:
                return _with(comparison, request, [*findings, FindingCode.TOKEN_USED])
        reference = self._payloads.reference(request.reference)
        comparison = self._ask(request, credentials, probe, reference, cancel)
        return _with(comparison, request, findings)

    def test_connection(self, cancel: CancelToken) -> ConnectionReport:
        """Whether the endpoint answers, and how.

        A bare GET without key, signature or picture: only a POST with a valid signature can be
        billed. Any HTTP status shows that the server is there. Whether key and secret are right
        can only be told by a real call, and is not tested.
        """
        insecure = self._judge_endpoint()
        started = self._clock()
        answer = self._exchange.get(self._endpoint, cancel)
        elapsed_ms = (self._clock() - started) * 1000
        secure = not insecure and not is_plain_http(self._endpoint)
        return ConnectionReport(secure, answer.status, elapsed_ms)

    def close(self) -> None:
        """Connections last for one call; nothing is held."""

    def _ready(self) -> tuple[Credentials, bool]:
        """Refuse here what the cloud would refuse for money."""
        insecure = self._judge_endpoint()
        credentials = self._credentials()
        if credentials is None:
            raise CloudError(Fault.KEY_MISSING)
        if not (credentials.key + credentials.secret).isascii():
            raise CloudError(Fault.CREDENTIALS_REFUSED, detail="letters that no key has")
        return credentials, insecure

    def _judge_endpoint(self) -> bool:
        """Whether it is plain http to another machine. Raises when that is not allowed."""
        try:
            endpoint = checked_endpoint(self._endpoint)
        except ValueError:
            raise CloudError(Fault.ENDPOINT_INVALID) from None
        insecure = is_exposed(endpoint)
        if insecure and not self._allow_http:
            raise CloudError(Fault.HTTP_NOT_ALLOWED)
        return insecure

    def _ask(
        self,
        request: ComparisonRequest,
        credentials: Credentials,
        probe: CallSide,
        reference: CallSide,
        cancel: CancelToken,
    ) -> Comparison:
        call = Call(credentials.key, sign(credentials), probe, reference)
        body = encode_call(call)
        if len(body) >= MAX_BODY_BYTES:
            raise CloudError(Fault.BODY_TOO_LARGE)
        secrets = _secrets(credentials, call)
        readings: list[MeterReading] = []

        def send() -> Comparison:
            readings.append(self._meter.spend())
            answer = self._send_once(body, cancel)
            return self._judged(request, call, answer, secrets)

        comparison = self._pacing.run(send, cancel)
        if readings[-1].state is not MeterState.FINE:
            return _with(comparison, None, [FindingCode.CALLS_RUNNING_OUT])
        return comparison

    def _send_once(self, body: bytes, cancel: CancelToken) -> Answers:
        try:
            return self._exchange.post_form(self._endpoint, body, cancel)
        except (CloudError, Cancelled) as error:
            if error.nothing_sent:
                # Better one call too many in the count than another error than the one that was.
                with suppress(SettingsError):
                    self._meter.refund()
            raise

    def _judged(
        self, request: ComparisonRequest, call: Call, answer: Answers, secrets: list[str]
    ) -> Comparison:
        try:
            told = parse_reply(answer.body)
        except CloudError as error:
            if answer.status == _TOO_MANY:
                raise CloudError(Fault.SERVICE_THROTTLED, detail=f"HTTP {answer.status}") from None
            if answer.status != _OK:
                raise CloudError(Fault.HTTP_STATUS, detail=f"HTTP {answer.status}") from None
            detail = f"{error.detail}, {answer.content_type or 'no type'}"
            raise CloudError(Fault.BAD_REPLY, detail=detail) from None
        if isinstance(told, Refused):
            refusal = error_of(told, call, secrets)
            if answer.status == _TOO_MANY and refusal.fault is Fault.UNKNOWN_ANSWER:
                raise CloudError(Fault.SERVICE_THROTTLED, detail=refusal.detail)
            raise refusal
        if answer.status != _OK:
            raise CloudError(Fault.BAD_REPLY, detail=f"a score with HTTP {answer.status}")
        self._payloads.keep_token(request.reference, told.reference_token)
        return _comparison(request, told, discreet(without_tokens(answer.body), secrets))


def _secrets(credentials: Credentials, call: Call) -> list[str]:
    """What must not be repeated to anyone, should the far end repeat it to us."""
    secrets = [credentials.key, credentials.secret, call.secret_sign]
    for image in (call.probe.image, call.reference.image):
        if isinstance(image, FaceToken):
            secrets.append(image.token)
        elif isinstance(image, ImageAddress):
            secrets.append(image.url)
    return secrets


def _comparison(request: ComparisonRequest, told: Scored, raw_reply: str) -> Comparison:
    asked = request.probe.liveness is not LivenessLevel.NONE
    findings = [] if asked else [QualityFinding(FindingCode.LIVENESS_NOT_CHECKED)]
    return Comparison(
        told.score,
        # The cloud refuses with a code of its own when liveness fails; a score means it passed.
        liveness=LivenessResult.PASSED if asked else LivenessResult.NOT_CHECKED,
        findings=tuple(findings),
        probe_token=told.probe_token,
        reference_token=told.reference_token,
        raw_reply=raw_reply,
    )


def _with(
    comparison: Comparison, request: ComparisonRequest | None, codes: list[FindingCode]
) -> Comparison:
    """The same comparison with more findings."""
    found = [QualityFinding(code) for code in codes]
    if request is not None and request.reference.liveness is not LivenessLevel.NONE:
        asked = FindingCode.LIVENESS_ASKED_OF_REFERENCE
        found.append(QualityFinding(asked, WhichPicture.REFERENCE))
    return replace(comparison, findings=(*comparison.findings, *found))
