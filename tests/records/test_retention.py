"""What nobody needs any more goes, and only that; the audit still verifies."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from facecheck_gui.domain.check_in import Intent
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.records import verification
from facecheck_gui.records.album import Album, NewPhoto
from facecheck_gui.records.audit import Audit
from facecheck_gui.records.consents import Consents
from facecheck_gui.records.database import Database
from facecheck_gui.records.retention import Gone, Keeping, Retention
from facecheck_gui.records.tables import check_ins, photos, to_us
from facecheck_gui.records.vault import Vault
from tests.records import book
from tests.records.test_album import add_person

KEEPING = Keeping(references_days=100, pictures_days=10, consents_days=50, audit_days=200)
_DAY = timedelta(days=1)


class Desk:
    """A station whose days the test counts."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, book.BEGAN
        self.vault = Vault(database, b"s" * 32)
        self.vault.prepare()
        self.album = Album(database, self.vault, self.clock)
        self.consents = Consents(database, self.clock)
        self.audit = Audit(database, book.STATION, book.KEY, session="this run", clock=self.clock)
        self.retention = Retention(
            database,
            self.vault,
            station_id=book.STATION.station_id,
            key=book.KEY,
            clock=self.clock,
        )
        self._attempts = 0

    def clock(self) -> datetime:
        return self.now

    def begin(self, person_id: str = "P1") -> Intent:
        self._attempts += 1
        subject = Subject(person_id, person_id)
        made = replace(book.intent(self._attempts, subject=subject), started_at=self.now)
        self.audit.begin(made)
        return made

    def end(self, intent: Intent) -> None:
        self.audit.end(intent, replace(book.ending(1), ended_at=self.now))

    def check(self, person_id: str = "P1") -> None:
        self.end(self.begin(person_id))

    def pass_days(self, days: int) -> None:
        self.now += days * _DAY

    def numbers(self) -> list[int]:
        with self.database.reading() as connection:
            return list(
                connection.execute(
                    select(check_ins.c.number).order_by(check_ins.c.number)
                ).scalars()
            )

    def is_whole(self) -> bool:
        report = verification.verify(self.database, book.STATION.station_id, book.KEY)
        return report.broken is None


@pytest.fixture
def desk(database: Database) -> Desk:
    made = Desk(database)
    add_person(database, "P1")
    add_person(database, "P2")
    return made


def test_nothing_goes_before_its_time(desk: Desk) -> None:
    desk.album.put_references("P1", [NewPhoto(b"face", FaceType.LIVE)])
    desk.check()
    desk.pass_days(5)
    assert desk.retention.purge(KEEPING) == Gone()
    assert desk.retention.last_purge() == desk.now


def test_references_go_when_their_person_has_not_come_for_long(desk: Desk) -> None:
    for person_id in ("P1", "P2"):
        desk.album.put_references(person_id, [NewPhoto(b"face", FaceType.LIVE)])
    desk.pass_days(90)
    desk.check("P2")
    desk.pass_days(20)
    assert desk.retention.due(KEEPING).references == 1
    assert desk.retention.purge(KEEPING, clock_confirmed=True).references == 1
    assert desk.album.references("P1") == ()
    assert len(desk.album.references("P2")) == 1
    assert desk.vault.existing(1) is None
    assert desk.vault.existing(2) is not None


def test_pictures_of_check_ins_go_by_their_own_clock(desk: Desk) -> None:
    with desk.database.writing() as connection:
        for age_days in (5, 15):
            added_us = to_us(desk.now - age_days * _DAY)
            connection.execute(
                insert(photos).values(
                    person_pk=1,
                    purpose="check_in",
                    face_type="live",
                    sealed=b"x",
                    embedded_by="",
                    added_us=added_us,
                )
            )
    assert desk.retention.due(KEEPING) == Gone(pictures=1)
    assert desk.retention.purge(KEEPING) == Gone(pictures=1)


def test_consents_go_long_after_they_were_taken_back(desk: Desk) -> None:
    def give() -> str:
        return desk.consents.give(
            "P1", [Purpose.COMPARE], text="x", version="1", language="en"
        ).consent_id

    held, withdrawn = give(), give()
    desk.consents.withdraw(withdrawn)
    desk.pass_days(51)
    assert desk.retention.purge(KEEPING, clock_confirmed=True).consents == 1
    assert [consent.consent_id for consent in desk.consents.of("P1")] == [held]


def test_old_attempts_go_and_the_rest_still_verifies(desk: Desk) -> None:
    for _ in range(5):
        desk.check()
        desk.pass_days(60)
    assert desk.retention.due(KEEPING).attempts == 2
    assert desk.retention.purge(KEEPING, clock_confirmed=True).attempts == 2
    assert desk.numbers() == [3, 4, 5]
    assert desk.is_whole()
    desk.check()
    assert desk.is_whole()
    assert desk.retention.purge(KEEPING) == Gone()


def test_all_attempts_may_go(desk: Desk) -> None:
    desk.check()
    desk.check()
    desk.pass_days(300)
    assert desk.retention.purge(KEEPING, clock_confirmed=True).attempts == 2
    assert desk.is_whole()
    desk.check()
    assert desk.numbers() == [3]
    assert desk.is_whole()


def test_an_open_attempt_keeps_those_behind_it(desk: Desk) -> None:
    desk.check()
    left_open = desk.begin()
    desk.check()
    desk.pass_days(300)
    assert desk.retention.purge(KEEPING, clock_confirmed=True).attempts == 1
    assert desk.numbers() == [2, 3]
    assert desk.is_whole()
    desk.end(left_open)
    assert desk.is_whole()
    # Row 2 ended last, so both chains lose a beginning only together.
    assert desk.retention.purge(KEEPING).attempts == 2
    assert desk.is_whole()


def test_a_tampered_head_purges_nothing(desk: Desk) -> None:
    desk.check()
    desk.pass_days(300)
    stranger = Retention(
        desk.database,
        desk.vault,
        station_id=book.STATION.station_id,
        key=b"x" * 32,
        clock=desk.clock,
    )
    with pytest.raises(RecordsError) as caught:
        stranger.purge(KEEPING, clock_confirmed=True)
    assert caught.value.fault is Fault.RECORDS_DAMAGED
    assert desk.numbers() == [1]


@pytest.mark.parametrize("days", [8, -8, 3650])
def test_a_clock_that_jumped_deletes_nothing_until_somebody_confirms(desk: Desk, days: int) -> None:
    desk.check()
    desk.retention.purge(KEEPING)
    desk.pass_days(days)
    with pytest.raises(RecordsError) as caught:
        desk.retention.purge(Keeping(audit_days=0))
    assert caught.value.fault is Fault.RECORDS_CLOCK
    assert desk.numbers() == [1]
    desk.retention.purge(KEEPING, clock_confirmed=True)
    desk.pass_days(1)
    desk.retention.purge(KEEPING)


def test_what_is_kept_for_ever_stays(desk: Desk) -> None:
    desk.album.put_references("P1", [NewPhoto(b"face", FaceType.LIVE)])
    desk.check()
    desk.pass_days(9999)
    for_ever = Keeping(None, None, None, None)
    assert not desk.retention.due(for_ever).anything
    assert desk.retention.purge(for_ever, clock_confirmed=True) == Gone()
    with desk.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(photos)).scalar() == 1
