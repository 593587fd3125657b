"""Who is expected: people, found as their name, id or pinyin is typed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, literal, select, update

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.records.database import Database
from facecheck_gui.records.search_words import typed_words, words_of
from facecheck_gui.records.tables import consents, people, person_words, to_us

MOST_ID_CHARS, MOST_NAME_CHARS, MOST_GROUP_CHARS, MOST_NOTES_CHARS = 64, 120, 120, 2000
# Sorts behind everything that goes on with something else, byte by byte.
_AFTER_ALL = "\U0010ffff"
_ENOUGH_TO_COMPARE = 2000
_BATCH = 500


class Roster:
    """Raises RecordsError everywhere. Texts are cut and cleaned on the way in."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(self, person: Person) -> None:
        """Somebody new. Raises RecordsError(PERSON_TAKEN), and ValueError for an empty id."""
        values = self._values(person)
        with self._database.writing() as connection:
            if _pk(connection, values["person_id"]) is not None:
                raise RecordsError(Fault.PERSON_TAKEN)
            values["added_us"] = values["changed_us"]
            made = insert(people).values(values).returning(people.c.pk)
            pk = connection.execute(made).scalar_one()
            _write_words(connection, [(pk, _person(values))])

    def change(self, person_id: str, person: Person) -> None:
        """Somebody known, perhaps under another id, which the consents take on as well.

        Raises RecordsError: PERSON_UNKNOWN, PERSON_TAKEN; and ValueError for an empty id.
        """
        values = self._values(person)
        with self._database.writing() as connection:
            pk = _pk(connection, person_id)
            if pk is None:
                raise RecordsError(Fault.PERSON_UNKNOWN)
            if _pk(connection, values["person_id"]) not in {None, pk}:
                raise RecordsError(Fault.PERSON_TAKEN)
            connection.execute(update(people).where(people.c.pk == pk).values(values))
            _write_words(connection, [(pk, _person(values))])
            agreed = update(consents).where(consents.c.person_id == person_id)
            connection.execute(agreed.values(person_id=values["person_id"]))

    def remove(self, person_id: str) -> None:
        """Take somebody off, photos and all. Raises RecordsError(PERSON_UNKNOWN)."""
        with self._database.writing() as connection:
            gone = connection.execute(delete(people).where(people.c.person_id == person_id))
            if gone.rowcount == 0:
                raise RecordsError(Fault.PERSON_UNKNOWN)

    def get(self, person_id: str) -> Person | None:
        """Who has this id."""
        with self._database.reading() as connection:
            wanted = select(people).where(people.c.person_id == person_id)
            row = connection.execute(wanted).mappings().first()
        return _person(row) if row is not None else None

    def count(self) -> int:
        """How many there are."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(people)).scalar() or 0)

    def search(self, typed: str, *, limit: int = 50) -> tuple[Person, ...]:
        """Who is meant by what was typed so far: whoever has the id or the name first, then the
        others. Nothing typed means those who were put on last."""
        tokens = typed_words(typed)
        with self._database.reading() as connection:
            if not tokens:
                newest = select(people).order_by(people.c.pk.desc()).limit(limit)
                return tuple(_person(row) for row in connection.execute(newest).mappings())
            pks = _matching(connection, tokens, limit)
            wanted = select(people).where(people.c.pk.in_(pks))
            rows = {row["pk"]: row for row in connection.execute(wanted).mappings()}
        found = [_person(rows[pk]) for pk in pks if pk in rows]
        exact = typed.strip().casefold()
        found.sort(key=lambda p: (p.person_id.casefold() != exact, p.name.casefold() != exact))
        return tuple(found)

    def ids_matching(self, typed: str, *, limit: int) -> tuple[str, ...]:
        """The ids of those who are meant."""
        return tuple(person.person_id for person in self.search(typed, limit=limit))

    def get_all(self, person_ids: Collection[str]) -> dict[str, Person]:
        """Those of these ids that are on the roster."""
        with self._database.reading() as connection:
            wanted = select(people).where(people.c.person_id.in_(person_ids))
            rows = connection.execute(wanted).mappings()
            return {row["person_id"]: _person(row) for row in rows}

    def put_all(self, persons: Sequence[Person]) -> None:
        """Add or change many, in one transaction; the last of those with one id counts. Photos are
        kept. Raises ValueError for an empty id."""
        with self._database.writing() as connection:
            self.put_in(connection, persons)

    def put_in(self, connection: Connection, persons: Sequence[Person]) -> dict[str, int]:
        """The same within a transaction of somebody else's; the database's keys of these people by
        their ids as they are kept."""
        by_id = {values["person_id"]: values for values in map(self._values, persons)}
        pks: dict[str, int] = {}
        for batch in _batches(list(by_id.values())):
            pks.update(_put(connection, batch))
        return pks

    def _values(self, person: Person) -> dict[str, Any]:
        person_id = _clean(person.person_id, MOST_ID_CHARS)
        if not person_id:
            raise ValueError("a person has an id")
        return {
            "person_id": person_id,
            "name": _clean(person.name, MOST_NAME_CHARS),
            "grouped": _clean(person.group, MOST_GROUP_CHARS),
            "notes": _clean_lines(person.notes, MOST_NOTES_CHARS),
            "valid_from": person.valid_from,
            "valid_until": person.valid_until,
            "changed_us": to_us(self._clock()),
        }


def _clean_lines(text: str, most: int) -> str:
    return "\n".join(_clean(line, most) for line in text.splitlines())[:most].strip()


def _clean(text: str, most_chars: int) -> str:
    return printable(text.encode(errors="ignore").decode(), most_chars)


def _person(row: Any) -> Person:
    return Person(
        row["person_id"],
        row["name"],
        row["grouped"],
        row["notes"],
        row["valid_from"],
        row["valid_until"],
    )


def _pk(connection: Connection, person_id: str) -> int | None:
    wanted = select(people.c.pk).where(people.c.person_id == person_id)
    return connection.execute(wanted).scalar()


def _write_words(connection: Connection, persons: Sequence[tuple[int, Person]]) -> None:
    """These people's words, in the place of earlier ones."""
    pks = [pk for pk, _ in persons]
    connection.execute(delete(person_words).where(person_words.c.person_pk.in_(pks)))
    rows = [{"word": word, "person_pk": pk} for pk, person in persons for word in words_of(person)]
    if rows:
        connection.execute(insert(person_words), rows)


