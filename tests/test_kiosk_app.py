"""The whole station: composed, a visit with the real engine, gone without a trace."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facecheck_gui import resources
from facecheck_gui.bookkeeping.people import write_person
from facecheck_gui.bookkeeping.visits import code_of_the_day, is_code_of_the_day
from facecheck_gui.camera.address import Demonstration
from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.kiosk import Page, Way
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.kiosk_app import Station, rules_of, station
from facecheck_gui.records.album import NewPhoto
from facecheck_gui.settings.places import places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.store import SettingsStore

pytestmark = pytest.mark.usefixtures("garbage_is_found_on_this_thread")


@pytest.fixture
def door(qapp: QApplication) -> Iterator[Station]:
    settings = Settings().changed(kiosk__liveness=LivenessLevel.NONE)
    SettingsStore(places().settings_file).save(settings)
    before = set(threading.enumerate())
    with station(places(), fixed_camera=Demonstration()) as made:
        made.window.resize(1080, 1920)
        made.window.show()
        yield made
    assert set(threading.enumerate()) <= before


def _enrol(door: Station, person_id: str, photo: str) -> None:
    ledger = door.wiring.ledger(door.settings)
    write_person(ledger, Person(person_id, "Somebody"))
    jpeg = resources.path("demo", photo).read_bytes()
    ledger.books().album.put_references(person_id, [NewPhoto(jpeg, FaceType.LIVE)])


def _visit(door: Station, person_id: str) -> None:
    for event in (
        k.Touched(),
        k.LanguageChosen(),
        k.Ticked(Purpose.COMPARE, ticked=True),
        k.Agreed(),
        k.WayChosen(Way.KEYPAD),
        k.Typed(person_id),
        k.Entered(),
    ):
        door.desk.see(event)


def test_who_is_on_the_photo_is_let_in_and_somebody_else_is_not(
    qtbot: QtBot, door: Station
) -> None:
    _enrol(door, "1", "collins_card.jpg")
    _enrol(door, "2", "hopper.jpg")
    for person_id, page in (("1", Page.WELCOME), ("2", Page.SEE_STAFF)):
        _visit(door, person_id)
        qtbot.waitUntil(lambda page=page: door.window.shown is page, timeout=30_000)
        door.desk.see(k.StartAgainWanted())


def test_staff_s_code_is_another_each_day(door: Station) -> None:
    ledger = door.wiring.ledger(door.settings)
    today = date(2026, 3, 1)
    codes = {code_of_the_day(ledger, today + timedelta(days=n)) for n in range(30)}
    assert len(codes) > 25
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert is_code_of_the_day(ledger, f" {code_of_the_day(ledger, today)} ", today)
    assert not is_code_of_the_day(ledger, "", today)


def test_what_is_asked_follows_the_settings() -> None:
    plain = rules_of(Settings())
    assert plain.asked == (Purpose.COMPARE,)
    assert plain.ways == {Way.BADGE, Way.KEYPAD}
    full = Settings().changed(
        check__engine=EngineName.KUAIDI100, records__keep_pictures=True, kiosk__search=True
    )
    assert rules_of(full).asked == (
        Purpose.COMPARE,
        Purpose.SEND_TO_CLOUD,
        Purpose.KEEP_CHECK_IN,
    )
    nothing = Settings().changed(badges__from_camera=False, kiosk__keypad=False)
    assert rules_of(nothing).ways == {Way.KEYPAD}
