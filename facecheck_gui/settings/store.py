"""One file with what differs from the defaults; readable, and never half written."""

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.settings.schema import Settings


class NoticeCode(Enum):
    """What was odd about a settings file."""

    DAMAGED = "damaged"
    """Nothing could be read; the file was put aside."""
    UNREADABLE = "unreadable"
    """This account may not read it."""
    VALUE_REFUSED = "value_refused"
    """One value does not fit; its default is used."""
    UNKNOWN_NAME = "unknown_name"
    """A name that no setting has; it is not used."""


@dataclass(frozen=True, slots=True)
class SettingsNotice:
    """``subject`` is the setting's dotted name, or the name of the file that was put aside."""

    code: NoticeCode
    subject: str


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings that can be used, and what was odd about their file."""

    settings: Settings
    notices: tuple[SettingsNotice, ...] = ()


class SettingsStore:
    """Keeps settings in ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def path(self) -> Path:
        """The file; it need not exist."""
        return self._path

    def load(self) -> LoadedSettings:
        """The settings in the file. Never raises: what cannot be used is a notice."""
        try:
            content = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return LoadedSettings(Settings())
        except OSError:
            notice = SettingsNotice(NoticeCode.UNREADABLE, self._path.name)
            return LoadedSettings(Settings(), (notice,))
        except (ValueError, RecursionError):
            return self._put_aside()
        if not isinstance(content, dict):
            return self._put_aside()
        return _usable(content)

    def save(self, settings: Settings) -> None:
        """Write what differs from the defaults. Raises SettingsError(SETTINGS_NOT_SAVED)."""
        content = settings.model_dump(mode="json", exclude_defaults=True)
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(self._path, text.encode("utf-8"))
        except OSError as error:
            detail = f"{type(error).__name__} {error.errno}"
            raise SettingsError(Fault.SETTINGS_NOT_SAVED, detail=detail) from None

    def _put_aside(self) -> LoadedSettings:
        aside = _free_name(self._path)
        with contextlib.suppress(OSError):
            self._path.rename(aside)
        return LoadedSettings(Settings(), (SettingsNotice(NoticeCode.DAMAGED, aside.name),))


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return aside


def _write_whole(path: Path, data: bytes) -> None:
    """All or nothing, readable by this account alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - a handle, not a path
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _usable(content: dict[str, Any]) -> LoadedSettings:
    """Settings from ``content`` without the values that do not fit."""
    notices = _strip_unknown(content)
    while True:
        try:
            return LoadedSettings(Settings.model_validate(content), tuple(notices))
        except ValidationError as error:
            where = error.errors()[0]["loc"]
            notices.append(
                SettingsNotice(NoticeCode.VALUE_REFUSED, ".".join(str(part) for part in where[:2]))
            )
            _forget(content, where)


def _strip_unknown(content: dict[str, Any]) -> list[SettingsNotice]:
    notices: list[SettingsNotice] = []
    known = {
        group: type(getattr(Settings(), group)).model_fields for group in Settings.model_fields
    }
    for group in list(content):
        if group not in known:
            notices.append(SettingsNotice(NoticeCode.UNKNOWN_NAME, group))
            del content[group]
        elif isinstance(content[group], dict):
            for field in set(content[group]) - set(known[group]):
                notices.append(SettingsNotice(NoticeCode.UNKNOWN_NAME, f"{group}.{field}"))
                del content[group][field]
    return notices


def _forget(content: dict[str, Any], where: tuple[int | str, ...]) -> None:
    group = content.get(str(where[0]))
    if len(where) > 1 and isinstance(group, dict) and where[1] in group:
        del group[where[1]]
    else:
        del content[str(where[0])]
