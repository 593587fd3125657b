"""What a person agrees to, and what was agreed to before: given here, and taken back here."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.i18n import Words
from facecheck_gui.messages import consent_text
from facecheck_gui.records.consents import Consent
from facecheck_gui.ui.theme import TextRole
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel

_SIZE_PX = (640, 680)


class ConsentDialog(QDialog):
    """``given`` carries the purposes and the text that was shown; ``withdrawn`` a consent's id.

    Nothing is ticked when it opens.
    """

    given = Signal(object, str)
    withdrawn = Signal(str)

    def __init__(
        self,
        person: Person,
        words: Words,
        *,
        local: Callable[[datetime], datetime] = lambda moment: moment.astimezone(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._local = words, local
        self._text = consent_text(person.name, words)
        self.setWindowTitle(words.text("consent.title"))
        self.resize(*_SIZE_PX)
        self._ticks = {purpose: QCheckBox(self._purpose(purpose)) for purpose in Purpose}
        self._agree = QPushButton(words.text("consent.agree"))
        self._agree.setProperty("primary", True)  # noqa: FBT003 - Qt's way
        self._book = QGridLayout()
        self._build(person)
        self._on_ticked()

    @property
    def ticked(self) -> frozenset[Purpose]:
        """What is agreed to now."""
        return frozenset(p for p, tick in self._ticks.items() if tick.isChecked())

    def show_consents(self, consents: tuple[Consent, ...]) -> None:
        """What was agreed to so far, the newest first."""
        while (item := self._book.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not consents:
            self._book.addWidget(PlainLabel(self._words.text("consent.none"), role="muted"), 0, 0)
        for row, consent in enumerate(consents):
            self._add_row(row, consent)
        self._book.setColumnStretch(1, 1)
        self._book.setRowStretch(len(consents) + 1, 1)

    def _build(self, person: Person) -> None:
        text = QPlainTextEdit(self._text)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(self._words.text("consent.title"))
        text.setMaximumHeight(220)
        close = QPushButton(self._words.text("dialog.close"))
        close.clicked.connect(self.accept)
        self._agree.clicked.connect(self._on_agreed)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._agree)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        heading = ElidedLabel(f"{person.name} · {person.person_id}")
        heading.set_size(TextRole.TITLE, strong=True)
        layout.addWidget(heading)
        layout.addWidget(text)
        for tick in self._ticks.values():
            tick.toggled.connect(self._on_ticked)
            layout.addWidget(tick)
        layout.addWidget(PlainLabel(self._words.text("consent.so_far"), role="heading"))
        layout.addWidget(self._scrolled(), 1)
        layout.addLayout(buttons)

    def _scrolled(self) -> QScrollArea:
        inner, area = QWidget(), QScrollArea()
        self._book.setContentsMargins(0, 0, 0, 0)
        self._book.setHorizontalSpacing(16)
        self._book.setVerticalSpacing(8)
        inner.setLayout(self._book)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self._words.text("consent.so_far"))
        return area

    def _add_row(self, row: int, consent: Consent) -> None:
        top = Qt.AlignmentFlag.AlignTop
        purposes = [self._purpose(p) for p in Purpose if p in consent.purposes]
        self._book.addWidget(PlainLabel(self._moment(consent.given_at)), row, 0, top)
        self._book.addWidget(PlainLabel("\n".join(purposes), wraps=True), row, 1, top)
        if consent.withdrawn_at is None:
            button = QPushButton(self._words.text("consent.withdraw"))
            button.setAccessibleDescription(self._moment(consent.given_at))
            button.setProperty("consent", consent.consent_id)
            button.clicked.connect(self._on_withdraw)
            self._book.addWidget(button, row, 2, top)
        else:
            said = self._words.text("consent.withdrawn", moment=self._moment(consent.withdrawn_at))
            self._book.addWidget(PlainLabel(said, role="muted"), row, 2, top)

    def _purpose(self, purpose: Purpose) -> str:
        return self._words.text(f"purpose.{purpose.value}")

    def _moment(self, moment: datetime) -> str:
        return self._local(moment).strftime("%Y-%m-%d %H:%M")

    @Slot()
    def _on_ticked(self) -> None:
        self._agree.setEnabled(bool(self.ticked))

    @Slot()
    def _on_agreed(self) -> None:
        purposes = self.ticked
        for tick in self._ticks.values():
            tick.setChecked(False)
        self.given.emit(purposes, self._text)

    @Slot()
    def _on_withdraw(self) -> None:
        self.withdrawn.emit(self.sender().property("consent"))
