"""Whether the audit is as it was written, and if not, where it was touched first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Column, func, select

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import AttemptState
from facecheck_gui.records import chain
from facecheck_gui.records.audit import ENDING, INTENT, head_seal
from facecheck_gui.records.audit_rows import (
    ENDING_COLUMNS,
    Head,
    Row,
    ending_fields,
    intent_fields,
)
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import chain_heads, check_ins

_BATCH = 2000


class Tampering(Enum):
    """What was done to a row."""

    MISSING = "missing"
    """Taken out."""
    ALTERED = "altered"
    """Changed, or put in another's place."""
    ENDING_MISSING = "ending_missing"
    """How it ended was taken out."""
    HEAD = "head"
    """The record of how many rows there are was changed, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that is not as it was written: the station's ``number``-th."""

    tampering: Tampering
    number: int


@dataclass(frozen=True, slots=True)
class ChainReport:
    """``rows`` were looked at; ``broken`` is None where all of them are as they were written."""

    station_id: str
    rows: int
    broken: Break | None = None


def verify(
    database: Database,
    station_id: str,
    key: bytes,
    *,
    cancel: CancelToken | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> ChainReport:
    """Read all of a station's rows and hold them to their seals; others may write meanwhile.

    Raises RecordsError, and Cancelled.
    """
    return _Reading(database, station_id, key, cancel or CancelToken(), on_progress).report()


def stations(database: Database) -> tuple[str, ...]:
    """The stations that have rows. Raises RecordsError."""
    with database.reading() as connection:
        wanted = select(check_ins.c.station_id).distinct().order_by(check_ins.c.station_id)
        return tuple(connection.execute(wanted).scalars())


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of one station's book."""

    database: Database
    station_id: str
    key: bytes
    cancel: CancelToken
    on_progress: Callable[[int], None] | None

    def report(self) -> ChainReport:
        if not self._has_begun():
            return ChainReport(self.station_id, 0)
        head = self._head()
        if head is None:
            return ChainReport(self.station_id, 0, broken=Break(Tampering.HEAD, 0))
        intents = self._intents(head)
        endings = self._endings(head)
        found = [found for found in (intents, endings, self._beyond()) if found is not None]
        rows = head.intents - head.purged_intents
        first = min(found, key=lambda found: found.number, default=None)
        return ChainReport(self.station_id, rows, broken=first)

    def _has_begun(self) -> bool:
        """Whether anything of this station is here. A book that was taken away as a whole looks
        like one that was never begun: only what lies elsewhere (an export, a backup) shows that."""
        looks = (
            select(chain_heads.c.station_id).where(chain_heads.c.station_id == self.station_id),
            select(check_ins.c.number).where(check_ins.c.station_id == self.station_id),
        )
        with self.database.reading() as connection:
            return any(connection.execute(look.limit(1)).first() is not None for look in looks)

    def _head(self) -> Head | None:
        """How long the chains are; None where that was not written with this key."""
        wanted = select(chain_heads).where(chain_heads.c.station_id == self.station_id)
        with self.database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            return None
        head = Head.of(row)
        return head if chain.fits(row["mac"], head_seal(self.key, self.station_id, head)) else None

    def _intents(self, head: Head) -> Break | None:
        number, before = head.purged_intents, head.purged_intent_mac
        for row in self._rows(check_ins.c.number, number, head.intents):
            if row["number"] != number + 1:
                return Break(Tampering.MISSING, number + 1)
            number += 1
            expected = chain.seal(self.key, INTENT, before, intent_fields(row))
            if not chain.fits(row["intent_mac"], expected) or not _is_open_or_ended(row):
                return Break(Tampering.ALTERED, number)
            before = expected
            if number % _BATCH == 0:
                self._tell(number - head.purged_intents)
        if number != head.intents or before != head.intent_mac:
            return Break(Tampering.MISSING, number + 1)
        return None

    def _endings(self, head: Head) -> Break | None:
        ended, before = head.purged_endings, head.purged_ending_mac
        last = head.purged_intents
        for row in self._rows(check_ins.c.ended_number, ended, head.endings):
            if row["ended_number"] != ended + 1:
                return Break(Tampering.ENDING_MISSING, self._open_number(last))
            ended += 1
            expected = chain.seal(self.key, ENDING, before, ending_fields(row["intent_mac"], row))
            if not chain.fits(row["ending_mac"], expected):
                return Break(Tampering.ALTERED, row["number"])
            before, last = expected, row["number"]
        if ended != head.endings or before != head.ending_mac:
            return Break(Tampering.ENDING_MISSING, self._open_number(last))
        return None

    def _beyond(self) -> Break | None:
        """A row that was put in behind the end. In one statement: others may be writing."""
        numbers = select(func.max(check_ins.c.number))
        mine = numbers.where(check_ins.c.station_id == self.station_id).scalar_subquery()
        wanted = select(chain_heads.c.intents, mine)
        wanted = wanted.where(chain_heads.c.station_id == self.station_id)
        with self.database.reading() as connection:
            intents, highest = connection.execute(wanted).one()
        return Break(Tampering.ALTERED, intents + 1) if (highest or 0) > intents else None

    def _open_number(self, after: int) -> int:
        """Which row lost its ending: the first open one after the last good one, else the next."""
        wanted = select(check_ins.c.number).where(
            check_ins.c.station_id == self.station_id,
            check_ins.c.state == AttemptState.OPEN.value,
            check_ins.c.number > after,
        )
        with self.database.reading() as connection:
            found = connection.execute(wanted.order_by(check_ins.c.number).limit(1)).scalar()
        return int(found) if found is not None else after + 1

    def _rows(self, order: Column[int], after: int, until: int) -> Iterator[Row]:
        """The rows in this order, in short looks: a long one would keep writers waiting."""
        while True:
            self.cancel.raise_if_cancelled()
            wanted = select(check_ins).where(
                check_ins.c.station_id == self.station_id, order > after, order <= until
            )
            with self.database.reading() as connection:
                found = connection.execute(wanted.order_by(order).limit(_BATCH)).mappings()
                batch = list(found)
            yield from batch
            if len(batch) < _BATCH:
                return
            after = int(batch[-1][order.name])

    def _tell(self, rows: int) -> None:
        if self.on_progress is not None:
            self.on_progress(rows)


def _is_open_or_ended(row: Row) -> bool:
    """An open row has nothing of an ending; one that has ended has its seal."""
    if row["state"] == AttemptState.OPEN.value:
        later = [name for name in ENDING_COLUMNS if name != "state"]
        return row["ending_mac"] is None and all(row[name] is None for name in later)
    return row["ending_mac"] is not None
