"""Secrets come from the key store, the environment or this run, and show up nowhere else."""

import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.settings.secrets import SecretPlace, SecretStore, system_key_store

CANARY = Credentials("CANARY-key", "CANARY-secret")
ENVIRON = {"FACECHECK_SECRET_KEY": "env-key", "FACECHECK_SECRET_SECRET": "env-secret"}


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A key store that works, until told to break."""

    priority = 9.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise RuntimeError("locked: CANARY-key")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise RuntimeError(f"locked: {password}")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()


def test_what_is_saved_is_kept_in_the_key_store(ring: MemoryKeyring) -> None:
    assert SecretStore(lambda: ring, {}).save(CANARY) is SecretPlace.KEYRING
    later = SecretStore(lambda: ring, ENVIRON)
    assert later.load() == CANARY
    assert later.where() is SecretPlace.KEYRING


def test_without_a_key_store_the_environment_is_asked() -> None:
    store = SecretStore(lambda: None, ENVIRON)
    assert store.load() == Credentials("env-key", "env-secret")
    assert store.where() is SecretPlace.ENVIRONMENT


def test_without_both_they_last_for_this_run(ring: MemoryKeyring) -> None:
    store = SecretStore(lambda: None, {})
    assert store.where() is SecretPlace.NOWHERE
    assert store.load() is None
    assert store.save(CANARY) is SecretPlace.MEMORY
    assert store.load() == CANARY
    assert SecretStore(lambda: None, {}).load() is None


def test_half_of_the_pair_is_nothing() -> None:
    store = SecretStore(lambda: None, {"FACECHECK_SECRET_KEY": "alone"})
    assert store.load() is None


def test_what_was_typed_now_beats_what_is_stored() -> None:
    store = SecretStore(lambda: None, ENVIRON)
    store.save(CANARY)
    assert store.load() == CANARY


def test_a_locked_key_store_is_as_good_as_none(ring: MemoryKeyring) -> None:
    ring.broken = True
    store = SecretStore(lambda: ring, ENVIRON)
    assert store.where() is SecretPlace.ENVIRONMENT
    assert store.save(CANARY) is SecretPlace.MEMORY
    assert store.forget() is False


def test_forgetting_takes_them_out_of_the_key_store(ring: MemoryKeyring) -> None:
    store = SecretStore(lambda: ring, {})
    store.save(CANARY)
    assert store.forget() is True
    assert ring.kept == {}
    assert store.load() is None


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_a_store_that_keeps_nothing_is_no_store(
    backend: type[keyring.backend.KeyringBackend],
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(backend())
    try:
        assert system_key_store() is None
    finally:
        keyring.set_keyring(before)


def test_secrets_show_up_in_no_repr() -> None:
    store = SecretStore(lambda: None, {})
    store.save(CANARY)
    assert "CANARY" not in repr(CANARY) + repr(store) + repr(vars(store)["_in_memory"])
