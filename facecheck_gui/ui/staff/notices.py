"""The lasting notices above the pictures, one strip each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip
from facecheck_gui.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True, slots=True)
class Notice:
    """Words under ``notice.<key>``; a lasting one stays as long as it holds and cannot be closed.

    ``action`` is the key of the words on its button, "" for none.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    lasting: bool = False
    action: str = ""


class Notices(Retranslating, QWidget):
    """Shows each notice once, under a name that takes it away again."""

    action_requested = Signal(str)

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._words = look, words
        self._shown: dict[str, tuple[Notice, NoticeStrip]] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What is shown, from top to bottom."""
        return [strip.sentence for _, strip in self._shown.values()]

    def show_notice(self, name: str, notice: Notice) -> None:
        """Show ``notice`` under ``name``, in the place of what was shown under it."""
        if name in self._shown and self._shown[name][0] == notice:
            return
        self.take_away(name)
        strip = NoticeStrip(self._look, closable=not notice.lasting)
        strip.setProperty("noticeName", name)
        strip.closed.connect(self._on_closed)
        strip.action_requested.connect(self._on_action)
        self._shown[name] = (notice, strip)
        self._layout.addWidget(strip)
        self._speak(notice, strip)
        strip.show()
        self.show()

    def take_away(self, name: str) -> None:
        """It no longer holds."""
        if name in self._shown:
            _, strip = self._shown.pop(name)
            self._layout.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._shown))

    def _speak(self, notice: Notice, strip: NoticeStrip) -> None:
        action = self._words.text(notice.action) if notice.action else ""
        sentence = self._words.text(f"notice.{notice.key}", **notice.values)
        strip.show_text(sentence, self._words.text("dialog.close"), action)

    def _on_closed(self) -> None:
        self.take_away(self.sender().property("noticeName"))

    def _on_action(self) -> None:
        self.action_requested.emit(self.sender().property("noticeName"))

    def _retranslate(self) -> None:
        for notice, strip in self._shown.values():
            self._speak(notice, strip)
