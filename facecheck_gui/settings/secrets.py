"""Where the cloud's key and secret are kept: key store, else environment, else this run alone."""

import json
import os
from collections.abc import Callable, Mapping
from enum import Enum

from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.settings.key_store import KeyStore, system_key_store

SERVICE = "facecheck"
ENTRY = "kuaidi100"
ENV_KEY = "FACECHECK_SECRET_KEY"
ENV_SECRET = "FACECHECK_SECRET_SECRET"  # noqa: S105 - a variable's name


class SecretPlace(Enum):
    """Where secrets were found, or went."""

    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    MEMORY = "memory"
    NOWHERE = "nowhere"


class SecretStore:
    """Key and secret of the cloud. Safe to use from several threads.

    Opening a key store takes 0.2 s the first time, and one that is locked asks its owner and so
    may hang: call every method away from the window.
    """

    def __init__(
        self,
        open_key_store: Callable[[], KeyStore | None] = system_key_store,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._open_key_store = open_key_store
        self._environ = environ
        self._in_memory: Credentials | None = None

    def load(self) -> Credentials | None:
        """What was typed in this run, else the key store's, else the environment's, else None."""
        return self._find()[1]

    def where(self) -> SecretPlace:
        """Where ``load`` finds them."""
        return self._find()[0]

    def save(self, credentials: Credentials) -> SecretPlace:
        """Keep them in the key store, or for this run alone where there is none that works."""
        self._in_memory = credentials
        # One entry for both: no failure can leave a new key beside an old secret.
        entry = json.dumps({"key": credentials.key, "secret": credentials.secret})
        try:
            store = self._open_key_store()
            if store is None:
                return SecretPlace.MEMORY
            store.set_password(SERVICE, ENTRY, entry)
            if store.get_password(SERVICE, ENTRY) != entry:
                return SecretPlace.MEMORY
        except Exception:  # key stores raise their own and D-Bus's errors, with secrets inside
            return SecretPlace.MEMORY
        self._in_memory = None
        return SecretPlace.KEYRING

    def forget(self) -> bool:
        """Forget them here and in the key store, and say whether that worked. The environment is
        not ours to change."""
        self._in_memory = None
        try:
            store = self._open_key_store()
            if store is not None and store.get_password(SERVICE, ENTRY) is not None:
                store.delete_password(SERVICE, ENTRY)
        except Exception:  # as in save
            return False
        return True

    def _find(self) -> tuple[SecretPlace, Credentials | None]:
        in_memory = self._in_memory
        if in_memory is not None:
            return SecretPlace.MEMORY, in_memory
        stored = self._stored()
        if stored is not None:
            return SecretPlace.KEYRING, stored
        key, secret = self._environ.get(ENV_KEY), self._environ.get(ENV_SECRET)
        if key and secret:
            return SecretPlace.ENVIRONMENT, Credentials(key, secret)
        return SecretPlace.NOWHERE, None

    def _stored(self) -> Credentials | None:
        try:
            store = self._open_key_store()
            entry = store.get_password(SERVICE, ENTRY) if store is not None else None
        except Exception:  # a locked or broken key store is as good as none
            return None
        return _credentials(entry) if entry else None


def _credentials(entry: str) -> Credentials | None:
    """What ``save`` wrote; None for anything else that stands under the name."""
    try:
        match json.loads(entry):
            case {"key": str(key), "secret": str(secret)} if key and secret:
                return Credentials(key, secret)
    except (ValueError, RecursionError):
        pass
    return None
