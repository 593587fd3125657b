"""The audit: one row for each attempt, and whoever touches one is found out."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Station
from facecheck_gui.domain.errors import Cancelled, RecordsError
from facecheck_gui.records import verification
from facecheck_gui.records.audit_rows import ENDING_COLUMNS, INTENT_COLUMNS
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import chain_heads, check_ins
from facecheck_gui.records.verification import Break, Tampering
from tests.records import book

Change = Callable[[Connection], object]


def _row(database: Database, number: int) -> dict[str, Any]:
    with database.reading() as connection:
        wanted = select(check_ins).where(check_ins.c.number == number)
        return dict(connection.execute(wanted).mappings().one())


def _broken(database: Database, change: Change | None = None) -> Break | None:
    if change is not None:
        with database.writing() as connection:
            change(connection)
    return verification.verify(database, book.STATION.station_id, book.KEY).broken


def _set(at: int, /, **values: object) -> Change:
    return lambda c: c.execute(update(check_ins).where(check_ins.c.number == at).values(values))


def test_an_attempt_is_one_row_from_its_beginning_on(database: Database) -> None:
    audit = book.audit(database)
    audit.begin(book.intent(1))
    row = _row(database, 1)
    assert (row["state"], row["verdict"], row["person_id"]) == ("open", None, "P00001")
    audit.end(book.intent(1), book.ending(1))
    row = _row(database, 1)
    assert (row["state"], row["verdict"], row["score"]) == ("ended", "match", 91.37)
    assert row["findings"] == '["several_faces:reference"]'
    report = verification.verify(database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (1, None)


def test_an_end_without_a_beginning_writes_both(database: Database) -> None:
    book.audit(database).end(book.intent(1), book.ending(1))
    assert _row(database, 1)["state"] == "ended"
    assert _broken(database) is None


def test_an_attempt_begins_and_ends_once(database: Database) -> None:
    audit = book.audit(database)
    book.write(audit, 1)
    with pytest.raises(RecordsError):
        audit.begin(book.intent(1))
    with pytest.raises(RecordsError):
        audit.end(book.intent(1), book.ending(1))
    assert _broken(database) is None


def test_endings_may_come_in_another_order(database: Database) -> None:
    audit = book.audit(database)
    for number in (1, 2, 3):
        audit.begin(book.intent(number))
    for number in (3, 1):
        audit.end(book.intent(number), book.ending(number))
    assert _broken(database) is None
    audit.end(book.intent(2), book.ending(2))
    assert _broken(database) is None


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x"


@pytest.mark.parametrize("column", [*INTENT_COLUMNS, *ENDING_COLUMNS])
def test_every_edited_column_is_named(database: Database, column: str) -> None:
    book.write(book.audit(database), 5)
    changed = _other(_row(database, 3)[column])
    if column in {"number", "ended_number"}:
        changed = 99  # the next one is taken
    broken = _broken(database, _set(3, **{column: changed}))
    assert broken is not None
    assert broken.number == 3


def test_a_deleted_row_is_named(database: Database) -> None:
    book.write(book.audit(database), 5)
    gone = delete(check_ins).where(check_ins.c.number == 3)
    assert _broken(database, lambda c: c.execute(gone)) == Break(Tampering.MISSING, 3)


def test_the_last_row_is_missed_too(database: Database) -> None:
    book.write(book.audit(database), 5)
    gone = delete(check_ins).where(check_ins.c.number == 5)
    assert _broken(database, lambda c: c.execute(gone)) == Break(Tampering.MISSING, 5)


def test_all_rows_gone_are_missed(database: Database) -> None:
    book.write(book.audit(database), 2)
    assert _broken(database, lambda c: c.execute(delete(check_ins))) == Break(Tampering.MISSING, 1)


def test_rows_in_each_other_s_places_are_named(database: Database) -> None:
    book.write(book.audit(database), 5)

    def swap(connection: Connection) -> None:
        for old, new in ((2, 77), (4, 2), (77, 4)):
            _set(old, number=new)(connection)

    assert _broken(database, swap) == Break(Tampering.ALTERED, 2)


def test_a_row_that_was_put_in_is_named(database: Database) -> None:
    book.write(book.audit(database), 2)
    forged = {**_row(database, 2), "pk": 99, "number": 3, "attempt_id": "forged"}
    forged["ended_number"] = None

    def put_in(connection: Connection) -> None:
        connection.execute(check_ins.insert().values(**forged))

    assert _broken(database, put_in) == Break(Tampering.ALTERED, 3)


def test_an_ending_that_was_taken_out_is_named(database: Database) -> None:
    book.write(book.audit(database), 5)
    nothing = {name: None for name in ENDING_COLUMNS if name != "state"}
    reset = _set(4, state="open", ending_mac=None, **nothing)
    assert _broken(database, reset) == Break(Tampering.ENDING_MISSING, 4)


def test_an_ending_of_another_row_is_named(database: Database) -> None:
    """A refused person's row gets the ending of somebody who matched."""
    book.write(book.audit(database), 3)
    donor = _row(database, 2)
    stolen = {name: donor[name] for name in (*ENDING_COLUMNS, "ending_mac")}

    def steal(connection: Connection) -> None:
        _set(2, ended_number=98)(connection)
        _set(3, **stolen)(connection)

    broken = _broken(database, steal)
    assert broken is not None
    assert broken.number in {2, 3}


