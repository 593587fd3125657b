"""A list of people as it was brought along: which column means what, who each row is, and which
photos belong to whom."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import PurePosixPath
from types import MappingProxyType

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, ImportTrouble

MOST_PHOTOS, MOST_ID_CHARS = 5, 64


class Column(Enum):
    """What a column may hold."""

    ID = "id"
    NAME = "name"
    GROUP = "group"
    NOTES = "notes"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    PHOTOS = "photos"


# As headers are written, in small letters and without what stands between words.
_HEADERS: Mapping[str, Column] = MappingProxyType(
    {
        word: column
        for column, words in {
            Column.ID: "id personid number no badge 编号 工号 学号 证号 人员编号",
            Column.NAME: "name fullname person 姓名 名字",
            Column.GROUP: "group department team class 部门 组 组别 班级 单位",
            Column.NOTES: "notes note remarks comment 备注 说明",
            Column.VALID_FROM: "validfrom from start 生效日期 有效期起 开始日期",
            Column.VALID_UNTIL: "validuntil until end expires 截止日期 有效期止 结束日期",
            Column.PHOTOS: "photos photo picture pictures image images file 照片 相片 图片",
        }.items()
        for word in words.split()
    }
)
_BETWEEN_WORDS = re.compile(r"[\s_\-.]+")
_BETWEEN_PHOTOS = re.compile(r"[;|；、]")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
# "00417 Zhang Wei", "00417_张伟", "00417_2": an id has a digit, a photo's number is one of five.
_NAMED_FILE = re.compile(r"([^\s_]*\d[^\s_]*)[\s_]+(.+)")
_NUMBERED = re.compile(r"(.+?)(?:[\s_\-]+|(?=[(（]))[(（]?([1-5])[)）]?")


class Problem(Enum):
    """Why a row of a list cannot be used."""

    ID_MISSING = "id_missing"
    ID_TOO_LONG = "id_too_long"
    NAME_MISSING = "name_missing"
    DAY_UNREADABLE = "day_unreadable"
    DAYS_CROSSED = "days_crossed"
    ID_TWICE = "id_twice"
    PHOTOS_TOO_MANY = "photos_too_many"
    PHOTO_NOT_THERE = "photo_not_there"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the ``number``-th of the list as a spreadsheet counts, with the names of the
    photos. A problem keeps it from being used; ``about`` is the text that is at fault."""

    number: int
    person: Person
    photos: tuple[str, ...] = ()
    problem: Problem | None = None
    about: str = ""


def read_entries(rows: Sequence[tuple[str, ...]], photo_names: Sequence[str]) -> tuple[Entry, ...]:
    """The people of a list whose first row that is not empty names the columns.

    Photos are those that a column names, else those whose file is called as the id is.
    Raises ImportTrouble: SHEET_COLUMNS where id or name is not among the columns, SHEET_EMPTY.
    """
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not numbered:
        raise ImportTrouble(Fault.SHEET_EMPTY)
    columns = _columns(numbered[0][1])
    ids = {row[at] for _, row in numbered[1:] if (at := columns[Column.ID]) < len(row)}
    photos = _PhotoNames(photo_names, ids)
    entries = [_entry(number, row, columns, photos) for number, row in numbered[1:]]
    if not entries:
        raise ImportTrouble(Fault.SHEET_EMPTY)
    return tuple(_once(entries))


def entries_of_photos(photo_names: Iterable[str]) -> tuple[Entry, ...]:
    """The people of a folder of photos alone, by what the files are called: ``00417 Zhang Wei``,
    ``00417_张伟``, ``张伟`` (the name is the id then), each perhaps with a number behind it.

    Raises ImportTrouble: SHEET_EMPTY.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    for name in photo_names:
        stem = PurePosixPath(name).stem.strip()
        numbered = _NUMBERED.fullmatch(stem)
        named = _NAMED_FILE.fullmatch(stem)
        if named and numbered and numbered[1] == named[1]:
            person_id, called = named[1], named[1]  # "00417_2" is a photo's number, no name
        elif named:
            person_id, called = named[1], _without_number(named[2])
        else:
            person_id = called = _without_number(stem)
        found.setdefault(person_id, (called, []))[1].append(name)
    if not found:
        raise ImportTrouble(Fault.SHEET_EMPTY)
    return tuple(
        _checked(Entry(number, Person(person_id, called), tuple(photos)))
        for number, (person_id, (called, photos)) in enumerate(found.items(), 1)
    )


def _without_number(text: str) -> str:
    """Without a photo's number behind it; a number that stands alone is all there is."""
    numbered = re.fullmatch(r"(.*\D)[\s_\-]+[(（]?[1-5][)）]?", text)
    return numbered[1].strip() if numbered else text


