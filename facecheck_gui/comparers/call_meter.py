"""Counts the cloud calls of a package, because no call of the API tells the balance.

The tally is a file to which each call adds one short line before it goes out, and one more if it
turned out that nothing was sent. Lines are appended whole by the system, so that several programs
may count in the same file, and a crash loses none. A line names the package by a short hash of its
size and end: entering another package starts anew.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path

from facecheck_gui.domain.errors import CloudError, Fault, SettingsError

_WARN_SHARE = 0.9
_WARN_DAYS = 14
_SENT, _NOT_SENT = "+", "-"


class MeterState(Enum):
    """What must be said about a package."""

    FINE = "fine"
    LOW = "low"
    """Nine in ten calls are used."""
    EXPIRING = "expiring"
    """It ends within 14 days."""
    USED_UP = "used_up"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class MeterReading:
    """``size`` and ``left`` are None where nothing is counted down; ``expires`` is the last day."""

    used: int
    size: int | None
    left: int | None
    expires: date | None
    state: MeterState


class CallMeter:
    """``size`` 0 means that calls are counted, but not down. ``clock`` gives the present in UTC."""

    def __init__(
        self,
        path: Path,
        *,
        size: int,
        expires: date | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._path = path
        self._size = size or None
        self._expires = expires
        self._clock = clock
        named = f"{size} {expires.isoformat() if expires else ''}".encode()
        self._package = hashlib.sha256(named).hexdigest()[:8]

    def read(self) -> MeterReading:
        """How many calls went out, and what that means. A missing file is no calls."""
        used = max(0, self._count())
        left = max(0, self._size - used) if self._size is not None else None
        return MeterReading(used, self._size, left, self._expires, self._state(used))

    def spend(self) -> MeterReading:
        """Count one call, before it goes out.

        Raises CloudError(CALLS_USED_UP or PACKAGE_EXPIRED), and SettingsError(TALLY_NOT_WRITTEN):
        a call that cannot be counted is not sent.
        """
        reading = self.read()
        if reading.state is MeterState.USED_UP:
            raise CloudError(Fault.CALLS_USED_UP)
        if reading.state is MeterState.EXPIRED:
            raise CloudError(Fault.PACKAGE_EXPIRED)
        self._append(_SENT)
        return reading

    def refund(self) -> None:
        """The call that was counted last was certainly not sent. Raises as ``spend`` does."""
        self._append(_NOT_SENT)

    def _state(self, used: int) -> MeterState:
        today = self._clock().date()
        if self._expires is not None and today > self._expires:
            return MeterState.EXPIRED
        if self._size is not None and used >= self._size:
            return MeterState.USED_UP
        if self._size is not None and used >= self._size * _WARN_SHARE:
            return MeterState.LOW
        if self._expires is not None and self._expires - today <= timedelta(days=_WARN_DAYS):
            return MeterState.EXPIRING
        return MeterState.FINE

    def _count(self) -> int:
        try:
            lines = self._path.read_text("ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise SettingsError(Fault.TALLY_NOT_WRITTEN, detail=type(error).__name__) from None
        mine = [line.split() for line in lines if line.endswith(self._package)]
        return sum(1 if words[0] == _SENT else -1 for words in mine)

    def _append(self, sign: str) -> None:
        when = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        line = f"{sign} {when} {self._package}\n".encode("ascii")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise SettingsError(Fault.TALLY_NOT_WRITTEN, detail=type(error).__name__) from None
