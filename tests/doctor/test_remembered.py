"""The records as the doctor sees them: nothing is made by looking."""

from pathlib import Path

import pytest

from facecheck_gui.doctor.checkup import Outcome, State
from facecheck_gui.doctor.remembered import records
from facecheck_gui.records.database import Database, file_url
from facecheck_gui.records.migration import bring_up_to_date
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings

_FILE = RecordsSettings()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")


@pytest.fixture
def kept(places: Places) -> Places:
    places.data.mkdir()
    database = Database(file_url(places.records_file))
    bring_up_to_date(database)
    database.close()
    return places


def test_where_nothing_was_remembered_nothing_is_made(places: Places, tmp_path: Path) -> None:
    checkup = records(places, _FILE)
    assert checkup.outcome is Outcome.RECORDS_NONE_YET
    assert list(tmp_path.iterdir()) == []


def test_a_whole_file_is_well(kept: Places) -> None:
    checkup = records(kept, _FILE)
    assert checkup.outcome is Outcome.RECORDS_OK
    assert checkup.facts["where"] == str(kept.records_file)
    assert checkup.facts["megabytes"] > 0


def test_a_key_that_lies_in_a_file_is_said_openly(kept: Places) -> None:
    kept.station_key.write_text("{}", "ascii")
    checkup = records(kept, _FILE)
    assert checkup.outcome is Outcome.RECORDS_KEY_IN_FILE
    assert checkup.state is State.NOTE
    assert checkup.facts["key"] == str(kept.station_key)


def test_a_damaged_file_is_trouble_and_left_alone(kept: Places) -> None:
    broken = kept.records_file.read_bytes()[:5000] + b"\xff" * 3000
    kept.records_file.write_bytes(broken)
    assert records(kept, _FILE).outcome is Outcome.RECORDS_DAMAGED
    assert kept.records_file.read_bytes() == broken


def test_a_server_that_does_not_answer_is_trouble(places: Places) -> None:
    settings = RecordsSettings(database="postgresql://desk@127.0.0.1:1/records")
    checkup = records(places, settings)
    assert checkup.outcome is Outcome.RECORDS_UNREACHABLE
    assert checkup.state is State.TROUBLE
