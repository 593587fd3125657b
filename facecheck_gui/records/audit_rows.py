"""Intents, endings and heads as columns, and as what is sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from facecheck_gui.domain.check_in import Ending, Intent, Station
from facecheck_gui.records.chain import NO_SEAL, Sealed
from facecheck_gui.records.tables import to_us

Row = Mapping[Any, Any]
"""A row of ``check_ins``, by column."""

INTENT_COLUMNS = (
    "attempt_id",
    "station_id",
    "station_name",
    "number",
    "session",
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
ENDING_COLUMNS = (
    "state",
    "ended_number",
    "ended_us",
    "verdict",
    "score",
    "liveness",
    "fault",
    "findings",
    "elapsed_ms",
)


def intent_values(intent: Intent, station: Station, number: int, session: str) -> dict[str, Sealed]:
    """An intent as columns."""
    subject = intent.subject
    return {
        "attempt_id": intent.attempt_id,
        "station_id": station.station_id,
        "station_name": station.name,
        "number": number,
        "session": session,
        "started_us": to_us(intent.started_at),
        "operator": intent.operator,
        "person_id": subject.person_id if subject is not None else "",
        "person_name": subject.name if subject is not None else "",
        "engine": intent.engine.value,
        "transport": intent.transport.value,
        "threshold": intent.threshold.score,
        "unsure_band": intent.threshold.unsure_band,
        "liveness_asked": intent.liveness_asked.value,
        "probe_kind": intent.probe_kind.value,
        "reference_kind": intent.reference_kind.value,
        "despite_quality": intent.despite_quality,
        "consent_id": intent.consent_id,
    }


def ending_values(ending: Ending, number: int) -> dict[str, Sealed]:
    """An ending as columns."""
    return {
        "state": ending.state.value,
        "ended_number": number,
        "ended_us": to_us(ending.ended_at),
        "verdict": ending.verdict.value,
        "score": ending.score,
        "liveness": ending.liveness.value,
        "fault": ending.fault,
        "findings": json.dumps(list(ending.findings)),
        "elapsed_ms": ending.elapsed_ms,
    }


def intent_fields(row: Row) -> list[Sealed]:
    """What is sealed of a row's intent."""
    return [_plain(name, row[name]) for name in INTENT_COLUMNS]


def ending_fields(intent_mac: bytes, row: Row) -> list[Sealed]:
    """What is sealed of a row's ending: it belongs to this intent and no other."""
    return [bytes(intent_mac).hex(), *(_plain(name, row[name]) for name in ENDING_COLUMNS)]


def _plain(name: str, value: Any) -> Sealed:
    """As it was written, whatever type the database gives it back in."""
    if name == "despite_quality":
        return bool(value)
    if name in {"threshold", "unsure_band", "score", "elapsed_ms"} and value is not None:
        return float(value)
    found: Sealed = value
    return found


@dataclass(frozen=True, slots=True)
class Head:
    """How long a station's chains are, and where they begin since older rows were purged."""

    intents: int = 0
    intent_mac: bytes = NO_SEAL
    endings: int = 0
    ending_mac: bytes = NO_SEAL
    purged_intents: int = 0
    purged_intent_mac: bytes = NO_SEAL
    purged_endings: int = 0
    purged_ending_mac: bytes = NO_SEAL

    @classmethod
    def of(cls, row: Row) -> "Head":
        """From a row of ``chain_heads``."""
        found = {name: row[name] for name in cls.__slots__}
        plain: dict[str, Any] = {
            name: bytes(value) if name.endswith("mac") else int(value)
            for name, value in found.items()
        }
        return cls(**plain)

    def values(self) -> dict[str, int | bytes]:
        """As columns, the seal apart."""
        return {name: getattr(self, name) for name in self.__slots__}

    def fields(self) -> list[Sealed]:
        """What is sealed of it."""
        return [v.hex() if isinstance(v, bytes) else v for v in self.values().values()]

    def with_intent(self, number: int, sealed: bytes) -> "Head":
        """With another intent at the end."""
        return replace(self, intents=number, intent_mac=sealed)

    def with_ending(self, number: int, sealed: bytes) -> "Head":
        """With another ending at the end."""
        return replace(self, endings=number, ending_mac=sealed)

    def purged_to(self, intents: int, intent_mac: bytes, endings: int, ending_mac: bytes) -> "Head":
        """With these as the last that were taken out at the beginning."""
        return replace(
            self,
            purged_intents=intents,
            purged_intent_mac=intent_mac,
            purged_endings=endings,
            purged_ending_mac=ending_mac,
        )
