"""Whose certificates an exchange trusts unless it is told otherwise."""

from requests.utils import DEFAULT_CA_BUNDLE_PATH


def authorities_file() -> str:
    """Path of the file with the authorities that requests trusts."""
    return str(DEFAULT_CA_BUNDLE_PATH)
