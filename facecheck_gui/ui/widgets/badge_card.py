"""A badge as it is shown, saved and printed: a card of 85.6 x 54 mm (ISO/IEC 7810 ID-1)."""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.theme import TextRole, font
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.plain_label import broken_lines

SIZE_MM = QSizeF(85.6, 54.0)
_SHOWN_PX = QSize(514, 324)
# In millimetres on the card.
_EDGE, _CODE, _PHOTO = 5.0, 42.0, QSizeF(18.0, 22.5)
_BESIDE = 2.0  # the code brings its own light zone
_NAME_MM, _TEXT_MM, _CORNER_MM = 4.8, 3.6, 3.0
_QUIET_MODULES = 4
# Printed: ink on paper, whatever the theme.
_INK, _PAPER = QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.white)
_MUTED = QColor(Qt.GlobalColor.darkGray)


@dataclass(frozen=True, slots=True, eq=False)
class BadgeContent:
    """What stands on a badge; ``modules`` are the code's, rows of dark and light."""

    name: str
    person_id: str
    group: str
    modules: tuple[tuple[bool, ...], ...]
    photo: Pixels | None = None


def paint_badge(painter: QPainter, area: QRectF, content: BadgeContent) -> None:
    """The badge into ``area``, whatever the theme: paper is white."""
    painter.save()
    painter.translate(area.topLeft())
    scale = area.width() / SIZE_MM.width()
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    card = QRectF(QPointF(0, 0), SIZE_MM)
    painter.setPen(QPen(_MUTED, 0.2))
    painter.setBrush(_PAPER)
    half = 0.1
    painter.drawPath(painting.rounded(card.marginsRemoved(_even(half)), _CORNER_MM))
    code = QRectF(SIZE_MM.width() - _BESIDE - _CODE, (SIZE_MM.height() - _CODE) / 2, _CODE, _CODE)
    _paint_code(painter, code, content.modules)
    beside = QRectF(_EDGE, _EDGE, code.left() - _EDGE, card.height() - 1.5 * _EDGE)
    _paint_words(painter, beside, content)
    painter.restore()


def _even(margin: float) -> QMarginsF:
    return QMarginsF(margin, margin, margin, margin)


def _paint_code(painter: QPainter, area: QRectF, modules: tuple[tuple[bool, ...], ...]) -> None:
    """Sharp squares, with the light zone that readers need around them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # noqa: FBT003 - Qt's way
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK)
    side = area.width() / (len(modules) + 2 * _QUIET_MODULES)
    for row, line in enumerate(modules):
        start: int | None = None
        for column, dark in enumerate((*line, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left = area.left() + (start + _QUIET_MODULES) * side
                top = area.top() + (row + _QUIET_MODULES) * side
                # A little more, so that no light line shows between two.
                painter.drawRect(QRectF(left, top, (column - start) * side, side * 1.02))
                start = None
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)  # noqa: FBT003


def _paint_words(painter: QPainter, area: QRectF, content: BadgeContent) -> None:
    top = area.top()
    if content.photo is not None:
        place = QRectF(area.topLeft(), _PHOTO)
        image = painting.image_of(content.photo)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image, painting.covering(image, place))
        top = place.bottom() + 2.0
    lines = (
        (_Lines(content.name, _letters(_NAME_MM, strong=True), 2), _INK),
        (_Lines(content.person_id, _letters(_TEXT_MM), 1), _INK),
        (_Lines(content.group, _letters(_TEXT_MM), 1), _MUTED),
    )
    for line, ink in lines:
        # What finds no room is left out, not cut: the code says the same.
        if line.text and top + _TEXT_MM * 1.4 <= area.bottom():
            painter.setPen(ink)
            top = _paint_lines(painter, line, area, top) + 0.8


def _letters(height_mm: float, *, strong: bool = False) -> QFont:
    made = QFont(font(TextRole.BODY, strong=strong))
    # Letters are laid out at a hundred times their size: fonts know whole pixels only.
    made.setPixelSize(round(height_mm * 100))
    return made


@dataclass(frozen=True, slots=True)
class _Lines:
    """A text in ``letters``, in at most so many lines."""

    text: str
    letters: QFont
    most: int


def _paint_lines(painter: QPainter, lines: _Lines, area: QRectF, top: float) -> float:
    """The text from ``top`` on; where it ends."""
    painter.save()
    painter.setFont(lines.letters)
    painter.translate(area.left(), top)
    painter.scale(0.01, 0.01)
    step = QFontMetricsF(lines.letters).lineSpacing()
    broken = broken_lines(lines.text, lines.letters, round(area.width() * 100), lines.most)
    for number, line in enumerate(broken):
        room = QRectF(0, number * step, area.width() * 100, step)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line)
    painter.restore()
    return top + len(broken) * step / 100


class BadgeCard(QWidget):
    """The badge on the screen."""

    def __init__(self, content: BadgeContent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.setFixedSize(_SHOWN_PX)
        self.setAccessibleName(f"{content.name} {content.person_id}".strip())

    def show_content(self, content: BadgeContent) -> None:
        """Another badge."""
        self._content = content
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The card."""
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self._content)
