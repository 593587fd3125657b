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
    """All in logical pixels. Body text is never under 28, the primary button and the way without a
    face never under 88; on a low screen the rest gives way. ``widest`` is how wide those two are,
    both the same."""

    body: int = 28
    title: int = 56
    verdict: int = 120
    button: int = 88
    small: int = 88
    margin: int = 40
    icon: int = 160
    widest: int = 1000
    landscape: bool = False


def sizes_for(screen: QSize) -> Sizes:
    """What fits a screen of this size."""
    narrow = min(screen.width(), screen.height())
    times = min(_MOST, max(_LEAST, narrow / _HOME_PX))
    low, landscape = narrow < _SMALL_SCREEN_PX, screen.width() > screen.height()
    margin = round((16 if low else 40) * times)
    room = screen.width() - 2 * margin
    return Sizes(
        body=round(28 * times),
        title=round((36 if low else 56) * times),
        verdict=round((72 if low else 120) * times),
        button=round(88 * times),
        small=round((64 if low else 88) * times),
        margin=margin,
        icon=round((88 if low else 160) * times),
        widest=room // 2 if landscape else room,
        landscape=landscape,
    )


def letters(size_px: int, *, strong: bool = False) -> QFont:
    """The program's font in a size of the station's."""
    made = QFont(font(TextRole.BODY, strong=strong))
    made.setPixelSize(size_px)
    return made
