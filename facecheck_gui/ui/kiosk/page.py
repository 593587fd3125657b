"""What every page of the station has: a title, room, and words in the visitor's language."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facecheck_gui.domain.kiosk import Screen
from facecheck_gui.domain.kiosk_events import Event
from facecheck_gui.i18n import Words
from facecheck_gui.ui.kiosk.letters import Sizes
from facecheck_gui.ui.kiosk.parts import BigButton, BigTick
from facecheck_gui.ui.kiosk.parts import Words as BigWords
from facecheck_gui.ui.widgets.retranslating import Retranslating


class KioskPage(Retranslating, QWidget):
    """``happened`` carries an event of ``domain.kiosk_events``. A page keeps nothing of a visitor:
    what it shows comes with ``show_screen`` and is gone with the next."""

    happened = Signal(object)

    def __init__(self, words: Words, title_key: str = "") -> None:
        super().__init__()
        self._words, self._title_key = words, title_key
        self.title, self.said = BigWords(title=True), BigWords()
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.title)
        self.column.addWidget(self.said)
        self.title.setVisible(bool(title_key))
        self.said.hide()

    def fit(self, sizes: Sizes) -> None:
        """Everything on the page in the sizes of this screen."""
        self.column.setSpacing(sizes.margin // 2)
        self.column.setContentsMargins(0, 0, 0, 0)
        for words in self.findChildren(BigWords):
            words.fit(sizes)
        for button in self.findChildren(BigButton):
            button.fit(sizes)
        for tick in self.findChildren(BigTick):
            tick.fit(sizes)

    def show_screen(self, screen: Screen) -> None:
        """Show what belongs to this page of it."""

    def say(self, sentence: str) -> None:
        """A line below the title; "" takes it away."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def tell(self, event: Event) -> None:
        """Something was done on this page."""
        self.happened.emit(event)

    def _retranslate(self) -> None:
        if self._title_key:
            self.title.setText(self._words.text(self._title_key))
