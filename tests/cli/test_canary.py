"""Nothing secret lies anywhere: a day's work with the real program, then every byte of every file
that it wrote is searched for the face, the numbers made of it, and the secrets."""

import base64
import gzip
import io
import json
import os
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from facecheck_gui import resources
from facecheck_gui.bookkeeping.checks import keep_picture
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Side, Subject, Threshold
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.imaging.files import read_file
from facecheck_gui.settings.places import Places, places
from facecheck_gui.settings.schema import RecordsSettings
from tests import fakes
from tests.canary import found, windows
from tests.cli.shell import Shell
from tests.hostile_server import HostileServer, status

FACE = resources.path("demo", "collins.jpg")
KEY, SECRET = "canary-key-7F3A9C21E5D8", "canary-secret-0B64D2E19A7C"
PERSON = Subject("00417", "Zhang Wei")


def test_the_search_finds_what_was_hidden_on_purpose() -> None:
    face = FACE.read_bytes()
    needles = (*windows(face), KEY.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.bin", b"before" + face)
    for hidden in (
        b"x" * 1000 + face[len(face) // 3 : len(face) // 2],
        b'{"image": "' + base64.b64encode(b"ab" + face) + b'"}',
        base64.urlsafe_b64encode(face),
        zlib.compress(b"a" + face),
        b"log: " + gzip.compress(json.dumps({"key": KEY}).encode()),
        packed.getvalue(),
        KEY.encode().hex().encode(),
    ):
        assert found(needles, hidden), hidden[:40]
    assert found(needles, os.urandom(200_000)) == []
    assert found(needles, resources.path("demo", "hopper.jpg").read_bytes()) == []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("canary")
    (made / "temporary").mkdir()
    return made


@pytest.fixture(scope="module")
def worked(shell: Shell, home: Path) -> Path:
    """The folder after everything that people do in a day was done in it."""
    settings = {"records": {"keep_pictures": True}, "kuaidi100": {"allow_http": True}}
    (home / "settings.json").write_text(json.dumps(settings), "utf-8")
    secrets = {
        "FACECHECK_SECRET_KEY": KEY,
        "FACECHECK_SECRET_SECRET": SECRET,
        "TMPDIR": str(home / "temporary"),
    }

    def run(*words: str, code: int = 0) -> None:
        ran = shell.run(home, *words, **secrets)
        assert ran.returncode == code, (words, ran.stdout, ran.stderr)
        assert found((KEY.encode(), SECRET.encode()), (ran.stdout + ran.stderr).encode()) == []

    run("roster", "add", PERSON.person_id, PERSON.name, str(FACE))
    give = ("--give", "keep_reference", "--give", "keep_check_in", "--yes")
    run("roster", "consent", PERSON.person_id, *give)
    run("compare", str(FACE), str(resources.path("demo", "collins_card.jpg")))
    run("compare", str(FACE), str(resources.path("demo", "no_face.jpg")), code=3)
    with HostileServer(status(500, b"<html>" + KEY.encode())) as server:
        cloud = ("--engine", "kuaidi100", "--endpoint", server.url)
        run("compare", str(FACE), str(FACE), *cloud, code=3)
    _check_in(home)
    run("roster", "import", str(FACE.parent), "--dry-run", code=1)
    run("history", "--export", str(home / "history.xlsx"))
    run("history", "--export", str(home / "history.csv"))
    run("records", "backup")
    run("audit", "verify")
    return home


def _places(home: Path) -> Places:
    return places({"FACECHECK_HOME": str(home)})


def _check_in(home: Path) -> None:
    """A check of somebody who agreed that the picture is kept."""
    ledger = LateLedger(_places(home), RecordsSettings(keep_pictures=True))
    request = replace(
        fakes.request(), probe=Side(read_file(FACE)), subject=PERSON, attempt_id="kept"
    )
    verifier = Verifier(fakes.ScriptedComparer(91.5), Threshold(), on_bug=lambda bug: None)
    keep_picture(ledger, verifier.verify(request, CancelToken()))
    assert ledger.books().album.check_in(PERSON.person_id, "kept") is not None
    ledger.close()


def _needles(home: Path) -> tuple[bytes, ...]:
    """The file as it came, its pixels, the pictures as they were kept, the numbers made of them,
    and the secrets."""
    ledger = LateLedger(_places(home), RecordsSettings())
    album = ledger.books().album
    (kept,) = album.references(PERSON.person_id)
    picture = album.check_in(PERSON.person_id, "kept") or b""
    ledger.close()
    pixels = read_file(FACE).pixels
    rows = np.ascontiguousarray(pixels[:: max(1, len(pixels) // 20)]).tobytes()
    pieces = (FACE.read_bytes(), rows, kept.jpeg, picture, kept.embedding)
    assert all(windows(piece) for piece in pieces)
    return (*(w for piece in pieces for w in windows(piece)), KEY.encode(), SECRET.encode())


def _files(home: Path) -> list[Path]:
    return [file for file in home.rglob("*") if file.is_file()]


def test_no_face_and_no_secret_lies_in_any_file(worked: Path) -> None:
    needles, files = _needles(worked), _files(worked)
    names = {file.name for file in files}
    assert {"records.db", "keys.db", "history.csv", "history.xlsx", "station.key"} <= names
    assert any("backups" in file.parts for file in files)
    for file in files:
        assert found(needles, file.read_bytes()) == [], file


def test_nothing_temporary_is_left_behind(worked: Path) -> None:
    left = [file for file in _files(worked / "temporary") if file.name != "out.txt"]
    assert left == []


def test_who_takes_consent_back_is_gone_from_the_backups_too(
    worked: Path, shell: Shell, tmp_path: Path
) -> None:
    (consent,) = json.loads(
        shell.run(worked, "roster", "consent", PERSON.person_id, "--json").stdout
    )
    ran = shell.run(
        worked, "roster", "consent", PERSON.person_id, "--withdraw", consent["consent_id"]
    )
    assert "2 photos were destroyed" in ran.stderr
    restored = shell.run(worked, "records", "restore", "--yes")
    assert restored.returncode == 0, restored.stderr
    shown = json.loads(shell.run(worked, "roster", "show", PERSON.person_id, "--json").stdout)
    assert shown["photos"] == 0
