"""Counts the cloud calls of a package, because no call of the API tells the balance.

The tally is a file to which each call adds one short line before it goes out, and one more if it
turned out that nothing was sent. Lines are appended whole by the system, so that several programs
may count in the same file, and a crash loses none: whoever's line comes after the last call of the
package does not send. A line names the package by a short hash of its size and end, so entering
another package starts anew, and so does correcting one of the two.
"""

import hashlib
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from facecheck_gui.domain.errors import CloudError, Fault, SettingsError

_WARN_TENTHS = 9
_WARN_DAYS = 14
_SENT, _NOT_SENT = b"+", b"-"
_PIECE_BYTES = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write another line end


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
    """``size`` 0 means that calls are counted, but not down. ``clock`` gives the present in UTC.

    Safe to use from several threads and programs at once.
    """

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
        self._package = hashlib.sha256(named).hexdigest()[:8].encode("ascii")
        # A line that was cut short by a full disk may stand before a whole one.
        self._mine = re.compile(rb"([+-]) [0-9T:Z-]{20} %s\n" % self._package)
        self._lock = threading.Lock()
        self._counted_bytes = self._used = 0

    def read(self) -> MeterReading:
        """How many calls went out, and what that means. A missing file is no calls.

        Raises SettingsError(TALLY_NOT_WRITTEN) when the file cannot be read.
        """
        with self._lock:
            return self._reading(self._count())

    def spend(self) -> MeterReading:
        """Count one call, before it goes out; the reading includes it.

        Raises CloudError(CALLS_USED_UP or PACKAGE_EXPIRED), and SettingsError(TALLY_NOT_WRITTEN):
        a call that cannot be counted is not sent.
        """
        with self._lock:
            before = self._reading(self._count())
            if before.state is MeterState.EXPIRED:
                raise CloudError(Fault.PACKAGE_EXPIRED)
            if before.state is not MeterState.USED_UP:
                reading = self._reading(self._count(until=self._append(_SENT)))
                if self._size is None or reading.used <= self._size:
                    return reading
                # Another program has taken the last call since.
                self._append(_NOT_SENT)
            raise CloudError(Fault.CALLS_USED_UP)

    def refund(self) -> None:
        """The call that was counted last was certainly not sent. Raises as ``spend`` does."""
        with self._lock:
            self._append(_NOT_SENT)

    def _reading(self, used: int) -> MeterReading:
        left = max(0, self._size - used) if self._size is not None else None
        return MeterReading(used, self._size, left, self._expires, self._state(used))

    def _state(self, used: int) -> MeterState:
        today = self._clock().date()
        if self._expires is not None and today > self._expires:
            return MeterState.EXPIRED
        if self._size is not None and used >= self._size:
            return MeterState.USED_UP
        if self._size is not None and used * 10 >= self._size * _WARN_TENTHS:
            return MeterState.LOW
        if self._expires is not None and self._expires - today <= timedelta(days=_WARN_DAYS):
            return MeterState.EXPIRING
        return MeterState.FINE

    def _count(self, until: int | None = None) -> int:
        """Calls in the whole lines of the tally, as far as byte ``until`` or its end.

        What was counted before is not read again: a package may have half a million lines.
        """
        try:
            with self._path.open("rb") as tally:
                size = os.fstat(tally.fileno()).st_size
                if size < self._counted_bytes:
                    self._counted_bytes = self._used = 0
                tally.seek(self._counted_bytes)
                self._count_on(tally, size if until is None else until)
        except FileNotFoundError:
            self._counted_bytes = self._used = 0
        except OSError as error:
            raise SettingsError(Fault.TALLY_NOT_WRITTEN, detail=type(error).__name__) from None
        return max(0, self._used)

    def _count_on(self, tally: BinaryIO, until: int) -> None:
        rest = b""
        while piece := tally.read(max(0, min(_PIECE_BYTES, until - tally.tell()))):
            lines, newline, rest = (rest + piece).rpartition(b"\n")
            self._counted_bytes += len(lines) + len(newline)
            for sign in self._mine.findall(lines + newline):
                self._used += 1 if sign == _SENT else -1

    def _append(self, sign: bytes) -> int:
        """Returns where in the file the line ends."""
        when = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ").encode("ascii")
        line = b"%s %s %s\n" % (sign, when, self._package)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, 0o600)
            try:
                written = os.write(handle, line)
                os.fsync(handle)
                end = os.lseek(handle, 0, os.SEEK_CUR)
            finally:
                os.close(handle)
        except OSError as error:
            raise SettingsError(Fault.TALLY_NOT_WRITTEN, detail=type(error).__name__) from None
        if written != len(line):
            raise SettingsError(Fault.TALLY_NOT_WRITTEN, detail="cut short")
        return end
