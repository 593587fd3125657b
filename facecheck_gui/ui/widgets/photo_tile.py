"""A photo as a small tile that can be chosen."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting

TILE_PX = QSize(108, 136)
_MARK_PX, _EDGE_PX = 20, 6


class PhotoTile(QAbstractButton):
    """Shows the middle of the photo, and in a corner whether something is to be known about it.

    Checkable where one of several is looked at; a plain picture otherwise.
    """

    def __init__(
        self,
        pixels: Pixels,
        look: Look,
        name: str,
        *,
        poor: bool | None = None,
        choosable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``poor``: None shows no mark."""
        super().__init__(parent)
        self._look, self._poor = look, poor
        self._image = painting.image_of(pixels)
        self.setFixedSize(TILE_PX)
        self.setCheckable(choosable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if choosable else Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not choosable)
        self.setAccessibleName(name)
        look.changed.connect(self._on_look_changed)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The photo, its mark, and the ring of focus or choice."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setClipPath(painting.rounded(area))
        painter.drawImage(area, self._image, painting.covering(self._image, area))
        painter.restore()
        if self.isChecked() or self.hasFocus():
            token = "focus" if self.hasFocus() else "accent"
            painter.setPen(QPen(self._look.colour(token), 3))
            painter.drawPath(painting.rounded(area))
        if self._poor is not None:
            self._paint_mark(painter, area)

    def _paint_mark(self, painter: QPainter, area: QRectF) -> None:
        icon, token = ("warning", "unsure_edge") if self._poor else ("check", "match_edge")
        room = _MARK_PX + _EDGE_PX
        ground = QRectF(area.right() - room, area.bottom() - room, room, room)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("surface"))
        painter.drawPath(painting.rounded(ground))
        pixmap = self._look.pixmap(icon, _MARK_PX, token, self.devicePixelRatioF())
        painter.drawPixmap(ground.topLeft() + QRectF(3, 3, 0, 0).topLeft(), pixmap)

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
