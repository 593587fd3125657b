"""Looking at the camera, what came of it, and the ways without a face."""

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.kiosk import Page, Screen
from facecheck_gui.i18n import Words
from facecheck_gui.ui.kiosk.letters import Sizes, letters
from facecheck_gui.ui.kiosk.page import KioskPage
from facecheck_gui.ui.kiosk.parts import BigButton
from facecheck_gui.ui.kiosk.parts import Words as BigWords
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.camera_view import CameraView


class LookPage(KioskPage):
    """The live picture, as large as it can be; guidance stands over it. A line shows how much time
    is left."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(words, "kiosk.look")
        self.view = CameraView(look)
        self._left = QProgressBar()
        self._left.setRange(0, 1000)
        self._left.setTextVisible(False)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self._left)
        self._retranslate()

    def show_screen(self, screen: Screen) -> None:
        """While it is compared nothing is asked any more."""
        key = "kiosk.comparing" if screen.page is Page.COMPARING else "kiosk.look"
        self.title.setText(self._words.text(key))

    def show_left(self, left: float) -> None:
        """1 to 0 of the time."""
        self._left.setValue(round(left * 1000))

    def _retranslate(self) -> None:
        super()._retranslate()
        self._left.setAccessibleName(self._words.text("kiosk.time_left"))


_ENDS = {
    Page.WELCOME: (Verdict.MATCH, "match"),
    Page.SIGNED_IN: (Verdict.NOT_CHECKED, "tick"),
    Page.SEE_STAFF: (Verdict.UNSURE, "people"),
    Page.CALLED: (Verdict.UNSURE, "people"),
    Page.OUT_OF_ORDER: (Verdict.NOT_CHECKED, "not_checked"),
}


class EndPage(KioskPage):
    """Colour fills the page, with an icon and a word; no number. Whatever the reason was, who is
    not let in sees the same page: what an attack looks like is for staff."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__(words)
        self._look = look
        self._screen = Screen(page=Page.OUT_OF_ORDER)
        self._sizes = Sizes()
        self._icon = BigWords()
        self.title.show()
        self.column.insertStretch(0)
        self.column.insertWidget(1, self._icon)
        self.column.addStretch()
        look.changed.connect(self._draw)
        self._retranslate()

    @property
    def colour(self) -> QColor:
        """What fills the page."""
        return self._look.theme.verdict(self._kind).ground

    @property
    def _kind(self) -> Verdict:
        return _ENDS[self._screen.page][0]

    def fit(self, sizes: Sizes) -> None:
        """The word is larger than any title."""
        super().fit(sizes)
        self._sizes = sizes
        self.title.setFont(letters(sizes.verdict, strong=True))
        self.said.setFont(letters(round(sizes.title * 0.8)))
        self._draw()

    def show_screen(self, screen: Screen) -> None:
        """Which end it is."""
        self._screen = screen
        self._retranslate()
        self._draw()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The colour, to the edges of the page."""
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), self.colour)

    @Slot()
    def _draw(self) -> None:
        colours = self._look.theme.verdict(self._kind)
        name = _ENDS[self._screen.page][1]
        token = f"on_{self._kind.value}"
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._look.pixmap(name, self._sizes.icon, token, ratio))
        for label in (self.title, self.said):
            painting.ink(label, colours.on_ground)
        self.update()

    def _retranslate(self) -> None:
        text, screen = self._words.text, self._screen
        self.title.setText(text(f"kiosk.end.{screen.page.value}"))
        name = screen.subject.name if screen.subject is not None else ""
        if screen.page is Page.WELCOME:
            key = "kiosk.welcome_again" if screen.again else "kiosk.welcome_name"
            self.say(text(key, name=name))
        else:
            self.say(text(f"kiosk.step.{screen.page.value}"))


class NoFacePage(KioskPage):
    """Two ways without a face, one as easy as the other; why one is here stands above."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, "kiosk.no_face_title")
        self._code, self._call = BigButton(primary=True), BigButton(primary=True)
        self.column.insertStretch(0)
        self.column.addWidget(self._code, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self._call, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch()
        self._code.clicked.connect(self._on_code)
        self._call.clicked.connect(self._on_call)
        self._retranslate()

    def show_screen(self, screen: Screen) -> None:
        """Why the camera's way ended, where it did."""
        why = screen.why
        self.say(self._words.text(f"kiosk.why.{why.value}") if why is not None else "")

    @Slot()
    def _on_code(self) -> None:
        self.tell(k.CodeWanted())

    @Slot()
    def _on_call(self) -> None:
        self.tell(k.StaffWanted())

    def _retranslate(self) -> None:
        super()._retranslate()
        self._code.setText(self._words.text("kiosk.have_code"))
        self._call.setText(self._words.text("kiosk.call_staff"))
