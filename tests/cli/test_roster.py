"""The roster on the command line, with the real engine."""

import json
from pathlib import Path

import pytest

from facecheck_gui import resources
from tests.cli.shell import Shell

COLLINS = str(resources.path("demo", "collins.jpg"))
CARD = str(resources.path("demo", "collins_card.jpg"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roster")


def test_somebody_is_put_on_found_and_taken_off(shell: Shell, home: Path) -> None:
    ran = shell.run(home, "roster", "add", "00417", "张伟", COLLINS, CARD, "--group", "Gate 3")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "张伟 (00417) is on the roster with 2 photos" in ran.stdout
    (found,) = json.loads(shell.run(home, "roster", "find", "zw", "--json").stdout)
    assert (found["person_id"], found["name"], found["group"]) == ("00417", "张伟", "Gate 3")
    twin = shell.run(home, "roster", "add", "00418", "Twin", CARD)
    assert "collins_card.jpg: Looks like 00417" in twin.stdout
    assert shell.run(home, "roster", "remove", "00417").returncode == 0
    assert "00417" not in shell.run(home, "roster", "find").stdout
    assert shell.run(home, "roster", "remove", "00417").returncode == 3


def test_no_face_unsealed_lies_anywhere(shell: Shell, home: Path) -> None:
    shell.run(home, "roster", "add", "77", "Collins", COLLINS)
    kept = [file for file in home.rglob("*") if file.is_file() and "cache" not in file.parts]
    assert {file.name for file in kept} >= {"records.db", "keys.db", "station.key"}
    for file in kept:
        assert b"JFIF" not in file.read_bytes(), file
        assert file.stat().st_mode & 0o077 == 0, file


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("1", "A", "nobody.jpg"), 3, "for the reference photo"),
        (("1", "A", str(resources.path("demo", "no_face.jpg"))), 3, "No face"),
        (("1", "A", *[COLLINS] * 6), 64, "one to five photos"),
        (("1", "A", COLLINS, "--valid-until", "soon"), 64, "a day is written"),
    ],
)
def test_what_cannot_be_put_on_is_told_and_nobody_is(
    shell: Shell, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = shell.run(tmp_path, "roster", "add", *words)
    assert ran.returncode == code
    assert said.casefold() in ran.stderr.casefold()
    assert "Traceback" not in ran.stderr
    assert json.loads(shell.run(tmp_path, "roster", "find", "--json").stdout) == []


def test_an_id_that_is_taken_is_told(shell: Shell, home: Path) -> None:
    shell.run(home, "roster", "add", "55", "First", COLLINS)
    ran = shell.run(home, "roster", "add", "55", "Second", CARD)
    assert ran.returncode == 3
    assert "has this id" in ran.stderr
