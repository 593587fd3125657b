"""The staff window: two pictures, one answer, one thing to do next. It lays out and reports."""

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.icons import application_icon
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.live_panel import LivePanel
from facecheck_gui.ui.staff.notices import Notices
from facecheck_gui.ui.staff.reference_panel import ReferencePanel
from facecheck_gui.ui.staff.top_bar import TopBar
from facecheck_gui.ui.widgets.key_button import KeyButton
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.ui.widgets.verdict_banner import VerdictBanner

_HOME_SIZE, _LEAST_SIZE = (1280, 800), (960, 600)
_MARGIN_PX = 16


class StaffWindow(Retranslating, QMainWindow):
    """Its parts are public: the desk connects them. ``geometry`` remembers size and place."""

    check_requested = Signal()
    cancel_requested = Signal()
    details_requested = Signal()
    next_theme_requested = Signal()

    def __init__(self, look: Look, words: Words, geometry: QSettings) -> None:
        super().__init__()
        self._words, self._geometry = words, geometry
        self._running = False
        self.top_bar = TopBar(look, words)
        self.notices = Notices(look, words)
        self.live = LivePanel(look, words)
        self.reference = ReferencePanel(look, words)
        self.banner = VerdictBanner(look, words)
        self._check = KeyButton(look, primary=True)
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*_LEAST_SIZE)
        self._build()
        self._connect()
        self._retranslate()
        self._restore()

    def _build(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(_MARGIN_PX)
        pictures.addWidget(self.live, 62)
        pictures.addWidget(self.reference, 38)
        body = QVBoxLayout()
        body.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, _MARGIN_PX)
        body.setSpacing(12)
        body.addWidget(self.notices)
        body.addLayout(pictures, 1)
        body.addWidget(self.banner)
        body.addWidget(self._check)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addLayout(body, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self._check.clicked.connect(self._on_check_clicked)
        self.banner.check_again_requested.connect(self.check_requested)
        self.banner.details_requested.connect(self.details_requested)
        for keys, signal in (
            ("Esc", self.cancel_requested),
            ("Ctrl+O", self.reference.open_requested),
            ("Ctrl+V", self.reference.paste_requested),
            ("Ctrl+P", self.reference.person_requested),
            ("Ctrl+T", self.reference.camera_requested),
            ("Ctrl+D", self.details_requested),
            ("Ctrl+H", self.top_bar.history_requested),
            ("Ctrl+R", self.top_bar.roster_requested),
            ("Ctrl+,", self.top_bar.settings_requested),
            ("Ctrl+L", self.top_bar.language_requested),
            ("Ctrl+Shift+T", self.next_theme_requested),
            ("F1", self.top_bar.help_requested),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(signal)
        QShortcut(QKeySequence("F11"), self).activated.connect(self._on_full_screen)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)

    def focus_check(self) -> None:
        """Put the keyboard on Check, so that Space does what the clerk does all day."""
        self._check.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_running(self, running: bool) -> None:  # noqa: FBT001 - a state
        """While a check runs its button ends it."""
        self._running = running
        self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space checks from wherever no control wants it for itself."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and plain:
            if not self._running and not event.isAutoRepeat():
                self.check_requested.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember size and place."""
        self._geometry.setValue("staff/geometry", self.saveGeometry())
        self._geometry.sync()
        super().closeEvent(event)

    def _restore(self) -> None:
        self.resize(*_HOME_SIZE)
        remembered = self._geometry.value("staff/geometry")
        if remembered is not None:
            self.restoreGeometry(remembered)

    @Slot()
    def _on_check_clicked(self) -> None:
        (self.cancel_requested if self._running else self.check_requested).emit()

    @Slot()
    def _on_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def _retranslate(self) -> None:
        name, keys = ("cancel", "Esc") if self._running else ("check", "Space")
        self.setWindowTitle(self._words.text("staff.title"))
        self._check.show_words(self._words.text(f"staff.{name}"), keys)
        self._check.setToolTip(self._words.text(f"staff.{name}_tip"))
