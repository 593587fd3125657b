"""The reference photo: all of it, with its faces outlined and the compared one marked."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.face_mark import FaceMark
from facecheck_gui.ui.widgets.findings_line import FindingsLine
from facecheck_gui.ui.widgets.status_panel import StatusPanel

_ROOM_PX, _SMALLEST_MARK_PX = 8, 24


class PictureSlot(QWidget):
    """Takes drops, shows the picture or a status, and lets a person pick another face with mouse
    or keyboard. Whoever shows the picture answers ``face_chosen`` by showing it again."""

    face_chosen = Signal(int)
    path_dropped = Signal(str)
    address_dropped = Signal(str)
    image_dropped = Signal(QImage)

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, keeps_room: bool = False
    ) -> None:
        """``keeps_room``: leave room for findings below every picture, so that none moves when
        they come later than the picture."""
        super().__init__(parent)
        self._look = look
        self._keeps_room = keeps_room
        self._findings = FindingsLine(look, self)
        self._pixels: Pixels | None = None
        self._image: QImage | None = None
        self._scaled: QPixmap | None = None
        self._boxes: tuple[FaceBox, ...] = ()
        self._marks: list[FaceMark] = []
        self._hovering = False
        self._status = StatusPanel(look, "text")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_ROOM_PX, _ROOM_PX, _ROOM_PX, _ROOM_PX)
        layout.addWidget(self._status)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 80)
        look.changed.connect(self._on_look_changed)

    @property
    def status(self) -> StatusPanel:
        """The panel that stands where a picture should be."""
        return self._status

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    @property
    def marks(self) -> tuple[FaceMark, ...]:
        """The outlines, in the order of the boxes."""
        return tuple(self._marks)

    def sizeHint(self) -> QSize:
        """A passport photo's shape."""
        return QSize(340, 380)

    def show_status(self, icon: str, title: str, sentence: str) -> None:
        """Show words: nothing loaded yet, loading, in trouble, or known to the cloud alone."""
        self._pixels = self._image = self._scaled = None
        self._drop_marks()
        self._findings.show_lines((), poor=False)
        self._status.show_status(icon, title, sentence)
        self._status.show()
        self.setAccessibleName(self._status.accessibleName())
        self.update()

    def show_picture(
        self, pixels: Pixels, boxes: Sequence[FaceBox], compared: int | None, name: str
    ) -> None:
        """Show a picture; ``compared`` is the index of the box that will be compared."""
        self._status.hide()
        if pixels is not self._pixels:
            self._pixels, self._image, self._scaled = pixels, painting.image_of(pixels), None
            self._findings.show_lines((), poor=False)
        self.setAccessibleName(name)
        if tuple(boxes) != self._boxes or len(self._marks) != len(boxes):
            self._drop_marks()
            self._boxes = tuple(boxes)
            self._add_marks(name)
        for index, mark in enumerate(self._marks):
            mark.setChecked(index == compared)
        self._place_marks()
        self.update()

    def show_findings(self, lines: Sequence[str], *, poor: bool) -> None:
        """Say below the picture what was found of its quality; nothing for no lines. ``poor`` says
        it with a warning. They go with the picture."""
        had_room = self._room_below()
        self._findings.show_lines(lines if self._image is not None else (), poor=poor)
        if self._room_below() != had_room:
            self._scaled = None
        self._place_marks()
        self.update()

    @property
    def findings(self) -> FindingsLine:
        """What stands below the picture."""
        return self._findings

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, picture, drop area."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        token = "accent_soft" if self._hovering and self._image is None else "sunken"
        painter.fillPath(painting.rounded(area), self._look.colour(token))
        if self._image is not None:
            shown = self._shown_rect()
            painter.drawPixmap(shown.topLeft(), self._scaled_picture(shown))
            painting.soften_corners(painter, shown, self._look.colour("sunken"))
        if self._image is None or self._hovering:
            self._paint_drop_area(painter, area)

    def _paint_drop_area(self, painter: QPainter, area: QRectF) -> None:
        token, width = ("accent", 2.5) if self._hovering else ("strong_border", 1.5)
        pen = QPen(self._look.colour(token), width)
        if self._image is None:
            pen.setDashPattern([6, 5])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        inset = width / 2
        painter.drawPath(painting.rounded(area.adjusted(inset, inset, -inset, -inset)))

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
        room = float(_ROOM_PX)
        below = max(room, self._room_below())
        area = QRectF(self.rect()).adjusted(room, room, -room, -below)
        exact = painting.contained(self._image.width(), self._image.height(), area)
        return QRectF(exact.toRect())

    def _room_below(self) -> float:
        if self._image is None or not (self._keeps_room or self._findings.lines):
            return 0.0
        return float(self._findings.height_for(self.height()))

    def _place_findings(self) -> None:
        height = self._findings.height_for(self.height())
        self._findings.setGeometry(0, self.height() - height, self.width(), height)

    def _add_marks(self, name: str) -> None:
        several = len(self._boxes) > 1
        for number in range(1, len(self._boxes) + 1):
            mark = FaceMark(self._look, f"{name} {number}/{len(self._boxes)}", self)
            mark.setFocusPolicy(Qt.FocusPolicy.StrongFocus if several else Qt.FocusPolicy.NoFocus)
            mark.setEnabled(several)
            mark.clicked.connect(self._on_mark_clicked)
            mark.show()
            self._marks.append(mark)
        # Tab goes through the picture from left to right.
        order = sorted(range(len(self._marks)), key=lambda i: self._boxes[i].left)
        for one, other in pairwise(order):
            QWidget.setTabOrder(self._marks[one], self._marks[other])

    def _drop_marks(self) -> None:
        for mark in self._marks:
            mark.hide()
            mark.deleteLater()
        self._marks, self._boxes = [], ()

    def _place_marks(self) -> None:
        shown = self._shown_rect()
        if self._image is None or not self._marks:
            return
        scale = shown.width() / self._image.width()
        for mark, box in zip(self._marks, self._boxes, strict=True):
            rect = QRectF(box.left, box.top, box.width, box.height)
            rect = QRectF(rect.topLeft() * scale + shown.topLeft(), rect.size() * scale)
            wanted = QRectF(0, 0, *(max(_SMALLEST_MARK_PX, s) for s in rect.size().toTuple()))
            wanted.moveCenter(rect.center())
            mark.setGeometry(wanted.intersected(shown).adjusted(-4, -4, 4, 4).toRect())
        # A small face inside a larger box must stay within reach of the mouse.
        for mark in sorted(self._marks, key=lambda m: -m.width() * m.height()):
            mark.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Outlines stay on their faces."""
        super().resizeEvent(event)
        self._place_findings()
        self._place_marks()

    def event(self, event: QEvent) -> bool:
        """Another screen may have another number of pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._scaled = None
            self.update()
        return super().event(event)

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
    def _on_mark_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, FaceMark) and sender in self._marks:
            self.face_chosen.emit(self._marks.index(sender))

    @Slot()
    def _on_look_changed(self) -> None:
        for mark in self._marks:
            mark.update()
        self.update()


def _can_be_reference(mime: QMimeData) -> bool:
    return mime.hasUrls() or mime.hasImage() or mime.hasText()
