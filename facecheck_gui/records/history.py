"""What was checked: newest first, a page at a time, however much there is.

A page is found from where the last one ended, never by counting from the start, so that the
thousandth costs what the first does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    cast,
    func,
    literal_column,
    select,
)

from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.records.check_in_rows import COLUMNS, check_in
from facecheck_gui.records.database import Database
from facecheck_gui.records.history_look import Cursor, HistoryFilter, Look, cursor_of
from facecheck_gui.records.history_text import Meaning, Reach, Whoever
from facecheck_gui.records.tables import check_ins, to_us

__all__ = ["Cursor", "DayAtAGlance", "History", "HistoryFilter", "Page"]

_WITH_PLACE = (*COLUMNS, check_ins.c.pk)
_BATCH = 2000
_HOUR_US = 3_600_000_000
BINS = 20
BIN_POINTS = 5


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, newest first. ``before`` leads to older ones, ``after`` to newer ones: hand it
    back as the argument of that name. None where there are none."""

    rows: tuple[CheckIn, ...]
    before: Cursor | None
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class DayAtAGlance:
    """``scores[i]`` is how many had a score from 5 i to below 5 (i + 1), 100 among the last;
    ``by_hour[i]`` how many began in the ``i``-th hour, also such as did not end."""

    by_verdict: Mapping[Verdict, int]
    scores: tuple[int, ...]
    by_hour: tuple[int, ...]


class History:
    """Looks at check-ins; changes none. Everything raises RecordsError. Thread-safe."""

    def __init__(self, database: Database, *, reach: Reach | None = None) -> None:
        self._database = database
        self._reach = reach or Reach()

    def page(
        self,
        wanted: HistoryFilter,
        *,
        size: int = 50,
        before: Cursor | None = None,
        after: Cursor | None = None,
    ) -> Page:
        """The newest rows, or those right before or right after a place.

        Where fewer than ``size`` lie after it, the newest rows are given: a full page.
        """
        look = Look.at(wanted, before, after)
        with self._database.reading() as connection:
            found = _rows(connection, look, self._reach, size + 1)
        more, shown = len(found) > size, found[:size]
        if look.newest_first:
            older = cursor_of(shown[-1]) if more else None
            return _page(shown, older, cursor_of(shown[0]) if before and shown else None)
        if not more:
            return self.page(wanted, size=size)
        shown.reverse()
        return _page(shown, cursor_of(shown[-1]), cursor_of(shown[0]))

    def row(self, attempt_id: str) -> CheckIn | None:
        """One attempt."""
        wanted = select(*COLUMNS).where(check_ins.c.attempt_id == attempt_id)
        with self._database.reading() as connection:
            found = connection.execute(wanted).first()
        return check_in(found) if found is not None else None

    def count(self, wanted: HistoryFilter, most: int = 10_000) -> int:
        """How many there are; stops counting at ``most``."""
        meaning = Meaning(wanted.text)
        rows: Select[Any] = (
            select(literal_column("1"))
            .select_from(check_ins)
            .where(*Look.at(wanted, None, None).conditions())
        )
        with self._database.reading() as connection:
            if meaning:
                rows = rows.where(self._whoever(connection, meaning))
            counted = select(func.count()).select_from(rows.limit(most).subquery())
            return int(connection.execute(counted).scalar_one())

    def _whoever(self, connection: Connection, meaning: Meaning) -> ColumnElement[bool]:
        """Few are named one by one: else PostgreSQL goes through all rows for them."""
        ids = meaning.ids(connection, self._reach.few + 1)
        few = len(ids) <= self._reach.few
        return check_ins.c.person_id.in_(ids) if few else meaning.among()

    def all(self, wanted: HistoryFilter) -> Iterator[CheckIn]:
        """All of them, newest first. Each batch is a look of its own, so that nobody who writes is
        kept waiting; what is written meanwhile is not among them."""
        look: Look | None = Look.at(wanted, None, None)
        while look is not None:
            with self._database.reading() as connection:
                found, look = _batch(connection, look, self._reach)
            for row in found:
                yield _value(row)

    def day(self, start: datetime, end: datetime) -> DayAtAGlance:
        """From ``start`` to before ``end``, hours counted from ``start``."""
        c, start_us, end_us = check_ins.c, to_us(start), to_us(end)
        fifth = c.score / BIN_POINTS
        # A cast rounds on PostgreSQL and cuts on SQLite, which may have no floor().
        floored = fifth if self._database.is_sqlite else func.floor(fifth)
        hour = (c.started_us - start_us) // _HOUR_US
        wanted = (
            select(c.verdict, cast(floored, Integer).label("bin"), hour.label("hour"), func.count())
            .where(c.started_us >= start_us, c.started_us < end_us)
            .group_by("verdict", "bin", "hour")
        )
        with self._database.reading() as connection:
            groups = connection.execute(wanted).all()
        return _at_a_glance(groups, hours=-(-(end - start) // timedelta(hours=1)))


def _at_a_glance(groups: Any, *, hours: int) -> DayAtAGlance:
    by_verdict = dict.fromkeys(Verdict, 0)
    scores, by_hour = [0] * BINS, [0] * hours
    for verdict, score_bin, hour, count in groups:
        by_hour[hour] += count
        if verdict is not None:
            by_verdict[Verdict(verdict)] += count
        if score_bin is not None:
            scores[min(score_bin, BINS - 1)] += count
    return DayAtAGlance(by_verdict, tuple(scores), tuple(by_hour))


def _rows(connection: Connection, look: Look, reach: Reach, size: int) -> list[Row[Any]]:
    meaning = Meaning(look.wanted.text)
    if meaning:
        return Whoever(connection, meaning, reach, _WITH_PLACE).rows(look, size)
    return list(connection.execute(look.select(_WITH_PLACE).limit(size)))


def _batch(connection: Connection, look: Look, reach: Reach) -> tuple[list[Row[Any]], Look | None]:
    """Some rows, and where to go on."""
    meaning = Meaning(look.wanted.text)
    if meaning:
        return Whoever(connection, meaning, reach, _WITH_PLACE).batch(look, _BATCH)
    found = list(connection.execute(look.select(_WITH_PLACE).limit(_BATCH)))
    return found, look.beyond(cursor_of(found[-1])) if len(found) == _BATCH else None


def _page(rows: list[Row[Any]], before: Cursor | None, after: Cursor | None) -> Page:
    return Page(tuple(map(_value, rows)), before, after)


def _value(row: Row[Any]) -> CheckIn:
    return check_in(row)
