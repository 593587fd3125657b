"""What became of each row of a list, as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from facecheck_gui.flows.roster_import import Outcome, RowReport
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import outcome_word, row_lines
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.plain_label import plain_tip

_Index = QModelIndex | QPersistentModelIndex
_ROW, _PERSON, _OUTCOME, _FINDINGS = range(4)
_TITLES = ("import.column.row", "history.person", "import.column.outcome", "import.column.findings")
_ROW_PX = 34


class ImportModel(QAbstractTableModel):
    """Rows that people should look at, or all of them; grows while the import goes on."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._all: list[RowReport] = []
        self._shown: list[RowReport] = []
        self._shows_all = False

    @property
    def reports(self) -> tuple[RowReport, ...]:
        """All rows so far."""
        return tuple(self._all)

    def clear(self) -> None:
        """Another run begins."""
        self.beginResetModel()
        self._all, self._shown = [], []
        self.endResetModel()

    def add(self, report: RowReport) -> None:
        """One more row is done."""
        self._all.append(report)
        if self._is_shown(report):
            place = len(self._shown)
            self.beginInsertRows(QModelIndex(), place, place)
            self._shown.append(report)
            self.endInsertRows()

    def show_all(self, shown: bool) -> None:  # noqa: FBT001 - a state
        """Good rows too, or only those to look at."""
        self.beginResetModel()
        self._shows_all = shown
        self._shown = [report for report in self._all if self._is_shown(report)]
        self.endResetModel()

    def _is_shown(self, report: RowReport) -> bool:
        return self._shows_all or report.warned or report.outcome is Outcome.REFUSED

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Qt's own question."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Qt's own question."""
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Plain text; an icon with the outcome."""
        report, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(report, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(row_lines(report, self._words)))
        if role == Qt.ItemDataRole.DecorationRole and column == _OUTCOME:
            refused = report.outcome is Outcome.REFUSED
            if refused or report.warned:
                return self._look.icon(*(("close", "non_match_edge") if refused else _WARNED))
            return self._look.icon("check", "match_edge")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are called."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(_TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, report: RowReport, column: int) -> str:
        if column == _ROW:
            return str(report.number)
        if column == _PERSON:
            return "  ·  ".join(part for part in (report.name, report.person_id) if part)
        if column == _OUTCOME:
            return outcome_word(report, self._words)
        return "  ".join(row_lines(report, self._words))


_WARNED = ("warning", "unsure_edge")


class ImportTable(QTableView):
    """The model as rows of one line each; a row's tooltip has all of it."""

    def __init__(self, model: ImportModel, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(words.text("import_dialog.title"))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setStretchLastSection(True)
        for column, width in ((_ROW, 64), (_PERSON, 200), (_OUTCOME, 120)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)
