"""A station's key is made once and found again, in the key store or in a file of its own."""

import threading
from pathlib import Path

import pytest

from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.settings.database_url import checked_database
from facecheck_gui.settings.station_key import (
    FoundKey,
    KeyPlace,
    fleet_secret,
    station_key,
)


class Store:
    """A key store in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Locked(Store):
    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("CANARY: locked")


def test_a_key_store_keeps_it_where_there_is_one(tmp_path: Path) -> None:
    store = Store()
    made = station_key(tmp_path / "station.key", lambda: store)
    assert made.place is KeyPlace.KEYRING
    assert station_key(tmp_path / "station.key", lambda: store) == made
    assert list(tmp_path.iterdir()) == []
    assert made.key.hex() not in repr(made)


@pytest.mark.parametrize("store", [None, Locked()])
def test_else_a_file_that_only_its_owner_reads(tmp_path: Path, store: Store | None) -> None:
    file = tmp_path / "data" / "station.key"
    made = station_key(file, lambda: store)
    assert made.place is KeyPlace.FILE
    assert file.stat().st_mode & 0o077 == 0
    assert station_key(file, lambda: store) == made


def test_a_file_stays_the_station_s_key_when_a_key_store_appears(tmp_path: Path) -> None:
    file = tmp_path / "station.key"
    made = station_key(file, lambda: None)
    assert station_key(file, Store) == made


def test_two_programs_at_once_make_one_station(tmp_path: Path) -> None:
    found: list[FoundKey] = []
    file = tmp_path / "station.key"
    both = [
        threading.Thread(target=lambda: found.append(station_key(file, lambda: None)))
        for _ in range(8)
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(10)
    assert len(found) == 8
    assert len({each.key for each in found}) == 1


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"station":"a","key":"00"}', "x" * 99])
def test_a_file_that_is_no_key_is_refused_and_kept(tmp_path: Path, content: str) -> None:
    file = tmp_path / "station.key"
    file.write_text(content, "ascii")
    with pytest.raises(SettingsError) as caught:
        station_key(file, Store)
    assert caught.value.fault is Fault.RECORDS_KEY_GONE
    assert file.read_text("ascii") == content


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:secret@db.example/records",
        "postgresql://db.example/records?password=x",
        "mysql://db.example/records",
        "postgresql://db.example",
        "postgresql:///records",
        "records.db",
        "postgresql://db.example/re cords",
    ],
)
def test_settings_take_no_password_and_no_other_database(url: str) -> None:
    with pytest.raises(ValueError, match="postgresql"):
        checked_database(url)


def test_settings_take_a_server_or_nothing() -> None:
    assert checked_database("  ") == ""
    assert checked_database(" postgres://desk@db.example/r ") == "postgresql://desk@db.example/r"


def test_a_fleet_s_secret_comes_from_the_environment_and_is_long() -> None:
    assert fleet_secret({}) is None
    assert fleet_secret({"FACECHECK_FLEET_SECRET": "s" * 32}) == b"s" * 32
    with pytest.raises(SettingsError) as caught:
        fleet_secret({"FACECHECK_FLEET_SECRET": "CANARY"})
    assert "CANARY" not in repr(caught.value)
