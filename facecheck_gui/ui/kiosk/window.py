"""The station's window: one page at a time, and at the bottom, always in the same place, the ways
back, to help, and without a face."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.kiosk import KioskRules, Page, Screen, Way
from facecheck_gui.domain.kiosk_events import Event
from facecheck_gui.i18n import Words
from facecheck_gui.ui.kiosk.first_pages import (
    AttractPage,
    LanguagePage,
    NoticePage,
    StationTexts,
)
from facecheck_gui.ui.kiosk.last_pages import EndPage, LookPage, NoFacePage
from facecheck_gui.ui.kiosk.letters import Sizes, sizes_for
from facecheck_gui.ui.kiosk.page import KioskPage
from facecheck_gui.ui.kiosk.parts import BigButton
from facecheck_gui.ui.kiosk.parts import Words as BigWords
from facecheck_gui.ui.kiosk.who_pages import KeypadPage, SearchPage, WhoPage
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.retranslating import Retranslating

_ALONE = {Page.ATTRACT, Page.WELCOME, Page.SIGNED_IN, Page.OUT_OF_ORDER}
"""Pages that have nothing at the bottom."""
_WITHOUT_FACE = {Page.NO_FACE, Page.CODE, Page.CALLED}
_TYPED_KEYS = {
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Shift,
}


class KioskWindow(Retranslating, QWidget):
    """``happened`` carries every event of every page. It cannot be closed, moved or left with a
    key; ``let_close`` is for staff."""

    happened = Signal(object)
    closing_refused = Signal()

    def __init__(self, look: Look, words: Words, rules: KioskRules, texts: StationTexts) -> None:
        super().__init__()
        self._words = words
        self._may_close = False
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.language = LanguagePage(words)
        self.notice = NoticePage(words, texts, rules.asked)
        self.who = WhoPage(look, words, rules.ways)
        self.looking = LookPage(look, words)
        end = EndPage(look, words)
        self._pages: dict[Page, KioskPage] = {
            Page.ATTRACT: AttractPage(look, words, texts),
            Page.LANGUAGE: self.language,
            Page.NOTICE: self.notice,
            Page.WHO: self.who,
            Page.KEYPAD: KeypadPage(look, words, "kiosk.keypad"),
            Page.LOOK: self.looking,
            Page.COMPARING: self.looking,
            Page.NO_FACE: NoFacePage(words),
            Page.CODE: KeypadPage(look, words, "kiosk.code", hidden=True),
            **dict.fromkeys(
                (Page.WELCOME, Page.SEE_STAFF, Page.CALLED, Page.SIGNED_IN, Page.OUT_OF_ORDER), end
            ),
        }
        if Way.SEARCH in rules.ways:
            self._pages[Page.SEARCH] = SearchPage(words)
        self._stack = QStackedWidget()
        self._help = BigWords(muted=True)
        self._no_face = BigButton()
        self._small = {name: BigButton(small=True) for name in ("back", "help", "again")}
        self._bottom = QWidget()
        self._screen = Screen()
        self._sizes = Sizes()
        self._build()
        self._retranslate()
        self.show_screen(self._screen)

    @property
    def page(self) -> KioskPage:
        """What is shown."""
        return self._pages[self._screen.page]

    @property
    def shown(self) -> Page:
        """The name of the page that is shown."""
        return self._screen.page

    def show_screen(self, screen: Screen) -> None:
        """Show this and nothing of what was before."""
        before, self._screen = self._screen, screen
        for page in {id(p): p for p in self._pages.values()}.values():
            if page is not self.page and before.page is not screen.page:
                page.show_screen(Screen(page=_page_of(self._pages, page)))
        self.page.show_screen(screen)
        self._stack.setCurrentWidget(self.page)
        self._bottom.setVisible(screen.page not in _ALONE)
        self._no_face.setVisible(screen.page not in _WITHOUT_FACE)
        self._help.setVisible(screen.help_open)
        self._help.setText(self._words.text(f"kiosk.help.{screen.page.value}"))
        if before.page is not screen.page:
            self.page.setFocus()

    def show_left(self, left: float) -> None:
        """How much of the page's time is left, 1 to 0."""
        self.looking.show_left(left)

    def let_close(self) -> None:
        """Staff end it."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """No key and no window manager closes it."""
        if self._may_close:
            super().closeEvent(event)
        else:
            event.ignore()
            self.closing_refused.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """There is none."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What reaches the window itself is nobody's: no shortcut, no way out."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Shortcuts end here: nothing but typing, and moving between what can be pressed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.ShiftModifier,
                Qt.KeyboardModifier.KeypadModifier,
            }
            typed = event.text().isprintable() and bool(event.text())
            if not plain or not (typed or event.key() in _TYPED_KEYS):
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another screen has other sizes."""
        super().resizeEvent(event)
        sizes = sizes_for(event.size())
        if sizes != self._sizes or event.oldSize().isEmpty():
            self._sizes = sizes
            self._fit()

    def _build(self) -> None:
        for page in {id(p): p for p in self._pages.values()}.values():
            page.happened.connect(self._on_happened)
            self._stack.addWidget(page)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._bottom)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._no_face, 3)
        row = QHBoxLayout()
        for name, button in self._small.items():
            button.setProperty("event", _SMALL[name])
            button.clicked.connect(self._on_small)
            row.addWidget(button, 1)
        self._rows.addLayout(row, 3)
        self._no_face.clicked.connect(self._on_no_face)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._help)
        self._column.addWidget(self._bottom)

    def _fit(self) -> None:
        sizes = self._sizes
        for page in {id(p): p for p in self._pages.values()}.values():
            page.fit(sizes)
        for button in (self._no_face, *self._small.values()):
            button.fit(sizes)
        self._help.fit(sizes)
        across = QBoxLayout.Direction.RightToLeft
        self._rows.setDirection(across if sizes.landscape else QBoxLayout.Direction.TopToBottom)
        self._rows.setSpacing(sizes.margin // 2)
        margin = sizes.margin
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin // 2)

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        self.happened.emit(event)

    @Slot()
    def _on_no_face(self) -> None:
        self.happened.emit(k.NoFaceWanted())

    @Slot()
    def _on_small(self) -> None:
        self.happened.emit(self.sender().property("event"))

    def _retranslate(self) -> None:
        text = self._words.text
        self.setWindowTitle(text("kiosk.window"))
        self._no_face.setText(text("kiosk.no_face"))
        for name, button in self._small.items():
            button.setText(text(f"kiosk.small.{name}"))
        self._help.setText(text(f"kiosk.help.{self._screen.page.value}"))


_SMALL: dict[str, Event] = {
    "back": k.BackWanted(),
    "help": k.HelpToggled(),
    "again": k.StartAgainWanted(),
}


def _page_of(pages: dict[Page, KioskPage], wanted: KioskPage) -> Page:
    return next(name for name, page in pages.items() if page is wanted)
