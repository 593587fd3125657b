"""A choice and its label."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.calm import keep_calm
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.retranslating import Retranslating


class LabelPlace(Enum):
    """Where a field's label stands."""

    ABOVE = "above"
    BEFORE = "before"
    HIDDEN = "hidden"
    """Nowhere: the values speak for themselves. Tooltip and screen reader still have it."""


class ChoiceField(Retranslating, QWidget):
    """One value out of an Enum. ``chosen`` tells what a person chose, not what the program set.

    The label's words stand under ``label_key``, each value's under ``value_prefix.<value>``.
    """

    chosen = Signal(object)

    def __init__(
        self,
        words: Words,
        label_key: str,
        value_prefix: str,
        values: Sequence[Enum],
        parent: QWidget | None = None,
        *,
        label: LabelPlace = LabelPlace.ABOVE,
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._label_key = label_key
        self._value_prefix = value_prefix
        self._values = tuple(values)
        self._label = PlainLabel(role="heading")
        self._combo = QComboBox()
        self._combo.setMinimumWidth(96)
        keep_calm(self._combo)
        self._label.setBuddy(self._combo)
        for _ in self._values:
            self._combo.addItem("")
        above = label is LabelPlace.ABOVE
        layout = QVBoxLayout(self) if above else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4 if above else 8)
        if label is not LabelPlace.HIDDEN:
            layout.addWidget(self._label)
        layout.addWidget(self._combo, 0 if label is LabelPlace.BEFORE else 1)
        self.setFocusProxy(self._combo)
        self._combo.activated.connect(self._on_activated)
        self._retranslate()

    @property
    def value(self) -> Enum:
        """What is chosen now."""
        return self._values[self._combo.currentIndex()]

    def choose(self, value: Enum) -> None:
        """Choose without telling."""
        self._combo.setCurrentIndex(self._values.index(value))

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self._values[index])

    def _retranslate(self) -> None:
        label = self._words.text(self._label_key)
        self._label.setText(label)
        self._combo.setAccessibleName(label)
        self._combo.setToolTip(label)
        for index, value in enumerate(self._values):
            self._combo.setItemText(index, self._words.text(f"{self._value_prefix}.{value.value}"))
