"""Putting a backup in the records' place. What was there is kept beside, never deleted."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import sqlite
from facecheck_gui.records.backup import (
    Backup,
    check,
    companions,
    drafted,
    make_folder,
    sync_folder,
    told,
)
from facecheck_gui.records.copying import copy_all
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.key_fitting import Fitting, fitting, remove_closed
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.vault import Vault


@dataclass(frozen=True, slots=True)
class Restored:
    """What was written after ``backup.made_at`` is lost, except in ``kept``: the file that was
    there, None where there was none. ``pictures_gone`` had no key any more."""

    backup: Backup
    kept: Path | None
    pictures_gone: int


@dataclass(frozen=True, slots=True)
class Restoring:
    """Puts backups in the place of the records at ``url``. People's keys lie at ``keys_url``,
    sealed with ``secret``; drafts are made in ``folder``. Nobody may have the records open
    meanwhile."""

    url: str
    keys_url: str
    secret: bytes = field(repr=False)
    folder: Path

    def restore(self, file: Path, now: datetime) -> Restored:
        """Put the backup in ``file`` there, with today's tables.

        Where anything goes wrong, all is as it was. Raises RecordsError: RECORDS_DAMAGED and
        RECORDS_NEWER for a backup that cannot be used, RECORDS_LOCKED for records in use,
        RECORDS_TARGET_IN_USE for a server that is not empty.
        """
        check(file)
        with told():
            make_folder(self.folder, now)
            with drafted(self.folder / "records.db") as draft:
                backup = _prepared(file, draft)
                found, gone = self._fitted(draft, now)
                kept = self._put_there(draft, now)
            if found is not None:
                with closing(Database(self.keys_url)) as keys:
                    Vault(keys, self.secret).rearrange(found.own, found.set_aside)
        return Restored(backup, kept, gone)

    def _fitted(self, draft: Path, now: datetime) -> tuple[Fitting | None, int]:
        """The pictures in ``draft`` that no key opens go; how many."""
        with closing(Database(self.keys_url)) as keys, closing(Database(file_url(draft))) as made:
            if keys.file is not None:
                _make_usable(keys.file, now)
            vault = Vault(keys, self.secret)
            vault.prepare()
            try:
                found = fitting(made, vault)
            except RecordsError as error:
                if error.fault is Fault.RECORDS_KEY_GONE:
                    return None, 0  # another station's: nothing can be said of them
                raise
            return found, remove_closed(made, found)

    def _put_there(self, draft: Path, now: datetime) -> Path | None:
        with closing(Database(self.url)) as target:
            file = target.file
            if file is None:
                bring_up_to_date(target)
                with closing(Database(file_url(draft))) as made:
                    copy_all(made, target, CancelToken())
                return None
        sqlite.put_in_one_file(draft)
        kept = None
        if file.exists():
            kept = _put_aside(file, now)
        draft.replace(file)
        sync_folder(file.parent)
        return kept


def _prepared(file: Path, draft: Path) -> Backup:
    """The backup in ``draft``, with today's tables."""
    sqlite.copy(file, draft)
    with closing(Database(file_url(draft))) as database:
        bring_up_to_date(database)
    return Backup.of(file)


def _make_usable(keys: Path, now: datetime) -> None:
    """Keys have no backup: where their file is damaged, an empty one takes its place."""
    if keys.exists():
        with suppress(RecordsError), closing(Database(file_url(keys))) as database:
            # Finishes what a run that was killed left half done.
            Vault(database, b"").prepare()
        if not sqlite.is_whole(keys, thorough=True):
            _put_aside(keys, now)
            keys.unlink(missing_ok=True)
    keys.touch(mode=0o600)


def _put_aside(file: Path, now: datetime) -> Path:
    """Another name for ``file``, and for what SQLite keeps beside it: left there, a journal would
    be taken for that of the file that comes. Raises RecordsError(RECORDS_LOCKED) and OSError."""
    kept = _free_name(file, now)
    beside = [pair for pair in _pairs(file, kept) if pair[0].exists()]
    for left, name in beside:
        _copy_name(left, name)
    in_use = sqlite.is_in_use(file)
    for left, name in beside:
        if in_use:
            name.unlink()
        elif left.exists():
            left.unlink()
        else:
            # SQLite has made use of it while it looked; the file must not be given it again.
            name.rename(name.with_name(f"{name.name}.used"))
    if in_use:
        raise RecordsError(Fault.RECORDS_LOCKED)
    try:
        kept.hardlink_to(file)
    except OSError:
        file.rename(kept)  # a file system where a file has but one name
    return kept


def _pairs(file: Path, kept: Path) -> Iterator[tuple[Path, Path]]:
    return zip(companions(file), companions(kept), strict=True)


def _copy_name(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, name)


def _free_name(file: Path, now: datetime) -> Path:
    when = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    numbers = ("" if count == 1 else f"-{count}" for count in itertools.count(1))
    names = (file.with_name(f"{file.stem}-before-{when}{n}{file.suffix}") for n in numbers)
    return next(name for name in names if not name.exists())
