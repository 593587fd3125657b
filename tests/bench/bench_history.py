"""The history over many rows: pages, a day, an export; on SQLite and on PostgreSQL.

Prints a line for each kind of look, as a ratio to the barest look there is, the newest 50 rows by
primary key; and exports as ratios to writing the same rows, from memory, with csv.writer.
"""

import argparse
import csv
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import psycopg
from sqlalchemy import select

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName, Verdict
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.history import Cursor, History, HistoryFilter
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.tables import check_ins, from_us, people, person_words
from facecheck_gui.sheets.export import Column, columns, export_csv, export_xlsx
from tests.records import crowd, postgres

_PERSONS = 100_000
_EVERY_US = 30_000_000
_ROUNDS = 15
_DEEP = 1000
_OF_BARE = 50_000
_COLUMNS = [column.name for column in check_ins.columns if column.name != "pk"]


def _seed_sqlite(file: Path, count: int) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-500000")
        connection.execute("BEGIN")
        for table, columns, values in _tables(count):
            marks = ", ".join("?" * len(columns))
            insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            connection.executemany(insert, values)
        connection.execute("COMMIT")


def _seed_postgresql(url: str, count: int) -> None:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table, columns, values in _tables(count):
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _tables(count: int) -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
    on_it, words = crowd.roster(_PERSONS)
    for table, rows in ((people.name, on_it), (person_words.name, words)):
        yield table, list(rows[0]), (tuple(row.values()) for row in rows)
    made = crowd.rows(count, persons=_PERSONS, every_us=_EVERY_US)
    yield check_ins.name, _COLUMNS, (tuple(row.get(n) for n in _COLUMNS) for row in made)


