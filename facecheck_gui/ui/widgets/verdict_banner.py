"""The answer: colour and icon and word and score and threshold and margin, and what to do next."""

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.i18n import Words
from facecheck_gui.ui.theme import Look, tabular
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating, restyle
from facecheck_gui.ui.widgets.score_bar import ScoreBar, ScoreReading

_ICON_PX, _HEIGHT_PX, _SLIDE_MS = 64, 176, 160


@dataclass(frozen=True, slots=True)
class BannerContent:
    """A verification in words. ``reading`` is None where there is no score; ``cause`` and ``step``
    then tell what happened and what to do."""

    verdict: Verdict
    word: str
    facts: str
    reading: ScoreReading | None = None
    score: str = ""
    bar_description: str = ""
    cause: str = ""
    step: str = ""


class VerdictBanner(Retranslating, QFrame):
    """Keeps its height whatever it says, so that nothing else moves when a verdict comes."""

    check_again_requested = Signal()
    details_requested = Signal()

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("verdictBanner")
        self.setProperty("verdict", "")
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look, self._words = look, words
        self._content: BannerContent | None = None
        self._hint = ""
        self._build()
        self._fade = QPropertyAnimation(self)
        look.changed.connect(self._on_look_changed)
        self._retranslate()
        self.rest("")

    def _build(self) -> None:
        self._icon = PlainLabel()
        self._icon.setFixedSize(_ICON_PX, _ICON_PX)
        self._word, self._score = PlainLabel(), PlainLabel()
        self._word.setObjectName("word")
        self._score.setObjectName("score")
        self._score.setFont(tabular(self._score.font()))
        self._bar = ScoreBar(self._look)
        self._cause, self._step = PlainLabel(wraps=True), PlainLabel(wraps=True)
        self._cause.setObjectName("cause")
        self._step.setObjectName("step")
        self._facts = ElidedLabel()
        self._again, self._details = QPushButton(), QPushButton()
        self._again.clicked.connect(self.check_again_requested)
        self._details.clicked.connect(self.details_requested)

        reason = QWidget()
        lines = QVBoxLayout(reason)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        lines.addStretch()
        lines.addWidget(self._cause)
        lines.addWidget(self._step)
        lines.addStretch()
        numbers = QWidget()
        row = QHBoxLayout(numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._score)
        row.addWidget(self._bar, 1)
        self._middle = QStackedLayout()
        self._middle.addWidget(reason)
        self._middle.addWidget(numbers)

        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._icon)
        top.addWidget(self._word)
        top.addLayout(self._middle, 1)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self._facts, 1)
        bottom.addWidget(self._details)
        bottom.addWidget(self._again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 16, 14)
        layout.setSpacing(8)
        layout.addLayout(top, 1)
        layout.addLayout(bottom)

    @property
    def content(self) -> BannerContent | None:
        """The verdict that is shown, if any."""
        return self._content

    def rest(self, hint: str) -> None:
        """Before any check, or while one runs: a quiet hint and no colour."""
        self._content, self._hint = None, hint
        self._cause.setText(hint)
        self._facts.show_text("")
        self._arrange("", numbers=False, spoken=hint)

    def show_content(self, content: BannerContent) -> None:
        """Show a verdict."""
        self._content = content
        self._word.setText(content.word)
        self._facts.show_text(content.facts)
        self._score.setText(content.score)
        self._cause.setText(content.cause)
        self._step.setText(content.step)
        ink = f"on_{content.verdict.value}"
        self._bar.show_reading(content.reading, ink, content.bar_description)
        spoken = (content.word, content.score, content.cause, content.step, content.facts)
        self._arrange(
            content.verdict.value,
            numbers=content.reading is not None,
            spoken=". ".join(part for part in spoken if part),
        )
        self._appear()

    def _arrange(self, verdict: str, *, numbers: bool, spoken: str) -> None:
        told = bool(verdict)
        for widget in (self._icon, self._word, self._again, self._details, self._step):
            widget.setVisible(told)
        self._cause.setAlignment(
            Qt.AlignmentFlag.AlignLeft if told else Qt.AlignmentFlag.AlignCenter
        )
        self._middle.setCurrentIndex(1 if numbers else 0)
        self.setProperty("verdict", verdict)
        self.setAccessibleName(spoken)
        self._on_look_changed()
        restyle(self)

    def _appear(self) -> None:
        if not self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            return
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(_SLIDE_MS)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._on_appeared)
        self._fade.start()

    @Slot()
    def _on_appeared(self) -> None:
        self.setGraphicsEffect(None)  # type: ignore[arg-type]

    @Slot()
    def _on_look_changed(self) -> None:
        if self._content is not None:
            verdict = self._content.verdict.value
            ratio = self.devicePixelRatioF()
            self._icon.setPixmap(self._look.pixmap(verdict, _ICON_PX, f"on_{verdict}", ratio))

    def _retranslate(self) -> None:
        self._again.setText(self._words.text("staff.check_again"))
        self._details.setText(self._words.text("staff.details"))