def _columns(header: tuple[str, ...]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for index, cell in enumerate(header):
        column = _HEADERS.get(_BETWEEN_WORDS.sub("", cell).casefold())
        if column is not None:
            found.setdefault(column, index)
    if not {Column.ID, Column.NAME} <= found.keys():
        raise ImportTrouble(Fault.SHEET_COLUMNS)
    return found


def _entry(
    number: int, row: tuple[str, ...], columns: Mapping[Column, int], photos: "_PhotoNames"
) -> Entry:
    def cell(column: Column) -> str:
        index = columns.get(column, len(row))
        return row[index].strip() if index < len(row) else ""

    days: dict[Column, date | None] = {}
    unreadable = ""
    for column in (Column.VALID_FROM, Column.VALID_UNTIL):
        try:
            days[column] = _day(cell(column))
        except ValueError:
            days[column], unreadable = None, cell(column)
    person = Person(
        cell(Column.ID),
        cell(Column.NAME),
        cell(Column.GROUP),
        cell(Column.NOTES),
        days[Column.VALID_FROM],
        days[Column.VALID_UNTIL],
    )
    if unreadable:
        return Entry(number, person, problem=Problem.DAY_UNREADABLE, about=unreadable)
    named = [name.strip() for name in _BETWEEN_PHOTOS.split(cell(Column.PHOTOS)) if name.strip()]
    if not named:
        return _checked(Entry(number, person, photos.of_id(person.person_id)))
    found = [photos.called(name) for name in named]
    if None in found:
        missing = named[found.index(None)]
        return Entry(number, person, problem=Problem.PHOTO_NOT_THERE, about=missing)
    return _checked(Entry(number, person, tuple(name for name in found if name is not None)))


def _checked(entry: Entry) -> Entry:
    person = entry.person
    first, last = person.valid_from, person.valid_until
    problem: Problem | None = None
    if not person.person_id:
        problem = Problem.ID_MISSING
    elif len(person.person_id) > MOST_ID_CHARS:
        problem = Problem.ID_TOO_LONG
    elif not person.name:
        problem = Problem.NAME_MISSING
    elif first is not None and last is not None and last < first:
        problem = Problem.DAYS_CROSSED
    elif len(entry.photos) > MOST_PHOTOS:
        problem = Problem.PHOTOS_TOO_MANY
    return Entry(entry.number, person, entry.photos, problem)


def _once(entries: list[Entry]) -> Iterable[Entry]:
    """Of rows with one id the first counts."""
    seen: dict[str, int] = {}
    for entry in entries:
        person_id = entry.person.person_id
        first = seen.setdefault(person_id, entry.number) if person_id else entry.number
        if first == entry.number or entry.problem is not None:
            yield entry
        else:
            yield Entry(entry.number, entry.person, (), Problem.ID_TWICE, str(first))


def _day(written: str) -> date | None:
    """A day as 2026-03-01, 2026/3/1 or 2026年3月1日; None for none. Raises ValueError."""
    if not written:
        return None
    found = _DAY.match(written)
    if found is None:
        raise ValueError(written)
    return date(int(found[1]), int(found[2]), int(found[3]))


class _PhotoNames:
    """Finds photos by what a list calls them, whatever the letters' case and the folder."""

    def __init__(self, names: Sequence[str], ids: Iterable[str]) -> None:
        """``ids`` are all in the list: "10-1" is no photo of "10" where somebody is called so."""
        taken = {person_id.casefold() for person_id in ids}
        self._whole = {name.casefold(): name for name in names}
        self._files: dict[str, list[str]] = defaultdict(list)
        self._of_id: dict[str, list[str]] = defaultdict(list)
        for name in names:
            path = PurePosixPath(name)
            self._files[path.name.casefold()].append(name)
            self._of_id[path.stem.casefold()].append(name)
            numbered = _NUMBERED.fullmatch(path.stem)
            if numbered and path.stem.casefold() not in taken:
                self._of_id[numbered[1].casefold()].append(name)
            if len(path.parts) > 1:
                self._of_id[path.parts[-2].casefold()].append(name)

    def called(self, name: str) -> str | None:
        """The one photo that is meant."""
        asked = name.replace("\\", "/").removeprefix("./").casefold()
        if asked in self._whole:
            return self._whole[asked]
        found = self._files.get(PurePosixPath(asked).name, [])
        return found[0] if len(found) == 1 else None

    def of_id(self, person_id: str) -> tuple[str, ...]:
        """Those called as the id is, perhaps with a number, or in a folder called so."""
        asked = person_id.casefold()
        found = dict.fromkeys(self._of_id.get(asked, ()))
        exact = [name for name in found if PurePosixPath(name).stem.casefold() == asked]
        return tuple(dict.fromkeys((*exact, *found)))
