"""The live side: the camera's picture, what kind of photo it is, and how much liveness is asked."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.field import ChoiceField, LabelPlace


class LivePanel(QWidget):
    """The view takes all the room that the two choices leave."""

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = CameraView(look)
        hidden = LabelPlace.HIDDEN
        self.kind = ChoiceField(words, "staff.kind", "kind", tuple(FaceType), label=hidden)
        self.liveness = ChoiceField(
            words, "staff.liveness", "liveness_choice", tuple(LivenessLevel), label=hidden
        )
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.kind)
        choices.addWidget(self.liveness)
        choices.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.view, 1)
        layout.addLayout(choices)
