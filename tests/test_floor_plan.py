"""Imports run downward, and each outside library is used only in its own rooms."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import FLOORS, LIBRARIES, OPENCV_ROOMS, PACKAGE

FILES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            if module == "facecheck_gui":
                yield from (f"facecheck_gui.{alias.name}" for alias in node.names)
            else:
                yield module


def _may_import(room: str, name: str) -> bool:
    top, _, rest = name.partition(".")
    if top != "facecheck_gui":
        return top in sys.stdlib_module_names or room in LIBRARIES.get(top, set())
    other = rest.split(".")[0]
    other = other if other in FLOORS else "__init__"
    return other == room or FLOORS[other] < FLOORS[room]


def test_imports_run_downward() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} may not import {name}"
        for path in FILES
        for name in _imports(path)
        if not _may_import(_room(path), name)
    ]
    assert wrong == []


def test_every_room_stands_on_a_floor() -> None:
    assert {_room(path) for path in FILES} <= FLOORS.keys()


_WINDOWS = sorted(p.name for p in (PACKAGE / "ui").iterdir() if (p / "window.py").is_file())


@pytest.mark.parametrize("mine", [*_WINDOWS, "widgets"])
def test_windows_never_meet_and_widgets_know_none(mine: str) -> None:
    others = [f"facecheck_gui.ui.{name}" for name in _WINDOWS if name != mine]
    files = [p for p in FILES if p.relative_to(PACKAGE).parts[:2] == ("ui", mine)]
    assert files
    names = [name for path in files for name in _imports(path)]
    assert not [name for name in names if name.startswith(tuple(others or ["?"]))]


def test_opencv_is_used_in_its_own_rooms_alone() -> None:
    users = {_room(path) for path in FILES if "facecheck_gui.opencv" in _imports(path)}
    assert users <= OPENCV_ROOMS
