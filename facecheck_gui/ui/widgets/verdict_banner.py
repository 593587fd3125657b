"""The answer: colour, icon, word, score and threshold, the facts with the margin, the next step."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QRect, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.theme import TextRole
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.ui.widgets.score_bar import ScoreBar, ScoreReading
from facecheck_gui.ui.widgets.verdict_plate import VerdictPlate

_HEIGHT_PX, _SLIDE_MS, _SLIDE_PX = 160, 160, 12
_PLATE_SHARE = 0.53


@dataclass(frozen=True, slots=True)
class BannerContent:
    """A verification in words.

    ``reading`` is None where there is no score; ``cause`` and ``step`` then tell what happened and
    what to do. ``facts`` (margin, engine, time, liveness) stand below the bar.
    """

    verdict: Verdict
    word: str
    facts: str
    reading: ScoreReading | None = None
    score: str = ""
    bar_description: str = ""
    cause: str = ""
    step: str = ""
    may_overrule: bool = False
    """Whether staff may have it compared all the same."""


class VerdictBanner(Retranslating, QFrame):
    """Keeps its height whatever it says, so that nothing else moves when a verdict comes."""

    check_again_requested = Signal()
    check_anyway_requested = Signal()
    details_requested = Signal()

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._look, self._words = look, words
        self._content: BannerContent | None = None
        self._build()
        self._connect()
        self._retranslate()
        self.rest("")

    def _build(self) -> None:
        # The sheet is placed by hand: it slides, and a layout would put it back.
        self._sheet = QWidget(self)
        self._plate = VerdictPlate(self._look)
        self._bar = ScoreBar(self._look)
        self._cause, self._step = ElidedLabel(lines=2), ElidedLabel(lines=2)
        self._cause.set_size(TextRole.BODY, strong=True)
        self._facts = ElidedLabel(role="muted", lines=2)
        self._facts.set_size(TextRole.SMALL)
        self._again, self._details, self._anyway = QPushButton(), QPushButton(), QPushButton()
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._hint = PlainLabel(role="muted", wraps=True, parent=self)
        self._hint.set_size(TextRole.TITLE)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self._facts, 1)
        bottom.addSpacing(8)
        bottom.addWidget(self._details)
        bottom.addWidget(self._anyway)
        bottom.addWidget(self._again)
        right = QVBoxLayout()
        right.setContentsMargins(24, 12, 16, 12)
        right.setSpacing(4)
        right.addStretch()
        for widget in (self._bar, self._cause, self._step):
            right.addWidget(widget)
        right.addStretch()
        right.addLayout(bottom)
        across = QHBoxLayout(self._sheet)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._plate)
        across.addLayout(right, 1)

    def _connect(self) -> None:
        self._again.clicked.connect(self.check_again_requested)
        self._details.clicked.connect(self.details_requested)
        self._anyway.clicked.connect(self.check_anyway_requested)
        self._slide.valueChanged.connect(self._on_slid)
        self._slide.finished.connect(self._on_arrived)
        self._look.changed.connect(self._on_look_changed)

    @property
    def content(self) -> BannerContent | None:
        """The verdict that is shown, if any."""
        return self._content

    @property
    def hint(self) -> str:
        """The quiet words that are shown where there is no verdict."""
        return self._hint.text()

    def rest(self, hint: str) -> None:
        """Before any check, or while one runs: a quiet hint and no colour."""
        self._content = None
        self._stop_sliding()
        self._sheet.hide()
        self._hint.setText(hint)
        self._hint.show()
        self.setAccessibleName(hint)
        self.update()

    def show_content(self, content: BannerContent) -> None:
        """Show a verdict."""
        self._content = content
        self._hint.setText("")
        self._hint.hide()
        self._plate.show_verdict(content.verdict, content.word, content.score)
        self._plate.setFixedWidth(self._plate.width_within(round(self.width() * _PLATE_SHARE)))
        self._bar.setVisible(content.reading is not None)
        self._bar.show_reading(content.reading, "text", content.bar_description)
        for label, text in ((self._cause, content.cause), (self._step, content.step)):
            label.show_text(text)
            label.setVisible(bool(text))
        self._anyway.setVisible(content.may_overrule)
        self._facts.show_text(_well_broken(content.facts))
        spoken = (content.word, content.score, content.cause, content.step)
        told = [part.rstrip(".。") for part in (*spoken, content.facts) if part]
        self.setAccessibleName(". ".join(told))
        self._sheet.show()
        self.update()
        self._appear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet fills the banner; a narrow banner gives the word less room."""
        super().resizeEvent(event)
        self._hint.setGeometry(self.rect().adjusted(24, 8, -24, -8))
        self._sheet.setGeometry(self.rect())
        if self._content is not None:
            self._plate.setFixedWidth(self._plate.width_within(round(self.width() * _PLATE_SHARE)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The card that everything lies on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._look.theme
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("surface"))
        card = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawPath(painting.rounded(card))

    def _appear(self) -> None:
        self._stop_sliding()
        if self._look.reduced_motion or not self.isVisible():
            return
        effect = QGraphicsOpacityEffect(self._sheet)
        effect.setOpacity(0.0)
        self._sheet.setGraphicsEffect(effect)
        self._slide.start()

    def _stop_sliding(self) -> None:
        self._slide.stop()
        self._on_arrived()

    @Slot(object)
    def _on_slid(self, share: float) -> None:
        effect = self._sheet.graphicsEffect()
        if isinstance(effect, QGraphicsOpacityEffect):
            effect.setOpacity(share)
        place = QRect(self.rect())
        place.translate(0, round(_SLIDE_PX * (1 - share)))
        self._sheet.setGeometry(place)

    @Slot()
    def _on_arrived(self) -> None:
        self._sheet.setGraphicsEffect(None)  # type: ignore[arg-type]
        self._sheet.setGeometry(self.rect())

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()

    def _retranslate(self) -> None:
        self._again.setText(self._words.text("staff.check_again"))
        self._details.setText(self._words.text("staff.details"))
        self._anyway.setText(self._words.text("staff.check_anyway"))


def _well_broken(facts: str) -> str:
    """A line may end with the dot between two facts but not begin with it, and a number keeps its
    unit."""
    kept = facts.replace(" · ", "\N{NO-BREAK SPACE}· ")
    return re.sub(r"(\d) (?=\w)", "\\1\N{NO-BREAK SPACE}", kept)
