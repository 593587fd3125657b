"""The look, as data: tokens from ``resources/themes``, worn by the whole application at once."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from facecheck_gui import resources
from facecheck_gui.domain.comparison import Verdict


class TextRole(Enum):
    """The few sizes that letters come in; the values are the names in ``type.toml``."""

    SMALL = "small"
    BODY = "body"
    TITLE = "title"
    LARGE = "large"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class VerdictColours:
    """The ground of a verdict, what stands on it, and the edge that sets it off."""

    ground: QColor
    on_ground: QColor
    edge: QColor


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they mean; the files name them all."""

    name: str
    high_contrast: bool
    colours: Mapping[str, str]

    def colour(self, token: str) -> QColor:
        """The colour of ``token``. Raises KeyError for a name that no theme has."""
        return QColor(self.colours[token])

    def verdict(self, verdict: Verdict) -> VerdictColours:
        """The colours of a verdict."""
        name = verdict.value
        return VerdictColours(
            self.colour(name), self.colour(f"on_{name}"), self.colour(f"{name}_edge")
        )


@cache
def load(name: str) -> Theme:
    """The theme ``light``, ``dark`` or ``contrast``."""
    with resources.path("themes", f"{name}.toml").open("rb") as file:
        content = tomllib.load(file)
    colours = {token: str(colour) for token, colour in content["colours"].items()}
    return Theme(name, bool(content["high_contrast"]), MappingProxyType(colours))


@cache
def _letters() -> dict[str, Any]:
    with resources.path("themes", "type.toml").open("rb") as file:
        return tomllib.load(file)


def size_px(role: TextRole) -> int:
    """How large letters of ``role`` are, in logical pixels."""
    return int(_letters()["sizes"][role.value])


def font(role: TextRole, *, strong: bool = False) -> QFont:
    """The font of ``role``: the system's family, then families with Chinese shapes.

    Figures have one width, so that a score does not dance.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    letters = _letters()
    own = [family for family in system.families() if family not in letters["stand_ins"]]
    made = QFont()
    made.setFamilies([*own, *letters["families"]])
    made.setPixelSize(size_px(role))
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return tabular(made)


def tabular(font: QFont) -> QFont:
    """``font`` with figures of one width."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply(application: QApplication, theme: Theme, icon_paths: Mapping[str, str]) -> None:
    """Wear ``theme``. ``icon_paths`` are files of tinted icons that a style sheet can only name.

    Fusion with our own palette, the same on every desktop.
    """
    if application.style().objectName() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setFont(font(TextRole.BODY))
    application.setStyleSheet(style_sheet(theme, icon_paths))


def style_sheet(theme: Theme, icon_paths: Mapping[str, str]) -> str:
    """The one style sheet with every token filled in. Raises KeyError when one is missing."""
    template = string.Template(resources.path("themes", "style.qss").read_text("utf-8"))
    sizes = {f"size_{role.value}": size_px(role) for role in TextRole}
    icons = {f"icon_{name}": path for name, path in icon_paths.items()}
    return template.substitute(theme.colours, **sizes, **icons)


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "window",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "strong_border",
}
_GREY_WHEN_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def palette(theme: Theme) -> QPalette:
    """``theme`` as Qt's own roles, for everything the style sheet does not name."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, theme.colour(token))
    for role in _GREY_WHEN_DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return made
