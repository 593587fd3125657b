"""One control for each kind of setting."""

from datetime import date
from enum import Enum
from typing import cast

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from facecheck_gui.i18n import Words
from facecheck_gui.settings.form import FieldKind, SettingField
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.calm import keep_calm

_LEAST_WIDTH_PX = 260


class SettingEditor(QWidget):
    """Shows a value and gives back what it was changed to."""

    def __init__(self, field: SettingField) -> None:
        super().__init__()
        self.field = field
        self._first: object = None
        self.setMinimumWidth(_LEAST_WIDTH_PX)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    @property
    def touched(self) -> bool:
        """Whether something else stands there than at first. What a control can only show rounded
        is not rounded by looking at it."""
        return self.value() != self._first

    def value(self) -> object:
        """What stands there now; the schema judges whether it fits."""
        raise NotImplementedError

    def showing(self) -> None:
        """It shows the setting's value now; what differs later was changed by a person."""
        self._first = self.value()

    def name_it(self, name: str) -> None:
        """What a screen reader says."""
        for child in self.findChildren(QWidget):
            child.setAccessibleName(name)


class _TextEditor(SettingEditor):
    def __init__(self, field: SettingField, value: object, words: Words) -> None:
        super().__init__(field)
        self._line = QLineEdit(str(value))
        self._line.setMaxLength(2048)
        self._layout.addWidget(self._line, 1)
        if field.kind is FieldKind.FILE:
            browse = QPushButton(words.text("dialog.browse"))
            browse.clicked.connect(self._on_browse)
            self._layout.addWidget(browse)

    def value(self) -> object:
        return self._line.text().strip()

    @Slot()
    def _on_browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self)
        if path:
            self._line.setText(path)


class _NumberEditor(SettingEditor):
    def __init__(self, field: SettingField, value: object, words: Words) -> None:
        super().__init__(field)
        unit = f" {words.text(f'settings.unit.{field.shown.unit}')}" if field.shown.unit else ""
        if field.decimals:
            spin = QDoubleSpinBox()
            spin.setDecimals(field.decimals)
            spin.setRange(field.lowest, field.highest)
            spin.setSingleStep(field.shown.step)
            spin.setValue(cast(float, value))
            self._spin: QDoubleSpinBox | QSpinBox = spin
        else:
            whole = QSpinBox()
            whole.setRange(round(field.lowest), round(field.highest))
            whole.setSingleStep(round(field.shown.step))
            whole.setValue(cast(int, value))
            self._spin = whole
        self._spin.setSuffix(unit)
        painting.indent(self._spin)
        keep_calm(self._spin)
        self._layout.addWidget(self._spin)
        self._layout.addStretch()

    def value(self) -> object:
        return self._spin.value()


class _ChoiceEditor(SettingEditor):
    def __init__(self, field: SettingField, value: object, words: Words) -> None:
        super().__init__(field)
        self._combo = QComboBox()
        for choice in field.choices:
            word = choice.value if isinstance(choice, Enum) else choice
            self._combo.addItem(words.text(f"{field.words}.{word}"))
        self._combo.setCurrentIndex(field.choices.index(value))
        keep_calm(self._combo)
        self._layout.addWidget(self._combo, 1)

    def value(self) -> object:
        return self.field.choices[self._combo.currentIndex()]


class _SwitchEditor(SettingEditor):
    def __init__(self, field: SettingField, value: object, words: Words) -> None:
        super().__init__(field)
        self._box = QCheckBox(words.text(f"{field.words}.label"))
        self._box.setChecked(bool(value))
        self._layout.addWidget(self._box)
        self._layout.addStretch()

    def value(self) -> object:
        return self._box.isChecked()


class _DateEditor(SettingEditor):
    """A date or none: with the tick off there is none."""

    def __init__(self, field: SettingField, value: object, words: Words) -> None:
        super().__init__(field)
        self._none = QCheckBox(words.text("settings.date_none"))
        self._edit = QDateEdit()
        self._edit.setCalendarPopup(True)
        keep_calm(self._edit)
        self._edit.setDisplayFormat("yyyy-MM-dd")
        self._none.toggled.connect(self._edit.setDisabled)
        given = cast(date | None, value)
        self._edit.setDate(
            QDate(given.year, given.month, given.day) if given else QDate.currentDate().addYears(1)
        )
        self._none.setChecked(given is None)
        self._layout.addWidget(self._edit)
        self._layout.addWidget(self._none)
        self._layout.addStretch()

    def value(self) -> object:
        if self._none.isChecked():
            return None
        chosen = self._edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())


_EDITORS = {
    FieldKind.TEXT: _TextEditor,
    FieldKind.FILE: _TextEditor,
    FieldKind.NUMBER: _NumberEditor,
    FieldKind.CHOICE: _ChoiceEditor,
    FieldKind.SWITCH: _SwitchEditor,
    FieldKind.DATE: _DateEditor,
}


def editor_for(field: SettingField, value: object, words: Words) -> SettingEditor:
    """The control for ``field``, showing ``value``."""
    editor = _EDITORS[field.kind](field, value, words)
    editor.showing()
    return editor
