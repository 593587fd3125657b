"""Days from midnight to midnight of a place, over clocks that are shifted."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from facecheck_gui.domain.local_days import LocalDays, Period

NOW = datetime(2026, 3, 12, 20, 0, tzinfo=UTC)
DAY = date(2026, 3, 12)


def _at(zone: str, now: datetime = NOW) -> LocalDays:
    return LocalDays(lambda: now, ZoneInfo(zone))


@pytest.fixture
def system_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system stands in Berlin."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set for a test")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 3, 12)),
        ("Asia/Shanghai", date(2026, 3, 13)),
        ("Pacific/Kiritimati", date(2026, 3, 13)),
        ("America/Los_Angeles", date(2026, 3, 12)),
    ],
)
def test_today_is_another_day_elsewhere(zone: str, day: date) -> None:
    assert _at(zone).today() == day


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Shanghai", date(2026, 3, 29), 24),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Africa/Cairo", date(2026, 4, 24), 23),  # its midnight never comes
        ("America/Havana", date(2026, 11, 1), 25),  # its midnight comes twice
    ],
)
def test_a_day_lasts_from_midnight_to_the_next(zone: str, day: date, hours: float) -> None:
    days = _at(zone)
    start, end = days.day(day)
    assert (end - start) / timedelta(hours=1) == hours
    assert days.local(start).date() == day
    assert days.local(start - timedelta(microseconds=1)).date() == day - timedelta(days=1)
    assert days.local(end - timedelta(microseconds=1)).date() == day
    assert start.tzinfo is end.tzinfo is UTC


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.TODAY, DAY, DAY),
        (Period.YESTERDAY, date(2026, 3, 11), date(2026, 3, 11)),
        (Period.WEEK, date(2026, 3, 6), DAY),
        (Period.MONTH, date(2026, 2, 11), DAY),
    ],
)
def test_a_period_includes_its_first_day_and_its_last(
    period: Period, first: date, last: date
) -> None:
    days = _at("Europe/Berlin")
    assert days.span(period, DAY, DAY) == (days.day(first)[0], days.day(last)[1])


def test_a_range_is_the_same_in_both_orders_and_everything_has_no_end() -> None:
    days, first = _at("Europe/Berlin"), date(2026, 3, 1)
    assert days.span(Period.RANGE, first, DAY) == days.span(Period.RANGE, DAY, first)
    assert days.span(Period.RANGE, first, first) == days.day(first)
    assert days.span(Period.ANY, first, DAY) == (None, None)


@pytest.mark.usefixtures("system_zone")
@pytest.mark.parametrize("month", [1, 7])
def test_the_system_s_zone_knows_summer_and_winter(month: int) -> None:
    days, berlin = LocalDays(lambda: NOW), ZoneInfo("Europe/Berlin")
    moment = datetime(2026, month, 1, 22, 30, tzinfo=UTC)
    assert days.local(moment).replace(tzinfo=None) == moment.astimezone(berlin).replace(tzinfo=None)
    assert days.day(date(2026, month, 1)) == _at("Europe/Berlin").day(date(2026, month, 1))


@pytest.mark.usefixtures("system_zone")
@pytest.mark.parametrize("hour", [0, 1])
def test_an_hour_that_comes_twice_is_two_hours_in_the_system_s_zone(hour: int) -> None:
    days = LocalDays(lambda: NOW)
    moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    local = days.local(moment)
    assert (local.hour, local.minute) == (2, 30)
    assert local.astimezone(UTC) == moment
    assert local.tzname() == ("CEST", "CET")[hour]
