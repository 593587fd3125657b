"""House habits that a machine can keep."""

import ast
import re
from pathlib import Path

from tests.house import PACKAGE

ROOT = PACKAGE.parent
FILES = sorted(PACKAGE.rglob("*.py"))
TEST_FILES = sorted(p for p in (ROOT / "tests").rglob("*.py") if "bench" not in p.parts)
TEXT_FILES = [
    p
    for p in [*FILES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "resources").rglob("*")]
    if p.suffix in {".py", ".md", ".toml", ".qss", ".svg"}
]
TEXT_FILES += [ROOT / "README.md", ROOT / ".ci" / "run", ROOT / "pyproject.toml"]

UNWANTED_MODULES = {"utils", "helpers", "common", "core", "constants", "types"}
UNWANTED_CLASSES = re.compile(r"(Manager|Helper|Service|Controller|Processor|Data|Info)$")
MACHINE_PATHS = re.compile(r"/(work|root|opt|home/\w+)/")


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    found = ast.walk(_tree(path))
    return [n for n in found if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_a_file_fits_in_one_sitting() -> None:
    long = [_id(p) for p in FILES if len(p.read_text("utf-8").splitlines()) > 350]
    assert long == []


def test_nine_functions_in_ten_fit_on_a_screen() -> None:
    lengths = sorted(
        (f.end_lineno or f.lineno) - f.lineno + 1 for path in FILES for f in _functions(path)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 34
    assert lengths[-1] <= 70


def test_names_say_what_a_thing_is() -> None:
    assert [_id(path) for path in FILES if path.stem in UNWANTED_MODULES] == []
    classes = [
        f"{_id(path)}: {node.name}"
        for path in FILES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.ClassDef) and UNWANTED_CLASSES.search(node.name)
    ]
    assert classes == []


def _silent(path: Path) -> list[str]:
    """What is public and says nothing."""
    tree = _tree(path)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    ]
    silent = [f"{_id(path)}: {node.name}" for node in public if not ast.get_docstring(node)]
    return silent if ast.get_docstring(tree) else [_id(path), *silent]


def test_every_public_thing_says_what_holds() -> None:
    assert [name for path in FILES for name in _silent(path)] == []


def test_a_package_opens_with_its_charter_and_no_code() -> None:
    packages = [p for p in FILES if p.name == "__init__.py" and p.parent != PACKAGE]
    assert packages
    for path in packages:
        tree = _tree(path)
        assert len(tree.body) == 1, path
        assert ast.get_docstring(tree), path


def _called(path: Path) -> set[str]:
    calls = (node.func for node in ast.walk(_tree(path)) if isinstance(node, ast.Call))
    return {f.attr for f in calls if isinstance(f, ast.Attribute)}


def test_no_test_sleeps() -> None:
    asleep = {"sleep", "qWait", "qSleep", "msleep"}
    assert [_id(path) for path in TEST_FILES if _called(path) & asleep] == []


def test_no_file_names_a_machine() -> None:
    found = [
        _id(path)
        for path in TEXT_FILES
        if path.name != "test_house_style.py" and MACHINE_PATHS.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_colour_or_style_sheet_stands_in_code() -> None:
    drawn = [p for p in FILES if p.parent.name != "domain" and "ui" in p.parts]
    assert drawn
    for path in drawn:
        text = path.read_text("utf-8")
        if path.name != "theme.py":
            assert not re.search(r"#[0-9a-fA-F]{6}\b", text), path
            assert "setStyleSheet" not in text, path
