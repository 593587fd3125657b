"""The records of one station, opened when they are first needed."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from facecheck_gui.domain.check_in import Ending, Intent, Station
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.audit import Audit
from facecheck_gui.records.database import Database
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.records.sessions import Sessions


@dataclass(frozen=True, slots=True)
class StationKey:
    """Who this station is, and the secret of its seals; they belong together, so that a station
    that lost its key starts a new book."""

    station_id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Opened:
    database: Database
    audit: Audit


class Ledger:
    """For any thread. Opening takes 0.1 s, more the first time; one that fails is tried again.

    ``station_key`` is asked at opening and may raise RecordsError.
    """

    def __init__(
        self,
        url: str,
        *,
        station_name: str,
        station_key: Callable[[], StationKey],
        sessions: Sessions,
        clock: Callable[[], datetime],
    ) -> None:
        self._url = url
        self._station_name = station_name
        self._station_key = station_key
        self._sessions = sessions
        self._clock = clock
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def database(self) -> Database:
        """The database, with today's tables. Raises RecordsError."""
        return self._open().database

    def begin(self, intent: Intent) -> None:
        """Write down the beginning of an attempt. Raises RecordsError."""
        self._open().audit.begin(intent)

    def end(self, intent: Intent, ending: Ending) -> None:
        """Write down its end. Raises RecordsError."""
        self._open().audit.end(intent, ending)

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.database.close()
                self._sessions.end()

    def _open(self) -> _Opened:
        with self._lock:
            if self._opened is None:
                self._opened = self._newly_opened()
            return self._opened

    def _newly_opened(self) -> _Opened:
        database = Database(self._url)
        try:
            _make_folder(database.file)
            bring_up_to_date(database)
            found = self._station_key()
            self._sessions.begin()
            audit = Audit(
                database,
                Station(found.station_id, self._station_name),
                found.key,
                session=self._sessions.name,
                clock=self._clock,
            )
            audit.close_left_open(self._sessions.is_alive)
        except OSError as error:
            database.close()
            raise RecordsError(Fault.RECORDS_READ_ONLY, detail=type(error).__name__) from None
        except BaseException:
            database.close()
            raise
        return _Opened(database, audit)


def _make_folder(file: Path | None) -> None:
    """Readable for its owner alone: names and sealed faces lie there."""
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
