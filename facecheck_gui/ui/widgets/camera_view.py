"""The live picture: filled, mirrored, drawn pixel for pixel as the camera's thread made it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from facecheck_gui.camera.preview import Preview
from facecheck_gui.domain.image import Pixels
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import camera_overlay, painting
from facecheck_gui.ui.widgets.announcing import announce
from facecheck_gui.ui.widgets.guidance import ChallengeContent, GuidanceContent
from facecheck_gui.ui.widgets.live_overlay import LiveOverlay
from facecheck_gui.ui.widgets.status_panel import StatusPanel

_RING_STEP_MS, _RING_ROUND_MS = 33, 1800


class CameraView(QWidget):
    """Shows previews, a frozen probe, or a status instead of a picture.

    ``size_wanted`` tells width and height in device pixels; previews of another size are drawn
    stretched until the camera's thread has caught up.
    """

    size_wanted = Signal(int, int)
    action_requested = Signal(int)

    def __init__(
        self,
        look: Look,
        parent: QWidget | None = None,
        *,
        announce: Callable[[QWidget, str], None] = announce,
    ) -> None:
        """``announce`` speaks words to those who cannot see them."""
        super().__init__(parent)
        self._look = look
        self._preview: Preview | None = None
        self._frozen: QImage | None = None
        self._overlay = LiveOverlay(look)
        self._announce = announce
        self._busy = False
        self._turn = 0.0
        self._probe: QPixmap | None = None
        self._status = StatusPanel(look, "on_stage")
        self._status.action_requested.connect(self.action_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._status)
        self._status.hide()
        self._ring = QTimer(self, interval=_RING_STEP_MS)
        self._ring.timeout.connect(self._on_ring_step)
        # Every pixel is painted here, so nobody need wipe them first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 170)
        look.changed.connect(self._on_look_changed)

    @property
    def status(self) -> StatusPanel:
        """The panel that stands where a picture should be."""
        return self._status

    @property
    def is_frozen(self) -> bool:
        """Whether the probe stands still."""
        return self._frozen is not None

    @property
    def is_busy(self) -> bool:
        """Whether the ring is round the probe."""
        return self._busy

    @property
    def ring_runs(self) -> bool:
        """Whether the ring moves; with reduced motion it stands still."""
        return self._ring.isActive()

    def sizeHint(self) -> QSize:
        """A good share of the home size."""
        return QSize(760, 520)

    def show_preview(self, preview: Preview) -> None:
        """Show the newest picture."""
        self._preview = preview
        if not self._status.isHidden():
            self._status.hide()
        if self._frozen is None:
            self.update()

    def show_caption(self, text: str, *, well_placed: bool = False) -> None:
        """One line over the picture, "" for none; ``well_placed`` closes the oval's line."""
        if self._overlay.caption(text, well_placed=well_placed):
            self._describe()
            self.update()

    def show_guidance(self, content: GuidanceContent | None) -> None:
        """Show the one thing to do next in the caption's place; None gives the place back.

        Face and progress appear with the next preview, so that both move together.
        """
        if self._overlay.guide(content):
            self._describe(spoken=content is not None)
            self.update()

    def show_challenge(self, content: ChallengeContent | None) -> None:
        """Ask for a movement, which goes before all guidance; None when it is over."""
        if self._overlay.challenge(content):
            self._describe(spoken=True)
            self.update()

    def _describe(self, *, spoken: bool = False) -> None:
        words = self._overlay.words
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if spoken and words and self.isVisible() and self._frozen is None:
                self._announce(self, words)

    def show_status(self, icon: str, title: str, sentence: str, *actions: str) -> None:
        """Show words instead of a picture: an old picture is never left standing as if it lived."""
        self._preview = None
        self._status.show_status(icon, title, sentence, *actions)
        self._status.setVisible(self._frozen is None)
        self.update()

    def freeze(self, pixels: Pixels, *, mirrored: bool) -> None:
        """Show the probe, standing still, with a ring running round it until ``rest``."""
        self._frozen = painting.image_of(pixels[:, ::-1] if mirrored else pixels)
        self._probe = None
        self._status.hide()
        self._turn = 0.0
        self._busy = True
        self._run_ring()
        self.update()

    def rest(self) -> None:
        """The check is over: the probe stays, the ring goes."""
        self._busy = False
        self._ring.stop()
        self.update()

    def unfreeze(self) -> None:
        """Back to the live picture, or to the status where there is none."""
        self._frozen = self._probe = None
        self._status.setVisible(self._preview is None and bool(self._status.title))
        self.rest()

    def device_size(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for previews of the new size."""
        super().resizeEvent(event)
        self._probe = None
        self._overlay.forget_pictures()
        self.size_wanted.emit(*self.device_size())

    def event(self, event: QEvent) -> bool:
        """Another screen may have another number of pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._probe = None
            self._overlay.forget_pictures()
            self.size_wanted.emit(*self.device_size())
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Picture, what lies over it, ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, theme = QRectF(self.rect()), self._look.theme
        if self._frozen is not None:
            painter.drawPixmap(QPointF(0, 0), self._fitted_probe(self._frozen, area))
        elif self._preview is not None:
            self._paint_preview(painter, self._preview, area)
            self._overlay.paint(painter, area, self.devicePixelRatioF(), self._preview)
        else:
            painter.fillRect(area, theme.colour("stage"))
        painting.soften_corners(painter, area, self.palette().color(self.backgroundRole()))
        if self._frozen is None and self._preview is None and theme.high_contrast:
            camera_overlay.paint_frame(painter, area, theme)
        if self._busy:
            camera_overlay.paint_ring(painter, area, theme, self._turn, running=self.ring_runs)

    def _paint_preview(self, painter: QPainter, preview: Preview, area: QRectF) -> None:
        height, width = preview.bgra.shape[:2]
        image = QImage(preview.bgra.data, width, height, width * 4, QImage.Format.Format_RGB32)
        if (width, height) == self.device_size():
            image.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawImage(QPointF(0, 0), image)
        else:
            painter.drawImage(area, image, painting.covering(image, area))

    def _fitted_probe(self, probe: QImage, area: QRectF) -> QPixmap:
        """Scaled once for each size, not for every step of the ring."""
        if self._probe is None:
            smooth = Qt.TransformationMode.SmoothTransformation
            part = probe.copy(painting.covering(probe, area).toRect())
            size, whole = QSize(*self.device_size()), Qt.AspectRatioMode.IgnoreAspectRatio
            self._probe = QPixmap.fromImage(part.scaled(size, whole, smooth))
            self._probe.setDevicePixelRatio(self.devicePixelRatioF())
        return self._probe

    def showEvent(self, event: QShowEvent) -> None:
        """The ring runs where it can be seen."""
        super().showEvent(event)
        self._run_ring()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing runs for nobody."""
        super().hideEvent(event)
        self._ring.stop()

    def _run_ring(self) -> None:
        if self._busy and self.isVisible() and not self._look.reduced_motion:
            self._ring.start()
        else:
            self._ring.stop()

    @Slot()
    def _on_ring_step(self) -> None:
        self._turn = (self._turn + _RING_STEP_MS / _RING_ROUND_MS) % 1.0
        edge = camera_overlay.RING_EDGE_PX
        inside = self.rect().adjusted(edge, edge, -edge, -edge)
        self.update(QRegion(self.rect()) - QRegion(inside))

    @Slot()
    def _on_look_changed(self) -> None:
        self._overlay.forget_pictures()
        self._run_ring()
        self.update()
