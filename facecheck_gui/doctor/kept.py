"""What is kept: settings, secrets, and the count of cloud calls."""

import os
from collections.abc import Callable
from pathlib import Path

from facecheck_gui.comparers.call_meter import MeterReading, MeterState
from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.settings.key_store import KeyStoreState, key_store_state
from facecheck_gui.settings.secrets import SecretPlace, SecretStore
from facecheck_gui.settings.store import NoticeCode, SettingsStore

_SETTINGS_OUTCOMES = (
    (NoticeCode.UNREADABLE, Outcome.SETTINGS_UNREADABLE),
    (NoticeCode.DAMAGED, Outcome.SETTINGS_DAMAGED),
    (NoticeCode.VALUE_REFUSED, Outcome.SETTINGS_VALUES_REFUSED),
    (NoticeCode.UNKNOWN_NAME, Outcome.SETTINGS_VALUES_REFUSED),
)
_PLACES = {
    SecretPlace.KEYRING: Outcome.SECRETS_KEYRING,
    SecretPlace.ENVIRONMENT: Outcome.SECRETS_ENVIRONMENT,
    SecretPlace.MEMORY: Outcome.SECRETS_MEMORY,
    SecretPlace.NOWHERE: Outcome.SECRETS_NOWHERE,
}
_METER_OUTCOMES = {
    MeterState.FINE: Outcome.CALLS_OK,
    MeterState.LOW: Outcome.CALLS_FEW,
    MeterState.EXPIRING: Outcome.CALLS_EXPIRE_SOON,
    MeterState.USED_UP: Outcome.CALLS_USED_UP,
    MeterState.EXPIRED: Outcome.CALLS_EXPIRED,
}


def settings(store: SettingsStore) -> CheckUp:
    """Facts: ``path``, ``exists``, ``writable``, ``refused`` (names of what is not used),
    ``unknown`` (those of them that no setting has), ``put_aside`` (names of damaged files)."""
    notices = store.peek().notices
    codes = {notice.code for notice in notices}
    not_used = (NoticeCode.VALUE_REFUSED, NoticeCode.UNKNOWN_NAME)
    facts: dict[str, Fact] = {
        "path": str(store.path),
        "exists": store.path.exists(),
        "writable": _may_write(store.path),
        "refused": tuple(n.subject for n in notices if n.code in not_used),
        "unknown": tuple(n.subject for n in notices if n.code is NoticeCode.UNKNOWN_NAME),
        "put_aside": tuple(path.name for path in store.put_aside),
    }
    usual = Outcome.SETTINGS_OK if facts["exists"] else Outcome.SETTINGS_DEFAULTS
    if not facts["writable"]:
        usual = Outcome.SETTINGS_NOT_WRITABLE
    outcome = next((found for code, found in _SETTINGS_OUTCOMES if code in codes), usual)
    return CheckUp(Topic.SETTINGS, outcome, facts)


def _may_write(path: Path) -> bool:
    """Whether saving would work: it writes a new file beside the old one."""
    folder = path.resolve().parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)


def secrets(
    store: SecretStore,
    *,
    wanted: bool,
    state: Callable[[], KeyStoreState] = key_store_state,
) -> CheckUp:
    """Facts: ``key_store`` (a word of ``KeyStoreState``). Never the secrets."""
    facts: dict[str, Fact] = {"key_store": state().value}
    return CheckUp(Topic.SECRETS, _PLACES[store.where()], facts, wanted=wanted)


def calls(reading: MeterReading, *, wanted: bool) -> CheckUp:
    """Facts: ``left`` (None where nobody counts), ``bought``, ``expires`` (ISO date or None)."""
    facts: dict[str, Fact] = {
        "left": reading.left,
        "bought": reading.size or 0,
        "expires": reading.expires.isoformat() if reading.expires else None,
    }
    outcome = _METER_OUTCOMES[reading.state]
    if outcome is Outcome.CALLS_OK and reading.left is None:
        outcome = Outcome.CALLS_NOT_COUNTED
    return CheckUp(Topic.CALLS, outcome, facts, wanted=wanted)
