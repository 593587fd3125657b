"""The reference side: the slot, where a photo can come from, what kind it is."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import FaceToken
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.flows.gate import refusals
from facecheck_gui.flows.reference import Reference
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain, finding_line
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.field import ChoiceField, LabelPlace
from facecheck_gui.ui.widgets.picture_slot import PictureSlot
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating

_Shown = Reference | FaceCheckError | None
_CARD_KINDS = (FaceType.IDCARD, FaceType.CERT)


class ReferencePanel(Retranslating, QWidget):
    """Shows a reference, a trouble, or how to get one."""

    open_requested = Signal()
    paste_requested = Signal()
    camera_requested = Signal()
    person_requested = Signal()
    address_requested = Signal()
    token_requested = Signal()
    remove_requested = Signal()

    def __init__(self, look: Look, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._words = look, words
        self._shown: _Shown = None
        self._loading = False
        self._heading = PlainLabel(role="heading")
        self.slot = PictureSlot(look)
        self._name, self._faces = ElidedLabel(), ElidedLabel(role="muted")
        self._card_kinds = {kind: QPushButton() for kind in _CARD_KINDS}
        self._open, self._paste, self._person = QPushButton(), QPushButton(), QPushButton()
        self._more, self._menu = QToolButton(), QMenu(self)
        self._camera, self._address = QAction(self), QAction(self)
        self._token, self._remove = QAction(self), QAction(self)
        hidden = LabelPlace.HIDDEN
        self.kind = ChoiceField(words, "staff.kind", "kind", tuple(FaceType), label=hidden)
        self.liveness = ChoiceField(
            words, "staff.liveness", "liveness_choice", tuple(LivenessLevel), label=hidden
        )
        self._build()
        self._connect()
        self._retranslate()

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._open, self._paste, self._person):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button, 1)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        buttons.addWidget(self._more)
        for action in (self._camera, self._address, self._token, self._remove):
            self._menu.addAction(action)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.kind, 1)
        choices.addWidget(self.liveness, 1)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._heading)
        head.addWidget(self._name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.slot, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._faces, 1)
        for button in self._card_kinds.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCheckable(True)
            below.addWidget(button)
        layout.addLayout(below)
        layout.addLayout(buttons)
        layout.addLayout(choices)

    def _connect(self) -> None:
        self._open.clicked.connect(self.open_requested)
        self._paste.clicked.connect(self.paste_requested)
        self._person.clicked.connect(self.person_requested)
        self._camera.triggered.connect(self.camera_requested)
        self._address.triggered.connect(self.address_requested)
        self._token.triggered.connect(self.token_requested)
        self._remove.triggered.connect(self.remove_requested)
        for button in self._card_kinds.values():
            button.clicked.connect(self._on_card_kind)
        self.kind.chosen.connect(self._show_card_kind)
        self._look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_nothing(self) -> None:
        """No reference is loaded."""
        self._show(None, loading=False)

    def show_loading(self) -> None:
        """One is on its way."""
        self._show(None, loading=True)

    def show_trouble(self, error: FaceCheckError) -> None:
        """It could not be loaded."""
        self._show(error, loading=False)

    def show_reference(self, reference: Reference) -> None:
        """Show what is loaded, with its faces outlined."""
        self._show(reference, loading=False)

    def _show(self, shown: _Shown, *, loading: bool) -> None:
        self._shown, self._loading = shown, loading
        self._remove.setEnabled(shown is not None or loading)
        self._name.show_text("")
        self._faces.hide()
        on_card = isinstance(shown, Reference) and shown.on_card
        for button in self._card_kinds.values():
            button.setVisible(on_card)
        self._show_card_kind()
        text = self._words.text
        if loading:
            self.slot.show_status("photo", text("staff.reference_loading"), "")
        elif isinstance(shown, Reference):
            self._show_loaded(shown)
        elif shown is not None:
            explanation = explain(shown, self._words)
            sentence = f"{explanation.sentence} {explanation.staff}"
            self.slot.show_status("warning", text("staff.reference_failed"), sentence)
        else:
            title = text("staff.reference_empty_title")
            self.slot.show_status("photo", title, text("staff.reference_empty"))

    def _show_loaded(self, reference: Reference) -> None:
        picture, text = reference.picture, self._words.text
        if picture is None:
            self._show_cloud_only(reference)
            return
        name = picture.label or text("staff.reference_name_address")
        boxes = [face.box for face in reference.faces]
        self._name.show_text(name)
        line = text("staff.on_card") if reference.on_card else self._faces_line(len(boxes))
        self._faces.show_text(line)
        # One face speaks for itself, and its outline for what will be compared.
        self._faces.setVisible(reference.on_card or len(boxes) != 1)
        described = f"{text('staff.reference')}: {name}. {self._faces.text()}"
        self.slot.show_picture(picture.pixels, boxes, reference.compared_face, described)
        poor = refusals(reference.report) if reference.report is not None else ()
        self.slot.show_findings([finding_line(r, self._words) for r in poor], poor=bool(poor))

    def _show_cloud_only(self, reference: Reference) -> None:
        text = self._words.text
        if isinstance(reference.source, FaceToken):
            name, sentence = text("staff.reference_name_token"), text("staff.reference_token")
        else:
            reason = explain(reference.trouble, self._words).sentence if reference.trouble else ""
            name = text("staff.reference_name_address")
            sentence = text("staff.reference_address", reason=reason)
        self._name.show_text(name)
        self.slot.show_status("cloud", text("staff.reference_cloud_title"), sentence)

    def _faces_line(self, count: int) -> str:
        if count == 0:
            return self._words.text("staff.faces_none")
        if count == 1:
            return self._words.text("staff.faces_one")
        return self._words.text("staff.faces_several", count=count)

    @Slot()
    def _on_card_kind(self) -> None:
        """A person said what kind of card the portrait is from."""
        chosen = next(k for k, button in self._card_kinds.items() if button is self.sender())
        self.kind.choose(chosen)
        self.kind.chosen.emit(chosen)

    @Slot()
    def _show_card_kind(self) -> None:
        for kind, button in self._card_kinds.items():
            button.setChecked(self.kind.value is kind)

    def _on_look_changed(self) -> None:
        for button, icon in (
            (self._open, "open"),
            (self._paste, "paste"),
            (self._person, "people"),
            (self._more, "more"),
        ):
            button.setIcon(self._look.icon(icon))
        for action, icon in (
            (self._camera, "camera"),
            (self._address, "link"),
            (self._token, "token"),
            (self._remove, "trash"),
        ):
            action.setIcon(self._look.icon(icon))

    def _retranslate(self) -> None:
        text = self._words.text
        self._heading.setText(text("staff.reference"))
        for button, key in (
            (self._open, "open"),
            (self._paste, "paste"),
            (self._person, "from_roster"),
        ):
            button.setText(text(f"staff.{key}"))
            button.setToolTip(text(f"staff.{key}_tip"))
        self._more.setToolTip(text("staff.more_tip"))
        self._more.setAccessibleName(text("staff.more_tip"))
        for kind, kind_button in self._card_kinds.items():
            kind_button.setText(text(f"staff.card_{kind.value}"))
            kind_button.setToolTip(text("staff.card_tip"))
        self._camera.setText(text("staff.from_camera"))
        self._camera.setToolTip(text("staff.from_camera_tip"))
        self._address.setText(text("staff.from_address"))
        self._token.setText(text("staff.from_token"))
        self._remove.setText(text("staff.remove"))
        self._show(self._shown, loading=self._loading)
