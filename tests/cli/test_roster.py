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


def test_somebody_is_shown_changed_and_keeps_what_was_agreed(shell: Shell, home: Path) -> None:
    shell.run(home, "roster", "add", "90", "Eileen", COLLINS, "--valid-until", "2030-01-01")
    ran = shell.run(home, "roster", "consent", "90", "--give", "compare", "--yes", "--json")
    (given,) = json.loads(ran.stdout)
    assert given["purposes"] == ["compare"]
    changed = shell.run(
        home, "roster", "change", "90", CARD, "--id", "91", "--name", "Li", "--valid-until", ""
    )
    assert (changed.returncode, changed.stderr) == (0, "")
    assert "Li (91) was changed." in changed.stdout
    shown = json.loads(shell.run(home, "roster", "show", "91", "--json").stdout)
    assert (shown["name"], shown["photos"], shown["valid_until"]) == ("Li", 1, None)
    assert [consent["consent_id"] for consent in shown["consents"]] == [given["consent_id"]]
    assert shell.run(home, "roster", "show", "90").returncode == 3


def test_who_takes_consent_back_has_no_face_on_file_any_more(shell: Shell, home: Path) -> None:
    shell.run(home, "roster", "add", "95", "Grace", COLLINS)
    give = ("roster", "consent", "95", "--give", "keep_reference", "--yes", "--json")
    (given,) = json.loads(shell.run(home, *give).stdout)
    back = shell.run(home, "roster", "consent", "95", "--withdraw", given["consent_id"])
    assert "1 photos were destroyed" in back.stderr
    assert "taken back" in back.stdout
    shown = shell.run(home, "roster", "show", "95").stdout
    assert "Photos on file: 0" in shown
    assert shell.run(home, "roster", "consent", "95", "--withdraw", "x").returncode == 64


def test_nobody_agrees_without_reading(shell: Shell, home: Path) -> None:
    shell.run(home, "roster", "add", "96", "Grace", COLLINS)
    asked = shell.run(home, "roster", "consent", "96", "--give", "compare")
    assert asked.returncode != 0
    assert "Grace: your face in front of the camera" in asked.stderr
    assert shell.run(home, "roster", "consent", "96", "--json").stdout.strip() == "[]"
    assert shell.run(home, "roster", "consent", "96", "--give", "all").returncode == 64


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list and a folder of photos, as somebody brings them along."""
    folder = tmp_path_factory.mktemp("brought")
    (folder / "photos").mkdir()
    for name, source in (("00417.jpg", "collins.jpg"), ("hopper.jpg", "hopper.jpg")):
        (folder / "photos" / name).write_bytes(resources.path("demo", source).read_bytes())
    (folder / "photos" / "empty.jpg").write_bytes(b"no picture")
    rows = "编号,姓名,照片\n00417,张伟,\n00418,李娜,hopper.jpg\n00419,=1+1,empty.jpg\n,谁,\n"
    (folder / "list.csv").write_bytes(rows.encode("gb18030"))
    return folder


def test_a_list_is_looked_at_put_on_and_not_put_on_again(
    shell: Shell, tmp_path: Path, brought: Path
) -> None:
    words = ("roster", "import", str(brought / "list.csv"), "--photos", str(brought / "photos"))
    dry = shell.run(tmp_path, *words, "--dry-run")
    assert dry.returncode == 1
    assert "Would add 2" in dry.stdout
    assert json.loads(shell.run(tmp_path, "roster", "find", "--json").stdout) == []
    report = tmp_path / "report.csv"
    ran = shell.run(tmp_path, *words, "--report", str(report))
    assert ran.returncode == 1
    assert "2 added, 0 changed, 0 left as they are; 2 rows were not used" in ran.stdout
    assert "Row 4, 00419 =1+1: empty.jpg" in ran.stdout
    assert "Row 5, 谁: An id is missing." in ran.stdout
    assert '"\'=1+1"' in report.read_text("utf-8-sig")
    again = json.loads(shell.run(tmp_path, *words, "--json").stdout)
    outcomes = [row["outcome"] for row in again["rows"]]
    assert outcomes == ["unchanged", "unchanged", "refused", "refused"]
    assert json.loads(shell.run(tmp_path, "roster", "show", "00418", "--json").stdout)["photos"]


def test_a_folder_of_photos_is_a_list_too(shell: Shell, tmp_path: Path, brought: Path) -> None:
    ran = shell.run(tmp_path, "roster", "import", str(brought / "photos"), "--json")
    rows = json.loads(ran.stdout)["rows"]
    assert [(row["person_id"], row["outcome"]) for row in rows] == [
        ("00417", "added"),
        ("empty", "refused"),
        ("hopper", "added"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [("a,b\n1,2\n", "does not name the columns"), ("", "Nobody is in the list")],
)
def test_a_list_that_cannot_be_used_is_told(
    shell: Shell, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "list.csv").write_text(content, "utf-8")
    ran = shell.run(tmp_path, "roster", "import", str(tmp_path / "list.csv"))
    assert ran.returncode == 3
    assert said in ran.stderr


def test_a_badge_is_written_as_a_code(shell: Shell, home: Path, tmp_path: Path) -> None:
    shell.run(home, "roster", "add", "97", "Grace", COLLINS)
    for kind, begins in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        out = tmp_path / f"badge.{kind}"
        assert shell.run(home, "roster", "badge", "97", "--out", str(out)).returncode == 0
        assert out.read_bytes().startswith(begins)
    assert shell.run(home, "roster", "badge", "97", "--out", "x.exe").returncode == 64
    assert shell.run(home, "roster", "badge", "98", "--out", "x.png").returncode == 3


def test_what_was_done_is_told_to_programs_too(shell: Shell, home: Path) -> None:
    added = shell.run(home, "roster", "add", "120", "Eileen", COLLINS, "--json")
    (findings,) = json.loads(added.stdout)["photos"].values()
    assert isinstance(findings, list)
    changed = shell.run(home, "roster", "change", "120", "--name", "Ann", "--json")
    assert json.loads(changed.stdout) == {"photos": {}}
    removed = shell.run(home, "roster", "remove", "120", "--json")
    assert json.loads(removed.stdout) == {"removed": "120"}
