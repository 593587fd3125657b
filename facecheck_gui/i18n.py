"""The languages people read, and the words in them.

Words stand as plain text in ``resources/i18n/<language>.toml``, the same keys in each: no build
step, one place, readable without Qt, so that the command line and the window say the same.
"""

import locale
import os
import tomllib
from enum import Enum
from functools import cache
from typing import Any

from facecheck_gui import resources


class Language(Enum):
    """A language with a catalogue of its own."""

    ZH = "zh"
    EN = "en"


def preferred_language(choice: str = "auto") -> Language:
    """The language a person chose, or for ``auto`` the one the system speaks."""
    if choice != "auto":
        return Language(choice)
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not spoken:
        spoken = locale.getlocale()[0] or ""
    return Language.ZH if spoken.lower().startswith(("zh", "chinese")) else Language.EN


@cache
def catalogue(language: Language) -> dict[str, str]:
    """All words of a language, under dotted keys such as ``verdict.match``."""
    with resources.path("i18n", f"{language.value}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def _flat(table: dict[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found.extend(_flat(value, f"{prefix}{key}."))
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found


class Words:
    """The words in the language that is spoken now; the language may change while running."""

    def __init__(self, language: Language) -> None:
        self._language = language

    @property
    def language(self) -> Language:
        """The language that is spoken now."""
        return self._language

    def speak(self, language: Language) -> None:
        """Change the language. Who has shown words already must ask for them again."""
        self._language = language

    def text(self, key: str, **values: object) -> str:
        """The words under ``key`` with ``{names}`` filled in. Raises KeyError for a key unknown."""
        template = catalogue(self._language)[key]
        return template.format_map(values) if values else template

    def has(self, key: str) -> bool:
        """Whether there are words under ``key``."""
        return key in catalogue(self._language)
