"""The live picture: filled, mirrored, drawn pixel for pixel as the camera's thread made it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QVBoxLayout, QWidget

from facecheck_gui.camera.preview import Preview
from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.theme import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.status_panel import StatusPanel

_RING_STEP_MS, _RING_ROUND_MS, _RING_PX = 33, 1600, 4
# The oval's share of the view's height, and its width as a share of its height: a head is 3 : 4.
_OVAL_HEIGHT, _OVAL_SHAPE = 0.72, 0.76


class CameraView(QWidget):
    """Shows previews, a frozen probe, or a status instead of a picture.

    ``size_wanted`` tells width and height in device pixels; previews of another size are drawn
    stretched until the camera's thread has caught up.
    """

    size_wanted = Signal(int, int)
    action_requested = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._preview: Preview | None = None
        self._frozen: QImage | None = None
        self._caption = ""
        self._turn = 0.0
        self._status = StatusPanel(look, "on_stage")
        self._status.action_requested.connect(self.action_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._status)
        self._status.hide()
        self._ring = QTimer(self, interval=_RING_STEP_MS)
        self._ring.timeout.connect(self._on_ring_step)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        look.changed.connect(self._on_look_changed)

    @property
    def status(self) -> StatusPanel:
        """The panel that stands where a picture should be."""
        return self._status

    @property
    def is_frozen(self) -> bool:
        """Whether the probe stands still."""
        return self._frozen is not None

    def sizeHint(self) -> QSize:
        """A good share of the home size."""
        return QSize(760, 520)

    def show_preview(self, preview: Preview) -> None:
        """Show the newest picture."""
        self._preview = preview
        if self._status.isVisible():
            self._status.hide()
        if self._frozen is None:
            self.update()

    def show_caption(self, text: str) -> None:
        """One line over the picture; "" for none."""
        if text != self._caption:
            self._caption = text
            self.setAccessibleDescription(text)
            self.update()

    def show_status(self, icon: str, title: str, sentence: str, *actions: str) -> None:
        """Show words instead of a picture: an old picture is never left standing as if it lived."""
        self._preview = None
        self._status.show_status(icon, title, sentence, *actions)
        self._status.setVisible(self._frozen is None)
        self.update()

    def freeze(self, pixels: Pixels, *, mirrored: bool) -> None:
        """Show the probe, standing still, with a ring running round it until ``rest``."""
        image = painting.image_of(pixels)
        self._frozen = image.mirrored(True, False) if mirrored else image  # noqa: FBT003 - Qt's
        self._status.hide()
        self._turn = 0.0
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self._ring.start()
        self.update()

    def rest(self) -> None:
        """The check is over: the probe stays, the ring goes."""
        self._ring.stop()
        self.update()

    def unfreeze(self) -> None:
        """Back to the live picture, or to the status where there is none."""
        self._ring.stop()
        self._frozen = None
        self._status.setVisible(self._preview is None and bool(self._status.title))
        self.update()

    def device_size(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for previews of the new size."""
        super().resizeEvent(event)
        self.size_wanted.emit(*self.device_size())

    def event(self, event: QEvent) -> bool:
        """Another screen may have another number of pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.size_wanted.emit(*self.device_size())
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Picture, oval, caption, ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setClipPath(painting.rounded(area))
        painter.fillRect(area, self._look.colour("stage"))
        if self._frozen is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(area, self._frozen, painting.covering(self._frozen, area))
        elif self._preview is not None:
            self._paint_preview(painter, self._preview, area)
        if self._caption and (self._frozen is not None or self._preview is not None):
            self._paint_caption(painter, area)
        if self._ring.isActive():
            self._paint_ring(painter, area)

    def _paint_preview(self, painter: QPainter, preview: Preview, area: QRectF) -> None:
        height, width = preview.bgra.shape[:2]
        image = QImage(preview.bgra.data, width, height, width * 4, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        if (width, height) == self.device_size():
            painter.drawImage(QPointF(0, 0), image)
        else:
            painter.drawImage(area, image)
        self._paint_oval(painter, area)

    def _paint_oval(self, painter: QPainter, area: QRectF) -> None:
        height = min(area.height() * _OVAL_HEIGHT, area.width() * _OVAL_HEIGHT / _OVAL_SHAPE)
        oval = QRectF(0, 0, height * _OVAL_SHAPE, height)
        oval.moveCenter(area.center())
        ink = QColor(self._look.colour("on_stage"))
        ink.setAlphaF(0.55)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
        painter.drawEllipse(oval)

    def _paint_caption(self, painter: QPainter, area: QRectF) -> None:
        font = self.font()
        font.setPixelSize(17)
        painter.setFont(font)
        room = area.width() - 64
        text = painter.fontMetrics().elidedText(
            self._caption, Qt.TextElideMode.ElideRight, round(room)
        )
        width = painter.fontMetrics().horizontalAdvance(text) + 32
        pill = QRectF((area.width() - width) / 2, area.bottom() - 56, width, 40)
        ground = QColor(self._look.colour("stage"))
        ground.setAlphaF(0.82)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, 20, 20)
        painter.setPen(self._look.colour("on_stage"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_ring(self, painter: QPainter, area: QRectF) -> None:
        inset = _RING_PX / 2
        track = painting.rounded(area.adjusted(inset, inset, -inset, -inset))
        pen = QPen(self._look.colour("accent"), _RING_PX)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        length = track.length() / _RING_PX
        pen.setDashPattern([length * 0.25, length * 0.75])
        pen.setDashOffset(-self._turn * length)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(track)

    @Slot()
    def _on_ring_step(self) -> None:
        self._turn = (self._turn + _RING_STEP_MS / _RING_ROUND_MS) % 1.0
        self.update()

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()
