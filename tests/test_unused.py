"""No word and no icon lies about unused, as far as reading the program can tell.

A key that is put together at run time counts as used where its pattern fits: an attribute or an
enum's value may be anything, a plain name only what its own file or the schema spells out.
"""

import ast
import re
from collections.abc import Iterator

from facecheck_gui import resources
from facecheck_gui.i18n import Language, catalogue
from facecheck_gui.settings.form import fields, title_keys, word_keys
from tests.house import PACKAGE

_TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
_ICONS = sorted(path.stem for path in resources.path("icons").glob("*.svg"))


def _literals(tree: ast.AST) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


_ALL = set().union(*(_literals(tree) for tree in _TREES.values()))
_SCHEMA = _literals(_TREES[PACKAGE / "settings" / "schema.py"])


def _part(part: ast.expr, known: str) -> str:
    if isinstance(part, ast.Constant):
        return re.escape(str(part.value))
    plain = isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name)
    return f"(?:{known})" if plain else r"[\w.]+"


def _patterns() -> Iterator[re.Pattern[str]]:
    for tree in _TREES.values():
        words = sorted(w for w in _literals(tree) | _SCHEMA if re.fullmatch(r"[\w.]+", w))
        known = "|".join(map(re.escape, words)) or "(?!)"
        for node in ast.walk(tree):
            if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
                continue
            head = str(node.values[0].value)
            if re.fullmatch(r"\w+\.[\w.]*", head):
                # What is put together may be put together further.
                pattern = "".join(_part(part, known) for part in node.values)
                yield re.compile(pattern + r"(?:\.\w+)?")


_PATTERNS = tuple(_patterns())
_FORM = {key for field in fields() for key in word_keys(field)} | set(title_keys())


def _is_asked_for(key: str) -> bool:
    prefix = key.rpartition(".")[0]
    whole_table = prefix in _ALL and prefix not in {"staff", "details", "cli"}
    spelt = key in _ALL or key in _FORM or whole_table
    return spelt or any(pattern.fullmatch(key) for pattern in _PATTERNS)


def test_every_word_is_asked_for() -> None:
    assert [key for key in sorted(catalogue(Language.EN)) if not _is_asked_for(key)] == []


def test_every_icon_is_asked_for() -> None:
    style = resources.path("themes", "style.qss").read_text("utf-8")
    unused = [
        name
        for name in _ICONS
        if name not in _ALL and f"$icon_{name}" not in style and f"{name}.svg" not in _ALL
    ]
    assert unused == []
