"""What is kept: settings, secrets, and the count of cloud calls."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.settings.key_store import KeyStoreState, key_store_state
from facecheck_gui.settings.schema import CloudSettings
from facecheck_gui.settings.secrets import SecretPlace, SecretStore
from facecheck_gui.settings.store import NoticeCode, SettingsStore

_SOON = timedelta(days=30)
_FEW_SHARE = 0.1
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


def calls(package: CloudSettings, left: int | None, today: date, *, wanted: bool) -> CheckUp:
    """Facts: ``left`` (None where nobody counts), ``bought``, ``expires`` (ISO date or None)."""
    expires = package.package_expires
    facts: dict[str, Fact] = {
        "left": left,
        "bought": package.package_calls,
        "expires": expires.isoformat() if expires else None,
    }
    return CheckUp(Topic.CALLS, _calls_outcome(package, left, today), facts, wanted=wanted)


def _calls_outcome(package: CloudSettings, left: int | None, today: date) -> Outcome:
    expires = package.package_expires
    outcome = Outcome.CALLS_OK
    if expires is not None and expires < today:
        outcome = Outcome.CALLS_EXPIRED
    elif left is not None and left <= 0:
        outcome = Outcome.CALLS_USED_UP
    elif left is not None and left <= package.package_calls * _FEW_SHARE:
        outcome = Outcome.CALLS_FEW
    elif expires is not None and expires - today <= _SOON:
        outcome = Outcome.CALLS_EXPIRE_SOON
    elif left is None:
        outcome = Outcome.CALLS_NOT_COUNTED
    return outcome
