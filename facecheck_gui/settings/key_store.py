"""Which key store of the system may be trusted with a secret, if any."""

from enum import Enum
from typing import Protocol


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


class KeyStoreState(Enum):
    """Whether the system has a key store that keeps secrets secret."""

    TRUSTED = "trusted"
    ABSENT = "absent"
    KEEPS_NOTHING = "keeps_nothing"
    """Set to keyring's "null", which takes secrets and drops them without a word."""
    PLAIN_TEXT = "plain_text"
    """A file that anyone who reads it can read, or one that asks on a console; refused."""
    BROKEN = "broken"
    """The way to it fails, for instance because the configuration names one that is not there."""


# In the order in which they explain why nothing better was found.
_REFUSED = {
    "keyrings.alt": KeyStoreState.PLAIN_TEXT,
    "keyring.backends.null": KeyStoreState.KEEPS_NOTHING,
    "keyring.backends.fail": KeyStoreState.ABSENT,
}


def system_key_store() -> KeyStore | None:
    """The system's own key store, or None where it has none that can be trusted.

    Takes 0.2 s the first time. Raises whatever a broken configuration makes keyring raise.
    """
    return next((b for b in _candidates() if judge(b) is KeyStoreState.TRUSTED), None)


def key_store_state() -> KeyStoreState:
    """Why ``system_key_store`` finds what it finds. Opens and unlocks nothing; never raises."""
    try:
        states = [judge(candidate) for candidate in _candidates()]
    except Exception:  # whatever a configuration may name
        return KeyStoreState.BROKEN
    order = (KeyStoreState.TRUSTED, *_REFUSED.values())
    return min(states, key=order.index, default=KeyStoreState.ABSENT)


def judge(backend: object) -> KeyStoreState:
    """What ``backend`` is, by the modules that it and its ancestors come from."""
    for module, state in _REFUSED.items():
        if any(f"{cls.__module__}.".startswith(f"{module}.") for cls in type(backend).__mro__):
            return state
    return KeyStoreState.TRUSTED


def _candidates() -> list[KeyStore]:
    import keyring

    chosen = keyring.get_keyring()
    # Where the system has several, keyring chains them, best first.
    return list(getattr(chosen, "backends", [chosen]))
