"""Everything about one check: both pictures side by side, the numbers, the raw answer."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui import messages
from facecheck_gui.domain.comparison import Verification
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import ImageSource, Picture
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.verdict_text import raw_text, rows
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_SIZE_PX = (1060, 700)
_FACE_SIZE_PX = QSize(260, 320)
# Where the eyes stand in the shown part, and how many eye distances it is wide.
_EYE_LINE, _WIDTH_IN_EYES = 0.42, 3.2


class FaceCrop(QWidget):
    """One side's face, upright at the same size and eye line as the other's, so that eyes can
    compare; all of the picture where no face is known."""

    def __init__(
        self, source: ImageSource, face: Face | None, look: Look, nothing: str, name: str
    ) -> None:
        super().__init__()
        self._look, self._nothing = look, nothing
        self._image = painting.image_of(source.pixels) if isinstance(source, Picture) else None
        self._face = face
        self.setFixedSize(_FACE_SIZE_PX)
        self.setAccessibleName(name)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The part of the picture around the eyes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        painter.setClipPath(painting.rounded(area))
        painter.fillRect(area, self._look.colour("sunken"))
        if self._image is None:
            painter.setPen(self._look.colour("muted"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._nothing)
        elif self._face is None:
            size = self._image.size()
            painter.drawImage(painting.contained(size.width(), size.height(), area), self._image)
        else:
            painter.drawImage(area, self._image, _around_eyes(self._face, self._image, area))


def _around_eyes(face: Face, image: QImage, area: QRectF) -> QRectF:
    marks = face.landmarks
    right = [(a + b) / 2 for a, b in zip(marks.right_eye_outer, marks.right_eye_inner, strict=True)]
    left = [(a + b) / 2 for a, b in zip(marks.left_eye_outer, marks.left_eye_inner, strict=True)]
    distance = max(1.0, ((left[0] - right[0]) ** 2 + (left[1] - right[1]) ** 2) ** 0.5)
    width = min(distance * _WIDTH_IN_EYES, float(image.width()))
    height = width * area.height() / area.width()
    middle_x, middle_y = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    return QRectF(middle_x - width / 2, middle_y - height * _EYE_LINE, width, height)


class DetailsDialog(QDialog):
    """Shows one verification; what is copied is text without pictures."""

    def __init__(
        self, verification: Verification, look: Look, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._verification, self._words = verification, words
        self._rows = rows(verification, words)
        self._findings = [messages.describe(f, words) for f in verification.findings]
        self.setWindowTitle(words.text("details.title"))
        self.resize(*_SIZE_PX)
        self._copy = QPushButton(look.icon("copy"), words.text("dialog.copy"))
        self._copy.clicked.connect(self._on_copy)
        close = QPushButton(words.text("dialog.close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._copy)
        buttons.addWidget(close)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addLayout(self._pictures(look))
        top.addLayout(self._numbers(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(top)
        layout.addWidget(PlainLabel(words.text("details.raw"), role="heading"))
        layout.addWidget(self._raw(), 1)
        layout.addLayout(buttons)

    @property
    def text(self) -> str:
        """What the copy button copies."""
        lines = [f"{name}: {value}" for name, value in self._rows]
        lines += [self._words.text("details.findings") + ":", *self._findings]
        return "\n".join([*lines, "", raw_text(self._verification)]).strip()

    def _pictures(self, look: Look) -> QGridLayout:
        comparison, request = self._verification.comparison, self._verification.request
        sides = (
            ("probe", request.probe, comparison.probe_face if comparison else None),
            ("reference", request.reference, comparison.reference_face if comparison else None),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for column, (key, side, face) in enumerate(sides):
            name = self._words.text(f"details.{key}")
            nothing = self._words.text("details.no_picture")
            grid.addWidget(PlainLabel(name, role="heading"), 0, column)
            grid.addWidget(FaceCrop(side.source, face, look, nothing, name), 1, column)
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
        raw.setMinimumHeight(80)
        raw.setAccessibleName(self._words.text("details.raw"))
        return raw

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self._copy.setText(self._words.text("dialog.copied"))
