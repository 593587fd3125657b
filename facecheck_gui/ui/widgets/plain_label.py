"""Labels that never take their text for markup."""

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from facecheck_gui.ui.theme import TextRole, font


class PlainLabel(QLabel):
    """Plain text only: a name such as ``<img src=...>`` is shown as it is written.

    ``role`` picks a style from the style sheet: heading, title, muted, mono or none.
    """

    def __init__(
        self, text: str = "", role: str = "", *, wraps: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        if wraps:
            # A wrapped label otherwise asks for the height of its narrowest shape.
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def set_size(self, role: TextRole, *, strong: bool = False) -> None:
        """Letters of this size, where the style sheet's roles do not say."""
        self.setFont(font(role, strong=strong))


class ElidedLabel(PlainLabel):
    """At most ``lines`` lines; the last ends in an ellipsis where the rest does not fit, and the
    tooltip has all of it. ``text`` stays whole, for screen readers and for copying."""

    def __init__(
        self, text: str = "", role: str = "", *, lines: int = 1, parent: QWidget | None = None
    ) -> None:
        self._most_lines = lines
        self._shown: list[str] = []
        super().__init__("", role, parent=parent)
        # A policy of Fixed would hold several lines to the height of one.
        down = QSizePolicy.Policy.Minimum if lines > 1 else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, down)
        policy.setHeightForWidth(lines > 1)
        self.setSizePolicy(policy)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show ``text``, as much of it as fits."""
        self.setText(text)
        self.setAccessibleName(text)
        self._break()

    def shown_lines(self) -> tuple[str, ...]:
        """What can be read now, line by line."""
        return tuple(self._shown)

    def sizeHint(self) -> QSize:
        """As wide as the text on one line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """A few letters and the ellipsis."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 4, metrics.lineSpacing())

    def hasHeightForWidth(self) -> bool:
        """Several lines need more height where there is less width."""
        return self._most_lines > 1

    def heightForWidth(self, width: int) -> int:
        """The height of the lines that are needed, at most of all that are allowed."""
        return max(1, len(self._lines(width))) * self.fontMetrics().lineSpacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:
        """Break the lines anew for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._break()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Line by line, in the label's own colour and alignment."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        step = self.fontMetrics().lineSpacing()
        room = self.contentsRect()
        height = step * len(self._shown)
        top = room.top()
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0, (room.height() - height) // 2)
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        for number, line in enumerate(self._shown):
            place = room.adjusted(0, 0, 0, 0)
            place.setTop(top + number * step)
            place.setHeight(step)
            painter.drawText(place, across | Qt.AlignmentFlag.AlignVCenter, line)

    def _break(self) -> None:
        text = self.text()
        self._shown = self._lines(self.contentsRect().width())
        cut = bool(self._shown) and self._shown[-1].endswith("…") and not text.endswith("…")
        self.setToolTip(plain_tip(text) if cut else "")
        self.updateGeometry()
        self.update()

    def _lines(self, width: int) -> list[str]:
        return broken_lines(self.text(), self.font(), width, self._most_lines)


def plain_tip(text: str) -> str:
    """``text`` for a tooltip, where Qt guesses what is markup: shown as it is written."""
    return f"<span>{escape(text)}</span>" if "<" in text else text


def broken_lines(text: str, letters: QFont, width_px: int, most: int) -> list[str]:
    """``text`` in at most ``most`` lines; the last ends in an ellipsis where the rest is cut."""
    lines: list[str] = []
    metrics = QFontMetrics(letters)
    layout = QTextLayout(text, letters)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width_px))
        start = line.textStart()
        if len(lines) == most - 1:
            elide = Qt.TextElideMode.ElideRight
            lines.append(metrics.elidedText(text[start:], elide, width_px - 2))
            break
        lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines
