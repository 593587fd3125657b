"""``facecheck history``, as a shell runs it: rows, reasons, days and files."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from facecheck_gui import resources
from tests.cli.shell import Shell

# Two in winter, one in summer, one in the hour that comes twice, one broken off; UTC.
_BEGAN = (
    datetime(2026, 1, 10, 22, 59, 59, tzinfo=UTC),
    datetime(2026, 1, 10, 23, 0, 0, tzinfo=UTC),
    datetime(2026, 7, 1, 22, 30, 0, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, 0, tzinfo=UTC),
    datetime(2026, 10, 26, 9, 0, 0, tzinfo=UTC),
)
BERLIN = {"TZ": "Europe/Berlin"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shell: Shell) -> Path:
    """A home in which five checks were made, at moments and with ends of our choice."""
    home = tmp_path_factory.mktemp("history")
    settings = {"training": {"outcome": "match", "delay_s": 0}}
    (home / "settings.json").write_text(json.dumps(settings), "utf-8")
    photo = str(resources.path("demo", "hopper.jpg"))
    for _ in _BEGAN:
        assert shell.run(home, "compare", photo, photo, "--engine", "training").returncode == 0
    with closing(sqlite3.connect(home / "data" / "records.db")) as records:
        for number, began in enumerate(_BEGAN, 1):
            moment_us = int(began.timestamp()) * 1_000_000
            records.execute(
                "UPDATE check_ins SET started_us = ? WHERE number = ?", (moment_us, number)
            )
        records.execute(
            "UPDATE check_ins SET verdict = 'not_checked', score = NULL, fault = 'face_blurred',"
            " person_id = 'V-1', person_name = '<b>Bobby</b>\x1b[31m' WHERE number = 3"
        )
        records.execute(
            "UPDATE check_ins SET verdict = 'not_checked', score = NULL, fault = 'from_tomorrow'"
            " WHERE number = 4"
        )
        records.execute(
            "UPDATE check_ins SET state = 'broken_off', verdict = 'not_checked', score = NULL"
            " WHERE number = 5"
        )
        records.commit()
    return home


def _lines(shell: Shell, home: Path, *words: str, **environ: str) -> list[str]:
    ran = shell.run(home, "history", *words, **{**BERLIN, **environ})
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def _numbers(shell: Shell, home: Path, *words: str, **environ: str) -> list[int]:
    ran = shell.run(home, "history", "--json", *words, **{**BERLIN, **environ})
    assert (ran.returncode, ran.stderr) == (0, "")
    return [row["number"] for row in json.loads(ran.stdout)]


def test_the_newest_is_first_each_in_the_local_time_it_had(shell: Shell, home: Path) -> None:
    began = [line[:19] for line in _lines(shell, home)]
    assert began == [
        "2026-10-26 10:00:00",
        "2026-10-25 02:30:00",
        "2026-07-02 00:30:00",
        "2026-01-11 00:00:00",
        "2026-01-10 23:59:59",
    ]


def test_a_check_that_was_none_says_why_in_a_sentence(shell: Shell, home: Path) -> None:
    broken_off, unknown, blurred, matched, _ = _lines(shell, home)
    assert "Not checked" in blurred
    assert blurred.endswith(".")
    assert "face_blurred" not in blurred
    assert unknown.endswith("from_tomorrow")
    assert "Broken off" in broken_off
    assert "Not checked" not in broken_off
    assert "Match" in matched


def test_the_reason_is_told_in_the_language_that_is_spoken(shell: Shell, home: Path) -> None:
    blurred = _lines(shell, home, LANG="zh_CN.UTF-8", LC_ALL="zh_CN.UTF-8")[2]
    assert blurred.endswith("。")


def test_what_a_name_does_to_a_terminal_is_left_out(shell: Shell, home: Path) -> None:
    shown = _lines(shell, home)[2]
    assert "<b>Bobby</b>" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize(
    ("day", "zone", "numbers"),
    [
        ("2026-01-10", "Europe/Berlin", [1]),
        ("2026-01-11", "Europe/Berlin", [2]),
        ("2026-07-02", "Europe/Berlin", [3]),
        ("2026-07-01", "UTC", [3]),
        ("2026-10-25", "Europe/Berlin", [4]),
        ("2026-10-24", "America/Los_Angeles", [4]),
        ("2026-01-11", "Asia/Shanghai", [2, 1]),
        ("2026-12-24", "Europe/Berlin", []),
    ],
)
def test_a_day_is_that_of_this_place_summer_and_winter(
    shell: Shell, home: Path, day: str, zone: str, numbers: list[int]
) -> None:
    assert _numbers(shell, home, "--day", day, TZ=zone) == numbers


def test_filters_leave_out_and_a_limit_keeps_the_newest(shell: Shell, home: Path) -> None:
    assert _numbers(shell, home, "--verdict", "match") == [2, 1]
    assert _numbers(shell, home, "--person", "V-1") == [3]
    assert _numbers(shell, home, "--text", "V-1") == [3]
    assert _numbers(shell, home, "--engine", "device") == []
    assert _numbers(shell, home, "--limit", "2") == [5, 4]


def test_json_has_stable_keys_words_and_utc(shell: Shell, home: Path) -> None:
    ran = shell.run(home, "history", "--json", "--person", "V-1", LANG="zh_CN.UTF-8", **BERLIN)
    (row,) = json.loads(ran.stdout)
    assert row["started_at"] == "2026-07-01T22:30:00+00:00"
    assert (row["state"], row["verdict"], row["score"]) == ("ended", "not_checked", None)
    assert (row["fault"], row["engine"]) == ("face_blurred", "training")


def test_nothing_found_is_said_and_json_stays_json(shell: Shell, home: Path) -> None:
    assert _lines(shell, home, "--person", "nobody") == ["No check fits"]
    assert _numbers(shell, home, "--person", "nobody") == []


def test_a_station_without_checks_says_so(shell: Shell, tmp_path: Path) -> None:
    ran = shell.run(tmp_path, "history")
    assert (ran.returncode, ran.stdout) == (0, "No checks yet\n")


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-13-01", "2026-02-30", "", "9999-12-31", "0001-01-01", "2026-3-1"]
)
def test_a_day_that_is_none_is_wrong_usage(shell: Shell, tmp_path: Path, day: str) -> None:
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        ran = shell.run(tmp_path, "history", "--day", day, TZ=zone)
        assert ran.returncode == 64
        assert "such as 2026-03-01" in ran.stderr


def test_a_file_has_all_rows_in_the_words_and_time_of_this_place(
    shell: Shell, home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.csv"
    said = _lines(shell, home, "--limit", "1", "--export", str(file))
    assert said == ["Wrote 5 into all.csv"]
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["Time (local)"] for row in rows][1:4] == [
        "2026-10-25 02:30:00",
        "2026-07-02 00:30:00",
        "2026-01-11 00:00:00",
    ]
    verdicts = ["Broken off", "Not checked", "Not checked", "Match", "Match"]
    assert [row["Verdict"] for row in rows] == verdicts


def test_a_workbook_has_what_fits_the_filter(shell: Shell, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.XLSX"
    _lines(shell, home, "--person", "V-1", "--export", str(file))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert rows[1][2] == datetime(2026, 7, 2, 0, 30)  # noqa: DTZ001 - a cell has no zone


def test_a_file_that_cannot_be_written_is_told(shell: Shell, home: Path, tmp_path: Path) -> None:
    ran = shell.run(home, "history", "--export", str(tmp_path / "nowhere" / "all.csv"))
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "The folder that was chosen is not there" in ran.stderr
    assert "nothing was checked" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["--verdict", "maybe"], ["--engine", "x"], ["--limit", "0"]])
def test_words_that_mean_nothing_are_wrong_usage(
    shell: Shell, tmp_path: Path, words: list[str]
) -> None:
    ran = shell.run(tmp_path, "history", *words)
    assert ran.returncode == 64
    assert "Traceback" not in ran.stderr
