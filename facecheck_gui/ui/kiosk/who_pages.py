"""Who are you: a badge, a number, a name."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.kiosk import Screen, Way, Why
from facecheck_gui.i18n import Words
from facecheck_gui.ui.kiosk.letters import Sizes, letters
from facecheck_gui.ui.kiosk.page import KioskPage
from facecheck_gui.ui.kiosk.parts import BigButton
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.camera_view import CameraView

_ERASE, _ENTER = "erase", "enter"
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", _ERASE, "0", _ENTER)
_MOST_FOUND = 4


class WhoPage(KioskPage):
    """The camera looks for a badge; the other ways of the station stand below."""

    def __init__(self, look: Look, words: Words, ways: frozenset[Way]) -> None:
        super().__init__(words, "kiosk.who" if Way.BADGE in ways else "kiosk.who_no_badge")
        self.view = CameraView(look)
        self._others = {
            way: BigButton(primary=Way.BADGE not in ways, small=True)
            for way in (Way.KEYPAD, Way.SEARCH)
            if way in ways
        }
        self.view.setVisible(Way.BADGE in ways)
        self.column.addWidget(self.view, 1)
        row = QHBoxLayout()
        for way, button in self._others.items():
            button.setProperty("way", way)
            button.clicked.connect(self._on_way)
            row.addWidget(button)
        self.column.addLayout(row)
        if Way.BADGE not in ways:
            self.column.addStretch()
        self._retranslate()

    def show_screen(self, screen: Screen) -> None:
        """What was held up is looked up, or was not known."""
        self.say(_line(self._words, screen))

    @Slot()
    def _on_way(self) -> None:
        self.tell(k.WayChosen(self.sender().property("way")))

    def _retranslate(self) -> None:
        super()._retranslate()
        for way, button in self._others.items():
            button.setText(self._words.text(f"kiosk.way.{way.value}"))


class _Field(QLineEdit):
    """What was typed, large; typed into by the page's own keys and by a keyboard alike."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(32)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setProperty("kiosk", True)  # noqa: FBT003 - Qt's way

    def fit(self, sizes: Sizes) -> None:
        """Letters for this screen."""
        self.setFont(letters(sizes.title))
        self.setMinimumHeight(sizes.button)


class Keypad(QWidget):
    """Ten digits, one key to take one back, one to go on."""

    def __init__(self, look: Look, field: QLineEdit) -> None:
        super().__init__()
        self._field = field
        self._keys = {key: BigButton(primary=key == _ENTER, small=True) for key in _KEYS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for number, (key, button) in enumerate(self._keys.items()):
            if key.isdigit():
                button.setText(key)
            else:
                erases = key == _ERASE
                icon = look.icon("back", "text") if erases else look.icon("check", "on_accent")
                button.setIcon(icon)
            button.setProperty("key", key)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._on_key)
            grid.addWidget(button, number // 3, number % 3)

    def name(self, words: Words) -> None:
        """What the two keys without a digit are called."""
        for key in (_ERASE, _ENTER):
            self._keys[key].setAccessibleName(words.text(f"kiosk.key.{key}"))

    @Slot()
    def _on_key(self) -> None:
        key = self.sender().property("key")
        if key == _ENTER:
            self._field.returnPressed.emit()
        elif key == _ERASE:
            self._field.backspace()
        else:
            self._field.insert(key)


class KeypadPage(KioskPage):
    """A number is typed; for a person's id, and for staff's code, which is not shown."""

    def __init__(self, look: Look, words: Words, title_key: str, *, hidden: bool = False) -> None:
        super().__init__(words, title_key)
        self._field = _Field()
        self._pad = Keypad(look, self._field)
        if hidden:
            self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        words_side = QVBoxLayout()
        for part in (self.title, self.said, self._field):
            words_side.addWidget(part)
        words_side.addStretch()
        self._beside.addLayout(words_side, 1)
        self._beside.addWidget(self._pad, 1)
        self.column.addLayout(self._beside)
        self.column.addStretch()
        self.setFocusProxy(self._field)
        self._field.textEdited.connect(self._on_typed)
        self._field.returnPressed.connect(self._on_entered)
        self._retranslate()

    def fit(self, sizes: Sizes) -> None:
        """The keys beside the words where there is more room to the side."""
        super().fit(sizes)
        self._field.fit(sizes)
        across = QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(across if sizes.landscape else QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(sizes.margin)

    def show_screen(self, screen: Screen) -> None:
        """What was typed, and what came of it."""
        self.say(_line(self._words, screen))
        if self._field.text() != screen.typed:
            self._field.blockSignals(True)  # noqa: FBT003 - shown, not typed
            self._field.setText(screen.typed)
            self._field.blockSignals(False)  # noqa: FBT003

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.tell(k.Typed(text))

    @Slot()
    def _on_entered(self) -> None:
        self.tell(k.Entered())

    def _retranslate(self) -> None:
        super()._retranslate()
        self._field.setAccessibleName(self.title.text())
        self._pad.name(self._words)


class SearchPage(KioskPage):
    """A name is typed on a keyboard; few are offered, and only after three letters of many."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, "kiosk.search")
        self._field = _Field()
        self._found = [BigButton() for _ in range(_MOST_FOUND)]
        self.column.addWidget(self._field)
        rows = QVBoxLayout()
        for button in self._found:
            button.clicked.connect(self._on_chosen)
            rows.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addLayout(rows)
        self.column.addStretch()
        self.setFocusProxy(self._field)
        self._field.textEdited.connect(self._on_typed)
        self._retranslate()

    def fit(self, sizes: Sizes) -> None:
        """The field too."""
        super().fit(sizes)
        self._field.fit(sizes)

    def show_screen(self, screen: Screen) -> None:
        """Those who were found, as plain text."""
        self.say(_line(self._words, screen))
        if self._field.text() != screen.typed:
            self._field.setText(screen.typed)
        people: tuple[Person | None, ...] = (*screen.found, *[None] * _MOST_FOUND)
        for button, person in zip(self._found, people, strict=False):
            button.setVisible(person is not None)
            button.setText(_named(person) if person is not None else "")
            button.setProperty("person_id", person.person_id if person is not None else "")

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.tell(k.Typed(text))

    @Slot()
    def _on_chosen(self) -> None:
        self.tell(k.Chosen(self.sender().property("person_id")))

    def _retranslate(self) -> None:
        super()._retranslate()
        self._field.setAccessibleName(self.title.text())


def _named(person: Person) -> str:
    # An ampersand would underline a letter.
    return "  ·  ".join(p for p in (person.name, person.group) if p).replace("&", "&&")


def _line(words: Words, screen: Screen) -> str:
    if screen.waiting:
        return words.text("kiosk.waiting")
    if screen.why in {Why.NOT_KNOWN, Why.WRONG_CODE} and screen.why is not None:
        return words.text(f"kiosk.why.{screen.why.value}")
    return ""
