"""Controls that keep their value when a page is scrolled over them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QWidget


class _WheelGuard(QObject):
    """Hands the wheel on to what lies below."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A list never turns: its choice may decide who sees a face. A number turns only where the
        keyboard is."""
        if event.type() is not QEvent.Type.Wheel or not isinstance(watched, QWidget):
            return False
        if watched.hasFocus() and not isinstance(watched, QComboBox):
            return False
        event.ignore()
        return True


def keep_calm(control: QWidget) -> None:
    """Let no scroll change ``control`` by accident."""
    control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    control.installEventFilter(_WheelGuard(control))
