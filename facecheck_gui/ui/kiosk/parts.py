"""What the station's pages are put together from: large words, large buttons, a tick."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QSizePolicy, QWidget

from facecheck_gui.ui.kiosk.letters import Sizes, letters
from facecheck_gui.ui.widgets.plain_label import PlainLabel


class Words(PlainLabel):
    """Words that are read from two metres away; wrapped, in the middle."""

    def __init__(self, *, title: bool = False, muted: bool = False) -> None:
        super().__init__(role="muted" if muted else "", wraps=True)
        self._title = title
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)

    def fit(self, sizes: Sizes) -> None:
        """Letters for this screen."""
        self.setFont(letters(sizes.title if self._title else sizes.body, strong=self._title))


class BigButton(QPushButton):
    """A button for a finger; ``primary`` is the one thing to do next, and as wide as the way
    without a face is. ``small`` ones stand beside others."""

    def __init__(
        self, *, primary: bool = False, small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._small = small
        self.setProperty("primary", primary)
        self.setProperty("kiosk", True)  # noqa: FBT003 - Qt's way
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._least_px = 88

    def fit(self, sizes: Sizes) -> None:
        """Letters and height for this screen."""
        self._least_px = sizes.small if self._small else sizes.button
        self.setFont(letters(sizes.body, strong=bool(self.property("primary"))))
        self.setIconSize(QSize(sizes.body, sizes.body))
        self.setMinimumHeight(self._least_px)
        if not self._small:
            self.setFixedWidth(sizes.widest)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return QSize(self.sizeHint().width(), self._least_px)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too: some visitors come with a keyboard."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class BigTick(QCheckBox):
    """Something to agree to."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kiosk", True)  # noqa: FBT003 - Qt's way

    def fit(self, sizes: Sizes) -> None:
        """Letters for this screen."""
        self.setFont(letters(sizes.body))
        self.setMinimumHeight(round(sizes.button * 0.75))
