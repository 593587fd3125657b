"""The command as a shell runs it, without loading Python and its libraries anew for each run.

A process that has loaded the command waits; for each run it forks, and the copy becomes the
command: its own arguments, environment, output and exit code, as after a start. What starts threads
(OpenCV, dlib, Qt) is loaded by the copy alone.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SPEAKS_ENGLISH = {
    "LANG": "en_US.UTF-8",
    "LC_ALL": "en_US.UTF-8",
    "PYTHONIOENCODING": "utf-8",
}


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs one command at a time."""

    def __init__(self) -> None:
        self._waiting = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.cli.shell"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )

    def run(self, home: Path, *words: str, **environ: str) -> Ran:
        """``facecheck`` with these words, its folders under ``home``."""
        settings = {**os.environ, "FACECHECK_HOME": str(home), **_SPEAKS_ENGLISH, **environ}
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            asked = {"words": words, "environ": settings, "out": str(out), "err": str(err)}
            assert self._waiting.stdin is not None
            assert self._waiting.stdout is not None
            self._waiting.stdin.write(json.dumps(asked) + "\n")
            self._waiting.stdin.flush()
            code = int(self._waiting.stdout.readline())
            encoding = settings["PYTHONIOENCODING"]
            return Ran(code, out.read_text(encoding), err.read_text(encoding))

    def close(self) -> None:
        """End the process that waits."""
        self._waiting.communicate(timeout=10)


def _become(asked: Mapping[str, Any]) -> None:
    """What a fresh process would be. Never returns."""
    os.environ.clear()
    os.environ.update(asked["environ"])
    time.tzset()
    for number, name in ((1, "out"), (2, "err")):
        opened = os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(opened, number)
    # Whoever asks something gets no answer.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = io.TextIOWrapper(io.FileIO(0, "r", closefd=False))
    encoding = asked["environ"]["PYTHONIOENCODING"]
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding, write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding, write_through=True)
    sys.argv = ["facecheck", *asked["words"]]
    code = 255
    try:
        command.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)


def _wait() -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        copy = os.fork()
        if copy == 0:
            _become(asked)
        _, status = os.waitpid(copy, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    from facecheck_gui.cli import command
    from facecheck_gui.records import history, ledger, retention, verification

    assert history
    assert ledger
    assert retention
    assert verification
    _wait()
