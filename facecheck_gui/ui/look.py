"""What the application wears now: its theme and icons, and whether things may move."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyle

from facecheck_gui.ui.icons import Icons
from facecheck_gui.ui.theme import Theme, apply, load

_NAMED_IN_STYLE_SHEET = {"chevron": "text", "chevron_up": "text", "tick": "on_accent"}


class Look(QObject):
    """What the application wears now: theme, icons, and whether things may move.

    Handed to every widget that paints for itself; ``changed`` tells it to paint anew.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        choice: str,
        arrows: Path,
        *,
        reduced_motion: bool = False,
    ) -> None:
        """``choice`` is ``auto``, ``light``, ``dark`` or ``contrast``. ``arrows`` is a folder for
        the few tinted icons that a style sheet can name only by path; it is made when the look is
        first worn."""
        super().__init__()
        self._application = application
        self._choice = choice
        self._arrows = arrows
        self._reduced_motion = reduced_motion
        self._theme = load("light")
        self._icons = Icons(self._theme.colour)
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def theme(self) -> Theme:
        """The theme that is worn."""
        return self._theme

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing on the screen may move by itself: chosen here, or in the system."""
        moves = self._application.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration)
        return self._reduced_motion or not moves

    def reduce_motion(self, *, reduced: bool) -> None:
        """Let nothing move by itself from now on, or let it again."""
        self._reduced_motion = reduced
        self.changed.emit()

    def wear(self, choice: str | None = None) -> None:
        """Put on ``auto``, ``light``, ``dark`` or ``contrast``; None puts on the same again."""
        self._choice = choice or self._choice
        self._theme = load(self._named(self._choice))
        self._icons = Icons(self._theme.colour)
        apply(self._application, self._theme, self._saved_icons())
        self.changed.emit()

    def colour(self, token: str) -> QColor:
        """The colour of ``token`` now."""
        return self._theme.colour(token)

    def icon(self, name: str, token: str = "text") -> QIcon:  # noqa: S107 - a colour's name
        """The icon ``name`` in the colour of ``token``; grey where it is disabled."""
        return self._icons.icon(name, token)

    def pixmap(self, name: str, size_px: int, token: str, ratio: float = 1.0) -> QPixmap:
        """The same as a picture of ``size_px`` logical pixels."""
        return self._icons.pixmap(name, size_px, token, ratio)

    def _named(self, choice: str) -> str:
        if choice != "auto":
            return choice
        scheme = self._application.styleHints().colorScheme()
        return "dark" if scheme is Qt.ColorScheme.Dark else "light"

    def _saved_icons(self) -> dict[str, str]:
        folder = self._arrows / self._theme.name
        try:
            return {n: self._icons.save(n, t, folder) for n, t in _NAMED_IN_STYLE_SHEET.items()}
        except OSError:
            # A full or read-only disk costs three little arrows, not the window.
            return dict.fromkeys(_NAMED_IN_STYLE_SHEET, "")

    @Slot()
    def _on_system_changed(self) -> None:
        if self._choice == "auto":
            self.wear()
