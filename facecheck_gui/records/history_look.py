"""Which rows of the history are asked for, as conditions that keep to one index each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Row, Select, func, select, tuple_

from facecheck_gui.domain.comparison import EngineName, Verdict
from facecheck_gui.records.tables import check_ins, to_us

_LAST_PK = 2**63 - 1


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What must hold of a check-in; None and "" ask for nothing.

    ``since`` is included, ``until`` is not. ``text`` is how a name, an id, pinyin or initials of
    somebody on the roster begin, or any person's id.
    """

    person_id: str | None = None
    verdict: Verdict | None = None
    engine: EngineName | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place between rows: right at the row that began then and has this ``pk``."""

    started_us: int
    pk: int


_BEGINNING, _END = Cursor(-_LAST_PK, 0), Cursor(_LAST_PK, _LAST_PK)


def cursor_of(row: Row[Any]) -> Cursor:
    """Where a row is that was selected with its ``pk``."""
    return Cursor(row.started_us, row.pk)


@dataclass(frozen=True, slots=True)
class Look:
    """Rows that lie between two cursors, themselves not among them, from the newer end or the
    older. Text is left to ``history_text``."""

    wanted: HistoryFilter
    above: Cursor
    below: Cursor
    newest_first: bool = True

    @classmethod
    def at(cls, wanted: HistoryFilter, before: Cursor | None, after: Cursor | None) -> "Look":
        """What is asked for, before or after a place; ``after`` begins with what lies next."""
        above, below = after or _BEGINNING, before or _END
        if wanted.since is not None:
            above = max(above, Cursor(to_us(wanted.since) - 1, _LAST_PK))
        if wanted.until is not None:
            below = min(below, Cursor(to_us(wanted.until), 0))
        return cls(wanted, above, below, newest_first=after is None)

    def beyond(self, place: Cursor) -> "Look":
        """What comes after ``place`` in the order of looking."""
        return replace(self, below=place) if self.newest_first else replace(self, above=place)

    def as_far_as(self, place: Cursor) -> "Look":
        """What comes up to ``place``, that included."""
        if self.newest_first:
            return replace(self, above=Cursor(place.started_us, place.pk - 1))
        return replace(self, below=Cursor(place.started_us, place.pk + 1))

    def select(self, columns: Sequence[Column[Any]]) -> Select[Any]:
        """The rows in order, found through the index that knows most about them.

        Bounds and order begin with that index's columns, so that no other will do: a planner that
        takes what is asked for to be spread evenly goes through millions of rows for a cloud that
        was left years ago.
        """
        known = self._known()
        order = [*known, check_ins.c.started_us, check_ins.c.pk]
        place, values = tuple_(*order), list(known.values())
        wanted = select(*columns).where(
            place > tuple_(*values, self.above.started_us, self.above.pk),
            place < tuple_(*values, self.below.started_us, self.below.pk),
            *(_unseen(c) == value for c, value in self._equal().items() if c not in known),
        )
        return wanted.order_by(*(c.desc() if self.newest_first else c.asc() for c in order))

    def of(self, person: ColumnElement[str]) -> Select[Any]:
        """When the first row of ``person`` began, whom an outer query names."""
        c = check_ins.c
        others = (_unseen(column) == value for column, value in self._equal().items())
        order = c.started_us.desc() if self.newest_first else c.started_us.asc()
        wanted = select(c.started_us).where(c.person_id == person, *others, *self._between())
        return wanted.order_by(order).limit(1)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What holds of the rows, in no order."""
        return [*(column == value for column, value in self._equal().items()), *self._between()]

    def only(self, person_id: str) -> "Look":
        """The rows of one person."""
        return replace(self, wanted=replace(self.wanted, person_id=person_id))

    def _equal(self) -> dict[Column[Any], str]:
        c, wanted = check_ins.c, self.wanted
        values = {
            c.person_id: wanted.person_id,
            c.verdict: wanted.verdict.value if wanted.verdict is not None else None,
            c.engine: wanted.engine.value if wanted.engine is not None else None,
        }
        return {column: value for column, value in values.items() if value is not None}

    def _known(self) -> dict[Column[Any], str]:
        """What an index begins with, before the time."""
        equal = self._equal()
        if check_ins.c.person_id in equal:
            return {check_ins.c.person_id: equal[check_ins.c.person_id]}
        leads = [_before_the_time(index) for index in check_ins.indexes]
        fitting = [lead for lead in leads if lead is not None and set(lead) <= set(equal)]
        best = max(fitting, key=lambda lead: (len(lead), check_ins.c.verdict in lead))
        return {column: equal[column] for column in best}

    def _between(self) -> list[ColumnElement[bool]]:
        place = tuple_(check_ins.c.started_us, check_ins.c.pk)
        found: list[ColumnElement[bool]] = []
        if self.above != _BEGINNING:
            found.append(place > tuple_(self.above.started_us, self.above.pk))
        if self.below != _END:
            found.append(place < tuple_(self.below.started_us, self.below.pk))
        return found

    def key(self, row: Row[Any]) -> tuple[int, int]:
        """Sorts rows in the order of looking."""
        sign = -1 if self.newest_first else 1
        return sign * row.started_us, sign * row.pk


def _before_the_time(index: Index) -> tuple[Column[Any], ...] | None:
    """The columns of an index that goes on by time; None for another."""
    columns = tuple(index.columns)
    by_time = columns[-2:] == (check_ins.c.started_us, check_ins.c.pk)
    return columns[:-2] if by_time else None


def _unseen(column: Column[Any]) -> ColumnElement[str]:
    """The column in a form that no index has."""
    return func.coalesce(column, "")
