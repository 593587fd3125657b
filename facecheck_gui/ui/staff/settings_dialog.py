"""The settings, in one dialog made from the schema."""

from collections.abc import Mapping
from itertools import groupby

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.domain.errors import SettingsError
from facecheck_gui.i18n import Words
from facecheck_gui.settings.form import FieldKind, SettingField, fields
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.staff.setting_editor import SettingEditor, editor_for
from facecheck_gui.ui.staff.text_dialog import ok_and_cancel
from facecheck_gui.ui.widgets.plain_label import PlainLabel

_SIZE_PX, _BESIDE_PX = (860, 640), 40


class _Row:
    """A setting's label, control and hint; they come and go together."""

    def __init__(self, field: SettingField, value: object, words: Words) -> None:
        name = words.text(f"{field.words}.label")
        hint = words.text(f"{field.words}.hint")
        self.field = field
        self.editor = editor_for(field, value, words)
        self.editor.name_it(name)
        # A tick says its name itself.
        self.label = PlainLabel("" if field.kind is FieldKind.SWITCH else name)
        self.cell = QWidget()
        column = QVBoxLayout(self.cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        if hint:
            column.addWidget(PlainLabel(hint, role="muted", wraps=True))


class SettingsDialog(QDialog):
    """Gives back changed settings when accepted. ``extras`` puts a widget below a group's rows."""

    applied = Signal(object)

    def __init__(
        self,
        settings: Settings,
        words: Words,
        *,
        extras: Mapping[str, QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._words = settings, words
        self._rows: list[_Row] = []
        self._forms: dict[str, QFormLayout] = {}
        self.setWindowTitle(words.text("settings.title"))
        self.resize(*_SIZE_PX)
        self._groups, self._pages = QListWidget(), QStackedWidget()
        self._groups.setAccessibleName(words.text("settings.title"))
        self._groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for group, members in groupby(fields(), key=lambda f: f.name.partition(".")[0]):
            page = self._page(group, list(members), (extras or {}).get(group))
            self._pages.addWidget(page)
            self._groups.addItem(words.text(f"settings.{group}.title"))
        self._groups.setFixedWidth(self._groups.sizeHintForColumn(0) + _BESIDE_PX)
        self._groups.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._groups.setCurrentRow(0)
        self._advanced = QCheckBox(words.text("settings.advanced"))
        self._advanced.toggled.connect(self._on_advanced_toggled)
        self._refusal = PlainLabel(wraps=True)
        buttons = ok_and_cancel(words, "dialog.save")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self._advanced)
        bottom.addWidget(self._refusal, 1)
        bottom.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(12)
        pages = QHBoxLayout()
        pages.setSpacing(16)
        pages.addWidget(self._groups)
        pages.addWidget(self._pages, 1)
        layout.addLayout(pages, 1)
        layout.addLayout(bottom)
        self._on_advanced_toggled(False)  # noqa: FBT003 - as the signal says it

    @property
    def refusal(self) -> str:
        """Which value does not fit."""
        return self._refusal.text()

    def editor(self, name: str) -> SettingEditor:
        """The control of the setting called ``name``."""
        return next(row.editor for row in self._rows if row.field.name == name)

    def show_group(self, group: str) -> None:
        """Turn to a page."""
        self._groups.setCurrentRow(list(self._forms).index(group))

    def _page(self, group: str, members: list[SettingField], extra: QWidget | None) -> QWidget:
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(14)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._forms[group] = form
        for field in members:
            row = _Row(field, self._settings.value(field.name), self._words)
            self._rows.append(row)
            form.addRow(row.label, row.cell)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(8, 16, 8, 8)
        column.setSpacing(16)
        column.addLayout(form)
        if extra is not None:
            column.addWidget(extra)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def changed_settings(self) -> Settings:
        """The settings as they stand in the form. Raises SettingsError naming what does not fit."""
        values = {row.field.name: row.editor.value() for row in self._rows if row.editor.touched}
        return self._settings.with_values(values)

    @Slot()
    def _on_accepted(self) -> None:
        try:
            changed = self.changed_settings()
        except SettingsError as error:
            self._refuse(error.detail)
            return
        self.applied.emit(changed)
        self.accept()

    def _refuse(self, name: str) -> None:
        group = name.partition(".")[0]
        refused = [row.field.words for row in self._rows if row.field.name == name]
        key = f"{refused[0]}.label" if refused else f"settings.{group}.title"
        self._refusal.setText(self._words.text("settings.refused", name=self._words.text(key)))
        self.show_group(group)

    @Slot(bool)
    def _on_advanced_toggled(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        for row in self._rows:
            group = row.field.name.partition(".")[0]
            if row.field.shown.advanced:
                self._forms[group].setRowVisible(row.cell, shown)
        for form in self._forms.values():
            # Another label may be the widest now: hints that wrap need another height.
            form.invalidate()
            form.activate()
        for number, group in enumerate(self._forms):
            rows = [row for row in self._rows if row.field.name.partition(".")[0] == group]
            only_advanced = all(row.field.shown.advanced for row in rows)
            self._groups.item(number).setHidden(only_advanced and not shown)
            if self._groups.item(number).isHidden() and self._groups.currentRow() == number:
                self._groups.setCurrentRow(0)
