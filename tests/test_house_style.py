"""House habits that a machine can keep."""

import ast
import re
from pathlib import Path

import pytest

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


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_a_file_fits_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 350


def test_nine_functions_in_ten_fit_on_a_screen() -> None:
    lengths = sorted(
        (f.end_lineno or f.lineno) - f.lineno + 1 for path in FILES for f in _functions(path)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 34
    assert lengths[-1] <= 70


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_names_say_what_a_thing_is(path: Path) -> None:
    assert path.stem not in UNWANTED_MODULES
    classes = [
        n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ClassDef)
    ]
    assert not [c.name for c in classes if UNWANTED_CLASSES.search(c.name)]


@pytest.mark.parametrize("path", FILES, ids=_id)
def test_every_public_thing_says_what_holds(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@pytest.mark.parametrize("path", [p for p in FILES if p.name == "__init__.py"], ids=_id)
def test_a_package_opens_with_its_charter_and_no_code(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    if path.parent == PACKAGE:
        return
    assert len(tree.body) == 1
    assert ast.get_docstring(tree)


@pytest.mark.parametrize("path", TEST_FILES, ids=_id)
def test_no_test_sleeps(path: Path) -> None:
    calls = [
        n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
    ]
    names = {f.attr for f in calls if isinstance(f, ast.Attribute)}
    assert not names & {"sleep", "qWait", "qSleep", "msleep"}


@pytest.mark.parametrize("path", TEXT_FILES, ids=_id)
def test_no_file_names_a_machine(path: Path) -> None:
    found = MACHINE_PATHS.findall(path.read_text("utf-8"))
    assert path.name == "test_house_style.py" or not found


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.parent.name != "domain" and "ui" in p.parts], ids=_id
)
def test_no_colour_or_style_sheet_stands_in_code(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.name == "theme.py":
        return
    assert not re.search(r"#[0-9a-fA-F]{6}\b", text)
    assert "setStyleSheet" not in text
