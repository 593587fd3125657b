"""A shell for each process that runs tests."""

from collections.abc import Iterator

import pytest

from tests.cli.shell import Shell


@pytest.fixture(scope="session")
def shell() -> Iterator[Shell]:
    """Runs the command."""
    made = Shell()
    yield made
    made.close()
