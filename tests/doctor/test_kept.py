"""Settings, secrets and calls, as the doctor sees them: nothing is changed by looking."""

from datetime import date
from pathlib import Path

import pytest

from facecheck_gui.comparers.call_meter import MeterReading, MeterState
from facecheck_gui.doctor import kept
from facecheck_gui.doctor.checkup import Outcome, State
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.settings.key_store import KeyStoreState
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore


def test_no_file_means_the_usual_values(store: SettingsStore) -> None:
    checkup = kept.settings(store)
    assert checkup.outcome is Outcome.SETTINGS_DEFAULTS
    assert checkup.facts["path"] == str(store.path)
    assert checkup.facts["exists"] is False


def test_a_sound_file_is_sound(store: SettingsStore) -> None:
    store.save(Settings().changed(general__theme="dark"))
    assert kept.settings(store).outcome is Outcome.SETTINGS_OK


def test_a_damaged_file_is_told_and_left_where_it_lies(store: SettingsStore) -> None:
    store.path.write_text("{", "utf-8")
    assert kept.settings(store).outcome is Outcome.SETTINGS_DAMAGED
    assert store.path.read_text("utf-8") == "{"


def test_damaged_files_of_earlier_days_are_named(store: SettingsStore) -> None:
    store.path.write_text("{", "utf-8")
    store.load()
    checkup = kept.settings(store)
    assert checkup.outcome is Outcome.SETTINGS_DEFAULTS
    assert checkup.facts["put_aside"] == ("settings.damaged-1.json",)


def test_values_and_names_that_do_not_fit_are_named(store: SettingsStore) -> None:
    store.path.write_text('{"general": {"theme": 7, "mood": 1}}', "utf-8")
    checkup = kept.settings(store)
    assert checkup.outcome is Outcome.SETTINGS_VALUES_REFUSED
    assert set(checkup.facts["refused"]) == {"general.theme", "general.mood"}
    assert checkup.facts["unknown"] == ("general.mood",)


def test_a_file_that_may_not_be_read_is_trouble(tmp_path: Path) -> None:
    checkup = kept.settings(SettingsStore(tmp_path))
    assert checkup.outcome is Outcome.SETTINGS_UNREADABLE


def test_a_folder_to_come_is_writable_where_its_parent_is(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "deep" / "deeper" / "settings.json")
    assert kept.settings(store).facts["writable"] is True


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "file").chmod(0o400)
    checkup = kept.settings(SettingsStore(tmp_path / "file" / "settings.json"))
    assert checkup.facts["writable"] is False
    assert checkup.state is not State.OK


@pytest.mark.parametrize(
    ("environ", "saved", "outcome"),
    [
        ({}, False, Outcome.SECRETS_NOWHERE),
        ({}, True, Outcome.SECRETS_MEMORY),
        (
            {"FACECHECK_SECRET_KEY": "k", "FACECHECK_SECRET_SECRET": "s"},
            False,
            Outcome.SECRETS_ENVIRONMENT,
        ),
    ],
)
def test_the_place_of_the_secrets_is_told(
    environ: dict[str, str], saved: bool, outcome: Outcome
) -> None:
    secrets = SecretStore(lambda: None, environ)
    if saved:
        secrets.save(Credentials("k", "s"))
    checkup = kept.secrets(secrets, wanted=True, state=lambda: KeyStoreState.PLAIN_TEXT)
    assert checkup.outcome is outcome
    assert checkup.facts == {"key_store": "plain_text"}


@pytest.mark.parametrize(
    ("left", "state", "outcome"),
    [
        (None, MeterState.FINE, Outcome.CALLS_NOT_COUNTED),
        (50, MeterState.FINE, Outcome.CALLS_OK),
        (5, MeterState.LOW, Outcome.CALLS_FEW),
        (0, MeterState.USED_UP, Outcome.CALLS_USED_UP),
        (50, MeterState.EXPIRED, Outcome.CALLS_EXPIRED),
        (None, MeterState.EXPIRED, Outcome.CALLS_EXPIRED),
        (50, MeterState.EXPIRING, Outcome.CALLS_EXPIRE_SOON),
    ],
)
def test_a_package_is_told_as_the_window_tells_it(
    left: int | None, state: MeterState, outcome: Outcome
) -> None:
    reading = MeterReading(3, 50 if left is not None else None, left, date(2027, 1, 31), state)
    checkup = kept.calls(reading, wanted=True)
    assert checkup.outcome is outcome
    assert (checkup.facts["left"], checkup.facts["expires"]) == (left, "2027-01-31")
