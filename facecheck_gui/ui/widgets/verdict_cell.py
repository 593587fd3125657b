"""Cells of a table, one column of which shows verdicts: icon and word on the verdict's colour."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting

PAD_PX = 8
_ICON_PX, _PILL_PX, _INSIDE_PX, _GAP_PX = 16, 26.0, 9.0, 6.0
PILL_BESIDE_PX = _ICON_PX + 2 * int(_INSIDE_PX) + int(_GAP_PX)
_ELIDE = Qt.TextElideMode.ElideRight
_Index = QModelIndex | QPersistentModelIndex


class CellPainter(QStyledItemDelegate):
    """``verdict_column`` gives a ``Verdict`` under UserRole; all other cells are plain text."""

    def __init__(self, look: Look, verdict_column: int) -> None:
        super().__init__()
        self._look = look
        self._verdict_column = verdict_column

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Room for the words and what stands beside them."""
        hint = super().sizeHint(option, index)
        beside = PILL_BESIDE_PX if index.column() == self._verdict_column else 0
        return QSize(hint.width() + 2 * PAD_PX + beside, hint.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, then words or verdict, then where the keyboard is."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: QStyle.StateFlag = option.state
        area: QRect = option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, self._look.colour("accent_soft"))
        painter.setPen(self._look.colour("on_accent_soft" if chosen else "text"))
        text = str(index.data())
        inner = QRectF(area).adjusted(PAD_PX, 0, -PAD_PX, 0)
        verdict = index.data(Qt.ItemDataRole.UserRole)
        if index.column() == self._verdict_column and isinstance(verdict, Verdict):
            self._paint_verdict(painter, inner, verdict, text)
        else:
            across = index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
            across = across | Qt.AlignmentFlag.AlignVCenter
            metrics = QFontMetricsF(painter.font())
            painter.drawText(inner, int(across), metrics.elidedText(text, _ELIDE, inner.width()))
        self._paint_edges(painter, QRectF(area), focused=chosen and _has_keyboard(option))
        painter.restore()

    def _paint_verdict(self, painter: QPainter, room: QRectF, verdict: Verdict, word: str) -> None:
        colours, metrics = self._look.theme.verdict(verdict), QFontMetricsF(painter.font())
        beside = _ICON_PX + 2 * _INSIDE_PX + _GAP_PX
        shown = metrics.elidedText(word, _ELIDE, room.width() - beside)
        width = min(room.width(), beside + metrics.horizontalAdvance(shown) + 1)
        top = room.center().y() - _PILL_PX / 2
        pill = QRectF(room.left(), top, width, _PILL_PX)
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(colours.ground)
        painter.drawPath(painting.rounded(pill.adjusted(0.5, 0.5, -0.5, -0.5), _PILL_PX / 2))
        ratio = painter.device().devicePixelRatioF()
        icon = self._look.pixmap(verdict.value, _ICON_PX, f"on_{verdict.value}", ratio)
        painter.drawPixmap(
            QPointF(pill.left() + _INSIDE_PX, pill.center().y() - _ICON_PX / 2), icon
        )
        painter.setPen(colours.on_ground)
        words = pill.adjusted(_INSIDE_PX + _ICON_PX + _GAP_PX, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_edges(self, painter: QPainter, area: QRectF, *, focused: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if focused:
            painter.setPen(QPen(self._look.colour("focus"), 2))
            top, bottom = area.top() + 1, area.bottom() - 1
            painter.drawLine(QPointF(area.left(), top), QPointF(area.right(), top))
        else:
            painter.setPen(QPen(self._look.colour("border"), 1))
            bottom = area.bottom() - 0.5
        painter.drawLine(QPointF(area.left(), bottom), QPointF(area.right(), bottom))


def _has_keyboard(option: QStyleOptionViewItem) -> bool:
    widget = option.widget
    return widget is not None and bool(widget.hasFocus())
