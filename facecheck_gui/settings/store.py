"""One file with what differs from the defaults; readable, and never half written."""

import contextlib
import json
import os
import tempfile
from dataclasses import dataclass
from enum import Enum
from glob import escape
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from facecheck_gui.domain.errors import Fault, SettingsError
from facecheck_gui.settings.schema import Settings, plain_name, refused

_MAX_BYTES = 1_000_000


class NoticeCode(Enum):
    """What was odd about a settings file."""

    DAMAGED = "damaged"
    """Nothing in it can be used; ``load`` puts it aside where it may."""
    UNREADABLE = "unreadable"
    """This account may not read it."""
    VALUE_REFUSED = "value_refused"
    """One value does not fit; its default is used."""
    UNKNOWN_NAME = "unknown_name"
    """A name that no setting has; it is not used."""


@dataclass(frozen=True, slots=True)
class SettingsNotice:
    """``subject`` is the setting's dotted name, or the name under which the file now lies."""

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
        """The settings in the file. Never raises: what cannot be used is a notice, and a damaged
        file is put aside, so that saving does not write over it."""
        loaded = self.peek()
        if any(notice.code is NoticeCode.DAMAGED for notice in loaded.notices):
            notice = SettingsNotice(NoticeCode.DAMAGED, self._put_aside().name)
            return LoadedSettings(Settings(), (notice,))
        return loaded

    def peek(self) -> LoadedSettings:
        """The same, leaving a damaged file where it lies."""
        try:
            content = _parsed(self._path)
        except FileNotFoundError:
            return LoadedSettings(Settings())
        except OSError:
            return self._unusable(NoticeCode.UNREADABLE)
        except (ValueError, RecursionError):
            return self._unusable(NoticeCode.DAMAGED)
        return _usable(content)

    @property
    def put_aside(self) -> tuple[Path, ...]:
        """Damaged files of earlier days, for a person to look at or delete."""
        return tuple(
            sorted(self._path.parent.glob(_aside(Path(escape(str(self._path))), "*").name))
        )

    def save(self, settings: Settings) -> None:
        """Write what differs from the defaults, over nothing that could not be read: a damaged
        file is put aside first. Raises SettingsError(SETTINGS_NOT_SAVED)."""
        codes = {notice.code for notice in self.peek().notices}
        if NoticeCode.UNREADABLE in codes:
            raise SettingsError(Fault.SETTINGS_NOT_SAVED, detail=NoticeCode.UNREADABLE.value)
        if NoticeCode.DAMAGED in codes:
            self._put_aside()
        content = settings.model_dump(mode="json", exclude_defaults=True)
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        try:
            # Whoever keeps the file elsewhere behind a link keeps the link.
            path = self._path.resolve()
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, text.encode("utf-8"))
        except (OSError, RuntimeError) as error:  # a ring of links is a RuntimeError
            detail = f"{type(error).__name__} {getattr(error, 'errno', '')}".strip()
            raise SettingsError(Fault.SETTINGS_NOT_SAVED, detail=detail) from None

    def _unusable(self, code: NoticeCode) -> LoadedSettings:
        return LoadedSettings(Settings(), (SettingsNotice(code, self._path.name),))

    def _put_aside(self) -> Path:
        """Where the damaged file lies afterwards."""
        number = 1
        while (aside := _aside(self._path, str(number))).exists():
            number += 1
        try:
            return self._path.rename(aside)
        except OSError:
            return self._path


def _aside(path: Path, number: str) -> Path:
    return path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")


def _parsed(path: Path) -> dict[str, Any]:
    """What stands in the file. Raises OSError, ValueError or RecursionError."""
    with path.open("rb") as file:
        data = file.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise ValueError("no settings file is that long")
    # Editors on Windows begin a file with a byte-order mark.
    content = json.loads(data.decode("utf-8-sig"))
    if not isinstance(content, dict):
        raise ValueError("not a table of settings")
    return content


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
            name = _forget(content, refused(error)[0])
            notices.append(SettingsNotice(NoticeCode.VALUE_REFUSED, name))


def _strip_unknown(content: dict[str, Any]) -> list[SettingsNotice]:
    notices: list[SettingsNotice] = []
    known = Settings.group_types()
    for group, values in list(content.items()):
        if group not in known:
            notices.append(SettingsNotice(NoticeCode.UNKNOWN_NAME, plain_name(group)))
            del content[group]
        elif isinstance(values, dict):
            for field in [name for name in values if name not in known[group].model_fields]:
                name = plain_name(f"{group}.{field}")
                notices.append(SettingsNotice(NoticeCode.UNKNOWN_NAME, name))
                del values[field]
    return notices


def _forget(content: dict[str, Any], where: tuple[str, ...]) -> str:
    """Take out as little as may mend it; returns the dotted name of what was taken out."""
    group, *rest = where
    values = content[group]
    for field in rest:
        # Where it is the default that does not fit, what it hangs on is to blame.
        for culprit in (field, Settings.group_types()[group].fits_with.get(field)):
            if isinstance(values, dict) and culprit in values:
                del values[culprit]
                return f"{group}.{culprit}"
    del content[group]
    return group
