"""Backups on the command line, as a shell runs it."""

import json
import shutil
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from facecheck_gui import resources
from tests.cli.shell import Shell


@pytest.fixture(scope="module")
def once_used(tmp_path_factory: pytest.TempPathFactory, shell: Shell) -> Path:
    """A home in which one check was made."""
    home = tmp_path_factory.mktemp("used")
    settings = {"training": {"outcome": "match", "delay_s": 0}}
    (home / "settings.json").write_text(json.dumps(settings), "utf-8")
    _check(shell, home)
    return home


@pytest.fixture
def home(once_used: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    return Path(shutil.copytree(once_used, tmp_path / "home"))


def _check(shell: Shell, home: Path) -> None:
    photo = str(resources.path("demo", "hopper.jpg"))
    assert shell.run(home, "compare", photo, photo, "--engine", "training").returncode == 0


def _overwrite(home: Path) -> None:
    (home / "data" / "records.db").write_bytes(b"no database at all " * 99)


def test_damaged_records_are_restored_and_go_on(shell: Shell, home: Path) -> None:
    made = shell.run(home, "records", "backup")
    assert (made.returncode, made.stderr) == (0, "")
    assert "keys are not in it" in made.stdout
    _check(shell, home)
    _overwrite(home)
    assert shell.run(home, "audit", "verify").returncode == 3
    ran = shell.run(home, "records", "restore", "--yes")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "What was written since is lost" in ran.stdout
    (kept,) = (home / "data").glob("records-before-*.db")
    assert str(kept) in ran.stdout
    assert kept.read_bytes().startswith(b"no database")
    _check(shell, home)
    verified = shell.run(home, "audit", "verify")
    assert (verified.returncode, verified.stdout) == (
        0,
        "The audit is as it was written: 2 attempts.\n",
    )


def test_nothing_is_restored_without_an_answer(shell: Shell, home: Path) -> None:
    shell.run(home, "records", "backup")
    before = (home / "data" / "records.db").read_bytes()
    ran = shell.run(home, "records", "restore")
    assert (ran.returncode, ran.stdout.strip()) == (3, "")
    assert "What was written since is lost" in ran.stderr
    assert "Nothing was changed" in ran.stderr
    assert (home / "data" / "records.db").read_bytes() == before


def test_backups_are_listed_with_what_they_are_good_for(shell: Shell, home: Path) -> None:
    assert shell.run(home, "records", "restore", "--list").stdout == "There is no backup yet.\n"
    first = json.loads(shell.run(home, "records", "backup", "--json").stdout)
    assert Path(first["file"]).stat().st_size == first["bytes"]
    Path(first["file"]).write_bytes(b"no database")
    told = json.loads(shell.run(home, "records", "restore", "--list", "--json").stdout)
    assert [(one["file"], one["good"]) for one in told] == [(first["file"], False)]
    assert "cannot be restored" in shell.run(home, "records", "restore", "--list").stdout
    ran = shell.run(home, "records", "restore", "--yes")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "no backup that could be restored" in ran.stderr


def test_a_backup_goes_into_a_file_of_one_s_own_and_comes_back(
    shell: Shell, home: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.db"
    assert shell.run(home, "records", "backup", str(mine)).returncode == 0
    assert mine.stat().st_mode & 0o077 == 0
    assert shell.run(home, "records", "backup", str(mine)).returncode == 64
    assert shell.run(home, "records", "backup", str(tmp_path / "no" / "folder")).returncode == 3
    _check(shell, home)
    told = json.loads(shell.run(home, "records", "restore", str(mine), "--yes", "--json").stdout)
    assert (told["file"], told["pictures_gone"]) == (str(mine), 0)
    with closing(sqlite3.connect(told["kept"])) as kept:
        assert kept.execute("SELECT count(*) FROM check_ins").fetchone() == (2,)
    assert "1 attempt" in shell.run(home, "audit", "verify").stdout


@pytest.mark.parametrize(("name", "said"), [("nowhere.db", "reached"), ("photo.db", "damaged")])
def test_what_is_no_backup_changes_nothing(
    shell: Shell, home: Path, tmp_path: Path, name: str, said: str
) -> None:
    shutil.copyfile(resources.path("demo", "hopper.jpg"), tmp_path / "photo.db")
    ran = shell.run(home, "records", "restore", str(tmp_path / name), "--yes")
    assert ran.returncode == 3
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert shell.run(home, "audit", "verify").returncode == 0


def test_records_that_were_lost_are_not_begun_anew_in_silence(shell: Shell, home: Path) -> None:
    shell.run(home, "records", "backup")
    (home / "data" / "records.db").unlink()
    ran = shell.run(home, "audit", "verify")
    assert ran.returncode == 3
    assert "facecheck records restore" in ran.stderr
    assert not (home / "data" / "records.db").exists()
    assert shell.run(home, "records", "restore", "--yes").returncode == 0
    assert shell.run(home, "audit", "verify").returncode == 0


@pytest.fixture
def empty_servers(postgresql: str) -> list[str]:
    """Two databases of their own on the server."""
    names = [f"kept_{uuid.uuid4().hex}" for _ in range(2)]
    with psycopg.connect(postgresql, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}".encode())
    return [f"{postgresql.rpartition('/')[0]}/{name}" for name in names]


def test_a_server_is_restored_into_an_empty_one_only(
    shell: Shell, home: Path, empty_servers: list[str]
) -> None:
    def use(server: str) -> None:
        settings = {"training": {"outcome": "match", "delay_s": 0}, "records": {"database": server}}
        (home / "settings.json").write_text(json.dumps(settings), "utf-8")

    first, second = empty_servers
    use(first)
    _check(shell, home)
    assert shell.run(home, "records", "backup").returncode == 0
    ran = shell.run(home, "records", "restore", "--yes")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "Traceback" not in ran.stderr
    use(second)
    ran = shell.run(home, "records", "restore", "--yes", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["kept"] is None
    assert "1 attempts" in shell.run(home, "audit", "verify").stdout
