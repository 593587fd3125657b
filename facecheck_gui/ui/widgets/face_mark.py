"""The outline of one face on a picture; where there are several, a button."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.plain_label import plain_tip

_CORNER_PX, _EDGE_PX = 10.0, 4.0


class FaceMark(QAbstractButton):
    """Checked means: this face will be compared. Space, Return and a click choose it; the arrow
    keys go to its neighbours."""

    def __init__(self, look: Look, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Placed by the picture, not by a layout."""
        return self.size()

    def nextCheckState(self) -> None:
        """Whoever shows the picture says which face is compared, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return chooses too, as it does everywhere."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            back = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up)
            self.focusNextPrevChild(not back)
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer shows that a face can be chosen."""
        clickable = self.isEnabled() and not self.isChecked()
        pointing = Qt.CursorShape.PointingHandCursor
        self.setCursor(pointing if clickable else Qt.CursorShape.ArrowCursor)
        super().enterEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A light line on a dark one, so that it shows on every photo."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        theme, chosen = self._look.theme, self.isChecked()
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("halo"), 7))
            painter.drawRoundedRect(rect, _CORNER_PX, _CORNER_PX)
            painter.setPen(QPen(theme.colour("outline_other"), 5))
            painter.drawRoundedRect(rect, _CORNER_PX, _CORNER_PX)
        width = 3.0 if chosen or self.underMouse() else 2.0
        if not self.hasFocus():
            painter.setPen(QPen(theme.colour("halo"), width + 2.5))
            painter.drawRoundedRect(rect, _CORNER_PX, _CORNER_PX)
        token = "outline_chosen" if chosen or self.hasFocus() else "outline_other"
        pen = QPen(theme.colour(token), width)
        if not chosen:
            pen.setDashPattern([3.5, 3.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawRoundedRect(rect, _CORNER_PX, _CORNER_PX)
