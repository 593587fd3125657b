"""The settings as a form sees them: read off the schema, declared nowhere else."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import get_args

from pydantic.fields import FieldInfo

from facecheck_gui.settings.schema import Settings, Shown

# As many as a score has.
_DECIMALS = 2


class FieldKind(Enum):
    """What a form needs to show a setting."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    DATE = "date"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class SettingField:
    """One setting as a form sees it. ``lowest`` and ``highest`` are inclusive."""

    name: str
    kind: FieldKind
    default: object
    shown: Shown
    choices: tuple[object, ...] = ()
    lowest: float = 0.0
    highest: float = 0.0
    decimals: int = 0

    @property
    def group(self) -> str:
        """The group it stands in."""
        return self.name.partition(".")[0]

    @property
    def words(self) -> str:
        """Where its words stand in the catalogues."""
        group, _, field = self.name.partition(".")
        return f"settings.{Settings.group_types()[group].words_of or group}.{field}"

    def choice_word(self, choice: object) -> str:
        """How a choice is written in the file, on the command line and in the key of its words."""
        return str(choice.value if isinstance(choice, Enum) else choice)


def word_keys(field: SettingField) -> tuple[str, ...]:
    """Under which keys people find the words of a setting: label, hint and each choice."""
    choices = [f"{field.words}.{field.choice_word(choice)}" for choice in field.choices]
    return (f"{field.words}.label", f"{field.words}.hint", *choices)


def title_keys() -> tuple[str, ...]:
    """Under which keys people find the names of the groups that the form has."""
    shown = dict.fromkeys(field.group for field in fields())
    return tuple(f"settings.{group}.title" for group in shown)


def fields() -> tuple[SettingField, ...]:
    """Every setting that is not hidden, in the order of the form."""
    found: list[SettingField] = []
    for group, group_type in Settings.group_types().items():
        for field, info in group_type.model_fields.items():
            described = _described(f"{group}.{field}", info)
            if not described.shown.hidden:
                found.append(described)
    return tuple(found)


def _described(name: str, info: FieldInfo) -> SettingField:
    shown = next((m for m in info.metadata if isinstance(m, Shown)), Shown())
    annotation = info.annotation
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return SettingField(name, FieldKind.CHOICE, info.default, shown, choices=tuple(annotation))
    if annotation is bool:
        return SettingField(name, FieldKind.SWITCH, info.default, shown)
    if annotation in (int, float):
        lowest, highest = _range(info)
        decimals = 0 if annotation is int else _DECIMALS
        return SettingField(
            name, FieldKind.NUMBER, info.default, shown, (), lowest, highest, decimals
        )
    if date in get_args(annotation):
        return SettingField(name, FieldKind.DATE, info.default, shown)
    if get_args(annotation) and all(isinstance(a, str) for a in get_args(annotation)):
        return SettingField(
            name, FieldKind.CHOICE, info.default, shown, choices=get_args(annotation)
        )
    kind_of_text = FieldKind.FILE if shown.file else FieldKind.TEXT
    return SettingField(name, kind_of_text, info.default, shown)


def _range(info: FieldInfo) -> tuple[float, float]:
    lowest, highest = 0.0, 0.0
    for rule in info.metadata:
        lowest = float(getattr(rule, "ge", None) or lowest)
        if getattr(rule, "gt", None) is not None:
            lowest = float(rule.gt) + 10**-_DECIMALS
        highest = float(getattr(rule, "le", None) or highest)
    return lowest, highest
