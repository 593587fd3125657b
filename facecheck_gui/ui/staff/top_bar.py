"""Camera, engine, and what is one step away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.camera_picker import CameraPicker
from facecheck_gui.ui.widgets.field import ChoiceField, LabelPlace
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating

_THEMES = ("auto", "light", "dark", "contrast")
_ICONS = {
    "roster": "people",
    "history": "history",
    "language": "language",
    "theme": "theme",
    "help": "keyboard",
    "settings": "settings",
}


class TopBar(Retranslating, QFrame):
    """``theme_chosen`` carries the theme's name."""

    settings_requested = Signal()
    language_requested = Signal()
    help_requested = Signal()
    history_requested = Signal()
    roster_requested = Signal()
    theme_chosen = Signal(str)

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._look, self._words = look, words
        self._camera_label = PlainLabel(role="heading")
        self.cameras = CameraPicker(words)
        self._camera_label.setBuddy(self.cameras)
        self.engine = ChoiceField(
            words, "staff.engine", "engine", tuple(EngineName), label=LabelPlace.BEFORE
        )
        self._settings, self._language = QToolButton(), QToolButton()
        self._theme, self._help = QToolButton(), QToolButton()
        self._history, self._roster = QToolButton(), QToolButton()
        self._buttons = {
            self._roster: "roster",
            self._history: "history",
            self._language: "language",
            self._theme: "theme",
            self._help: "help",
            self._settings: "settings",
        }
        self._theme_menu = QMenu(self)
        self._theme_actions = self._make_theme_actions()
        self._build()
        self._connect()
        self._retranslate()

    def show_theme(self, name: str) -> None:
        """Mark the theme that is worn."""
        self._theme_actions[name].setChecked(True)

    def _make_theme_actions(self) -> dict[str, QAction]:
        group = QActionGroup(self)
        actions = {}
        for name in _THEMES:
            action = QAction(self, checkable=True)
            action.setData(name)
            group.addAction(action)
            self._theme_menu.addAction(action)
            actions[name] = action
        group.triggered.connect(self._on_theme_triggered)
        return actions

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._camera_label)
        layout.addWidget(self.cameras)
        layout.addSpacing(16)
        layout.addWidget(self.engine)
        layout.addStretch()
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIconSize(QSize(20, 20))
            layout.addWidget(button)
        self._theme.setMenu(self._theme_menu)
        self._theme.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        self._settings.clicked.connect(self.settings_requested)
        self._language.clicked.connect(self.language_requested)
        self._help.clicked.connect(self.help_requested)
        self._history.clicked.connect(self.history_requested)
        self._roster.clicked.connect(self.roster_requested)
        self._look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_theme_triggered(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())

    def _on_look_changed(self) -> None:
        for button, name in self._buttons.items():
            button.setIcon(self._look.icon(_ICONS[name]))

    def _retranslate(self) -> None:
        self._camera_label.setText(self._words.text("staff.camera"))
        for button, name in self._buttons.items():
            tip = self._words.text(f"staff.{name}_tip")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        for name, action in self._theme_actions.items():
            action.setText(self._words.text(f"theme.{name}"))
