"""The records on the command line, as a shell runs it."""

import json
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import pytest

from facecheck_gui import resources
from tests.cli.shell import Shell


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory, shell: Shell) -> Path:
    """A home in which three checks were made."""
    home = tmp_path_factory.mktemp("used")
    settings = {"training": {"outcome": "match", "delay_s": 0}}
    (home / "settings.json").write_text(json.dumps(settings), "utf-8")
    photo = str(resources.path("demo", "hopper.jpg"))
    for _ in range(3):
        assert shell.run(home, "compare", photo, photo, "--engine", "training").returncode == 0
    return home


def _sql(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "data" / "records.db")) as records:
        records.execute(statement)
        records.commit()


def test_an_untouched_audit_is_said_to_be_so_and_a_touched_row_is_named(
    shell: Shell, used: Path
) -> None:
    ran = shell.run(used, "audit", "verify")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "The audit is as it was written: 3 attempts.\n"
    _sql(used, "UPDATE check_ins SET verdict = 'non_match' WHERE number = 2")
    ran = shell.run(used, "audit", "verify")
    assert ran.returncode == 1
    assert "Attempt 2 was altered" in ran.stdout
    told = json.loads(shell.run(used, "audit", "verify", "--json").stdout)
    assert (told["as_written"], told["tampering"], told["number"]) == (False, "altered", 2)
    _sql(used, "UPDATE check_ins SET verdict = 'match' WHERE number = 2")
    assert shell.run(used, "audit", "verify").returncode == 0


def test_a_purge_says_what_would_go_and_takes_it(shell: Shell, used: Path) -> None:
    told = json.loads(shell.run(used, "purge", "--dry-run", "--json").stdout)
    assert told == {"dry_run": True, "references": 0, "pictures": 0, "consents": 0, "attempts": 0}
    ran = shell.run(used, "purge")
    assert (ran.returncode, ran.stdout) == (0, "Nothing has been kept for too long.\n")


def test_records_that_cannot_be_read_are_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "records.db").write_bytes(b"no database at all " * 99)
    for words in (("audit", "verify"), ("purge",)):
        ran = shell.run(tmp_path, *words)
        assert ran.returncode == 3
        assert ran.stdout == ""
        assert "damaged" in ran.stderr
        assert "Traceback" not in ran.stderr


def test_the_history_shows_the_newest_first_and_filters(shell: Shell, used: Path) -> None:
    told = json.loads(shell.run(used, "history", "--json").stdout)
    assert [row["number"] for row in told] == [3, 2, 1]
    assert {row["verdict"] for row in told} == {"match"}
    assert told[0]["started_at"].endswith("+00:00")
    assert json.loads(shell.run(used, "history", "--json", "--verdict", "non_match").stdout) == []
    shown = shell.run(used, "history", "--limit", "2", "--engine", "training").stdout
    assert shown.count("Match") == 2
    assert "No check fits" in shell.run(used, "history", "--day", "1999-12-31").stdout


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_history_goes_into_a_file(shell: Shell, used: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"checks.{kind}"
    ran = shell.run(used, "history", "--export", str(file))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Wrote 3 into" in ran.stdout
    assert file.read_bytes()[:2] == (b"\xef\xbb" if kind == "csv" else b"PK")


@pytest.mark.parametrize("words", [["--day", "yesterday"], ["--export", "x.txt"], ["--limit", "0"]])
def test_what_the_history_does_not_understand_is_wrong_usage(
    shell: Shell, tmp_path: Path, words: list[str]
) -> None:
    ran = shell.run(tmp_path, "history", *words)
    assert ran.returncode == 64
    assert "Traceback" not in ran.stderr


def test_where_the_records_lie_is_said_and_where_their_key_does(shell: Shell, used: Path) -> None:
    told = json.loads(shell.run(used, "records", "where", "--json").stdout)
    assert told["records"] == str(used / "data" / "records.db")
    assert told["key_file"] == str(used / "data" / "station.key")
    assert "never beside a backup" in shell.run(used, "records", "where").stdout


@pytest.fixture
def empty_server(postgresql: str) -> str:
    """A database of its own on the server."""
    import psycopg

    name = f"moved_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{postgresql.rpartition('/')[0]}/{name}"


def test_everything_moves_to_a_server_and_goes_on_there(
    shell: Shell, used: Path, empty_server: str
) -> None:
    ran = shell.run(used, "records", "copy", empty_server)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "rows copied" in ran.stdout
    assert shell.run(used, "records", "copy", empty_server).returncode == 3  # no longer empty
    settings = used / "settings.json"
    before = settings.read_text("utf-8")
    settings.write_text(
        json.dumps({**json.loads(before), "records": {"database": empty_server}}), "utf-8"
    )
    try:
        photo = str(resources.path("demo", "hopper.jpg"))
        checked = shell.run(used, "compare", photo, photo, "--engine", "training")
        verified = shell.run(used, "audit", "verify")
    finally:
        settings.write_text(before, "utf-8")
    assert (checked.returncode, verified.returncode) == (0, 0)
    assert "4 attempts" in verified.stdout


@pytest.mark.parametrize("url", ["postgresql://a:secret@b/c", "nonsense", "sqlite:///x"])
def test_no_other_address_is_taken(shell: Shell, tmp_path: Path, url: str) -> None:
    ran = shell.run(tmp_path, "records", "copy", url)
    assert ran.returncode == 64
    assert "secret" not in ran.stderr
