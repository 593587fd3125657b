"""The vendor's reply: written to the letter, read without mercy.

Whatever is not exactly a score or a refusal is a *bad reply*, never a verdict.
"""

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias

from facecheck_gui.domain.comparison import ComparisonScore
from facecheck_gui.domain.errors import CloudError, Fault
from facecheck_gui.domain.image import FaceToken
from facecheck_gui.protocol.catalogue import look_up

_SUCCESS = "200"
_MAX_DEPTH = 16
_MAX_TOKEN_CHARS = 512
# A plain decimal: no sign, exponent or blanks, no zeros in front, no digits of other scripts.
_SCORE = re.compile(r"(0|[1-9][0-9]{0,2})(\.[0-9]{1,32})?")
_TRAILING_COMMA = re.compile(r",(\s*)(?=\}\s*$)")


@dataclass(frozen=True, slots=True)
class Scored:
    """The vendor compared."""

    score: ComparisonScore
    probe_token: FaceToken | None = None
    reference_token: FaceToken | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The vendor did not compare. ``message`` is raw text from outside."""

    code: str
    message: str = field(repr=False)


Answer: TypeAlias = Scored | Refused


def format_scored(answer: Scored) -> bytes:
    """The documented success reply."""
    data = {
        "score": str(answer.score),
        "sourceToken": answer.probe_token.token if answer.probe_token else "",
        "compareToken": answer.reference_token.token if answer.reference_token else "",
    }
    return _dumped({"code": 200, "message": "", "data": data})


def format_refused(code: int, message: str) -> bytes:
    """The documented failure reply, as JSON should be."""
    return _dumped({"code": code, "message": message})


def _dumped(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def parse_reply(body: bytes) -> Answer:
    """What the vendor said. Raises CloudError(BAD_REPLY) for anything else."""
    content = _loaded(body)
    code = _code(content)
    if code != _SUCCESS:
        return Refused(code, _message(content))
    if _speaks_of_failure(content):
        return Refused(code, _message(content))
    data = content.get("data")
    if not isinstance(data, dict):
        _bad("no data")
    return Scored(
        _score(data.get("score")),
        _token(data.get("sourceToken")),
        _token(data.get("compareToken")),
    )


def _speaks_of_failure(content: dict[str, Any]) -> bool:
    """Whether a reply that calls itself a success tells of a failure all the same: then no score
    in it counts."""
    message = content.get("message")
    told = isinstance(message, str) and look_up(message) is not None
    failed = str(content.get("error_code", "0")) not in {"0", "None", ""}
    return told or failed or content.get("success") is False


def without_tokens(body: bytes) -> str:
    """A reply for staff to read: what stands under a name with "token" in it is left out.

    Raises as ``parse_reply`` does.
    """
    return json.dumps(_masked(_loaded(body)), ensure_ascii=False, separators=(",", ":"))


def _masked(value: Any, name: str = "") -> Any:
    match value:
        case dict():
            return {key: _masked(inner, f"{name} {key}") for key, inner in value.items()}
        case list():
            return [_masked(inner, name) for inner in value]
        case str() if value and "token" in name.lower():
            return "…"
        case _Number() if re.fullmatch(r"[0-9]{1,15}", value):
            return int(value)
    return value


def _bad(detail: str) -> NoReturn:
    raise CloudError(Fault.BAD_REPLY, detail=detail)


def _loaded(body: bytes) -> dict[str, Any]:
    # What these exceptions are chained to holds the whole reply: raise our own outside of them.
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is None:
        _bad("not UTF-8")
    if _depth(text) > _MAX_DEPTH:
        _bad("nested too deep")
    try:
        content = json.loads(
            # The vendor's own sample of a failure ends in a comma.
            _TRAILING_COMMA.sub(r"\1", text),
            parse_constant=lambda _: _bad("not a number"),
            parse_int=_Number,
            parse_float=_Number,
            object_pairs_hook=_without_doubles,
        )
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        _bad("no JSON object")
    return content


class _Number(str):
    """A number as it was written: nothing is rounded or overflows on the way."""

    __slots__ = ()


def _depth(text: str) -> int:
    """How deep brackets nest at most, found without recursion; those in strings count too."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        _bad("a key twice")
    return content


def _code(content: dict[str, Any]) -> str:
    """``code``, or ``status`` as a sibling product has it; a number or a string of digits."""
    if "code" in content and "status" in content and content["code"] != content["status"]:
        _bad("code and status differ")
    code = content.get("code", content.get("status"))
    if not isinstance(code, str) or not re.fullmatch(r"[0-9]{1,6}", code):
        _bad("no code")
    return str(code)


def _message(content: dict[str, Any]) -> str:
    message = content.get("message")
    if isinstance(message, dict | list) and message:
        return json.dumps(message, ensure_ascii=False)
    return message if isinstance(message, str) else ""


def _score(value: object) -> ComparisonScore:
    if not isinstance(value, str) or not _SCORE.fullmatch(value):
        _bad("no score")
    if Decimal(value) > 100:  # noqa: PLR2004
        _bad("score out of range")
    return ComparisonScore.from_decimal(value)


def _token(value: object) -> FaceToken | None:
    if not isinstance(value, str) or isinstance(value, _Number):
        return None
    fits = 0 < len(value) <= _MAX_TOKEN_CHARS and value.isascii() and value.isprintable()
    return FaceToken(value) if fits else None
