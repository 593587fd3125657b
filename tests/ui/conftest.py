"""A look that is worn, words in English, and pictures."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.look import Look

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform complains of every window with a smallest size."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def present(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Shows a window and gives it the keyboard."""

    def show(window: QWidget) -> None:
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=3000)

    return show


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Look:
    """The light theme, with nothing moving unless a test asks for it."""
    made = Look(qapp, "light", tmp_path / "arrows", reduced_motion=True)
    made.wear()
    return made


@pytest.fixture
def words() -> Words:
    return Words(Language.EN)


@pytest.fixture
def pixels() -> Pixels:
    """Red on the left, blue on the right; 80 x 60."""
    made = np.zeros((60, 80, 3), np.uint8)
    made[:, :40, 0] = 255
    made[:, 40:, 2] = 255
    return made


@pytest.fixture
def frame(pixels: Pixels) -> Frame:
    return Frame(pixels, 0.0, "test")