def test_a_head_that_was_changed_is_told(database: Database) -> None:
    book.write(book.audit(database), 3)
    shorter = update(chain_heads).values(intents=2, endings=2)
    assert _broken(database, lambda c: c.execute(shorter)) == Break(Tampering.HEAD, 0)


def test_a_head_that_is_gone_is_told(database: Database) -> None:
    book.write(book.audit(database), 3)
    assert _broken(database, lambda c: c.execute(delete(chain_heads))) == Break(Tampering.HEAD, 0)


def test_a_book_that_was_never_begun_is_no_tampering(database: Database) -> None:
    report = verification.verify(database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (0, None)


def test_another_key_opens_nothing(database: Database) -> None:
    book.write(book.audit(database), 2)
    report = verification.verify(database, book.STATION.station_id, b"x" * 32)
    assert report.broken == Break(Tampering.HEAD, 0)


def test_stations_have_books_of_their_own(open_database: Callable[[], Database]) -> None:
    one, other = open_database(), open_database()
    door = Station("station-2", "Door")
    at_desk, at_door = book.audit(one), book.audit(other, station=door)
    at_desk.begin(book.intent(1))
    at_door.begin(book.intent(2))
    at_door.end(book.intent(2), book.ending(2))
    at_desk.end(book.intent(1), book.ending(1))
    assert verification.stations(one) == ("station-1", "station-2")
    for station_id in verification.stations(one):
        assert verification.verify(one, station_id, book.KEY).broken is None


def test_several_programs_of_a_station_write_one_chain(
    open_database: Callable[[], Database],
) -> None:
    audits = [book.audit(open_database(), session=f"run {index}") for index in range(3)]

    def write(index: int) -> None:
        for number in range(1 + index * 10, 11 + index * 10):
            audits[index].begin(book.intent(number))
            audits[index].end(book.intent(number), book.ending(number))

    writers = [threading.Thread(target=write, args=(index,)) for index in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    database = open_database()
    report = verification.verify(database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (30, None)


def test_what_a_killed_run_left_open_is_closed_as_such(database: Database) -> None:
    book.audit(database, session="killed").begin(book.intent(1))
    book.audit(database, session="still runs").begin(book.intent(2))
    mine = book.audit(database, session="this run")
    mine.begin(book.intent(3))
    assert mine.close_left_open(lambda session: session == "still runs") == 1
    states = [_row(database, number)["state"] for number in (1, 2, 3)]
    assert states == ["broken_off", "open", "open"]
    assert _row(database, 1)["verdict"] == "not_checked"
    assert _broken(database) is None


def test_a_reading_can_be_stopped_and_tells_how_far_it_is(database: Database) -> None:
    book.write(book.audit(database), 2)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        verification.verify(database, book.STATION.station_id, book.KEY, cancel=cancel)


def test_nothing_of_the_key_is_in_the_database(database: Database) -> None:
    book.write(book.audit(database), 1)
    with database.reading() as connection:
        for table in (check_ins, chain_heads):
            for row in connection.execute(select(table)):
                kept = b"".join(bytes(value) for value in row if isinstance(value, bytes))
                assert kept
                assert book.KEY not in kept
