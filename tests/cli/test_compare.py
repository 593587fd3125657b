"""``facecheck compare`` as a shell runs it, on the pictures that come with the program."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from facecheck_gui import resources
from tests.cli.shell import Ran, Shell
from tests.hostile_server import HostileServer, ok
from tests.imaging import forge

_KEY = {"FACECHECK_SECRET_KEY": "CANARY-key", "FACECHECK_SECRET_SECRET": "CANARY-secret"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all, so that the engine's graph is made once."""
    return tmp_path_factory.mktemp("shared-home")


class Command:
    """``facecheck compare`` in one shell."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def run(self, home: Path, *words: str, **environ: str) -> Ran:
        return self._shell.run(home, "compare", *words, **environ)

    def json(self, home: Path, *words: str, **environ: str) -> dict[str, Any]:
        ran = self.run(home, *words, "--json", **environ)
        assert ran.stderr == ""
        content: dict[str, Any] = json.loads(ran.stdout)
        content["exit"] = ran.returncode
        return content


@pytest.fixture
def command(shell: Shell) -> Command:
    return Command(shell)


def _demo(name: str) -> str:
    return str(resources.path("demo", name))


def test_the_same_person_matches_and_everything_is_told(command: Command, home: Path) -> None:
    told = command.json(home, _demo("collins_card.jpg"), _demo("collins.jpg"))
    assert (told["exit"], told["verdict"], told["engine"]) == (0, "match", "device")
    assert told["score"] >= told["threshold"] == 80.0
    assert told["margin"] == pytest.approx(told["score"] - 80.0)
    assert told["liveness"] == "not_checked"
    assert told["error"] is None
    assert told["elapsed_ms"] > 0
    assert {f["code"] for f in told["findings"]} == {
        "scale_not_calibrated",
        "liveness_not_checked",
    }
    assert told["probe_face"]["height"] >= 80


def test_another_person_does_not_match(command: Command, home: Path) -> None:
    told = command.json(home, _demo("collins_card.jpg"), _demo("hopper.jpg"))
    assert (told["exit"], told["verdict"]) == (1, "non_match")


def test_a_score_just_below_a_raised_threshold_is_unsure(command: Command, home: Path) -> None:
    score = command.json(home, _demo("collins_card.jpg"), _demo("collins.jpg"))["score"]
    words = (_demo("collins_card.jpg"), _demo("collins.jpg"), "--threshold", str(score + 1))
    told = command.json(home, *words)
    assert (told["exit"], told["verdict"]) == (2, "unsure")


@pytest.mark.parametrize(
    ("reference", "probe", "code", "picture", "error_class"),
    [
        ("collins.jpg", "no_face.jpg", "no_face", "probe", "subject"),
        ("no_face.jpg", "collins.jpg", "no_face", "reference", "reference"),
        ("hopper.jpg", "two_people.jpg", "several_faces", "probe", "subject"),
        ("CREDITS.md", "hopper.jpg", "not_a_picture", "reference", "reference"),
        ("nobody.jpg", "hopper.jpg", "file_missing", "reference", "reference"),
        ("hopper.jpg", "nobody.jpg", "file_missing", "probe", "subject"),
    ],
)
def test_what_is_wrong_is_said_with_the_picture_and_the_next_step(
    command: Command,
    home: Path,
    reference: str,
    probe: str,
    code: str,
    picture: str,
    error_class: str,
) -> None:
    folder = str(resources.path("demo"))
    told = command.json(home, f"{folder}/{reference}", f"{folder}/{probe}")
    error = told["error"]
    assert (told["exit"], told["verdict"], told["score"]) == (3, "not_checked", None)
    assert (error["code"], error["picture"], error["class"]) == (code, picture, error_class)
    assert error["message"].endswith(".")
    assert error["next_step"].endswith(".")


def test_a_picture_of_four_hundred_megapixels_is_refused(
    command: Command, home: Path, tmp_path: Path
) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(forge.png_bomb(20_000))
    told = command.json(home, str(bomb), _demo("hopper.jpg"))
    assert (told["exit"], told["error"]["code"]) == (3, "picture_too_large")


def test_a_text_file_with_a_picture_s_name_is_refused(
    command: Command, home: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "portrait.jpg"
    letter.write_text("Dear Sir or Madam", "utf-8")
    ran = command.run(home, str(letter), _demo("hopper.jpg"))
    assert ran.returncode == 3
    assert "whatever its name says" in ran.stdout


def test_several_faces_on_the_reference_are_said(command: Command, home: Path) -> None:
    told = command.json(home, _demo("two_people.jpg"), _demo("hopper.jpg"))
    assert "several_faces" in {f["code"] for f in told["findings"]}


def test_liveness_on_the_device_is_never_pretended(command: Command, home: Path) -> None:
    words = (_demo("collins_card.jpg"), _demo("collins.jpg"), "--liveness", "low")
    told = command.json(home, *words)
    assert (told["exit"], told["error"]["code"]) == (3, "liveness_unavailable")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["one.jpg"],
        ["a.jpg", "b.jpg", "--engine", "oracle"],
        ["a.jpg", "b.jpg", "--threshold", "300"],
        ["a.jpg", "b.jpg", "--threshold", "nan"],
        ["a.jpg", "b.jpg", "--endpoint", "ftp://example.org"],
        ["a.jpg", "b.jpg", "--surprise"],
    ],
)
def test_wrong_usage_ends_with_64(command: Command, home: Path, words: list[str]) -> None:
    ran = command.run(home, *words)
    assert ran.returncode == 64
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("outcome", "verdict", "exit_code"),
    [
        ("match", "match", 0),
        ("non_match", "non_match", 1),
        ("unsure", "unsure", 2),
        ("222202", "not_checked", 3),
        ("223120", "attack_suspected", 4),
    ],
)
def test_the_simulator_gives_every_exit_code(
    command: Command, tmp_path: Path, outcome: str, verdict: str, exit_code: int
) -> None:
    settings = {"training": {"outcome": outcome, "delay_s": 0}}
    (tmp_path / "settings.json").write_text(json.dumps(settings), "utf-8")
    told = command.json(tmp_path, _demo("hopper.jpg"), _demo("hopper.jpg"), "--engine", "training")
    assert (told["verdict"], told["exit"]) == (verdict, exit_code)


@pytest.mark.parametrize(
    ("reply", "verdict", "exit_code"),
    [
        ('{"code":200,"message":"","data":{"score":"80.00"}}', "match", 0),
        ('{"code":200,"message":"","data":{"score":"79.99"}}', "unsure", 2),
        ('{"code":200,"message":"","data":{"score":"60"}}', "non_match", 1),
        ('{"code":200,"message":"","data":{"score":1e999}}', "not_checked", 3),
        ('{"code":400,"message":"223120",}', "attack_suspected", 4),
    ],
)
def test_the_cloud_s_words_become_verdicts(
    command: Command, tmp_path: Path, reply: str, verdict: str, exit_code: int
) -> None:
    pictures = (_demo("collins_card.jpg"), _demo("collins.jpg"))
    with HostileServer(ok(reply.encode())) as server:
        cloud = ("--engine", "kuaidi100", "--endpoint", server.url)
        told = command.json(tmp_path, *pictures, *cloud, **_KEY)
    assert (told["verdict"], told["exit"], told["engine"]) == (verdict, exit_code, "kuaidi100")
    assert len(server.requests) == 1
    assert "CANARY" not in json.dumps(told)


def test_plain_http_to_another_machine_needs_a_word(command: Command, tmp_path: Path) -> None:
    pictures = (_demo("collins_card.jpg"), _demo("collins.jpg"))
    cloud = ("--engine", "kuaidi100", "--endpoint", "http://192.0.2.1/api")
    told = command.json(tmp_path, *pictures, *cloud, **_KEY)
    assert (told["exit"], told["error"]["code"]) == (3, "http_not_allowed")


def test_addresses_and_tokens_go_to_the_cloud_as_they_are(command: Command, tmp_path: Path) -> None:
    reply = b'{"code":200,"message":"","data":{"score":"91.50"}}'
    with HostileServer(ok(reply)) as server:
        cloud = ("--engine", "kuaidi100", "--endpoint", server.url)
        words = ("https://example.org/face.jpg", "token:abc123")
        told = command.json(tmp_path, *words, *cloud, **_KEY)
    assert told["verdict"] == "match"
    (request,) = server.requests
    sent = bytes(request.body).decode("ascii")
    assert "compareImageType=URL" in sent
    assert "compareImage=https%3A%2F%2Fexample.org%2Fface.jpg" in sent
    assert "sourceImageType=FACE_TOKEN" in sent
    assert "sourceImage=abc123" in sent


def test_chinese_is_spoken_when_asked(command: Command, home: Path) -> None:
    ran = command.run(home, _demo("collins.jpg"), _demo("no_face.jpg"), "--language", "zh")
    assert "未完成比对" in ran.stdout
    assert "现场照片中没有找到人脸" in ran.stdout


def test_neither_qt_nor_a_network_library_is_loaded_for_the_device() -> None:
    program = (
        "import sys; sys.argv = ['facecheck', 'compare', *sys.argv[1:]]\n"
        "from facecheck_gui.cli.command import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'PySide6', 'shiboken6', 'requests', 'urllib3'}, loaded\n"
    )
    words = [_demo("collins_card.jpg"), _demo("collins.jpg")]
    ran = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    "settings",
    [
        '{"device":{"threshold": 99.5}, "check":{"liveness":"high"},',
        '{"device":{"threshold":"99,5"}}',
        '{"check":{"liveness":"hihg"}}',
    ],
)
def test_settings_that_cannot_be_read_never_become_milder_ones(
    command: Command, home: Path, tmp_path: Path, settings: str
) -> None:
    file = tmp_path / "settings.json"
    file.write_text(settings, "utf-8")
    words = (_demo("hopper.jpg"), _demo("hopper.jpg"))
    told = command.json(home, *words, FACECHECK_SETTINGS=str(file))
    assert (told["exit"], told["verdict"]) == (3, "not_checked")
    assert told["error"]["code"] == "setting_refused"
    assert file.read_text("utf-8") == settings


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_written_is_no_non_match(home: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "facecheck_gui", "compare", "--engine", "training", "a", "b"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "FACECHECK_HOME": str(home)},
            timeout=50,
            check=False,
        )
    assert ran.returncode == 3
    assert b"Traceback" not in ran.stderr


def test_letters_that_the_terminal_does_not_know_are_no_reason_for_silence(
    command: Command, home: Path
) -> None:
    words = ("--language", "zh", "--json", _demo("hopper.jpg"), _demo("hopper.jpg"))
    ran = command.run(home, *words, PYTHONIOENCODING="latin-1")
    assert ran.returncode == 0
    assert json.loads(ran.stdout.replace("\\u", "\\\\u"))["verdict"] == "match"


@pytest.mark.parametrize(
    "reference",
    ["token:", "token:a b", "https://", "https://bob:CANARY@faces.example/x.jpg"],
)
def test_what_can_be_no_token_or_address_is_never_paid_for(
    command: Command, home: Path, reference: str
) -> None:
    with HostileServer(ok(b'{"code":200,"data":{"score":"99"}}')) as server:
        words = (reference, _demo("hopper.jpg"), "--engine", "kuaidi100", "--endpoint", server.url)
        told = command.json(home, *words, **_KEY)
        assert server.connections == 0
    assert (told["exit"], told["error"]["picture"]) == (3, "reference")
    assert "CANARY" not in json.dumps(told)


def test_every_check_is_one_row_of_the_audit(command: Command, tmp_path: Path) -> None:
    settings = {"training": {"outcome": "match", "delay_s": 0}}
    (tmp_path / "settings.json").write_text(json.dumps(settings), "utf-8")
    words = (_demo("hopper.jpg"), _demo("hopper.jpg"), "--engine", "training")
    first, second = command.json(tmp_path, *words), command.json(tmp_path, "nobody.jpg", *words[1:])
    with closing(sqlite3.connect(tmp_path / "data" / "records.db")) as records:
        rows = records.execute(
            "SELECT number, engine, state, verdict, fault FROM check_ins ORDER BY number"
        ).fetchall()
    assert (first["verdict"], second["verdict"]) == ("match", "not_checked")
    assert rows == [
        (1, "training", "ended", "match", ""),
        (2, "training", "ended", "not_checked", "file_missing"),
    ]


def test_where_nothing_can_be_written_down_nothing_is_compared(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "records.db").write_bytes(b"no database at all " * 99)
    told = command.json(tmp_path, _demo("hopper.jpg"), _demo("hopper.jpg"))
    assert (told["exit"], told["verdict"]) == (3, "not_checked")
    assert told["error"]["code"] == "records_damaged"
