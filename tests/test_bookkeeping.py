"""What of a check is kept, and of whom."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from facecheck_gui.bookkeeping import LateLedger, consent_of, keep_picture
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Subject, Threshold, Verification
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.records.consents import Purpose
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings
from tests import fakes
from tests.records.test_album import add_person

ZHANG = Subject("P1", "Zhang Wei")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LateLedger]:
    places = Places(tmp_path / "s.json", tmp_path / "data", tmp_path / "c", tmp_path / "state")
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
