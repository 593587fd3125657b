"""The station's records, opened by whoever first needs them; where they lie, and their backups."""

import platform
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Ending, Intent, Station
from facecheck_gui.domain.errors import (
    Fault,
    RecordsError,
    SettingsError,
)
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings
from facecheck_gui.settings.station_key import fleet_secret, station_key

if TYPE_CHECKING:
    from facecheck_gui.records.backup import Backup, Backups
    from facecheck_gui.records.ledger import Books, Ledger, StationKey
    from facecheck_gui.records.restoring import Restored
    from facecheck_gui.records.sessions import Sessions


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Lying:
    """Where the records and the key of their seals lie, and how much there is. ``key_file`` is
    None where a key store has it."""

    where: str
    station: Station
    key_file: Path | None
    people: int
    faces: int


class LateLedger:
    """The station's records for any thread. Everything raises RecordsError."""

    def __init__(self, places: Places, settings: RecordsSettings) -> None:
        self._places = places
        self._settings = settings
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None

    def books(self) -> "Books":
        """Everything that is remembered, open."""
        return self._opened().books()

    def begin(self, intent: Intent) -> None:
        """Write down the beginning of an attempt."""
        self._opened().begin(intent)

    def end(self, intent: Intent, ending: Ending) -> None:
        """Write down its end."""
        self._opened().end(intent, ending)

    def move_to(
        self, to: str, cancel: CancelToken, on_progress: Callable[[int], None] = lambda _: None
    ) -> int:
        """Copy everything to an empty database ("" stands for the file in the data folder), seals
        and all; how many rows. Where it fails the other one is as empty as before, and what is
        here stays as it is.

        Raises RecordsError (RECORDS_TARGET_IN_USE where it is not empty), and Cancelled.
        """
        from facecheck_gui.records.copying import copy_all, copy_keys
        from facecheck_gui.records.ledger import databases, prepare

        books = self.books()
        target, keys = databases(self._url(to))
        try:
            prepare(target, keys)
            copied = copy_all(books.database, target, cancel, on_progress)
            return copied + copy_keys(books.keys, keys, cancel)
        finally:
            target.close()
            keys.close()

    def _url(self, asked: str | None = None) -> str:
        """Of another database ("" stands for the file), or the one that is used."""
        from facecheck_gui.records.database import file_url

        address = self._settings.database if asked is None else asked
        return address or file_url(self._places.records_file)

    def shared_secret(self) -> bytes:
        """What the stations of a fleet share, or this station's own."""
        return self._station_key().faces

    def lying(self) -> "Lying":
        """Where everything lies."""
        books, key_file = self.books(), self._places.station_key
        file = books.database.file
        return Lying(
            str(file) if file is not None else self._settings.database,
            books.station,
            key_file if key_file.exists() else None,
            books.roster.count(),
            books.album.people_with_faces(),
        )

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._let_go()

    def backups(self) -> "Backups":
        """The last backups. Opens nothing."""
        from facecheck_gui.records.backup import Backups

        return Backups(self._places.backups)

    def back_up(self, file: Path | None = None) -> "Backup":
        """Make one now, in ``file`` or as one of the last."""
        from facecheck_gui.records.backup import write

        records = self.books().database
        return write(records, file) if file else self.backups().make(records, utc_now())

    def last_good(self) -> "Backup | None":
        """What could take the place of a damaged file; None where there is nothing, or a server.

        Where only people's keys are damaged, that is a backup of now.
        """
        from facecheck_gui.records import sqlite
        from facecheck_gui.records.database import Database
        from facecheck_gui.records.ledger import keys_url

        if self._settings.database:
            return None
        with closing(Database(keys_url(self._url()))) as keys:
            keys_are_whole = keys.file is not None and sqlite.is_whole(keys.file)
        if not keys_are_whole:
            with suppress(RecordsError), closing(Database(self._url())) as records:
                self.backups().make(records, utc_now())
        return self.backups().newest_good()

    def restore(self, file: Path) -> "Restored":
        """Put the backup in ``file`` in the records' place. RECORDS_LOCKED where another run of
        the program has them open."""
        from facecheck_gui.records.ledger import keys_url
        from facecheck_gui.records.restoring import Restoring

        with self._lock:
            self._let_go()
            if self._sessions().is_any_alive():
                raise RecordsError(Fault.RECORDS_LOCKED)
            url, key = self._url(), self._station_key()
            restoring = Restoring(url, keys_url(url), key.faces, self._places.data)
            return restoring.restore(file, utc_now())

    def _let_go(self) -> None:
        ledger, self._ledger = self._ledger, None
        if ledger is not None:
            ledger.close()

    def _opened(self) -> "Ledger":
        with self._lock:
            if self._ledger is None:
                self._ledger = self._made()
            return self._ledger

    def _made(self) -> "Ledger":
        from facecheck_gui.records.ledger import Ledger

        return Ledger(
            self._url(),
            station_name=self._settings.station or platform.node(),
            station_key=self._station_key,
            sessions=self._sessions(),
            clock=utc_now,
            backups=self.backups(),
        )

    def _sessions(self) -> "Sessions":
        from facecheck_gui.records.sessions import Sessions

        return Sessions(self._places.sessions)

    def _station_key(self) -> "StationKey":
        from facecheck_gui.records.ledger import StationKey

        try:
            found = station_key(self._places.station_key)
            return StationKey(found.station_id, found.key, fleet_secret() or found.key)
        except SettingsError as error:
            raise RecordsError(error.fault, detail=error.detail) from None
