"""The history: newest first, found by whoever, whatever and whenever, page after page."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from sqlalchemy import insert, select, update

from facecheck_gui.domain.check_in import AttemptState, CheckIn
from facecheck_gui.domain.comparison import EngineName, Verdict
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.check_in_rows import check_in_of
from facecheck_gui.records.database import Database
from facecheck_gui.records.history import Cursor, History, HistoryFilter, Page
from facecheck_gui.records.history_text import Reach
from facecheck_gui.records.tables import check_ins, people, person_words
from tests.records import book, crowd

_PERSONS, _EVERY_US = 500, 150_000_000
_NOON = datetime(2021, 3, 1, 12, tzinfo=UTC)

FILTERS = {
    "everything": HistoryFilter(),
    "one person": HistoryFilter(person_id="P000007"),
    "nobody known": HistoryFilter(person_id="P9"),
    "a verdict": HistoryFilter(verdict=Verdict.UNSURE),
    "an engine": HistoryFilter(engine=EngineName.KUAIDI100),
    "a verdict of an engine": HistoryFilter(verdict=Verdict.MATCH, engine=EngineName.KUAIDI100),
    "half a day": HistoryFilter(since=_NOON, until=_NOON + timedelta(hours=12)),
    "since": HistoryFilter(since=_NOON + timedelta(days=1)),
    "until": HistoryFilter(until=_NOON),
    "a verdict in half a day": HistoryFilter(
        verdict=Verdict.MATCH, since=_NOON, until=_NOON + timedelta(hours=12)
    ),
    "a verdict of a person": HistoryFilter(person_id="P000007", verdict=Verdict.MATCH),
    "a name of many": HistoryFilter(text="wei"),
    "a name of few": HistoryFilter(text="Li We"),
    "an id": HistoryFilter(text="p000007"),
    "the beginning of ids": HistoryFilter(text="P00001"),
    "many and a verdict": HistoryFilter(text="w", verdict=Verdict.NON_MATCH),
    "few and a verdict": HistoryFilter(text="huang fa", verdict=Verdict.MATCH),
    "a name in half a day": HistoryFilter(
        text="zhang", since=_NOON, until=_NOON + timedelta(hours=12)
    ),
    "a name and a person": HistoryFilter(text="wang", person_id="P000011"),
    "a name nobody has": HistoryFilter(text="nobody"),
    "blank": HistoryFilter(text="  "),
}


@pytest.fixture
def crowded(database: Database) -> Database:
    """1,500 check-ins of 500 people, in two days and a half."""
    crowd.fill(database, 1500, persons=_PERSONS, every_us=_EVERY_US)
    return database


def _by_hand(database: Database) -> list[CheckIn]:
    with database.reading() as connection:
        found = connection.execute(select(check_ins)).mappings().all()
    rows = sorted(found, key=lambda row: (row["started_us"], row["pk"]), reverse=True)
    return [check_in_of(row) for row in rows]


def _is_meant(row: CheckIn, text: str) -> bool:
    subject = row.intent.subject
    if subject is None:
        return not text.strip()
    known = {subject.person_id.casefold(), *subject.name.casefold().split()}
    by_word = all(any(w.startswith(t) for w in known) for t in text.casefold().split())
    return by_word or subject.person_id.startswith(text.strip())


def _holds(row: CheckIn, wanted: HistoryFilter) -> bool:
    subject, ending = row.intent.subject, row.ending
    return (
        (
            wanted.person_id is None
            or (subject is not None and subject.person_id == wanted.person_id)
        )
        and (wanted.verdict is None or (ending is not None and ending.verdict is wanted.verdict))
        and (wanted.engine is None or row.intent.engine is wanted.engine)
        and (wanted.since is None or row.intent.started_at >= wanted.since)
        and (wanted.until is None or row.intent.started_at < wanted.until)
        and _is_meant(row, wanted.text)
    )


def _expected(rows: list[CheckIn], wanted: HistoryFilter) -> list[str]:
    return [row.intent.attempt_id for row in rows if _holds(row, wanted)]


def _ids(page: Page) -> list[str]:
    return [row.intent.attempt_id for row in page.rows]


def _down(history: History, wanted: HistoryFilter, size: int) -> list[Page]:
    pages = [history.page(wanted, size=size)]
    while pages[-1].before is not None:
        pages.append(history.page(wanted, size=size, before=pages[-1].before))
    return pages


def test_every_filter_finds_what_reading_all_rows_finds(crowded: Database) -> None:
    history, rows = History(crowded), _by_hand(crowded)
    for name, wanted in FILTERS.items():
        expected = _expected(rows, wanted)
        assert _ids(history.page(wanted, size=5000)) == expected, name
        assert [row.intent.attempt_id for row in history.all(wanted)] == expected, name
        assert history.count(wanted) == len(expected), name


def test_of_many_people_none_is_missed_who_was_not_here_lately(crowded: Database) -> None:
    history = History(crowded, reach=Reach(few=3, stretches=(20, 40)))
    rows = _by_hand(crowded)
    for name, wanted in FILTERS.items():
        expected = _expected(rows, wanted)
        first = history.page(wanted, size=40)
        second = history.page(wanted, size=40, before=first.before)
        together = _ids(first) + _ids(second) if first.before else _ids(first)
        assert together == expected[:80], name
        assert [row.intent.attempt_id for row in history.all(wanted)] == expected, name


@pytest.mark.parametrize("name", ["a verdict", "a name of few", "a name in half a day", "until"])
def test_pages_down_and_up_again_show_the_same(crowded: Database, name: str) -> None:
    history, wanted = History(crowded), FILTERS[name]
    down = _down(history, wanted, 30)
    assert list(chain.from_iterable(map(_ids, down))) == _expected(_by_hand(crowded), wanted)
    assert down[0].after is None
    page = down[-1]
    for earlier in reversed(down[:-1]):
        assert page.after is not None
        page = history.page(wanted, size=30, after=page.after)
        assert _ids(page) == _ids(earlier)
    assert page.after is None


def test_a_page_at_the_newer_end_is_full(crowded: Database) -> None:
    history = History(crowded)
    first = history.page(HistoryFilter(), size=50)
    up = history.page(HistoryFilter(), size=50, after=Cursor(_us(first.rows[10]), 0))
    assert _ids(up) == _ids(first)
    assert up.after is None


def test_rows_of_the_same_moment_are_not_lost_between_pages(database: Database) -> None:
    _write(database, 25)
    with database.writing() as connection:
        connection.execute(update(check_ins).values(started_us=7_000_000))
    pages = _down(History(database), HistoryFilter(), 10)
    assert [len(page.rows) for page in pages] == [10, 10, 5]
    assert len({row.number for page in pages for row in page.rows}) == 25


def test_what_comes_in_while_somebody_reads_moves_no_page(database: Database) -> None:
    _write(database, 20)
    history = History(database)
    first = history.page(HistoryFilter(), size=10)
    book.audit(database, session="later").begin(book.intent(21))
    second = history.page(HistoryFilter(), size=10, before=first.before)
    assert [row.number for row in second.rows] == list(range(10, 0, -1))


def test_a_row_is_what_was_written(database: Database) -> None:
    _write(database, 1)
    row = History(database).row("attempt-1")
    assert row == CheckIn(1, book.STATION, book.intent(1), book.ending(1))
    assert History(database).row("attempt-2") is None


def test_an_attempt_under_way_is_in_the_history_without_an_end(database: Database) -> None:
    book.audit(database).begin(book.intent(1))
    (row,) = History(database).page(HistoryFilter()).rows
    assert row.ending is None
    assert row.state is AttemptState.OPEN


def test_a_row_that_no_program_wrote_is_told_without_what_is_in_it(database: Database) -> None:
    _write(database, 1)
    with database.writing() as connection:
        connection.execute(update(check_ins).values(engine="CANARY"))
    with pytest.raises(RecordsError) as caught:
        History(database).page(HistoryFilter())
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert "CANARY" not in repr(caught.value)


def test_counting_stops_where_it_was_told_to(crowded: Database) -> None:
    assert History(crowded).count(HistoryFilter(), most=100) == 100


def test_odd_text_finds_nothing_or_everything_but_never_fails(crowded: Database) -> None:
    history = History(crowded)
    for text in ("%", "_", "'", '"', "\U0010ffff", "(", "  %  ", "\\", "[1]"):
        assert history.page(HistoryFilter(text=text)).rows == (), text
    for text in ("\x00", "\ud800", "\t"):
        assert len(history.page(HistoryFilter(text=text)).rows) == 50, text


def test_an_id_is_found_that_is_on_no_roster(database: Database) -> None:
    _write(database, 12)
    found = History(database).page(HistoryFilter(text="P0001"))
    assert [row.number for row in found.rows] == [12, 11, 10]


def test_a_person_of_several_words_comes_once(database: Database) -> None:
    _write(database, 3)
    with database.writing() as connection:
        connection.execute(
            insert(people).values(pk=1, person_id="P00002", name="x", added_us=0, changed_us=0)
        )
        found_by = [{"word": word, "person_pk": 1} for word in ("zhang", "zhangsan", "zs", "zh")]
        connection.execute(insert(person_words), found_by)
    history = History(database)
    assert [row.number for row in history.page(HistoryFilter(text="zh")).rows] == [2]
    assert history.count(HistoryFilter(text="zh")) == 1


def test_all_keeps_nobody_waiting_who_writes(open_database: Callable[[], Database]) -> None:
    database, other = open_database(), open_database()
    _write(database, 3)
    rows = History(database).all(HistoryFilter())
    first = next(rows)
    book.audit(other).begin(book.intent(4))
    assert [first.number, *(row.number for row in rows)] == [3, 2, 1]


def test_a_day_at_a_glance_counts_what_began_in_it(crowded: Database) -> None:
    start, end = _NOON, _NOON + timedelta(hours=25)
    day = History(crowded).day(start, end)
    rows = [r for r in _by_hand(crowded) if start <= r.intent.started_at < end]
    endings = [row.ending for row in rows if row.ending is not None]
    scores = [ending.score for ending in endings if ending.score is not None]
    assert day.by_verdict == {v: sum(e.verdict is v for e in endings) for v in Verdict}
    assert sum(day.by_hour) == len(rows)
    assert day.scores == tuple(sum(int(s // 5) == b for s in scores) for b in range(20))
    assert len(day.by_hour) == 25
    hours = [(row.intent.started_at - start) // timedelta(hours=1) for row in rows]
    assert day.by_hour == tuple(map(hours.count, range(25)))


def test_scores_at_the_edges_fall_into_the_bin_they_begin(database: Database) -> None:
    scores = (0.0, 4.99, 5.0, 7.5, 79.99, 80.0, 99.99, 100.0)
    _write(database, len(scores))
    with database.writing() as connection:
        for number, score in enumerate(scores, 1):
            one = update(check_ins).where(check_ins.c.number == number)
            connection.execute(one.values(score=score))
    bins = History(database).day(book.BEGAN, book.BEGAN + timedelta(hours=1)).scores
    assert {b: n for b, n in enumerate(bins) if n} == {0: 2, 1: 2, 15: 1, 16: 1, 19: 2}


def test_a_day_without_anybody_is_all_noughts(database: Database) -> None:
    day = History(database).day(_NOON, _NOON + timedelta(days=1))
    assert set(day.by_verdict) == set(Verdict)
    assert sum(day.by_verdict.values()) == sum(day.scores) == sum(day.by_hour) == 0


def test_any_mixture_of_filters_finds_what_reading_all_rows_finds(crowded: Database) -> None:
    chance, history = random.Random(3), History(crowded)
    rows = _by_hand(crowded)
    for _ in range(40):
        since = _NOON + timedelta(hours=chance.randrange(40))
        wanted = HistoryFilter(
            chance.choice([None, None, crowd.person_id(chance.randrange(_PERSONS))]),
            chance.choice([None, *Verdict]),
            chance.choice([None, *EngineName]),
            chance.choice([None, since]),
            chance.choice([None, since + timedelta(hours=9)]),
            chance.choice(["", "", "li", "zhang w", "P0001", "p00002", "x"]),
        )
        expected = _expected(rows, wanted)[:25]
        assert _ids(history.page(wanted, size=25)) == expected, wanted


def _us(row: CheckIn) -> int:
    return round(row.intent.started_at.timestamp() * 1_000_000)


def _write(database: Database, count: int) -> None:
    book.write(book.audit(database), count)
