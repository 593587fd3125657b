"""Only a key store that keeps secrets secret is trusted with one."""

import types
from collections.abc import Callable, Iterator

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import pytest

from facecheck_gui.settings.key_store import (
    KeyStoreState,
    judge,
    key_store_state,
    system_key_store,
)

from .conftest import MemoryKeyring

# As the package keyrings.alt would bring it: its own module, a real backend.
PlaintextKeyring = types.new_class(
    "PlaintextKeyring", (MemoryKeyring,), {}, lambda ns: ns.update(__module__="keyrings.alt.file")
)


class Chained(MemoryKeyring):
    """Several key stores, as keyring presents them."""

    priority = 10.0

    def __init__(self, *backends: keyring.backend.KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


@pytest.fixture
def choose() -> Iterator[Callable[[keyring.backend.KeyringBackend], None]]:
    """Make keyring use a backend, for this test."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


Choose = Callable[[keyring.backend.KeyringBackend], None]


@pytest.mark.parametrize(
    ("backend", "state"),
    [
        (keyring.backends.fail.Keyring(), KeyStoreState.ABSENT),
        (keyring.backends.null.Keyring(), KeyStoreState.KEEPS_NOTHING),
        (PlaintextKeyring(), KeyStoreState.PLAIN_TEXT),
        (Chained(), KeyStoreState.ABSENT),
        (Chained(keyring.backends.fail.Keyring(), PlaintextKeyring()), KeyStoreState.PLAIN_TEXT),
    ],
)
def test_a_store_that_keeps_nothing_or_no_secret_is_no_store(
    backend: keyring.backend.KeyringBackend, state: KeyStoreState, choose: Choose
) -> None:
    choose(backend)
    assert system_key_store() is None
    assert key_store_state() is state


def test_the_first_trusted_of_several_is_taken(choose: Choose) -> None:
    trusted = MemoryKeyring()
    choose(Chained(PlaintextKeyring(), trusted, MemoryKeyring()))
    assert system_key_store() is trusted
    assert key_store_state() is KeyStoreState.TRUSTED


def test_a_child_of_a_plain_text_store_is_one_too() -> None:
    class Renamed(PlaintextKeyring):  # type: ignore[misc, valid-type]
        """The same under another name."""

    assert judge(Renamed()) is KeyStoreState.PLAIN_TEXT


def test_a_broken_way_to_the_store_is_told_apart(choose: Choose) -> None:
    class Broken(Chained):
        """Chains whatever it finds, and fails in finding."""

        def __init__(self) -> None:
            MemoryKeyring.__init__(self)

        @property
        def backends(self) -> tuple[keyring.backend.KeyringBackend, ...]:  # type: ignore[override]
            raise RuntimeError("no such module")

    choose(Broken())
    assert key_store_state() is KeyStoreState.BROKEN
