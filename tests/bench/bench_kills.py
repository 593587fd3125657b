"""10,000 kills: a station is killed with SIGKILL at random moments while it opens its records and
writes attempts; no row that was acknowledged is lost, none is doubled, and the audit verifies.

A row is acknowledged when the call that writes it has returned: the station then says so through a
pipe. One line; exit code 1 where anything was lost.
"""

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import select as sql_select

from facecheck_gui.domain.check_in import AttemptState
from facecheck_gui.records import verification
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.ledger import Ledger, StationKey
from facecheck_gui.records.sessions import Sessions
from facecheck_gui.records.tables import check_ins
from tests.records import book, postgres

_KEY = StationKey("station-1", b"k" * 32, b"f" * 32)
_IN_A_ROUND = 100
# Opening takes some 60 ms on a file and 130 on a server; then a row is written each few ms.
_LATEST_KILL_S = {False: 0.16, True: 0.3}
_SILENT_S = 30.0


@dataclass
class Round:
    """One database and all that was acknowledged in it."""

    url: str
    folder: Path
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


@dataclass
class Losses:
    """What must stay at nought."""

    kills: int = 0
    rows: int = 0
    while_opening: int = 0
    lost: int = 0
    doubled: int = 0
    left_open: int = 0
    broken_chains: int = 0

    @property
    def any(self) -> bool:
        """Whether anything was lost, doubled or left."""
        return bool(self.lost or self.doubled or self.left_open or self.broken_chains)


def _ledger(this: Round) -> Ledger:
    return Ledger(
        this.url,
        station_name="Desk",
        station_key=lambda: _KEY,
        sessions=Sessions(this.folder / "sessions"),
        clock=lambda: datetime.now(UTC),
    )


def _station(this: Round, first: int, told: int) -> None:
    """A station's life, until it is killed."""
    ledger = _ledger(this)
    number = first
    while True:
        intent, ending = book.intent(number), book.ending(number)
        ledger.begin(intent)
        os.write(told, f"B {intent.attempt_id}\n".encode())
        ledger.end(intent, ending)
        os.write(told, f"E {intent.attempt_id}\n".encode())
        number += 1


def _kill_one(this: Round, first: int, chance: random.Random, losses: Losses) -> int:
    """Let a station live for a random while; the number that the next one begins with."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _station(this, first, writing)
        finally:
            os._exit(1)
    os.close(writing)
    time.sleep(chance.uniform(0.0, _LATEST_KILL_S[this.url.startswith("postgresql")]))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the station ended by itself"
    said = _all_that_was_said(reading)
    losses.kills += 1
    losses.while_opening += not said
    for line in said:
        kind, attempt_id = line.split()
        (this.begun if kind == "B" else this.ended).append(attempt_id)
    # One row may have been written and not acknowledged: its number is not used again.
    return first + len(said) // 2 + 2


def _all_that_was_said(reading: int) -> list[str]:
    parts = []
    while select.select([reading], [], [], _SILENT_S)[0] and (part := os.read(reading, 65536)):
        parts.append(part)
    os.close(reading)
    return b"".join(parts).decode().splitlines()


def _judge(this: Round, losses: Losses) -> None:
    """Open once more, as the next start would, and count what is there."""
    ledger = _ledger(this)
    books = ledger.books()
    with books.database.reading() as connection:
        wanted = sql_select(check_ins.c.attempt_id, check_ins.c.state)
        rows = [(row.attempt_id, row.state) for row in connection.execute(wanted)]
    report = verification.verify(books.database, _KEY.station_id, _KEY.key)
    ledger.close()
    times, states = Counter(attempt for attempt, _ in rows), dict(rows)
    losses.rows += len(this.begun) + len(this.ended)
    losses.doubled += sum(count - 1 for count in times.values())
    losses.lost += sum(attempt not in times for attempt in this.begun)
    losses.lost += sum(states.get(a) != AttemptState.ENDED.value for a in this.ended)
    losses.left_open += sum(state == AttemptState.OPEN.value for state in states.values())
    losses.broken_chains += report.broken is not None or report.rows != len(rows)


def _rounds(
    kills: int, new_url: Callable[[int], str], chance: random.Random, losses: Losses
) -> None:
    for number in range(-(-kills // _IN_A_ROUND)):
        with tempfile.TemporaryDirectory() as name:
            this, first = Round(new_url(number), Path(name)), 1
            if this.url.startswith("sqlite"):
                this.url = file_url(Path(name) / "records.db")
            for _ in range(min(_IN_A_ROUND, kills - losses.kills)):
                first = _kill_one(this, first, chance, losses)
            _judge(this, losses)


def _new_database(server: str) -> Callable[[int], str]:
    def made(number: int) -> str:
        import psycopg

        with psycopg.connect(server, autocommit=True) as connection:
            if number:
                connection.execute(f"DROP DATABASE round{number - 1} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE round{number}")
        return server.rpartition("/")[0] + f"/round{number}"

    return made


def run(kills: int, seed: int, *, on_postgres: bool) -> tuple[str, bool]:
    """The line, and whether all is well."""
    losses, began_s = Losses(), time.perf_counter()
    with ExitStack() as stack:
        new_url: Callable[[int], str] = lambda _: "sqlite:///"  # noqa: E731 - a file of each round
        if on_postgres:
            new_url = _new_database(stack.enter_context(postgres.server(safe=True)))
        _rounds(kills, new_url, random.Random(seed), losses)
    name = "PostgreSQL" if on_postgres else "SQLite"
    line = (
        f"{name}: {losses.kills:,} kills ({losses.while_opening:,} while opening), "
        f"{losses.rows:,} acknowledged writes: {losses.lost} lost, {losses.doubled} doubled, "
        f"{losses.left_open} left open, {losses.broken_chains} audits broken; "
        f"{time.perf_counter() - began_s:.0f} s, seed {seed}"
    )
    return line, not losses.any


def main() -> None:
    """Print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10_000, help="kills")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    assert Database  # loaded before the first fork, as all of it is
    line, well = run(asked.n, asked.seed, on_postgres=asked.postgres)
    print(line)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
