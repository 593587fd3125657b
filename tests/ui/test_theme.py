"""The look as data: complete, readable, and worn at once."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

from facecheck_gui import resources
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.ui.icons import Icons, application_icon
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole, font, load, size_px, style_sheet

THEMES = ("light", "dark", "contrast")
ICONS = sorted(path.stem for path in resources.path("icons").glob("*.svg"))

# Every pair of words and ground that the program paints.
TEXT_ON_GROUND = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "sunken"),
    ("text", "hover"),
    ("text", "pressed"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "sunken"),
    ("accent", "window"),
    ("accent", "surface"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_accent_soft", "accent_soft"),
    ("text", "accent_soft"),
    ("on_stage", "stage"),
    ("on_stage_muted", "stage"),
    ("on_notice_warning", "notice_warning"),
    ("window", "text"),
    *((f"on_{verdict.value}", verdict.value) for verdict in Verdict),
]
# What is not text but must be seen to be used or understood.
SEEN_ON_GROUND = [
    ("focus", "window"),
    ("focus", "surface"),
    ("focus", "sunken"),
    ("strong_border", "surface"),
    ("strong_border", "window"),
    ("strong_border", "sunken"),
    ("tick", "surface"),
    ("accent", "sunken"),
    *((f"{verdict.value}_edge", "surface") for verdict in Verdict),
]


def _luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _over(colour: QColor, ground: QColor) -> QColor:
    share = colour.alphaF()
    mixed = [
        share * c + (1 - share) * g
        for c, g in zip(colour.getRgbF()[:3], ground.getRgbF()[:3], strict=True)
    ]
    return QColor.fromRgbF(*mixed)


def _too_faint(name: str, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    theme = load(name)
    found = {
        f"{one} on {other}": _contrast(theme.colour(one), theme.colour(other))
        for one, other in pairs
    }
    return {pair: round(value, 2) for pair, value in found.items() if value < least}


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read_on_what_they_stand_on(name: str) -> None:
    assert _too_faint(name, TEXT_ON_GROUND, 4.5) == {}


@pytest.mark.parametrize("name", THEMES)
def test_marks_can_be_seen(name: str) -> None:
    assert _too_faint(name, SEEN_ON_GROUND, 3) == {}


@pytest.mark.parametrize("name", THEMES)
def test_the_caption_can_be_read_over_any_picture(name: str) -> None:
    theme = load(name)
    for under in ("#000000", "#FFFFFF", "#C08A6A"):
        ground = _over(theme.colour("scrim"), QColor(under))
        assert _contrast(theme.colour("on_scrim"), ground) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_lines_over_a_white_wall_stand_on_a_halo(name: str) -> None:
    theme = load(name)
    halo = _over(theme.colour("halo"), QColor("#FFFFFF"))
    assert _contrast(halo, QColor("#FFFFFF")) >= 3
    for line in ("guide", "guide_good", "outline_chosen", "outline_other"):
        assert _contrast(theme.colour(line), halo) >= 1.5


def test_every_theme_names_the_same_tokens() -> None:
    light, dark, contrast = (set(load(name).colours) for name in THEMES)
    assert light == dark == contrast


@pytest.mark.parametrize("name", THEMES)
def test_every_token_is_a_colour(name: str) -> None:
    theme = load(name)
    assert [t for t in theme.colours if not theme.colour(t).isValid()] == []


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        load("light").colour("beige")


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_filled_in_and_names_no_family(name: str) -> None:
    sheet = style_sheet(load(name), {"chevron": "c", "chevron_up": "u", "tick": "t"})
    assert "$" not in sheet
    assert "font-family" not in sheet


def test_no_colour_stands_in_the_style_sheet_itself() -> None:
    template = resources.path("themes", "style.qss").read_text("utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b\s*;", template)


def test_switching_themes_repaints_everything_while_running(look: Look) -> None:
    told: list[str] = []
    look.changed.connect(lambda: told.append(look.theme.name))
    look.wear("dark")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window = application.palette().color(QPalette.ColorRole.Window)
    look.wear("contrast")
    assert told == ["dark", "contrast"]
    assert window == load("dark").colour("window")
    assert application.palette().color(QPalette.ColorRole.Window) == QColor(0, 0, 0)


def test_auto_follows_the_system_and_is_light_where_it_says_nothing(look: Look) -> None:
    look.wear("auto")
    assert look.theme.name == "light"


def test_a_folder_that_cannot_be_written_costs_no_window(
    qapp: QApplication, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    look = Look(qapp, "light", file)
    look.wear()
    assert look.theme.name == "light"


def test_letters_come_in_five_sizes_from_one_family(qapp: QApplication) -> None:
    assert [size_px(role) for role in TextRole] == [13, 15, 20, 32, 48]
    assert len({tuple(font(role).families()) for role in TextRole}) == 1
    assert "Noto Sans CJK SC" in font(TextRole.BODY).families()


def test_chinese_is_drawn_with_chinese_shapes(look: Look) -> None:
    families = QApplication.font().families()
    chinese = ["Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC"]
    assert families[-3:] == chinese
    assert "JP" not in QFontInfo(QApplication.font()).family()


def test_figures_have_one_width(qapp: QApplication) -> None:
    metrics = QFontMetricsF(font(TextRole.LARGE, strong=True))
    assert len({metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}) == 1


def test_every_icon_is_drawn_and_takes_its_tint(look: Look) -> None:
    wanted = look.colour("accent")
    for name in ICONS:
        image = look.pixmap(name, 24, "accent", 1.0).toImage()
        places = ((x, y) for x in range(24) for y in range(24))
        seen = [c for c in (image.pixelColor(x, y) for x, y in places) if c.alpha() > 200]
        assert seen, name
        if name != "facecheck":
            assert all(abs(colour.red() - wanted.red()) < 12 for colour in seen), name


def test_there_is_an_icon_for_every_verdict() -> None:
    assert {verdict.value for verdict in Verdict} <= set(ICONS)


def test_icons_are_sharp_on_fine_screens_and_made_once(look: Look) -> None:
    icons = Icons(look.theme.colour)
    fine = icons.pixmap("camera", 24, "text", 2.0)
    assert (fine.width(), fine.devicePixelRatio()) == (48, 2.0)
    assert icons.icon("camera") is icons.icon("camera")
    assert icons.pixmap("camera", 24, "text", 2.0) is fine


def test_the_program_has_an_icon_of_its_own(qapp: QApplication) -> None:
    assert not application_icon().pixmap(64, 64).isNull()
