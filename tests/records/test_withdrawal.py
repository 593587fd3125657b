"""Whoever takes a consent back takes the face along; the audit stays."""

import pytest

from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records import verification
from facecheck_gui.records.album import Album, NewPhoto
from facecheck_gui.records.consents import Consent, Consents
from facecheck_gui.records.database import Database
from facecheck_gui.records.vault import Vault
from facecheck_gui.records.withdrawal import withdraw
from tests.records import book
from tests.records.test_album import add_person

_KEEP = (Purpose.COMPARE, Purpose.KEEP_REFERENCE)


class _Desk:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.vault = Vault(database, b"s" * 32)
        self.vault.prepare()
        self.album = Album(database, self.vault, lambda: book.BEGAN)
        self.consents = Consents(database, lambda: book.BEGAN)

    def give(self, *purposes: Purpose) -> Consent:
        return self.consents.give("P1", purposes, text="x", version="1", language="en")


@pytest.fixture
def desk(database: Database) -> _Desk:
    made = _Desk(database)
    add_person(database, "P1")
    made.album.put_references("P1", [NewPhoto(b"face", FaceType.LIVE)])
    return made


def test_the_face_and_its_key_go_and_the_audit_stays(desk: _Desk) -> None:
    book.write(book.audit(desk.database), 2)
    assert withdraw(desk.consents, desk.album, desk.give(*_KEEP)) == 1
    assert desk.album.references("P1") == ()
    assert desk.vault.existing(1) is None
    report = verification.verify(desk.database, book.STATION.station_id, book.KEY)
    assert (report.rows, report.broken) == (2, None)


def test_another_consent_that_holds_keeps_the_face(desk: _Desk) -> None:
    desk.give(*_KEEP)
    assert withdraw(desk.consents, desk.album, desk.give(*_KEEP)) == 0
    assert len(desk.album.references("P1")) == 1


def test_not_sending_to_the_cloud_any_more_deletes_nothing(desk: _Desk) -> None:
    assert withdraw(desk.consents, desk.album, desk.give(Purpose.SEND_TO_CLOUD)) == 0
    assert len(desk.album.references("P1")) == 1


def test_who_is_no_longer_on_the_roster_can_still_take_it_back(desk: _Desk) -> None:
    given = desk.consents.give("gone", _KEEP, text="x", version="1", language="en")
    assert withdraw(desk.consents, desk.album, given) == 0
    assert not desk.consents.of("gone")[0].holds
