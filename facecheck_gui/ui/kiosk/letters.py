"""How large things are at the check-in station, by the size of its screen."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont

from facecheck_gui.ui.theme import TextRole, font

_HOME_PX = 1080
_LEAST, _MOST = 1.0, 2.0
_SMALL_SCREEN_PX = 700


@dataclass(frozen=True, slots=True)
class Sizes:
    """All in logical pixels. Body text is never under 28, the primary button never under 88; on a
    low screen titles and verdict give way."""

    body: int = 28
    title: int = 56
    verdict: int = 120
    button: int = 88
    margin: int = 40
    icon: int = 160


def sizes_for(screen: QSize) -> Sizes:
    """What fits a screen of this size."""
    narrow = min(screen.width(), screen.height())
    times = min(_MOST, max(_LEAST, narrow / _HOME_PX))
    low = narrow < _SMALL_SCREEN_PX
    return Sizes(
        round(28 * times),
        round((40 if low else 56) * times),
        round((72 if low else 120) * times),
        round(88 * times),
        round((20 if low else 40) * times),
        round((96 if low else 160) * times),
    )


def letters(size_px: int, *, strong: bool = False) -> QFont:
    """The program's font in a size of the station's."""
    made = QFont(font(TextRole.BODY, strong=strong))
    made.setPixelSize(size_px)
    return made
