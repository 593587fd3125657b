"""What of a check is kept, and of whom."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from facecheck_gui.bookkeeping.checks import consent_of, keep_picture
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.upkeep import back_up_daily
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Subject, Threshold, Verification
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings
from tests import fakes
from tests.records.test_album import add_person

ZHANG = Subject("P1", "Zhang Wei")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")


@pytest.fixture
def ledger(places: Places) -> Iterator[LateLedger]:
    made = LateLedger(places, RecordsSettings(station="Desk"))
    add_person(made.books().database, "P1")
    yield made
    made.close()


def _verification(subject: Subject | None = ZHANG) -> Verification:
    verifier = Verifier(fakes.ScriptedComparer(91.5), Threshold(), on_bug=lambda bug: None)
    return verifier.verify(replace(fakes.request(), subject=subject), CancelToken())


def _agree(ledger: LateLedger, *purposes: Purpose) -> str:
    consents = ledger.books().consents
    return consents.give("P1", purposes, text="x", version="1", language="en").consent_id


def test_no_picture_is_kept_of_who_did_not_agree(ledger: LateLedger) -> None:
    _agree(ledger, Purpose.COMPARE)
    keep_picture(ledger, _verification())
    keep_picture(ledger, _verification(None))
    assert ledger.books().album.check_in("P1", "attempt-1") is None
    assert ledger.books().album.people_with_faces() == 0


def test_who_agreed_has_the_picture_kept_sealed_and_gone_with_the_key(ledger: LateLedger) -> None:
    _agree(ledger, Purpose.KEEP_CHECK_IN)
    keep_picture(ledger, _verification())
    album = ledger.books().album
    jpeg = album.check_in("P1", "attempt-1")
    assert jpeg is not None
    assert jpeg.startswith(b"\xff\xd8")
    file = ledger.books().database.file
    assert file is not None
    assert jpeg not in file.read_bytes()
    album.forget("P1")
    assert album.check_in("P1", "attempt-1") is None


def test_what_leaves_this_machine_needs_a_consent_of_its_own(ledger: LateLedger) -> None:
    here = _agree(ledger, Purpose.COMPARE)
    assert consent_of(ledger, ZHANG, leaves=False) == here
    assert consent_of(ledger, ZHANG, leaves=True) == ""
    there = _agree(ledger, Purpose.SEND_TO_CLOUD)
    assert consent_of(ledger, ZHANG, leaves=True) == there


def test_a_day_has_one_backup(ledger: LateLedger) -> None:
    back_up_daily(ledger)
    back_up_daily(ledger)
    assert len(ledger.backups().all()) == 1
    assert ledger.last_good() == ledger.backups().all()[0]


def test_a_server_is_not_backed_up_by_each_of_its_stations(places: Places, postgresql: str) -> None:
    ledger = LateLedger(places, RecordsSettings(station="Desk", database=postgresql))
    back_up_daily(ledger)
    assert ledger.backups().all() == ()
    assert ledger.last_good() is None
    ledger.close()


def test_no_backup_takes_the_place_of_records_that_another_run_has_open(
    ledger: LateLedger, places: Places
) -> None:
    backup = ledger.back_up()
    other = LateLedger(places, RecordsSettings(station="Desk"))
    with pytest.raises(RecordsError) as caught:
        other.restore(backup.file)
    assert caught.value.fault is Fault.RECORDS_LOCKED
    ledger.close()
    assert other.restore(backup.file).backup == backup
    assert other.books().roster.get("P1") is not None
    other.close()


def test_a_restored_ledger_goes_on_for_whoever_has_it(ledger: LateLedger) -> None:
    backup = ledger.back_up()
    add_person(ledger.books().database, "P2")
    ledger.restore(backup.file)
    assert [person.person_id for person in ledger.books().roster.search("")] == ["P1"]
    assert _agree(ledger, Purpose.COMPARE) != ""


def test_damaged_keys_cost_no_row(ledger: LateLedger, places: Places) -> None:
    ledger.back_up()
    add_person(ledger.books().database, "P2")
    ledger.close()
    (places.data / "keys.db").write_bytes(b"no database at all " * 300)
    with pytest.raises(RecordsError) as caught:
        ledger.books()
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    found = ledger.last_good()
    assert found is not None
    ledger.restore(found.file)
    assert ledger.books().roster.count() == 2


def test_lost_records_are_not_begun_anew_where_there_are_backups(
    ledger: LateLedger, places: Places
) -> None:
    backup = ledger.back_up()
    ledger.close()
    places.records_file.unlink()
    with pytest.raises(RecordsError) as caught:
        ledger.books()
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert not places.records_file.exists()
    ledger.restore(backup.file)
    assert ledger.books().roster.count() == 1


def test_tables_of_an_earlier_form_are_backed_up_before_they_are_changed(
    ledger: LateLedger, places: Places
) -> None:
    with ledger.books().database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    ledger.close()
    with pytest.raises(RecordsError):  # there never was such a form
        ledger.books()
    (backup,) = ledger.backups().all()
    with closing(sqlite3.connect(backup.file)) as copied:
        assert copied.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
        assert copied.execute("SELECT person_id FROM people").fetchall() == [("P1",)]
