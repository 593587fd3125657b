"""The ledger opens when it is needed, closes what killed runs left open, tells its troubles."""

from pathlib import Path

import pytest
from sqlalchemy import select

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.ledger import Ledger, StationKey
from facecheck_gui.records.sessions import Sessions
from facecheck_gui.records.tables import check_ins
from tests.records import book

KEY = StationKey("station-1", book.KEY, b"f" * 32)


def _ledger(url: str, folder: Path, *, name: str = "Front desk") -> Ledger:
    return Ledger(
        url,
        station_name=name,
        station_key=lambda: KEY,
        sessions=Sessions(folder / "sessions"),
        clock=lambda: book.BEGAN,
    )


def _states(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(
            connection.execute(select(check_ins.c.state).order_by(check_ins.c.number)).scalars()
        )


def test_nothing_is_opened_before_it_is_needed(tmp_path: Path) -> None:
    ledger = _ledger(file_url(tmp_path / "data" / "records.db"), tmp_path)
    assert list(tmp_path.iterdir()) == []
    ledger.begin(book.intent(1))
    ledger.end(book.intent(1), book.ending(1))
    assert _states(ledger.books().database) == ["ended"]
    ledger.close()
    file = tmp_path / "data" / "records.db"
    assert file.stat().st_mode & 0o077 == 0
    assert list((tmp_path / "sessions").iterdir()) == []


def test_what_a_killed_run_left_open_is_closed_at_the_next_start(
    empty_url: str, tmp_path: Path
) -> None:
    killed = Sessions(tmp_path / "sessions")
    first = Ledger(
        empty_url,
        station_name="Desk",
        station_key=lambda: KEY,
        sessions=killed,
        clock=lambda: book.BEGAN,
    )
    first.begin(book.intent(1))
    killed.end()  # as the system does for whoever dies
    second = _ledger(empty_url, tmp_path)
    second.begin(book.intent(2))
    assert _states(second.books().database) == ["broken_off", "open"]
    first.close()
    second.close()


def test_another_run_that_lives_keeps_its_attempts(empty_url: str, tmp_path: Path) -> None:
    first, second = _ledger(empty_url, tmp_path), _ledger(empty_url, tmp_path)
    first.begin(book.intent(1))
    second.begin(book.intent(2))
    assert _states(second.books().database) == ["open", "open"]
    first.end(book.intent(1), book.ending(1))
    assert _states(second.books().database) == ["ended", "open"]
    first.close()
    second.close()


def test_an_opening_that_failed_is_tried_again(tmp_path: Path) -> None:
    refused: list[bool] = []

    def refuse_once() -> StationKey:
        if not refused:
            refused.append(True)
            raise RecordsError(Fault.RECORDS_KEY_GONE)
        return KEY

    ledger = Ledger(
        file_url(tmp_path / "records.db"),
        station_name="Desk",
        station_key=refuse_once,
        sessions=Sessions(tmp_path / "sessions"),
        clock=lambda: book.BEGAN,
    )
    with pytest.raises(RecordsError) as caught:
        ledger.begin(book.intent(1))
    assert caught.value.fault is Fault.RECORDS_KEY_GONE
    ledger.begin(book.intent(1))
    assert _states(ledger.books().database) == ["open"]
    ledger.close()


def test_an_opening_that_failed_leaves_no_run_that_seems_alive(tmp_path: Path) -> None:
    (tmp_path / "keys.db").write_bytes(b"no database at all " * 300)
    ledger = _ledger(file_url(tmp_path / "records.db"), tmp_path)
    with pytest.raises(RecordsError):
        ledger.books()
    assert not Sessions(tmp_path / "sessions").is_any_alive()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder", "utf-8")
    ledger = _ledger(file_url(tmp_path / "data" / "records.db"), tmp_path)
    with pytest.raises(RecordsError) as caught:
        ledger.begin(book.intent(1))
    assert caught.value.fault is Fault.RECORDS_READ_ONLY
    ledger.close()


def test_a_session_is_alive_until_it_ends(tmp_path: Path) -> None:
    one, other = Sessions(tmp_path), Sessions(tmp_path)
    one.begin()
    assert other.is_alive(one.name)
    assert one.is_alive(one.name)
    one.end()
    assert not other.is_alive(one.name)
    assert not other.is_alive("../../etc/passwd")
    assert list(tmp_path.iterdir()) == []
