"""Consents: to what, to which words, when; taken back once and for good."""

import hashlib
from datetime import timedelta

import pytest

from facecheck_gui.domain.consent import Purpose
from facecheck_gui.records.consents import Consents
from facecheck_gui.records.database import Database
from tests.records import book


class _Clock:
    def __init__(self) -> None:
        self.now = book.BEGAN

    def __call__(self) -> object:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def consents(database: Database) -> Consents:
    return Consents(database, _Clock())  # type: ignore[arg-type]


def _give(consents: Consents, *purposes: Purpose, person_id: str = "P1") -> str:
    given = consents.give(
        person_id, purposes, text="We compare your face.", version="3", language="en"
    )
    return given.consent_id


def test_a_consent_remembers_the_words_that_were_shown(consents: Consents) -> None:
    _give(consents, Purpose.COMPARE, Purpose.KEEP_REFERENCE)
    (found,) = consents.of("P1")
    assert found.purposes == {Purpose.COMPARE, Purpose.KEEP_REFERENCE}
    assert found.text_hash == hashlib.sha256(b"We compare your face.").hexdigest()
    assert (found.text_version, found.language) == ("3", "en")
    assert found.holds
    assert consents.of("P2") == ()


def test_each_purpose_is_covered_apart(consents: Consents) -> None:
    _give(consents, Purpose.COMPARE)
    assert consents.covers("P1", Purpose.COMPARE) is not None
    assert consents.covers("P1", Purpose.SEND_TO_CLOUD) is None
    assert consents.covers("P2", Purpose.COMPARE) is None


def test_what_is_taken_back_covers_nothing_and_stays_in_the_book(consents: Consents) -> None:
    consent_id = _give(consents, Purpose.COMPARE)
    consents.withdraw(consent_id)
    (found,) = consents.of("P1")
    withdrawn_at = found.withdrawn_at
    assert withdrawn_at is not None
    assert withdrawn_at > found.given_at
    assert consents.covers("P1", Purpose.COMPARE) is None
    consents.withdraw(consent_id)
    assert consents.of("P1")[0].withdrawn_at == withdrawn_at


def test_who_agrees_again_is_covered_again(consents: Consents) -> None:
    consents.withdraw(_give(consents, Purpose.COMPARE))
    again = _give(consents, Purpose.COMPARE)
    found = consents.covers("P1", Purpose.COMPARE)
    assert found is not None
    assert found.consent_id == again
    assert [consent.holds for consent in consents.of("P1")] == [True, False]


def test_a_consent_to_nothing_is_none(consents: Consents) -> None:
    with pytest.raises(ValueError, match="to something"):
        _give(consents)
