"""The history's window in tests: the real window, desk, export and lanes, the test's own past."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import EngineName, Threshold
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.i18n import Language, Words
from facecheck_gui.records.history_look import HistoryFilter
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.day_page import DayPage
from facecheck_gui.ui.staff.day_words import Scale
from facecheck_gui.ui.staff.history_desk import HistoryDesk, HistoryParts
from facecheck_gui.ui.staff.history_export import HistoryExport
from facecheck_gui.ui.staff.history_file import HistoryFile
from facecheck_gui.ui.staff.history_table import COLUMNS
from facecheck_gui.ui.staff.history_window import HistoryWindow
from facecheck_gui.workers.lane import Lane
from tests.ui.staff.past import NOW, ZONE, Past


class Archive:
    """Builds everything, and takes it down again with ``close``."""

    def __init__(
        self,
        qtbot: QtBot,
        look: Look,
        geometry: QSettings,
        past: Past,
        *,
        zone: tzinfo = ZONE,
        now: datetime = NOW,
        language: Language = Language.EN,
    ) -> None:
        self.qtbot, self.past, self.words = qtbot, past, Words(language)
        self.now = now
        self.bugs: list[BaseException] = []
        self.file: Path | None = None
        self.asked_names: list[str] = []
        self.scale = Scale(EngineName.DEVICE, Threshold(80.0, 5.0))
        self.rows_fail: FaceCheckError | None = None
        self.hold_after: int | None = None
        """After so many rows the file waits: ``held`` tells so, ``row_gate`` lets it go on."""
        self.held, self.row_gate = threading.Event(), threading.Event()
        self.days = LocalDays(lambda: self.now, zone)
        self.looking, self.files = (Lane(n, on_bug=self.bugs.append) for n in ("look", "files"))
        self.window = HistoryWindow(look, self.words, self.days, geometry)
        self.export = HistoryExport(
            self.window,
            self.words,
            self.days,
            lane=self.files,
            rows=self._all,
            write=HistoryFile(self.words, self.days),
            ask=self._ask,
            parent=self.window,
        )
        self.desk = HistoryDesk(
            HistoryParts(
                self.window,
                look,
                self.words,
                self.days,
                past,
                self.looking,
                self.export,
                lambda: self.scale,
            ),
            self.window,
        )
        qtbot.addWidget(self.window)

    def open(self) -> None:
        """Show the window and wait until what is newest is there."""
        self.desk.open()
        self.window.activateWindow()
        self.wait()

    def wait(self) -> None:
        """Until nothing is read any more."""
        self.qtbot.waitUntil(lambda: self.looking.is_idle)

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(what)

    def open_day(self) -> DayPage:
        """Turn to the day at a glance, and wait until it is there."""
        self.tabs.setCurrentIndex(1)
        self.wait()
        page = self.window.day_page
        assert page is not None
        return page

    @property
    def tabs(self) -> QTabWidget:
        """The checks, and the day at a glance."""
        return self.window.findChildren(QTabWidget)[0]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the checks that are shown, from the top."""
        return [row.number for row in self.window.checks.table.rows]

    def cells(self, column: str) -> list[str]:
        """What stands in a column, from the top."""
        model = self.window.checks.table.model()
        place = COLUMNS.index(column)
        return [str(model.index(row, place).data()) for row in range(model.rowCount())]

    def button(self, key: str, among: QWidget | None = None) -> QPushButton:
        """The button with the words of ``key``."""
        word = self.words.text(key)
        (found,) = [b for b in (among or self.window).findChildren(QPushButton) if b.text() == word]
        return found

    def speak(self, language: Language) -> None:
        """Change the language, as the settings do."""
        self.words.speak(language)
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.LanguageChange))

    def close(self) -> None:
        """End all threads."""
        self.past.gate.set()
        self.row_gate.set()
        self.window.close()
        assert self.looking.close(3)
        assert self.files.close(3)
        assert self.bugs == []

    def _ask(self, _: HistoryWindow, name: str, __: str) -> Path | None:
        self.asked_names.append(name)
        return self.file

    def _all(self, wanted: HistoryFilter) -> Iterator[CheckIn]:
        for number, row in enumerate(self.past.all(wanted)):
            if number == self.hold_after:
                self.held.set()
                assert self.row_gate.wait(20)
            if number and self.rows_fail is not None:
                raise self.rows_fail
            yield row
