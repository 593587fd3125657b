"""The records of one station, opened when they are first needed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from facecheck_gui.domain.check_in import Ending, Intent, Station
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.album import Album
from facecheck_gui.records.audit import Audit
from facecheck_gui.records.backup import Backups
from facecheck_gui.records.consents import Consents
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.history import History
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.retention import Retention
from facecheck_gui.records.roster import Roster
from facecheck_gui.records.sessions import Sessions
from facecheck_gui.records.vault import Vault


@dataclass(frozen=True, slots=True)
class StationKey:
    """Who this station is, and the secret of its seals; they belong together, so that a station
    that lost its key starts a new book. ``faces`` seals people's keys: the stations of a fleet
    share it."""

    station_id: str
    key: bytes = field(repr=False)
    faces: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that is remembered, open. For any thread."""

    database: Database
    station: Station
    key: bytes = field(repr=False)
    audit: Audit
    history: History
    roster: Roster
    vault: Vault
    album: Album
    consents: Consents
    retention: Retention
    keys: Database


class Ledger:
    """For any thread. Opening takes 0.1 s, more the first time; one that fails is tried again.

    ``station_key`` is asked at opening and may raise RecordsError. People's keys lie in a file
    beside the records' one, or on the same server. Into ``backups`` goes a copy of a file before
    its tables are changed; where there are some, a file that is gone counts as damaged.
    """

    def __init__(
        self,
        url: str,
        *,
        station_name: str,
        station_key: Callable[[], StationKey],
        sessions: Sessions,
        clock: Callable[[], datetime],
        backups: Backups | None = None,
    ) -> None:
        self._url = url
        self._backups = backups
        self._station_name = station_name
        self._station_key = station_key
        self._sessions = sessions
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: Books | None = None

    def begin(self, intent: Intent) -> None:
        """Write down the beginning of an attempt. Raises RecordsError."""
        self.books().audit.begin(intent)

    def end(self, intent: Intent, ending: Ending) -> None:
        """Write down its end. Raises RecordsError."""
        self.books().audit.end(intent, ending)

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.database.close()
                opened.keys.close()
                self._sessions.end()

    def books(self) -> Books:
        """Everything, open and with today's tables. Raises RecordsError."""
        with self._lock:
            if self._opened is None:
                self._opened = self._newly_opened()
            return self._opened

    def _newly_opened(self) -> Books:
        database, keys = databases(self._url)
        try:
            self._refuse_lost(database.file)
            prepare(database, keys, lambda: self._back_up(database))
            found = self._station_key()
            self._sessions.begin()
            books = self._bound(database, keys, found)
            books.audit.close_left_open(self._sessions.is_alive)
        except OSError as error:
            self._give_up(database, keys)
            raise RecordsError(Fault.RECORDS_READ_ONLY, detail=type(error).__name__) from None
        except BaseException:
            self._give_up(database, keys)
            raise
        return books

    def _give_up(self, *databases: Database) -> None:
        for database in databases:
            database.close()
        self._sessions.end()

    def _refuse_lost(self, file: Path | None) -> None:
        """A new book must not begin in the place of one that was lost."""
        if file is None or self._backups is None or (file.exists() and file.stat().st_size > 0):
            return
        if self._backups.all():
            raise RecordsError(Fault.RECORDS_DAMAGED, detail="gone, but there are backups")

    def _back_up(self, database: Database) -> None:
        if self._backups is not None and database.is_sqlite:
            self._backups.make(database, self._clock())

    def _bound(self, database: Database, keys: Database, found: StationKey) -> Books:
        station = Station(found.station_id, self._station_name)
        vault = Vault(keys, found.faces)
        return Books(
            database,
            station,
            found.key,
            Audit(database, station, found.key, session=self._sessions.name, clock=self._clock),
            History(database),
            Roster(database, self._clock),
            vault,
            Album(database, vault, self._clock),
            Consents(database, self._clock),
            Retention(
                database,
                vault,
                station_id=found.station_id,
                key=found.key,
                clock=self._clock,
            ),
            keys,
        )


def databases(url: str) -> tuple[Database, Database]:
    """The records' database and that of people's keys. Raises RecordsError for an unknown URL."""
    return Database(url), Database(keys_url(url))


def prepare(database: Database, keys: Database, back_up: Callable[[], None] = lambda: None) -> None:
    """Make files that only their owner may read, and today's tables; ``back_up`` is asked before
    older ones are changed. Raises RecordsError."""
    try:
        for file in (database.file, keys.file):
            _make_private(file)
    except OSError as error:
        raise RecordsError(Fault.RECORDS_READ_ONLY, detail=type(error).__name__) from None
    bring_up_to_date(database, back_up)
    Vault(keys, b"").prepare()


def keys_url(url: str) -> str:
    """Where people's keys lie: on a server in the same database; for a file apart, so that a copy
    of the records opens no face."""
    file = Database(url).file
    return file_url(file.with_name("keys.db")) if file is not None else url


def _close(*databases: Database) -> None:
    for database in databases:
        database.close()


def _make_private(file: Path | None) -> None:
    """Readable for its owner alone: names and sealed faces lie there."""
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
