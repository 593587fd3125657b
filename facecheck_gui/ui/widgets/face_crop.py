"""A face cut out of its picture, fit to be compared by eye."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import ImageSource, Picture
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting

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
