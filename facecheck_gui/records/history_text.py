"""The history of whoever a text means.

A text means few people or many. Few are looked up one by one. Of many, some were most likely here
lately: the newest rows are gone through, a bounded number, before all of them are looked up.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.sql.selectable import TableValuedAlias

from facecheck_gui.records.history_look import Cursor, Look, cursor_of
from facecheck_gui.records.tables import check_ins, people, person_words

# Sorts behind everything that goes on with something else, byte by byte.
_AFTER_ALL = "\U0010ffff"
_MOST_WORDS = 8
_EVERYBODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is looked by one way before another: at most ``few`` people are looked up one by one
    at once; for more, each stretch of so many rows is gone through before the next."""

    few: int = 300
    stretches: tuple[int, ...] = (500, 2500, 10_000)


class Meaning:
    """Whom a text means: on the roster those of whom a word begins with each of its words; any
    person whose id begins with it."""

    def __init__(self, text: str) -> None:
        kept = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs"})
        self._start = kept.strip()
        folded = unicodedata.normalize("NFKC", self._start).casefold()
        # The longest is most likely the one that fewest have: the others are looked up for those.
        self._words = tuple(sorted(folded.split(), key=len, reverse=True)[:_MOST_WORDS])

    def __bool__(self) -> bool:
        return bool(self._words)

    def ids(self, connection: Connection, most: int) -> list[str]:
        """The ids of up to ``most`` of them."""
        found = dict.fromkeys(connection.execute(self._named().limit(most)).scalars())
        if len(found) < most:
            found.update(dict.fromkeys(connection.execute(self._seen(most)).scalars()))
        return list(found)[:most]

    def holds(self) -> ColumnElement[bool]:
        """Whether a row is of one of them; each row is looked up for itself."""
        known = (
            exists().where(
                people.c.person_id == check_ins.c.person_id,
                person_words.c.person_pk == people.c.pk,
                _begins(person_words.c.word, word),
            )
            for word in self._words
        )
        return or_(_begins(check_ins.c.person_id, self._start), and_(*known))

    def among(self) -> ColumnElement[bool]:
        """The same, where all rows of theirs are wanted."""
        return or_(
            _begins(check_ins.c.person_id, self._start), check_ins.c.person_id.in_(self._named())
        )

    def _named(self) -> Select[Any]:
        longest, *others = self._words
        having = select(person_words.c.person_pk).where(_begins(person_words.c.word, longest))
        also = (
            exists().where(
                person_words.c.person_pk == people.c.pk, _begins(person_words.c.word, word)
            )
            for word in others
        )
        return select(people.c.person_id).where(people.c.pk.in_(having), *also)

    def _seen(self, most: int) -> Select[Any]:
        """Ids that begin so, of people on the roster or not: from each to the next."""
        own = check_ins.c.person_id
        first = select(func.min(own).label("person_id")).where(_begins(own, self._start))
        seen = first.cte("seen", recursive=True)
        following = select(func.min(own)).where(
            own > seen.c.person_id, own < self._start + _AFTER_ALL
        )
        step = select(following.scalar_subquery()).where(seen.c.person_id.is_not(None))
        ids = seen.union_all(step)
        return select(ids.c.person_id).where(ids.c.person_id.is_not(None)).limit(most)


@dataclass(frozen=True, slots=True)
class Whoever:
    """The rows of whom a text means, in one transaction."""

    connection: Connection
    meaning: Meaning
    reach: Reach
    columns: Sequence[Column[Any]]
    """``started_us`` and ``pk`` among them."""

    def rows(self, look: Look, size: int) -> list[Row[Any]]:
        """The first ``size`` of the look."""
        if look.wanted.person_id is not None:
            return self._gone_through(look, size)
        ids = self._ids()
        if len(ids) > self.reach.few:
            found, whole = self._of_many(look, size)
            if whole:
                return found
            ids = self.meaning.ids(self.connection, _EVERYBODY)
        return self._of_few(look, ids, size)

    def batch(self, look: Look, size: int) -> tuple[list[Row[Any]], Look | None]:
        """Up to ``size`` rows, and where to go on, when all of them are wanted in the end."""
        if look.wanted.person_id is not None or len(self._ids()) <= self.reach.few:
            found = self.rows(look, size)
            return found, look.beyond(cursor_of(found[-1])) if len(found) == size else None
        end = self._end_of_stretch(look, size)
        part = look if end is None else look.as_far_as(end)
        return self._gone_through(part, size), look.beyond(end) if end is not None else None

    def _ids(self) -> list[str]:
        return self.meaning.ids(self.connection, self.reach.few + 1)

    def _gone_through(self, look: Look, size: int) -> list[Row[Any]]:
        wanted = look.select(self.columns).where(self.meaning.holds())
        return list(self.connection.execute(wanted.limit(size)))

    def _of_many(self, look: Look, size: int) -> tuple[list[Row[Any]], bool]:
        """The first rows, and whether they are all that can be wanted."""
        found: list[Row[Any]] = []
        for length in self.reach.stretches:
            end = self._end_of_stretch(look, length)
            part = look if end is None else look.as_far_as(end)
            found += self._gone_through(part, size - len(found))
            if end is None or len(found) == size:
                return found, True
            look = look.beyond(end)
        return found, False

    def _end_of_stretch(self, look: Look, length: int) -> Cursor | None:
        """Where the ``length``-th row is; None where there are fewer."""
        place = look.select((check_ins.c.started_us, check_ins.c.pk)).offset(length - 1).limit(1)
        found = self.connection.execute(place).first()
        return cursor_of(found) if found is not None else None

    def _of_few(self, look: Look, ids: list[str], size: int) -> list[Row[Any]]:
        """Of each their first row, from the index; then the rows of those alone who can be among
        the first."""
        found: list[Row[Any]] = []
        for person_id, started_us in self._firsts(look, ids):
            if len(found) == size and _lies_beyond(look, started_us, found[-1]):
                break
            found += self.connection.execute(look.only(person_id).select(self.columns).limit(size))
            found = sorted(found, key=look.key)[:size]
        return found

    def _firsts(self, look: Look, ids: list[str]) -> list[tuple[str, int]]:
        """Who has rows in the look, and when the first of each began, in its order."""
        person = self._listed().c.value
        first = look.of(person).scalar_subquery()
        answers = self.connection.execute(select(person, first), {"ids": json.dumps(ids)})
        here: Iterable[tuple[str, int]] = ((who, at) for who, at in answers if at is not None)
        return sorted(here, key=lambda pair: pair[1], reverse=look.newest_first)

    def _listed(self) -> TableValuedAlias:
        """A list that is handed over as one value, as a table."""
        ids = bindparam("ids", type_=String)
        if self.connection.dialect.name == "sqlite":
            return func.json_each(ids).table_valued("value")
        return func.json_array_elements_text(cast(ids, JSON)).table_valued("value")


def _lies_beyond(look: Look, started_us: int, last: Row[Any]) -> bool:
    newest_first = look.newest_first
    return bool(started_us < last.started_us if newest_first else started_us > last.started_us)


def _begins(column: Column[Any], start: str) -> ColumnElement[bool]:
    return and_(column >= start, column < start + _AFTER_ALL)
