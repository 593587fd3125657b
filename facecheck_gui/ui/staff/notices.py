"""The notices above the pictures: one strip, however many there are, so that pictures keep their
room; a button beside it goes from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip
from facecheck_gui.ui.widgets.retranslating import Retranslating


@dataclass(frozen=True, slots=True)
class Notice:
    """Words under ``notice.<key>``; a lasting one stays as long as it holds and cannot be closed.

    ``action`` is the key of the words on its button, which may name the same values; "" for none.
    """

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    lasting: bool = False
    action: str = ""


class Notices(Retranslating, QWidget):
    """Keeps each notice under a name that takes it away again; a new one comes to the front.

    ``action_requested`` carries the name of the notice whose button was pressed.
    """

    action_requested = Signal(str)

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._kept: dict[str, Notice] = {}
        self._front = ""
        self._strip = NoticeStrip(look, closable=True)
        self._next = QPushButton()
        self._next.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._strip, 1)
        layout.addWidget(self._next)
        self._strip.closed.connect(self._on_closed)
        self._strip.action_requested.connect(self._on_action)
        self._next.clicked.connect(self._on_next)
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """All that is said, whether it is in front or not."""
        return [self._sentence(notice) for notice in self._kept.values()]

    def show_notice(self, name: str, notice: Notice) -> None:
        """Say ``notice`` under ``name``, in the place of what was said under it."""
        if self._kept.get(name) != notice:
            self._kept[name] = notice
            self._front = name
            self._retranslate()

    def take_away(self, name: str) -> None:
        """It no longer holds."""
        if self._kept.pop(name, None) is not None:
            if self._front == name:
                self._front = next(iter(self._kept), "")
            self._retranslate()

    def _sentence(self, notice: Notice) -> str:
        return self._words.text(f"notice.{notice.key}", **notice.values)

    def _retranslate(self) -> None:
        self.setVisible(bool(self._kept))
        if not self._kept:
            return
        notice = self._kept[self._front]
        action = self._words.text(notice.action, **notice.values) if notice.action else ""
        self._strip.allow_closing(not notice.lasting)
        self._strip.show_text(self._sentence(notice), self._words.text("dialog.close"), action)
        self._strip.show()
        number = list(self._kept).index(self._front) + 1
        self._next.setText(f"{number} / {len(self._kept)}")
        self._next.setToolTip(self._words.text("notice.next"))
        self._next.setAccessibleName(f"{self._words.text('notice.next')} {self._next.text()}")
        self._next.setVisible(len(self._kept) > 1)

    @Slot()
    def _on_closed(self) -> None:
        self.take_away(self._front)

    @Slot()
    def _on_action(self) -> None:
        self.action_requested.emit(self._front)

    @Slot()
    def _on_next(self) -> None:
        names = list(self._kept)
        self._front = names[(names.index(self._front) + 1) % len(names)]
        self._retranslate()
