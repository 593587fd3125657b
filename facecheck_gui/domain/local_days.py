"""Days as people live them: from midnight to midnight here, whatever the clock does in between."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum


class Period(Enum):
    """Which days are looked at."""

    ANY = "any"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    """The last seven days, today among them; so are the thirty of the next."""
    MONTH = "month"
    RANGE = "range"


Span = tuple[datetime | None, datetime | None]
"""From the first moment to before the second, UTC; None is without end."""


class _SystemZone(tzinfo):
    """The zone the system is set to, summer and winter."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def dst(self, _: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return moment.replace(tzinfo=None).astimezone().tzname() if moment else None

    def fromutc(self, moment: datetime) -> datetime:
        local = moment.replace(tzinfo=UTC).astimezone()
        here = local.replace(tzinfo=self)
        # Of an hour that comes twice this is the second, where the first has another offset.
        return here if here.utcoffset() == local.utcoffset() else here.replace(fold=1)


class LocalDays:
    """``clock`` gives now, with its zone; ``zone`` is where this station stands, None for what the
    system says."""

    def __init__(self, clock: Callable[[], datetime], zone: tzinfo | None = None) -> None:
        self._clock = clock
        self.zone = zone if zone is not None else _SystemZone()

    def today(self) -> date:
        """The day it is here."""
        return self.local(self._clock()).date()

    def local(self, moment: datetime) -> datetime:
        """``moment`` as the clock on the wall shows it."""
        return moment.astimezone(self.zone)

    def day(self, day: date) -> tuple[datetime, datetime]:
        """When ``day`` begins and when the next does, UTC. 23 to 25 hours lie between."""
        return self._start(day), self._start(day + timedelta(days=1))

    def span(self, period: Period, first: date, last: date) -> Span:
        """What ``period`` means now; ``first`` and ``last``, in whatever order, are included and
        count for RANGE alone."""
        today = self.today()
        if period is Period.ANY:
            return None, None
        if period is Period.RANGE:
            first, last = min(first, last), max(first, last)
        else:
            last = today - timedelta(days=1) if period is Period.YESTERDAY else today
            back = {Period.WEEK: 6, Period.MONTH: 29}.get(period, 0)
            first = last - timedelta(days=back)
        return self._start(first), self._start(last + timedelta(days=1))

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)
