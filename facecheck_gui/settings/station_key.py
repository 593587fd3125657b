"""The secret with which a station seals what it writes down: in the key store, else in a file."""

import json
import os
import secrets
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.settings.key_store import KeyStore, system_key_store
from facecheck_gui.settings.secrets import SERVICE

ENTRY = "station"
ENV_FLEET_SECRET = "FACECHECK_FLEET_SECRET"  # noqa: S105 - a variable's name
_KEY_BYTES, _LEAST_SECRET_CHARS = 32, 32


class KeyPlace(Enum):
    """Where the station's key lies."""

    KEYRING = "keyring"
    FILE = "file"
    """Readable for the account that runs the program, and so for whoever becomes it."""


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A station's name for itself, its key and where that lies."""

    station_id: str
    key: bytes = field(repr=False)
    place: KeyPlace


def station_key(
    file: Path, open_key_store: Callable[[], KeyStore | None] = system_key_store
) -> FoundKey:
    """The station's key, made where there is none yet.

    A key file is heeded before the key store: one that is locked today and open tomorrow must not
    make two stations of one. Opening a key store may ask its owner and so may hang. Raises
    SettingsError where a key can neither be read nor kept.
    """
    try:
        if file.exists():
            return _read(file.read_text("ascii"), KeyPlace.FILE)
        kept = _from_key_store(open_key_store)
        return kept if kept is not None else _in_file(file)
    except (OSError, ValueError):
        raise SettingsError(Fault.RECORDS_KEY_GONE) from None


def fleet_secret(environ: Mapping[str, str] = os.environ) -> bytes | None:
    """What all stations on one server share, so that each can open the faces that another kept:
    FACECHECK_FLEET_SECRET, 32 characters or more. None for a station that stands alone.

    Raises SettingsError for one that is too short to be a secret.
    """
    given = environ.get(ENV_FLEET_SECRET, "")
    if not given:
        return None
    if len(given) < _LEAST_SECRET_CHARS:
        raise SettingsError(Fault.SETTING_REFUSED, detail=ENV_FLEET_SECRET)
    return given.encode()


def _from_key_store(open_key_store: Callable[[], KeyStore | None]) -> FoundKey | None:
    try:
        store = open_key_store()
        if store is None:
            return None
        entry = store.get_password(SERVICE, ENTRY)
        if entry is None:
            entry = _fresh()
            store.set_password(SERVICE, ENTRY, entry)
            if store.get_password(SERVICE, ENTRY) != entry:
                return None
    except Exception:  # key stores raise their own and D-Bus's errors, with secrets inside
        return None
    return _read(entry, KeyPlace.KEYRING)


def _in_file(file: Path) -> FoundKey:
    """Whole from the first moment on: another program of this station may be doing the same."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{uuid.uuid4().hex}.key")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(_fresh())
            opened.flush()
            os.fsync(opened.fileno())
        with suppress(FileExistsError):
            file.hardlink_to(draft)
    finally:
        draft.unlink()
    return _read(file.read_text("ascii"), KeyPlace.FILE)


def _fresh() -> str:
    key = secrets.token_bytes(_KEY_BYTES).hex()
    return json.dumps({"station": uuid.uuid4().hex, "key": key})


def _read(entry: str, place: KeyPlace) -> FoundKey:
    """Raises ValueError for what ``_fresh`` did not make."""
    match json.loads(entry):
        case {"station": str(station), "key": str(key)} if station:
            found = bytes.fromhex(key)
            if len(found) == _KEY_BYTES:
                return FoundKey(station, found, place)
    raise ValueError("not a station's key")
