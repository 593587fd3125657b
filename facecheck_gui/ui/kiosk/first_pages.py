"""The pages before somebody has agreed: an invitation, a language, the notice."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.kiosk import Screen
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.kiosk.letters import Sizes
from facecheck_gui.ui.kiosk.page import KioskPage
from facecheck_gui.ui.kiosk.parts import BigButton, BigTick
from facecheck_gui.ui.kiosk.parts import Words as BigWords
from facecheck_gui.ui.look import Look


@dataclass(frozen=True, slots=True)
class StationTexts:
    """What the notice says of this station: who runs it, whom to ask, and for how many days what
    is kept; 0 keeps it until consent is taken back."""

    operator: str
    contact: str
    keep_days: int = 0


class AttractPage(KioskPage):
    """The whole page is a button."""

    def __init__(self, look: Look, words: Words, texts: StationTexts) -> None:
        super().__init__(words, "kiosk.attract")
        self._look, self._texts = look, texts
        self._icon, self._operator = BigWords(), BigWords(muted=True)
        self._start = BigButton(primary=True)
        self._icon_px = 160
        self.column.insertStretch(0)
        self.column.insertWidget(1, self._icon)
        self.column.addWidget(self._operator)
        self.column.addStretch()
        self.column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignHCenter)
        self._start.clicked.connect(self._on_touched)
        look.changed.connect(self._draw)
        self._retranslate()

    def fit(self, sizes: Sizes) -> None:
        """The icon too."""
        super().fit(sizes)
        self._icon_px = sizes.icon
        self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere begins."""
        super().mousePressEvent(event)
        self._on_touched()

    @Slot()
    def _on_touched(self) -> None:
        self.tell(k.Touched())

    @Slot()
    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._look.pixmap("person-one", self._icon_px, "accent", ratio))

    def _retranslate(self) -> None:
        super()._retranslate()
        self._operator.setText(self._texts.operator)
        self._start.setText(self._words.text("kiosk.start"))


class LanguagePage(KioskPage):
    """Each language in itself. ``language_chosen`` carries it before the page turns."""

    language_chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__(words, "kiosk.language")
        self._buttons = {language: BigButton(primary=True) for language in Language}
        self.column.insertStretch(0)
        for language, button in self._buttons.items():
            button.setText(_IN_ITSELF[language])
            button.setProperty("language", language)
            button.clicked.connect(self._on_clicked)
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch()
        self._retranslate()

    @Slot()
    def _on_clicked(self) -> None:
        self.language_chosen.emit(self.sender().property("language"))
        self.tell(k.LanguageChosen())


_IN_ITSELF = {Language.ZH: "中文", Language.EN: "English"}


class NoticePage(KioskPage):
    """Who, for what, how, how long, which rights; and each purpose with its own tick, none of them
    ticked."""

    def __init__(self, words: Words, texts: StationTexts, asked: tuple[Purpose, ...]) -> None:
        super().__init__(words, "kiosk.notice")
        self._texts, self._asked = texts, asked
        self._text = BigWords()
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._ticks = {purpose: BigTick() for purpose in asked}
        self._agree = BigButton(primary=True)
        area, inner = QScrollArea(), QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addWidget(self._text)
        inside.addStretch()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(area, 1)
        for purpose, tick in self._ticks.items():
            tick.setProperty("purpose", purpose)
            tick.clicked.connect(self._on_ticked)
            row = QHBoxLayout()
            row.addWidget(tick)
            row.addStretch()
            self.column.addLayout(row)
        self.column.addWidget(self._agree, 0, Qt.AlignmentFlag.AlignHCenter)
        self._agree.clicked.connect(self._on_agreed)
        self._retranslate()

    def show_screen(self, screen: Screen) -> None:
        """What is ticked is what the station knows, not what a button remembers."""
        for purpose, tick in self._ticks.items():
            tick.setChecked(purpose in screen.agreed)
        self._agree.setEnabled(Purpose.COMPARE in screen.agreed)

    @Slot()
    def _on_ticked(self) -> None:
        tick = self.sender()
        if isinstance(tick, BigTick):
            self.tell(k.Ticked(tick.property("purpose"), ticked=tick.isChecked()))

    @Slot()
    def _on_agreed(self) -> None:
        self.tell(k.Agreed())

    def notice_text(self) -> str:
        """All that is read before agreeing; kept as a hash with the consent."""
        return notice_text(self._words.text, self._texts, self._asked)

    def _retranslate(self) -> None:
        super()._retranslate()
        self._text.setText(self.notice_text())
        for purpose, tick in self._ticks.items():
            tick.setText(self._words.text(f"purpose.{purpose.value}"))
        self._agree.setText(self._words.text("kiosk.agree"))


def notice_text(text: Callable[..., str], texts: StationTexts, asked: tuple[Purpose, ...]) -> str:
    """The notice in paragraphs: who, what for, how, how long, which rights."""
    keys = ["kiosk.notice_who", "kiosk.notice_how"]
    if Purpose.SEND_TO_CLOUD in asked:
        keys.append("kiosk.notice_cloud")
    keys.append("kiosk.notice_kept" if Purpose.KEEP_CHECK_IN in asked else "kiosk.notice_not_kept")
    keys.append("kiosk.notice_rights")
    values = {"operator": texts.operator, "contact": texts.contact, "days": texts.keep_days}
    return "\n\n".join(text(key, **values) for key in keys)
