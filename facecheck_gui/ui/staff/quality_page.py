"""How good both pictures of a check are, side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.flows.review import Review
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.quality_bars import QualityBars
from facecheck_gui.ui.widgets.quality_text import quality_bars


class _Column(QWidget):
    """One picture: its name, a line where there is nothing to show, its bars."""

    def __init__(self, name: str, look: Look, words: Words) -> None:
        super().__init__()
        self._name, self._words = name, words
        self._note = PlainLabel(words.text("details.measuring"), role="muted", wraps=True)
        self._bars = QualityBars(look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(name, role="heading"))
        layout.addWidget(self._note)
        layout.addWidget(self._bars)
        layout.addStretch()

    @property
    def lines(self) -> list[str]:
        """What is shown, as text."""
        bars = [bar.description for bar in self._bars.bars]
        return [f"{self._name}:", *bars] if bars else []

    def show_report(self, report: QualityReport | None) -> None:
        """The bars, or that nothing could be measured."""
        self._note.setVisible(report is None)
        if report is None:
            self._note.setText(self._words.text("details.nothing_to_measure"))
        else:
            self._bars.show_bars(quality_bars(report, self._words))

    def show_trouble(self, sentence: str) -> None:
        """Why nothing was measured."""
        self._note.setText(sentence)


class QualityPage(QScrollArea):
    """Two columns of bars, the poor ones first. They come when they were measured."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._columns = tuple(
            _Column(words.text(f"details.{side}"), look, words) for side in ("probe", "reference")
        )
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        for column in self._columns:
            layout.addWidget(column, 1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.text("details.quality"))

    @property
    def lines(self) -> list[str]:
        """What is shown, as text; empty before it was measured."""
        return [line for column in self._columns for line in column.lines]

    def show_review(self, review: Review) -> None:
        """Both reports."""
        for column, report in zip(self._columns, (review.probe, review.reference), strict=True):
            column.show_report(report)

    def show_trouble(self, sentence: str) -> None:
        """Why nothing was measured, a sentence."""
        for column in self._columns:
            column.show_trouble(sentence)
