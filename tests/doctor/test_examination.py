"""Every check-up comes back, whatever is broken, and as plain values."""

import json
import threading
from dataclasses import replace

import pytest

from facecheck_gui.comparers.call_meter import MeterReading, MeterState
from facecheck_gui.doctor.checkup import CheckUp, Outcome, State, Topic, word_keys
from facecheck_gui.doctor.examination import Instruments, examine
from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore


def by_topic(checkups: tuple[CheckUp, ...]) -> dict[Topic, CheckUp]:
    return {checkup.topic: checkup for checkup in checkups}


def test_every_topic_is_examined_once_in_order(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    checkups = examine(store, secrets, instruments)
    assert [checkup.topic for checkup in checkups] == list(Topic)
    assert not [c for c in checkups if c.state is State.TROUBLE]


def test_what_was_found_is_plain_json(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    told = [checkup.as_json() for checkup in examine(store, secrets, instruments)]
    assert json.loads(json.dumps(told)) == told
    assert told[1]["topic"] == "window"
    assert told[1]["facts"]["missing"] == []


def test_a_check_up_that_fails_names_its_exception_and_no_more(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    def fail(*_: object) -> tuple[()]:
        raise RuntimeError("CANARY")

    broken = replace(instruments, list_cameras=fail, read_meter=fail)
    found = by_topic(examine(store, secrets, broken))
    for topic in (Topic.CAMERAS, Topic.CALLS):
        assert found[topic].outcome is Outcome.FAILED
        assert found[topic].state is State.TROUBLE
        assert found[topic].facts == {"exception": "RuntimeError", "fault": None}
    assert "CANARY" not in repr(found)
    assert found[Topic.CLOUD].outcome is Outcome.CLOUD_OK


def test_an_error_of_our_own_tells_its_fault(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    def fail(*_: object) -> tuple[()]:
        raise CameraError(Fault.CAMERA_BUSY)

    found = by_topic(examine(store, secrets, replace(instruments, list_cameras=fail)))
    assert found[Topic.CAMERAS].facts == {"exception": "CameraError", "fault": "camera_busy"}


def test_not_even_the_end_of_the_interpreter_ends_the_doctor(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    def leave(*_: object) -> tuple[()]:
        raise SystemExit(3)

    found = by_topic(examine(store, secrets, replace(instruments, list_cameras=leave)))
    assert found[Topic.CAMERAS].facts["exception"] == "SystemExit"


def test_a_key_store_that_asks_and_waits_does_not_hold_the_doctor(
    store: SettingsStore, instruments: Instruments
) -> None:
    end = threading.Event()

    def locked() -> None:
        end.wait()

    try:
        secrets = SecretStore(locked, {})
        found = by_topic(examine(store, secrets, replace(instruments, limit_s=0.5)))
    finally:
        end.set()
    assert found[Topic.SECRETS].outcome is Outcome.NO_ANSWER
    assert found[Topic.SECRETS].facts == {"limit_s": 0.5}
    assert found[Topic.CLOUD].outcome is Outcome.CLOUD_OK


def test_no_secret_comes_out_of_the_doctor(store: SettingsStore, instruments: Instruments) -> None:
    store.save(Settings().changed(camera__address="rtsp://admin:CANARY@camera.example/"))
    secrets = SecretStore(lambda: None, {})
    secrets.save(Credentials("CANARY-key", "CANARY-secret"))
    checkups = examine(store, secrets, instruments)
    assert "CANARY" not in repr(checkups) + json.dumps([c.as_json() for c in checkups])


def test_the_cloud_is_no_trouble_to_those_who_do_not_use_it(
    store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    reading = MeterReading(50, 50, 0, None, MeterState.USED_UP)
    used_up = replace(instruments, read_meter=lambda: reading)
    unused = by_topic(examine(store, secrets, used_up))
    assert unused[Topic.SECRETS].state is State.NOTE
    assert unused[Topic.CALLS].state is State.NOTE
    store.save(Settings().changed(check__engine="kuaidi100", kuaidi100__package_calls=50))
    used = by_topic(examine(store, secrets, used_up))
    assert used[Topic.SECRETS].state is State.TROUBLE
    assert used[Topic.CALLS].state is State.TROUBLE


def test_a_check_up_cannot_be_changed_afterwards() -> None:
    facts = {"count": 1}
    checkup = CheckUp(Topic.CAMERAS, Outcome.CAMERAS_OK, facts)
    facts["count"] = 2
    assert checkup.facts == {"count": 1}
    with pytest.raises(TypeError):
        checkup.facts["count"] = 3  # type: ignore[index]


def test_every_outcome_has_a_key_of_its_own() -> None:
    keys = word_keys()
    assert len(set(keys)) == len(keys)
    assert {o.topic for o in Outcome} - {None} == set(Topic)
    assert "doctor.window.no_display" in keys
    assert "doctor.no_answer" in keys
    assert "doctor.calls.title" in keys
