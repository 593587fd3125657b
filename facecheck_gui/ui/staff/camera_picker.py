"""The list of cameras, by name."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from facecheck_gui.camera.address import (
    CameraAddress,
    CameraDevice,
    CameraIdentity,
    Demonstration,
)
from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.calm import keep_calm
from facecheck_gui.ui.widgets.retranslating import Retranslating


class _Extra(Enum):
    OTHER = "other"


class CameraPicker(Retranslating, QComboBox):
    """Shows what can be chosen and what is chosen; ``chosen`` tells what a person chose."""

    chosen = Signal(object)
    other_requested = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._connected: tuple[CameraIdentity, ...] = ()
        self._current: CameraAddress | None = None
        self._offered: tuple[CameraAddress, ...] = ()
        self.setMinimumContentsLength(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._on_activated)
        keep_calm(self)
        self._retranslate()

    def show_cameras(
        self, connected: Sequence[CameraIdentity], current: CameraAddress | None
    ) -> None:
        """Show the cameras that are there, and the one in use though it may be gone."""
        self._connected, self._current = tuple(connected), current
        self._fill()

    def offer(self, addresses: Sequence[CameraAddress]) -> None:
        """Offer these too, besides the cameras of this machine."""
        self._offered = tuple(addresses)
        self._fill()

    @property
    def names(self) -> list[str]:
        """What the list shows."""
        return [self.itemText(i) for i in range(self.count())]

    def _fill(self) -> None:
        self.clear()
        for camera in self._connected:
            self.addItem(camera.name or self._words.text("staff_camera.unnamed"), camera)
        for address in self._offered:
            self.addItem(self._name_of(address), address)
        current = self._current
        if isinstance(current, CameraDevice):
            self._add_current_device(current)
        elif current in self._offered:
            self.setCurrentIndex(len(self._connected) + self._offered.index(current))
        elif current is not None:
            self.addItem(self._name_of(current), current)
            self.setCurrentIndex(self.count() - 1)
        else:
            self.setCurrentIndex(-1)
        self.insertSeparator(self.count())
        self.addItem(self._words.text("staff_camera.other"), _Extra.OTHER)

    def _add_current_device(self, device: CameraDevice) -> None:
        if device.identity in self._connected:
            self.setCurrentIndex(self._connected.index(device.identity))
        elif device.identity is not None:
            text = self._words.text("staff_camera.missing_entry", name=device.identity.name)
            self.addItem(text, device.identity)
            self.setCurrentIndex(self.count() - 1)
        else:
            self.setCurrentIndex(-1)

    def _name_of(self, address: CameraAddress) -> str:
        if isinstance(address, Demonstration):
            person = address.sitter.value.capitalize()
            return self._words.text("staff_camera.demonstration", name=person)
        return address.name

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        content = self.itemData(index)
        if content is _Extra.OTHER:
            self._fill()
            self.other_requested.emit()
        elif content is not None:
            self.chosen.emit(content)

    def _retranslate(self) -> None:
        self.setAccessibleName(self._words.text("staff.camera"))
        self.setPlaceholderText(self._words.text("staff_camera.none_title"))
        self._fill()
