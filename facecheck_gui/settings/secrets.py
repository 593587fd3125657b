"""Where the cloud's key and secret are kept: key store, else environment, else this run alone."""

import os
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Protocol

from facecheck_gui.domain.credentials import Credentials

SERVICE = "facecheck"
ENV_KEY = "FACECHECK_SECRET_KEY"
ENV_SECRET = "FACECHECK_SECRET_SECRET"  # noqa: S105 - a variable's name
_KEY_NAME, _SECRET_NAME = "kuaidi100-key", "kuaidi100-secret"
# "fail" and "null" keep nothing, and null says nothing of it; plain-text files protect nothing.
_REFUSED_MODULES = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class KeyStore(Protocol):
    """The part of a keyring that is used."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


class SecretPlace(Enum):
    """Where secrets were found, or went."""

    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    MEMORY = "memory"
    NOWHERE = "nowhere"


def system_key_store() -> KeyStore | None:
    """The system's own key store, or None where it has none that can be trusted. Takes 0.2 s."""
    import keyring

    backend = keyring.get_keyring()
    candidates = getattr(backend, "backends", [backend])
    for candidate in candidates:
        if not type(candidate).__module__.startswith(_REFUSED_MODULES):
            found: KeyStore = candidate
            return found
    return None


class SecretStore:
    """Key and secret of the cloud. A key store may ask its owner to unlock it, and so may hang:
    call every method away from the window."""

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
        """Keep them in the key store, or for this run alone where there is none."""
        self._in_memory = credentials
        try:
            store = self._open_key_store()
            if store is None:
                return SecretPlace.MEMORY
            store.set_password(SERVICE, _KEY_NAME, credentials.key)
            store.set_password(SERVICE, _SECRET_NAME, credentials.secret)
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
            for name in (_KEY_NAME, _SECRET_NAME):
                if store is not None and store.get_password(SERVICE, name) is not None:
                    store.delete_password(SERVICE, name)
        except Exception:  # as in save
            return False
        return True

    def _find(self) -> tuple[SecretPlace, Credentials | None]:
        if self._in_memory is not None:
            return SecretPlace.MEMORY, self._in_memory
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
            if store is None:
                return None
            key = store.get_password(SERVICE, _KEY_NAME)
            secret = store.get_password(SERVICE, _SECRET_NAME)
        except Exception:  # a locked or broken key store is as good as none
            return None
        return Credentials(key, secret) if key and secret else None
