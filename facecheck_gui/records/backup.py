"""Backups of the records: a folder with the last seven, each of them a file that opens by itself.

People's keys never go into a backup, so that a face that was withdrawn stays gone. A backup of a
server is a copy in a file of the same form; whoever looks after the server may use pg_dump as well,
which is faster for millions of rows.
"""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import sqlite
from facecheck_gui.records.copying import copy_all
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.faults import fault_of_disk, fault_of_sqlite
from facecheck_gui.records.migration import NEWEST, bring_up_to_date

MOST_KEPT = 7
_NAME, _DRAFT = "records-%Y%m%dT%H%M%SZ.db", ".draft-"
# What a run that was killed left behind; younger ones may still be written to.
_DRAFTS_OLD_AFTER = timedelta(hours=6)
# A little less than a day, for stations that start at the same hour each morning.
_DUE_AFTER = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Backup:
    """One file; ``made_at`` is to the second, UTC."""

    file: Path
    made_at: datetime
    size_bytes: int

    @classmethod
    def of(cls, file: Path) -> "Backup":
        """What lies there; one that was called otherwise is as old as the file. Raises OSError."""
        found = file.stat()
        named = _time_in(file.name)
        return cls(file, named or datetime.fromtimestamp(found.st_mtime, UTC), found.st_size)


class Backups:
    """Those in one folder, which is made with the first. Raises RecordsError everywhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Backup, ...]:
        """The newest first, good or not."""
        with told():
            if not self._folder.is_dir():
                return ()
            files = [file for file in self._folder.iterdir() if _time_in(file.name) is not None]
            found = [Backup.of(file) for file in files]
        return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))

    def newest_good(self) -> Backup | None:
        """The newest that could be put in the records' place."""
        return next((backup for backup in self.all() if is_good(backup.file)), None)

    def is_due(self, now: datetime) -> bool:
        """Whether the newest is a day old, or there is none. One from the future counts as old:
        the clock was wrong once."""
        newest = next((backup.made_at for backup in self.all()), None)
        return newest is None or abs(now - newest) > _DUE_AFTER

    def make(self, source: Database, now: datetime) -> Backup:
        """Copy the records as they are, and let go of the oldest of more than seven.

        Raises RECORDS_DAMAGED for records that are damaged; then no backup goes.
        """
        with told():
            make_folder(self._folder, now)
        made = write(source, self._folder / now.astimezone(UTC).strftime(_NAME))
        others = [backup for backup in self.all() if backup.file != made.file]
        for backup in others[MOST_KEPT - 1 :]:
            with told():
                backup.file.unlink(missing_ok=True)
        return made


def write(source: Database, file: Path) -> Backup:
    """A backup of ``source`` in ``file``, which is there whole or not at all.

    Raises RecordsError: RECORDS_DAMAGED where what was copied is damaged.
    """
    with told(), drafted(file) as draft:
        if source.file is not None:
            sqlite.copy(source.file, draft)
        else:
            _copy_server(source, draft)
        check(draft)
        draft.replace(file)
        sync_folder(file.parent)
        return Backup.of(file)


def is_good(file: Path) -> bool:
    """Whether ``check`` has nothing against it."""
    with suppress(RecordsError):
        check(file)
        return True
    return False


def check(file: Path) -> None:
    """Read all of a backup. Raises RecordsError: RECORDS_DAMAGED, and RECORDS_NEWER for one that a
    newer program has written."""
    with told():
        if not file.is_file():
            raise RecordsError(Fault.RECORDS_UNREACHABLE)
        if not sqlite.is_whole(file, thorough=True):
            raise RecordsError(Fault.RECORDS_DAMAGED)
        found = sqlite.form(file)
    if found is None:
        raise RecordsError(Fault.RECORDS_DAMAGED, detail="no records in it")
    if found > NEWEST:
        raise RecordsError(Fault.RECORDS_NEWER)


@contextmanager
def drafted(file: Path) -> Iterator[Path]:
    """An empty file beside ``file``, for its owner alone; gone at the end unless it was moved."""
    draft = file.with_name(f"{_DRAFT}{uuid.uuid4().hex}.db")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
    finally:
        for left in (draft, *companions(draft)):
            left.unlink(missing_ok=True)


def companions(file: Path) -> tuple[Path, ...]:
    """What SQLite may keep beside a file, and needs with it."""
    return tuple(file.with_name(f"{file.name}-{word}") for word in ("journal", "wal", "shm"))


def make_folder(folder: Path, now: datetime) -> None:
    """For its owner alone, and without drafts of runs that were killed. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in folder.glob(f"{_DRAFT}*"):
        if now - datetime.fromtimestamp(file.stat().st_mtime, UTC) > _DRAFTS_OLD_AFTER:
            file.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """A new name in a folder outlives a power cut. Raises OSError."""
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def told() -> Iterator[None]:
    """What SQLite and the system say becomes a RecordsError, without names of files."""
    try:
        yield
    except sqlite3.Error as error:
        raise RecordsError(fault_of_sqlite(error), detail=type(error).__name__) from None
    except OSError as error:
        raise RecordsError(fault_of_disk(error), detail=type(error).__name__) from None


def _copy_server(source: Database, draft: Path) -> None:
    with closing(Database(file_url(draft))) as target:
        bring_up_to_date(target)
        copy_all(source, target, CancelToken())
    sqlite.put_in_one_file(draft)


def _time_in(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, _NAME).replace(tzinfo=UTC)
    except ValueError:
        return None
