"""Secrets come from the key store, the environment or this run, and show up nowhere else."""

import pytest

from facecheck_gui.domain.credentials import Credentials
from facecheck_gui.settings.secrets import ENTRY, SERVICE, SecretPlace, SecretStore

from .conftest import MemoryKeyring

CANARY = Credentials("CANARY-key", "CANARY-secret-密钥")
ENVIRON = {"FACECHECK_SECRET_KEY": "env-key", "FACECHECK_SECRET_SECRET": "env-secret"}


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


def test_what_could_not_be_kept_is_not_said_to_be_kept(ring: MemoryKeyring) -> None:
    ring.drops = True
    store = SecretStore(lambda: ring, {})
    assert store.save(CANARY) is SecretPlace.MEMORY
    assert store.load() == CANARY


def test_a_failure_leaves_no_new_key_beside_an_old_secret(ring: MemoryKeyring) -> None:
    SecretStore(lambda: ring, {}).save(Credentials("old", "pair"))
    ring.broken = True
    assert SecretStore(lambda: ring, {}).save(CANARY) is SecretPlace.MEMORY
    ring.broken = False
    assert SecretStore(lambda: ring, {}).load() == Credentials("old", "pair")


@pytest.mark.parametrize(
    "entry", ["", "plain", "[]", "{}", "[" * 9000, '{"key": 1, "secret": "a"}', '{"key": "alone"}']
)
def test_an_entry_that_is_not_ours_is_no_pair(ring: MemoryKeyring, entry: str) -> None:
    ring.kept[SERVICE, ENTRY] = entry
    assert SecretStore(lambda: ring, {}).where() is SecretPlace.NOWHERE


def test_secrets_show_up_in_no_repr() -> None:
    store = SecretStore(lambda: None, {})
    store.save(CANARY)
    assert "CANARY" not in repr(CANARY) + repr(store) + repr(vars(store)["_in_memory"])
