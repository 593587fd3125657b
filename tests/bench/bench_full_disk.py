"""A disk that fills up in the middle of the work: a small tmpfs, filled to the last bytes again and
again while attempts and photos are written. What was acknowledged is there afterwards, the audit
verifies, and the work goes on by itself as soon as there is room, without a restart.

Needs to mount: as root, else in a user namespace of its own (``unshare``). One line; exit code 1
where anything was lost, 2 where nothing can be mounted here.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import select

from facecheck_gui.domain.check_in import AttemptState, Person
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records import verification
from facecheck_gui.records.album import NewPhoto
from facecheck_gui.records.database import file_url
from facecheck_gui.records.ledger import Books, Ledger, StationKey
from facecheck_gui.records.sessions import Sessions
from facecheck_gui.records.tables import check_ins
from tests.records import book

_INSIDE = "FACECHECK_BENCH_INSIDE"
_SIZE = 24 * 1024**2
_KEY = StationKey("station-1", b"k" * 32, b"f" * 32)
_STEP = 4096


@dataclass
class Told:
    """What was acknowledged, and what must stay at nought."""

    begun: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    photos: dict[str, int] = field(default_factory=dict)
    times_full: int = 0
    lost: int = 0
    broken: int = 0
    odd: list[str] = field(default_factory=list)


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        options = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "facecheck", name]
        subprocess.run(options, check=True, capture_output=True)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True, capture_output=True)


class _Ballast:
    """Fills what is left of the disk, all but some bytes."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def leave(self, room: int) -> None:
        """Leave ``room`` bytes, about."""
        self.free()
        left = shutil.disk_usage(self._file.parent).free - room
        with suppress(OSError), self._file.open("wb") as file:
            while left > 0:
                file.write(bytes(min(left, 1 << 16)))
                left -= 1 << 16

    def free(self) -> None:
        """There is room again."""
        self._file.unlink(missing_ok=True)


def _write_until_full(ledger: Ledger, books: Books, first: int, told: Told) -> int:
    """Attempts, and a photo with every tenth, until there is no room; the next number."""
    number = first
    photo = NewPhoto(bytes(150_000), FaceType.LIVE, bytes(512), "net 1")
    try:
        while True:
            intent = book.intent(number)
            number += 1
            ledger.begin(intent)
            told.begun.add(intent.attempt_id)
            ledger.end(intent, book.ending(number - 1))
            told.ended.add(intent.attempt_id)
            if number % 10 == 0:
                person_id = f"P{number % 100}"
                books.album.put_references(person_id, [photo])
                told.photos[person_id] = 1
    except RecordsError as error:
        if error.fault is not Fault.RECORDS_FULL:
            told.odd.append(error.fault.word)
        told.times_full += 1
    return number


def _judge(books: Books, told: Told) -> None:
    with books.database.reading() as connection:
        wanted = select(check_ins.c.attempt_id, check_ins.c.state)
        states = {row.attempt_id: row.state for row in connection.execute(wanted)}
    told.lost += len(told.begun - states.keys())
    told.lost += sum(states.get(a) != AttemptState.ENDED.value for a in told.ended)
    told.lost += sum(len(books.album.references(p)) != n for p, n in told.photos.items())
    report = verification.verify(books.database, _KEY.station_id, _KEY.key)
    told.broken += report.broken is not None


def run(rounds: int, seed: int) -> tuple[str, bool]:
    """The line, and whether all is well."""
    chance, told = random.Random(seed), Told()
    with _small_disk() as disk:
        ledger = Ledger(
            file_url(disk / "records.db"),
            station_name="Desk",
            station_key=lambda: _KEY,
            sessions=Sessions(disk / "sessions"),
            clock=lambda: datetime.now(UTC),
        )
        books, ballast, number = ledger.books(), _Ballast(disk), 1
        for person in range(100):
            books.roster.add(Person(f"P{person}", f"Person {person}"))
        for _ in range(rounds):
            ballast.leave(chance.randrange(0, 600_000) // _STEP * _STEP)
            number = _write_until_full(ledger, books, number, told)
            ballast.free()
            # Without a restart: the next attempt is written.
            ledger.begin(book.intent(number))
            told.begun.add(book.intent(number).attempt_id)
            number += 1
            _judge(books, told)
        ledger.close()
    line = (
        f"full disk: {told.times_full} times in {rounds} rounds, {len(told.begun):,} attempts and "
        f"{len(told.photos)} people's photos acknowledged: {told.lost} lost, {told.broken} audits "
        f"broken, other faults: {', '.join(sorted(set(told.odd))) or 'none'}; seed {seed}"
    )
    return line, not (told.lost or told.broken or told.odd)


def _again_in_a_namespace() -> int:
    command = ["unshare", "--map-root-user", "--mount", sys.executable, *sys.argv]
    try:
        return subprocess.run(command, env={**os.environ, _INSIDE: "1"}, check=False).returncode
    except OSError:
        return 2


def main() -> None:
    """Print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=60, help="rounds")
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    if os.geteuid() != 0 and _INSIDE not in os.environ:
        sys.exit(_again_in_a_namespace())
    try:
        line, well = run(asked.n, asked.seed)
    except (subprocess.CalledProcessError, FileNotFoundError):
        print("nothing can be mounted here: not tried")
        sys.exit(2)
    print(line)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