def _filters(count: int) -> dict[str, HistoryFilter]:
    middle = from_us(round(crowd.BEGAN.timestamp() * 1e6) + count // 2 * _EVERY_US)
    day = {"since": middle, "until": middle + timedelta(days=1)}
    match, attack, unsure = Verdict.MATCH, Verdict.ATTACK_SUSPECTED, Verdict.UNSURE
    cloud = EngineName.KUAIDI100
    return {
        "first page": HistoryFilter(),
        "person": HistoryFilter(person_id=crowd.person_id(77)),
        "match": HistoryFilter(verdict=match),
        "attack": HistoryFilter(verdict=attack),
        "engine": HistoryFilter(engine=cloud),
        "training": HistoryFilter(engine=EngineName.TRAINING),
        "day": HistoryFilter(**day),
        "day+unsure": HistoryFilter(**day, verdict=unsure),
        "day+engine": HistoryFilter(**day, engine=EngineName.TRAINING),
        "match+engine": HistoryFilter(verdict=match, engine=cloud),
        "unsure+engine": HistoryFilter(verdict=unsure, engine=cloud),
        "attack+training": HistoryFilter(verdict=attack, engine=EngineName.TRAINING),
        "match+training": HistoryFilter(verdict=match, engine=EngineName.TRAINING),
        "person+match": HistoryFilter(person_id=crowd.person_id(77), verdict=match),
        "person+attack": HistoryFilter(person_id=crowd.person_id(77), verdict=attack),
        "text id": HistoryFilter(text="P000077"),
        "text few": HistoryFilter(text="li wei 7"),
        "text many": HistoryFilter(text="li"),
        "text ids": HistoryFilter(text="P00"),
        "text nobody": HistoryFilter(text="nobody"),
        "text few+attack": HistoryFilter(text="li wei 7", verdict=attack),
        "text many+attack": HistoryFilter(text="li", verdict=attack),
        "text many+cloud": HistoryFilter(text="li", engine=cloud),
        "text many+unsure+cloud": HistoryFilter(text="li", verdict=unsure, engine=cloud),
        "text few+day": HistoryFilter(text="li wei 7", **day),
        "text many+day": HistoryFilter(text="li", **day),
        "text many+day+unsure": HistoryFilter(text="li", **day, verdict=unsure),
        "text all of it": HistoryFilter(text="p"),
    }


def _took_ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _bare(database: Database) -> None:
    wanted = select(check_ins).order_by(check_ins.c.pk.desc()).limit(50)
    with database.reading() as connection:
        connection.execute(wanted).all()


def _pages(database: Database, count: int) -> None:
    history, chance = History(database), random.Random(1)
    deep = _deep(history)
    looks: dict[str, Callable[[], object]] = {
        name: (lambda f=wanted: history.page(f)) for name, wanted in _filters(count).items()
    }
    looks[f"page {_DEEP}"] = lambda: history.page(HistoryFilter(), before=deep)
    looks["some person"] = lambda: history.page(
        HistoryFilter(person_id=crowd.person_id(chance.randrange(_PERSONS)))
    )
    some_day = crowd.BEGAN + timedelta(microseconds=count // 3 * _EVERY_US)
    looks["day at a glance"] = lambda: history.day(some_day, some_day + timedelta(days=1))
    for name, wanted in _filters(count).items():
        if "+" not in name:
            looks[f"count {name}"] = lambda f=wanted: history.count(f)
    floors: list[float] = []
    took: dict[str, list[float]] = {name: [] for name in looks}
    for _ in range(_ROUNDS):
        for name, look in looks.items():
            floors.append(_took_ms(lambda: _bare(database)))
            took[name].append(_took_ms(look))
    floor = float(np.median(floors))
    print(f"  floor, 50 rows by primary key: {floor:.1f} ms")
    for name, times in took.items():
        print(
            f"  {name}: first {times[0]:.1f} ms, p50 {np.median(times):.1f}, "
            f"p95 {np.percentile(times, 95):.1f} ms, {np.median(times) / floor:.1f} x the floor",
            flush=True,
        )


def _deep(history: History) -> Cursor | None:
    place = None
    for _ in range(_DEEP - 1):
        place = history.page(HistoryFilter(), before=place).before or place
    return place


def _exports(url: str, count: int) -> None:
    """Each in a process of its own, whose memory it alone fills."""
    for what in ("csv", "xlsx"):
        command = [sys.executable, __file__, "--child", what, "--url", url, "--export", str(count)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def _export(url: str, what: str, count: int) -> None:
    database = Database(url)
    history = History(database)
    table = columns(str, lambda member: str(member.value))
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "out"
        export = {"csv": export_csv, "xlsx": export_xlsx}[what]
        token = CancelToken()
        export(islice(history.all(HistoryFilter()), 2000), file, table, token, lambda _: None)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        rows = islice(history.all(HistoryFilter()), count)
        done = export(rows, file, table, token, lambda _: None)
        took = time.perf_counter() - began
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        size = file.stat().st_size / 2**20
        floor = _bare_writing(history, table, file) * count / _OF_BARE
    database.close()
    print(
        f"  export of {done} rows as {what}: {took:.1f} s, +{grown:.0f} MB, file {size:.0f} MB, "
        f"{took / floor:.1f} x csv.writer of rows in memory ({floor:.1f} s)"
    )


def _bare_writing(history: History, table: Sequence[Column], file: Path) -> float:
    rows = list(islice(history.all(HistoryFilter()), _OF_BARE))
    cells = [[column.cell(row) for column in table] for row in rows]
    with file.open("w", encoding="utf-8", newline="") as stream:
        began = time.perf_counter()
        csv.writer(stream).writerows(cells)
        return time.perf_counter() - began


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield file_url(folder / "records.db")
    else:
        with postgres.server() as url:
            yield url


def _prepare(url: str, count: int) -> Database:
    database = Database(url)
    bring_up_to_date(database)
    began = time.perf_counter()
    if database.file is not None:
        _seed_sqlite(database.file, count)
    else:
        _seed_postgresql(url, count)
    print(f"  {count} rows in {time.perf_counter() - began:.0f} s", flush=True)
    return database


def main() -> None:
    """Print what a page, a day and an export take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=5_000_000)
    parser.add_argument("--export", type=int, default=1_000_000)
    parser.add_argument("--kind", action="append", choices=("sqlite", "postgresql"))
    parser.add_argument("--child", choices=("csv", "xlsx"), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        _export(asked.url, asked.child, asked.export)
        return
    for kind in asked.kind or ["sqlite", "postgresql"]:
        if kind == "postgresql" and postgres.programs() is None:
            print("postgresql: its programs are not here")
            continue
        with tempfile.TemporaryDirectory() as name, _database(kind, Path(name)) as url:
            print(kind, flush=True)
            database = _prepare(url, asked.n)
            _pages(database, asked.n)
            database.close()
            _exports(url, min(asked.n, asked.export))


if __name__ == "__main__":
    main()
