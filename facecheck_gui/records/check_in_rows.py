"""A row of ``check_ins`` as the domain's value."""

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Column

from facecheck_gui.domain.check_in import (
    AttemptState,
    CheckIn,
    Ending,
    Intent,
    Station,
    Transport,
)
from facecheck_gui.domain.comparison import EngineName, Subject, Threshold, Verdict
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.liveness import LivenessLevel, LivenessResult
from facecheck_gui.records.tables import check_ins, from_us

_E = TypeVar("_E", bound=Enum)

_OF_INTENT = (
    "attempt_id",
    "station_id",
    "station_name",
    "number",
    "started_us",
    "operator",
    "person_id",
    "person_name",
    "engine",
    "transport",
    "threshold",
    "unsure_band",
    "liveness_asked",
    "probe_kind",
    "reference_kind",
    "despite_quality",
    "consent_id",
)
_OF_ENDING = (
    "state",
    "ended_us",
    "verdict",
    "score",
    "liveness",
    "fault",
    "findings",
    "elapsed_ms",
)
_NAMES = (*_OF_INTENT, *_OF_ENDING)
COLUMNS: tuple[Column[Any], ...] = tuple(check_ins.c[name] for name in _NAMES)
"""What a check-in is made of, in the order in which ``check_in`` takes it."""


def check_in_of(row: Mapping[Any, Any]) -> CheckIn:
    """From a row by column (``.mappings()``). Raises RecordsError for what no program wrote."""
    return check_in([row[name] for name in _NAMES])


def check_in(row: Sequence[Any]) -> CheckIn:
    """From a row of ``COLUMNS``; what follows them is left alone.

    Raises RecordsError (RECORDS_DAMAGED).
    """
    try:
        ending = _ending(row[len(_OF_INTENT) : len(_NAMES)])
        return CheckIn(row[3], Station(row[1], row[2]), _intent(row[: len(_OF_INTENT)]), ending)
    except (KeyError, ValueError, TypeError, OverflowError):
        raise RecordsError(Fault.RECORDS_DAMAGED, detail="a row that no program wrote") from None


def _intent(row: Sequence[Any]) -> Intent:
    attempt_id, _, _, _, started_us, operator, person_id, name, engine, transport, *rest = row
    threshold, unsure_band, level, probe_kind, reference_kind, despite_quality, consent_id = rest
    return Intent(
        attempt_id,
        from_us(started_us),
        _ENGINES[engine],
        _threshold(float(threshold), float(unsure_band)),
        _TRANSPORTS[transport],
        operator,
        Subject(person_id, name) if person_id or name else None,
        _LEVELS[level],
        _FACE_TYPES[probe_kind],
        _FACE_TYPES[reference_kind],
        bool(despite_quality),
        consent_id,
    )


def _ending(row: Sequence[Any]) -> Ending | None:
    state, ended_us, verdict, score, liveness, fault, findings, elapsed_ms = row
    if ended_us is None:
        return None
    return Ending(
        _STATES[state],
        from_us(ended_us),
        _VERDICTS[verdict],
        None if score is None else float(score),
        _RESULTS[liveness],
        fault,
        () if findings == "[]" else tuple(map(str, json.loads(findings))),
        float(elapsed_ms),
    )


@lru_cache(maxsize=64)
def _threshold(score: float, unsure_band: float) -> Threshold:
    """The same few come again and again."""
    return Threshold(score, unsure_band)


def _by_value(enum: type[_E]) -> dict[str, _E]:
    """Five times as fast as asking the enum, of which a long export asks millions of times."""
    return {str(member.value): member for member in enum}


_ENGINES = _by_value(EngineName)
_TRANSPORTS = _by_value(Transport)
_LEVELS = _by_value(LivenessLevel)
_RESULTS = _by_value(LivenessResult)
_FACE_TYPES = _by_value(FaceType)
_STATES = _by_value(AttemptState)
_VERDICTS = _by_value(Verdict)
