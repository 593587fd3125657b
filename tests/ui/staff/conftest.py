"""A counter for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facecheck_gui.comparers.base import Comparer
from facecheck_gui.ui.look import Look
from tests.ui.staff.archive import Archive
from tests.ui.staff.counter import Counter
from tests.ui.staff.past import Past


@pytest.fixture(autouse=True)
def garbage_waits(garbage_is_found_on_this_thread: None) -> None:
    """For every test of this folder."""


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Look:
    look = Look(qapp, "light", tmp_path / "theme", reduced_motion=True)
    look.wear()
    return look


@pytest.fixture
def geometry(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def open_counter(qtbot: QtBot, look: Look, geometry: QSettings) -> Iterator[Callable[..., Counter]]:
    """Opens a counter with a comparer; closed at the end."""
    opened: list[Counter] = []

    def open_one(comparer: Comparer, **options: Any) -> Counter:
        opened.append(Counter(qtbot, look, comparer, geometry, **options))
        return opened[-1]

    yield open_one
    for counter in opened:
        counter.close()


@pytest.fixture
def open_archive(qtbot: QtBot, look: Look, geometry: QSettings) -> Iterator[Callable[..., Archive]]:
    """Opens the history's window on a past; closed at the end."""
    opened: list[Archive] = []

    def open_one(past: Past, **options: Any) -> Archive:
        opened.append(Archive(qtbot, look, geometry, past, **options))
        opened[-1].open()
        return opened[-1]

    yield open_one
    for archive in opened:
        archive.close()
