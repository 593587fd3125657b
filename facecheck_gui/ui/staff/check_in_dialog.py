"""Everything that was written down of one check."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import ComparisonScore
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import cause_text
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff import check_in_text
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.score_bar import ScoreBar, ScoreReading
from facecheck_gui.ui.widgets.verdict_plate import VerdictPlate

_SIZE_PX = (720, 640)
_PLATE_PX = (112, 400)


class CheckInDialog(QDialog):
    """Plain text, all of which can be copied. ``person_wanted`` carries the person of whom all
    checks are wanted."""

    person_wanted = Signal(object)

    def __init__(
        self,
        check_in: CheckIn,
        look: Look,
        words: Words,
        days: LocalDays,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._check_in, self._look, self._words = check_in, look, words
        self._text = check_in_text.as_text(check_in, words, days)
        self.setWindowTitle(words.text("details.title"))
        self.resize(*_SIZE_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(self._head())
        layout.addWidget(self._numbers(check_in_text.rows(check_in, words, days)), 1)
        layout.addLayout(self._buttons())

    @property
    def text(self) -> str:
        """What the copy button copies."""
        return self._text

    def _head(self) -> QFrame:
        plate = VerdictPlate(self._look)
        word = check_in_text.verdict_word(self._check_in, self._words)
        score = check_in_text.score(self._check_in)
        plate.show_verdict(check_in_text.verdict_of(self._check_in), word, score)
        plate.setAccessibleName(word)
        plate.setFixedHeight(_PLATE_PX[0])
        plate.setFixedWidth(plate.width_within(_PLATE_PX[1]))
        card = QFrame()
        card.setProperty("card", True)  # noqa: FBT003 - Qt's way
        row = QHBoxLayout(card)
        row.setContentsMargins(0, 0, 20, 0)
        row.setSpacing(20)
        row.addWidget(plate)
        ending = self._check_in.ending
        if ending is None or ending.score is None:
            cause = cause_text(ending, self._words) if ending is not None else ""
            row.addWidget(PlainLabel(cause, wraps=True), 1)
            return card
        bar, threshold = ScoreBar(self._look), self._check_in.intent.threshold
        described = self._words.text(
            "staff.score_described", score=score, threshold=f"{threshold.score:g}"
        )
        reading = ScoreReading(ComparisonScore(ending.score), threshold)
        bar.show_reading(reading, "text", described)
        row.addWidget(bar, 1)
        return card

    def _numbers(self, rows: list[tuple[str, str]]) -> QScrollArea:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(4, 4, 12, 4)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        for row, (name, value) in enumerate(rows):
            grid.addWidget(PlainLabel(name, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            label = PlainLabel(value, wraps=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(rows), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(page)
        area.setAccessibleName(self._words.text("details.title"))
        return area

    def _buttons(self) -> QHBoxLayout:
        self._copy = QPushButton(self._look.icon("copy"), self._words.text("dialog.copy"))
        self._copy.clicked.connect(self._on_copy)
        person = QPushButton(self._words.text("history.of_person"))
        person.setVisible(self._check_in.intent.subject is not None)
        person.clicked.connect(self._on_person)
        close = QPushButton(self._words.text("dialog.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        close.setFocus()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(person)
        buttons.addStretch()
        buttons.addWidget(self._copy)
        buttons.addWidget(close)
        return buttons

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.setText(self._words.text("dialog.copied"))

    @Slot()
    def _on_person(self) -> None:
        self.person_wanted.emit(self._check_in.intent.subject)
        self.accept()
