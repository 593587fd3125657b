"""The reference photo: all of it, with its faces outlined and the compared one marked."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.theme import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.status_panel import StatusPanel


class PictureSlot(QWidget):
    """Takes drops, shows the picture or a status, and lets a person pick another face with the
    mouse, or with the arrow keys."""

    face_chosen = Signal(int)
    path_dropped = Signal(str)
    address_dropped = Signal(str)
    image_dropped = Signal(QImage)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._image: QImage | None = None
        self._scaled: QPixmap | None = None
        self._boxes: tuple[FaceBox, ...] = ()
        self._compared: int | None = None
        self._hovering = False
        self._status = StatusPanel(look, "text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._status)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 180)
        look.changed.connect(self._on_look_changed)

    @property
    def status(self) -> StatusPanel:
        """The panel that stands where a picture should be."""
        return self._status

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    def sizeHint(self) -> QSize:
        """A passport photo's shape."""
        return QSize(340, 380)

    def show_status(self, icon: str, title: str, sentence: str) -> None:
        """Show words: nothing loaded yet, loading, in trouble, or known to the cloud alone."""
        self._image = self._scaled = None
        self._boxes, self._compared = (), None
        self._status.show_status(icon, title, sentence)
        self._status.show()
        self.update()

    def show_picture(
        self, pixels: Pixels, boxes: Sequence[FaceBox], compared: int | None, name: str
    ) -> None:
        """Show a picture; ``compared`` is the index of the box that will be compared."""
        self._status.hide()
        self._image, self._scaled = painting.image_of(pixels), None
        self._boxes, self._compared = tuple(boxes), compared
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, picture, outlines, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("sunken"))
        painter.drawPath(painting.rounded(area))
        if self._image is None:
            self._paint_drop_area(painter, area)
        else:
            shown = self._shown_rect()
            painter.drawPixmap(shown.topLeft(), self._scaled_picture(shown))
            self._paint_outlines(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawPath(painting.rounded(area.adjusted(1, 1, -1, -1)))

    def _paint_drop_area(self, painter: QPainter, area: QRectF) -> None:
        token = "accent" if self._hovering else "strong_border"
        pen = QPen(self._look.colour(token), 2 if self._hovering else 1.5, Qt.PenStyle.DashLine)
        pen.setDashPattern([5, 4])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(painting.rounded(area.adjusted(6, 6, -6, -6)))

    def _paint_outlines(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index, box in enumerate(self._boxes):
            rect = self._on_screen(box)
            compared = index == self._compared
            painter.setPen(QPen(self._look.colour("stage"), 5 if compared else 3.5))
            painter.drawRoundedRect(rect, 6, 6)
            pen = QPen(self._look.colour("accent" if compared else "on_stage"), 3)
            if not compared:
                pen.setWidthF(1.5)
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawRoundedRect(rect, 6, 6)

    def _scaled_picture(self, shown: QRectF) -> QPixmap:
        """Scaled once for each size: smooth scaling is too slow for every paint."""
        ratio = self.devicePixelRatioF()
        size = (shown.size() * ratio).toSize()
        if self._image is not None and (self._scaled is None or self._scaled.size() != size):
            smooth = Qt.TransformationMode.SmoothTransformation
            image = self._image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            image.setDevicePixelRatio(ratio)
            self._scaled = QPixmap.fromImage(image)
        return self._scaled or QPixmap()

    def _shown_rect(self) -> QRectF:
        if self._image is None:
            return QRectF()
        area = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        return painting.contained(self._image.width(), self._image.height(), area)

    def _on_screen(self, box: FaceBox) -> QRectF:
        shown = self._shown_rect()
        scale = shown.width() / self._image.width() if self._image else 0.0
        left, top = shown.left() + box.left * scale, shown.top() + box.top * scale
        return QRectF(left, top, box.width * scale, box.height * scale).intersected(shown)

    def _face_at(self, point: QPointF) -> int | None:
        hits = [i for i, box in enumerate(self._boxes) if self._on_screen(box).contains(point)]
        return min(hits, key=lambda i: self._boxes[i].area) if hits else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a face chooses it."""
        index = self._face_at(event.position())
        if index is not None and event.button() is Qt.MouseButton.LeftButton:
            self.face_chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from face to face."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or len(self._boxes) < 2:  # noqa: PLR2004 - nothing to choose from
            super().keyPressEvent(event)
            return
        order = sorted(range(len(self._boxes)), key=lambda i: self._boxes[i].left)
        place = order.index(self._compared) if self._compared is not None else 0
        self.face_chosen.emit(order[(place + step) % len(order)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus ring is painted here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus ring is painted here."""
        super().focusOutEvent(event)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file, an address or a picture may be dropped."""
        if _can_be_reference(event.mimeData()):
            self._hovering = True
            event.acceptProposedAction()
            self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing was dropped."""
        super().dragLeaveEvent(event)
        self._hovering = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        self._hovering = False
        event.acceptProposedAction()
        self.take(event.mimeData())
        self.update()

    def take(self, mime: QMimeData) -> bool:
        """Tell what was dropped or pasted; False when there is nothing usable in it."""
        if mime.hasUrls() and mime.urls():
            url = mime.urls()[0]
            if url.isLocalFile():
                self.path_dropped.emit(url.toLocalFile())
            else:
                self.address_dropped.emit(url.toString())
        elif mime.hasImage():
            image = mime.imageData()
            self.image_dropped.emit(image if isinstance(image, QImage) else QImage(image))
        elif mime.hasText() and mime.text().strip():
            text = mime.text().strip().strip('"')
            is_address = text.lower().startswith(("https://", "http://"))
            (self.address_dropped if is_address else self.path_dropped).emit(text)
        else:
            return False
        return True

    @Slot()
    def _on_look_changed(self) -> None:
        self.update()


def _can_be_reference(mime: QMimeData) -> bool:
    return mime.hasUrls() or mime.hasImage() or mime.hasText()
