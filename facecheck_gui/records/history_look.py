"""Which rows of the history are asked for, as conditions that keep to one index each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, func, select, tuple_

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

    def select(
        self, columns: Sequence[Column[Any]], person: ColumnElement[str] | str | None = None
    ) -> Select[Any]:
        """The rows in order; of ``person`` alone, where one is given."""
        c = check_ins.c
        order = (c.started_us.desc(), c.pk.desc()) if self.newest_first else (c.started_us, c.pk)
        return select(*columns).where(*self.conditions(person)).order_by(*order)

    def conditions(
        self, person: ColumnElement[str] | str | None = None
    ) -> list[ColumnElement[bool]]:
        """What holds of the rows."""
        c, wanted = check_ins.c, self.wanted
        person = wanted.person_id if person is None else person
        found: list[ColumnElement[bool]] = []
        # Nobody comes as often as a verdict does: beside a person, keep the other indexes unseen.
        hidden = person is not None
        if person is not None:
            found.append(c.person_id == person)
        if wanted.verdict is not None:
            found.append(_maybe_hidden(c.verdict, hidden=hidden) == wanted.verdict.value)
        if wanted.engine is not None:
            found.append(_maybe_hidden(c.engine, hidden=hidden) == wanted.engine.value)
        place = tuple_(c.started_us, c.pk)
        if self.above != _BEGINNING:
            found.append(place > tuple_(self.above.started_us, self.above.pk))
        if self.below != _END:
            found.append(place < tuple_(self.below.started_us, self.below.pk))
        return found

    def key(self, row: Row[Any]) -> tuple[int, int]:
        """Sorts rows in the order of looking."""
        sign = -1 if self.newest_first else 1
        return sign * row.started_us, sign * row.pk


def _maybe_hidden(column: Column[Any], *, hidden: bool) -> ColumnElement[Any]:
    """The column, where asked in a form that no index has."""
    return func.coalesce(column, "") if hidden else column