def _put(connection: Connection, batch: list[dict[str, Any]]) -> dict[str, int]:
    ids = [values["person_id"] for values in batch]
    wanted = select(people.c.person_id, people.c.pk).where(people.c.person_id.in_(ids))
    known: dict[str, int] = {row.person_id: row.pk for row in connection.execute(wanted)}
    new = [
        {**values, "added_us": values["changed_us"]}
        for values in batch
        if values["person_id"] not in known
    ]
    if new:
        connection.execute(insert(people), new)
    for values in batch:
        if (pk := known.get(values["person_id"])) is not None:
            connection.execute(update(people).where(people.c.pk == pk).values(values))
    pks: dict[str, int] = {row.person_id: row.pk for row in connection.execute(wanted)}
    _write_words(connection, [(pks[v["person_id"]], _person(v)) for v in batch])
    return pks


def _batches(values: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def _matching(connection: Connection, tokens: tuple[str, ...], limit: int) -> list[int]:
    """The keys of up to ``limit`` people of whom a word begins with each token, those with the
    shortest such words first: found by the rarest token, held to the others."""
    rarest, *others = sorted(tokens, key=lambda token: (_count(connection, token), -len(token)))
    found: dict[int, None] = {}
    after: tuple[str, int] | None = None
    while len(found) < limit:
        wanted = select(person_words.c.word, person_words.c.person_pk).where(
            _begins(person_words, rarest), *(_has(token) for token in others)
        )
        if after is not None:
            wanted = wanted.where(_behind(after))
        ordered = wanted.order_by(person_words.c.word, person_words.c.person_pk)
        batch = list(connection.execute(ordered.limit(_BATCH)))
        found.update(dict.fromkeys(pk for _, pk in batch))
        if len(batch) < _BATCH:
            break
        after = (batch[-1][0], batch[-1][1])
    return list(found)[:limit]


def _count(connection: Connection, token: str) -> int:
    """How many words begin so; counted up to a limit."""
    some = select(literal(1)).select_from(person_words).where(_begins(person_words, token))
    limited = some.limit(_ENOUGH_TO_COMPARE).subquery()
    return int(connection.execute(select(func.count()).select_from(limited)).scalar() or 0)


def _begins(words: Any, token: str) -> Any:
    return and_(words.c.word >= token, words.c.word < token + _AFTER_ALL)


def _has(token: str) -> Any:
    """Whether the same person also has a word that begins with ``token``."""
    other = person_words.alias()
    mine = other.c.person_pk == person_words.c.person_pk
    return select(literal(1)).select_from(other).where(mine, _begins(other, token)).exists()


def _behind(after: tuple[str, int]) -> Any:
    word, pk = after
    same = and_(person_words.c.word == word, person_words.c.person_pk > pk)
    return (person_words.c.word > word) | same
