"""Everything about one check: both pictures side by side, the numbers, how good the pictures are,
the raw answer."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui import messages
from facecheck_gui.domain.comparison import Verification
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.flows.review import Review, Reviewer
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.quality_page import QualityPage
from facecheck_gui.ui.staff.verdict_text import raw_text, rows
from facecheck_gui.ui.widgets.face_crop import FaceCrop
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_SIZE_PX = (1060, 700)


class DetailsDialog(QDialog):
    """Shows one verification; what is copied is text without pictures.

    The pictures are measured again on ``lane`` while the dialog is open.
    """

    def __init__(
        self,
        verification: Verification,
        look: Look,
        words: Words,
        *,
        reviewer: Reviewer,
        lane: Lane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._verification, self._look, self._words = verification, look, words
        self._rows = rows(verification, words)
        self._findings = [messages.describe(f, words) for f in verification.findings]
        self.setWindowTitle(words.text("details.title"))
        self.resize(*_SIZE_PX)
        self._quality = QualityPage(look, words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(self._tabs(), 1)
        layout.addLayout(self._buttons())
        self._review = Task(lambda token: reviewer.review(verification, token))
        self._review.succeeded.connect(self._on_reviewed)
        self._review.failed.connect(self._on_review_failed)
        self.finished.connect(self._review.cancel)
        lane.submit(self._review)

    @property
    def text(self) -> str:
        """What the copy button copies."""
        lines = [f"{name}: {value}" for name, value in self._rows]
        lines += [self._words.text("details.findings") + ":", *self._findings]
        lines += ["", *self._quality.lines] if self._quality.lines else []
        return "\n".join([*lines, "", raw_text(self._verification)]).strip()

    @property
    def quality(self) -> QualityPage:
        """The page about the pictures."""
        return self._quality

    def _tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(self._words.text("details.title"))
        tabs.addTab(self._check(), self._words.text("details.check"))
        tabs.addTab(self._quality, self._words.text("details.quality"))
        tabs.addTab(self._raw(), self._words.text("details.raw"))
        return tabs

    def _buttons(self) -> QHBoxLayout:
        self._copy = QPushButton(self._look.icon("copy"), self._words.text("dialog.copy"))
        self._copy.clicked.connect(self._on_copy)
        close = QPushButton(self._words.text("dialog.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._copy)
        buttons.addWidget(close)
        return buttons

    def _check(self) -> QWidget:
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(8, 16, 8, 8)
        layout.setSpacing(24)
        layout.addLayout(self._pictures())
        layout.addLayout(self._numbers(), 1)
        return page

    def _pictures(self) -> QGridLayout:
        comparison, request = self._verification.comparison, self._verification.request
        reference = request.reference.source
        if comparison is not None and comparison.reference_index > 0:
            reference = request.reference.also[comparison.reference_index - 1]
        sides = (
            ("probe", request.probe.source, comparison.probe_face if comparison else None),
            ("reference", reference, comparison.reference_face if comparison else None),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for column, (key, source, face) in enumerate(sides):
            name = self._words.text(f"details.{key}")
            nothing = self._words.text("details.no_picture")
            grid.addWidget(PlainLabel(name, role="heading"), 0, column)
            grid.addWidget(FaceCrop(source, face, self._look, nothing, name), 1, column)
        grid.setRowStretch(2, 1)
        return grid

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for row, (name, value) in enumerate(self._rows):
            grid.addWidget(PlainLabel(name, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            label = PlainLabel(value, wraps=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 1)
        row = len(self._rows)
        name = self._words.text("details.findings")
        grid.addWidget(PlainLabel(name, role="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        found = "\n".join(self._findings) or self._words.text("details.none")
        grid.addWidget(PlainLabel(found, wraps=True), row, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(row + 1, 1)
        return grid

    def _raw(self) -> QPlainTextEdit:
        raw = QPlainTextEdit(raw_text(self._verification))
        raw.setReadOnly(True)
        raw.setTabChangesFocus(True)
        raw.setAccessibleName(self._words.text("details.raw"))
        return raw

    @Slot(object)
    def _on_reviewed(self, review: Review) -> None:
        self._quality.show_review(review)

    @Slot(object)
    def _on_review_failed(self, error: FaceCheckError) -> None:
        if not isinstance(error, Cancelled):
            self._quality.show_trouble(messages.explain(error, self._words).sentence)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._copy.setText(self._words.text("dialog.copied"))
