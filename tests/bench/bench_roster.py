"""Finding somebody among 100,000 as a clerk types, on SQLite and on PostgreSQL.

Every beginning of each query is searched, as it is typed. A line for each database: milliseconds,
and the ratio to the barest look there is, a person by primary key, in the same run.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import select, text

from facecheck_gui.domain.check_in import Person
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.roster import Roster
from facecheck_gui.records.tables import people
from tests.records import postgres

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭"
)
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲红建国华志梅玉春云龙海燕"
_FIRST = ("Anna", "John", "Maria", "Peter", "Li", "Zoe", "Max", "Nina", "Jürgen", "Chloé")
_LAST = ("Smith", "Zimmer", "Brown", "Zhang", "Miller", "Jones", "Garcia", "Chen", "Müller")
_HARD = ("z w", "zhang li", "wei z x", "li wang chen", "anna smith", "1 z", "国 w", "张伟")
_BATCH, _QUERIES = 5000, 200


def somebody(chance: random.Random, number: int) -> Person:
    """An invented person; four in five have a Chinese name."""
    if chance.random() < 0.8:
        name = chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2))))
    else:
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    return Person(f"{number:06d}", name, f"Group {number % 40}")


def _typed(chance: random.Random, known: list[Person]) -> Iterator[str]:
    """What is in the field after each key."""
    wanted = [*_HARD]
    for _ in range(_QUERIES):
        person = chance.choice(known)
        wanted.append(chance.choice((person.name, person.person_id)))
    for query in wanted:
        yield from (query[:length] for length in range(1, len(query) + 1))


def _timed_ms(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return (time.perf_counter() - began_s) * 1000


def _bare(database: Database) -> None:
    with database.reading() as connection:
        connection.execute(select(people).where(people.c.pk == 5)).first()


def run(name: str, url: str, size: int) -> str:
    """One database's line."""
    database, chance = Database(url), random.Random(7)
    bring_up_to_date(database)
    roster = Roster(database, lambda: datetime.now(UTC))
    known = [somebody(chance, number) for number in range(size)]
    began_s = time.perf_counter()
    for start in range(0, size, _BATCH):
        roster.put_all(known[start : start + _BATCH])
    a_second = size / (time.perf_counter() - began_s)
    if not database.is_sqlite:
        with database.writing() as connection:
            connection.execute(text("ANALYZE"))
    took, floor = [], []
    for typed in _typed(chance, known):
        took.append(_timed_ms(lambda typed=typed: roster.search(typed)))  # type: ignore[misc]
        floor.append(_timed_ms(lambda: _bare(database)))
    database.close()
    took.sort()
    p50, p95 = statistics.median(took), took[int(len(took) * 0.95)]
    bare = statistics.median(floor)
    return (
        f"roster of {size:,} on {name}: a search p50 {p50:.1f} p95 {p95:.1f} max {took[-1]:.1f} ms "
        f"(n={len(took)}), {p50 / bare:.1f} x a bare look by key; {a_second:.0f} people a second in"
    )


def main() -> None:
    """Print a line for each database that is here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100_000, help="people")
    size = parser.parse_args().n
    with tempfile.TemporaryDirectory() as folder:
        print(run("SQLite", file_url(Path(folder, "records.db")), size))
    if postgres.programs() is None:
        print("PostgreSQL's programs are not here")
        return
    with postgres.server() as url:
        print(run("PostgreSQL", url, size))


if __name__ == "__main__":
    main()
