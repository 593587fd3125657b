"""Puts many people on the roster: what was brought along, a first look, the import, its report."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from facecheck_gui.bookkeeping.importing import Brought
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import Cancelled, FaceCheckError
from facecheck_gui.flows.roster_import import RowReport, Tally
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain
from facecheck_gui.record_words import report_columns, tally_text
from facecheck_gui.sheets.export import export_csv
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.ask_file import ask_file
from facecheck_gui.ui.staff.import_report import ImportModel, ImportTable
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.outlet import Outlet
from facecheck_gui.workers.task import Task

_SIZE_PX = (820, 640)

Run = Callable[[Brought, CancelToken, Callable[[int], None], Callable[[RowReport], None]], Tally]
"""Imports, telling how many rows there are and then each; see ``bookkeeping.importing``."""


class ImportDialog(QDialog):
    """``imported`` tells that people may have come onto the roster."""

    imported = Signal()

    def __init__(
        self, run: Run, lane: Lane, look: Look, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._run, self._lane, self._words = run, lane, words
        self._people: Path | None = None
        self._photos: Path | None = None
        self._task: Task | None = None
        self._dry = False
        self._totals: Outlet[int] = Outlet(self._on_total)
        self._rows: Outlet[tuple[int, RowReport]] = Outlet(self._on_row)
        self._number = 0
        self._model = ImportModel(look, words)
        self._table = ImportTable(self._model, words)
        self._people_said, self._photos_said = ElidedLabel(), ElidedLabel()
        self._bar, self._said = QProgressBar(), PlainLabel(wraps=True)
        self._all = QCheckBox(words.text("import_dialog.all_rows"))
        self._buttons = {
            key: QPushButton(words.text(f"import_dialog.{key}"))
            for key in ("look", "start", "stop", "save")
        }
        self._close = QPushButton(words.text("dialog.close"))
        self._sources: list[QPushButton] = []
        self.setWindowTitle(words.text("import_dialog.title"))
        self.resize(*_SIZE_PX)
        self._build()
        self._connect()
        self._show_state()

    @property
    def said(self) -> str:
        """The line above the table."""
        return self._said.text()

    @property
    def reports(self) -> tuple[RowReport, ...]:
        """What became of each row so far."""
        return self._model.reports

    @property
    def running(self) -> bool:
        """Whether rows are being worked on."""
        return self._task is not None

    def button(self, key: str) -> QPushButton:
        """One of: look, start, stop, save."""
        return self._buttons[key]

    def bring_people(self, path: Path) -> None:
        """A list, or a folder of photos."""
        self._people = path
        self._show_state()

    def bring_photos(self, path: Path) -> None:
        """The folder or archive that belongs to a list."""
        self._photos = path
        self._show_state()

    def _build(self) -> None:
        text = self._words.text
        brought = QGridLayout()
        brought.setHorizontalSpacing(8)
        brought.setVerticalSpacing(8)
        brought.setColumnStretch(1, 1)
        for row, (key, said, sources) in enumerate(
            (
                (
                    "people",
                    self._people_said,
                    (("list", self._on_list), ("folder", self._on_folder)),
                ),
                (
                    "photos",
                    self._photos_said,
                    (("folder", self._on_photos), ("archive", self._on_archive)),
                ),
            )
        ):
            brought.addWidget(PlainLabel(text(f"import_dialog.{key}")), row, 0)
            brought.addWidget(said, row, 1)
            for column, (source, slot) in enumerate(sources, 2):
                button = QPushButton(text(f"import_dialog.choose_{source}"))
                button.clicked.connect(slot)
                button.setAutoDefault(False)
                self._sources.append(button)
                brought.addWidget(button, row, column)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(text("import_dialog.title"))
        self._buttons["start"].setProperty("primary", True)  # noqa: FBT003 - Qt's way
        self._buttons["look"].setToolTip(text("import_dialog.look_tip"))
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._all)
        below.addWidget(self._buttons["save"])
        below.addStretch()
        for button in (*(self._buttons[k] for k in ("look", "start", "stop")), self._close):
            below.addWidget(button)
        for button in (*self._buttons.values(), self._close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(text("import_dialog.explained"), role="muted", wraps=True))
        layout.addLayout(brought)
        layout.addWidget(self._bar)
        layout.addWidget(self._said)
        layout.addWidget(self._table, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self._buttons["look"].clicked.connect(self._on_look)
        self._buttons["start"].clicked.connect(self._on_start)
        self._buttons["stop"].clicked.connect(self._on_stop)
        self._buttons["save"].clicked.connect(self._on_save)
        self._all.toggled.connect(self._model.show_all)
        self._close.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)

    def _show_state(self) -> None:
        text, running = self._words.text, self.running
        none = text("import_dialog.none_chosen")
        self._people_said.show_text(str(self._people) if self._people else none)
        no_photos = text("import_dialog.no_photos")
        self._photos_said.show_text(str(self._photos) if self._photos else no_photos)
        for key in ("look", "start"):
            self._buttons[key].setVisible(not running)
            self._buttons[key].setEnabled(self._people is not None)
        self._buttons["stop"].setVisible(running)
        self._buttons["save"].setEnabled(not running and bool(self._model.reports))
        self._bar.setVisible(running)
        for button in self._sources:
            button.setEnabled(not running)

    def _begin(self, *, dry_run: bool) -> None:
        if self._people is None or self.running:
            return
        brought, run = Brought(self._people, self._photos, dry_run), self._run
        self._number += 1
        total, post, number = self._totals.post, self._rows.post, self._number
        self._dry = dry_run
        self._model.clear()
        self._bar.setRange(0, 0)
        self._said.setText(self._words.text("import_dialog.starting"))
        self._task = Task(lambda token: run(brought, token, total, lambda row: post((number, row))))
        self._task.succeeded.connect(self._on_done)
        self._task.failed.connect(self._on_failed)
        self._lane.submit(self._task)
        self._show_state()

    def _end(self, said: str) -> None:
        self._task = None
        self._said.setText(said)
        self._show_state()
        if not self._dry:
            self.imported.emit()

    def _on_total(self, total: int) -> None:
        self._bar.setRange(0, total)

    def _on_row(self, told: tuple[int, RowReport]) -> None:
        number, report = told
        if number != self._number:
            return  # a run that was stopped writes down what it had begun
        self._model.add(report)
        done, total = len(self._model.reports), max(self._bar.maximum(), 1)
        self._bar.setValue(done)
        if self.running:
            said = self._words.text("import.progress", done=f"{done:,}", total=f"{total:,}")
            fine = self._words.text("import_dialog.fine") if not self._model.rowCount() else ""
            self._said.setText(f"{said}  {fine}".strip())

    @Slot(object)
    def _on_done(self, tally: object) -> None:
        self._end(tally_text(cast(Tally, tally), self._words, dry_run=self._dry))

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            done = len(self._model.reports)
            self._end(self._words.text("import.broken_off", rows=f"{done:,}"))
            return
        said = explain(cast(FaceCheckError, error), self._words)
        self._end(f"{said.sentence} {said.staff}")

    @Slot()
    def _on_look(self) -> None:
        self._begin(dry_run=True)

    @Slot()
    def _on_start(self) -> None:
        self._begin(dry_run=False)

    @Slot()
    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_list(self) -> None:
        kinds = f"{self._words.text('import_dialog.lists')} (*.csv *.txt *.tsv *.xlsx)"
        self._ask_file(kinds, self.bring_people)

    @Slot()
    def _on_folder(self) -> None:
        self._ask_folder(self.bring_people)

    @Slot()
    def _on_photos(self) -> None:
        self._ask_folder(self.bring_photos)

    @Slot()
    def _on_archive(self) -> None:
        self._ask_file(f"{self._words.text('import_dialog.archives')} (*.zip)", self.bring_photos)

    def _ask_file(self, kinds: str, take: Callable[[Path], None]) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), "", kinds)
        if chosen:
            take(Path(chosen))

    def _ask_folder(self, take: Callable[[Path], None]) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.windowTitle())
        if chosen:
            take(Path(chosen))

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._words.text('import_dialog.report_name')}.csv"
        file = ask_file(self, name, "CSV (*.csv)")
        if file is not None:
            self.save_report(file)

    def save_report(self, file: Path) -> None:
        """Write what became of each row. 10,000 take 0.1 s."""
        try:
            table = report_columns(self._words)
            export_csv(self._model.reports, file, table, CancelToken(), lambda _: None)
        except FaceCheckError as error:
            said = explain(error, self._words)
            self._said.setText(f"{said.sentence} {said.staff}")
        else:
            self._said.setText(self._words.text("import_dialog.report_saved", file=file.name))

    @Slot()
    def _on_finished(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._totals.close()
        self._rows.close()
