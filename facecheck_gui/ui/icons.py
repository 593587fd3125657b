"""The line-drawn icons, tinted by what they mean."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from facecheck_gui import resources

_SIZES_PX = (16, 20, 24)
_TINT = b"currentColor"


@cache
def _drawing(name: str) -> bytes:
    return resources.path("icons", f"{name}.svg").read_bytes()


class Icons:
    """The icons of one theme, drawn once for each size, tint and screen.

    ``colour`` gives the colour of a token.
    """

    def __init__(self, colour: Callable[[str], QColor]) -> None:
        self._colour = colour
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}

    def icon(self, name: str, token: str = "text") -> QIcon:  # noqa: S107 - a colour's name
        """``resources/icons/<name>.svg`` for buttons and menus; grey where it is disabled."""
        key = (name, token)
        if key not in self._icons:
            made = QIcon()
            for ratio in {1.0, *(s.devicePixelRatio() for s in QGuiApplication.screens())}:
                for size_px in _SIZES_PX:
                    made.addPixmap(self.pixmap(name, size_px, token, ratio))
                    grey = self.pixmap(name, size_px, "disabled", ratio)
                    made.addPixmap(grey, QIcon.Mode.Disabled)
            self._icons[key] = made
        return self._icons[key]

    def pixmap(self, name: str, size_px: int, token: str, ratio: float = 1.0) -> QPixmap:
        """One icon of ``size_px`` logical pixels, sharp at ``ratio`` device pixels for each."""
        key = (name, size_px, token, ratio)
        if key not in self._pixmaps:
            made = QPixmap.fromImage(self._image(name, round(size_px * ratio), token))
            made.setDevicePixelRatio(ratio)
            self._pixmaps[key] = made
        return self._pixmaps[key]

    def save(self, name: str, token: str, folder: Path) -> str:
        """Write the tinted drawing into ``folder`` and give its path, with forward slashes.

        Raises OSError when it cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}-{token}.svg"
        drawing = self._tinted(name, token)
        if not file.is_file() or file.read_bytes() != drawing:
            file.write_bytes(drawing)
        return file.as_posix()

    def _tinted(self, name: str, token: str) -> bytes:
        colour = self._colour(token).name().encode("ascii")
        return _drawing(name).replace(_TINT, colour)

    def _image(self, name: str, side_px: int, token: str) -> QImage:
        image = QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer = QSvgRenderer(QByteArray(self._tinted(name, token)))
        renderer.render(painter, QRectF(0, 0, side_px, side_px))
        painter.end()
        return image


def application_icon() -> QIcon:
    """The program's own icon, the same in every theme."""
    return QIcon(str(resources.path("icons", "facecheck.svg")))
