"""The history's table: one page of rows and never more."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import EngineName, Verdict
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff import check_in_text
from facecheck_gui.ui.theme import TextRole, font
from facecheck_gui.ui.widgets.plain_label import plain_tip
from facecheck_gui.ui.widgets.retranslating import Retranslating
from facecheck_gui.ui.widgets.verdict_cell import PAD_PX, PILL_BESIDE_PX, CellPainter

COLUMNS = ("time", "person", "verdict", "score", "engine", "operator", "station")
TIME, PERSON, VERDICT, SCORE, ENGINE, OPERATOR, STATION = range(len(COLUMNS))
_ROW_PX, _MOST_CHARS = 38, 200
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """One page of check-ins as cells of plain text."""

    def __init__(self, words: Words, days: LocalDays) -> None:
        super().__init__()
        self._words, self._days = words, days
        self._rows: tuple[CheckIn, ...] = ()

    @property
    def rows(self) -> tuple[CheckIn, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[CheckIn, ...]) -> None:
        """Show these and forget the others."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        """Qt's own question."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        """Qt's own question."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words; for the verdict's cell the verdict itself as well."""
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == SCORE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.UserRole and column == VERDICT:
            return check_in_text.verdict_of(row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are called."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.text(f"history.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == SCORE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: CheckIn, column: int) -> str:
        intent = row.intent
        if column == TIME:
            return check_in_text.local_time(intent.started_at, self._days)
        if column == PERSON:
            return check_in_text.person(intent.subject) or "—"
        if column == VERDICT:
            return check_in_text.verdict_word(row, self._words)
        if column == SCORE:
            return check_in_text.score(row) or "—"
        if column == ENGINE:
            return self._words.text(f"engine.{intent.engine.value}")
        said = intent.operator if column == OPERATOR else row.station.name
        return printable(said, _MOST_CHARS) or "—"

    def _tip(self, row: CheckIn, column: int) -> str:
        if column == TIME:
            return check_in_text.utc_time(row.intent.started_at)
        if column == PERSON and row.intent.subject is None:
            return self._words.text("history.nobody")
        return self._text(row, column)


class HistoryTable(Retranslating, QTableView):
    """``opened`` carries the check-in of a row that was chosen with Enter or two clicks.

    Page Up on the first row and Page Down on the last are left to the window, which turns the page.
    """

    opened = Signal(object)

    def __init__(
        self, look: Look, words: Words, days: LocalDays, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._model = HistoryModel(words, days)
        self._painter = CellPainter(look, VERDICT)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(PERSON, QHeaderView.ResizeMode.Fixed)
        self.activated.connect(self._on_activated)
        look.changed.connect(self._on_look_changed)
        self._retranslate()

    @property
    def rows(self) -> tuple[CheckIn, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def selected(self) -> CheckIn | None:
        """The row that the keyboard is on."""
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def show_rows(self, rows: tuple[CheckIn, ...], current: int) -> None:
        """Show these, the keyboard on row ``current``."""
        self._model.show_rows(rows)
        if rows:
            row = min(max(current, 0), len(rows) - 1)
            self.setCurrentIndex(self._model.index(row, 0))
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the window what leads off the page; Home and End go to the ends of the page,
        for cells are nothing here."""
        row, last = self.currentIndex().row(), len(self._model.rows) - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        leads_off = (event.key() == Qt.Key.Key_PageDown and row >= last) or (
            event.key() == Qt.Key.Key_PageUp and row <= 0
        )
        if leads_off:
            event.ignore()
        elif event.key() in ends and last >= 0:
            self.setCurrentIndex(self._model.index(ends[Qt.Key(event.key())], 0))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The person's column takes what the others leave."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        widths = self._wanted_px()
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        left = self.viewport().width() - sum(widths.values())
        self.setColumnWidth(PERSON, max(left, self._letters("M" * 9)))

    def _wanted_px(self) -> dict[int, int]:
        """Wide enough for the widest words of each kind."""
        word = self._words.text
        verdicts = [word(f"verdict.{verdict.value}") for verdict in Verdict]
        engines = [word(f"engine.{engine.value}") for engine in EngineName]
        return {
            TIME: self._letters("0000-00-00 00:00:00"),
            VERDICT: max(map(self._letters, verdicts)) + PILL_BESIDE_PX,
            SCORE: max(self._letters("100.00"), self._letters(word("history.score"))),
            ENGINE: max(map(self._letters, engines)),
            OPERATOR: self._letters("M" * 6),
            STATION: self._letters("M" * 7),
        }

    def _letters(self, text: str) -> int:
        return QFontMetrics(font(TextRole.BODY)).horizontalAdvance(text) + 2 * PAD_PX + 2

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.rows[index.row()])

    @Slot()
    def _on_look_changed(self) -> None:
        self.viewport().update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self._words.text("history.table"))
        last = len(COLUMNS) - 1
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._fit_columns()
        self.viewport().update()
