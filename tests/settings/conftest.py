"""A key store in memory that can be told to misbehave."""

import keyring.backend
import pytest


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A key store that works, until told to break or to drop what it is given."""

    priority = 9.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False
        self.drops = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise RuntimeError("locked: CANARY-key")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.broken:
            raise RuntimeError(f"locked: {password}")
        if not self.drops:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> MemoryKeyring:
    return MemoryKeyring()
