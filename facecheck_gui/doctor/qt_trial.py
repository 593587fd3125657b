"""Starting Qt where it can hurt nobody: it ends the process when it finds no display."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum

from facecheck_gui.domain.plain_text import printable

_TIMEOUT_S = 15.0
_MOST_SAID = 400
_NO_QT = 3
# No window is shown: a loaded platform with a screen is what makes or breaks one.
_STORY = f"""
import json, sys
try:
    import PySide6
except ModuleNotFoundError:
    sys.exit({_NO_QT})
from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
application = QApplication(["facecheck doctor"])
chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
print(json.dumps([application.platformName(), qVersion(), chinese]))
"""


class TrialEnd(Enum):
    """How it ended."""

    STARTED = "started"
    QT_MISSING = "qt_missing"
    HUNG = "hung"
    BROKE = "broke"


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it. ``said`` is what Qt wrote first, printable and at most 400 characters;
    ``chinese_fonts`` are the families that can write Chinese."""

    end: TrialEnd
    platform: str = ""
    qt_version: str = ""
    chinese_fonts: tuple[str, ...] = ()
    said: str = ""


def try_qt(platform: str = "") -> Trial:
    """Start Qt in a child process, on ``platform`` or on the one it finds by itself.

    Takes about 0.3 s, at most 15 s. Not for a frozen program, which is no Python that could run it.
    """
    environ = dict(os.environ, **({"QT_QPA_PLATFORM": platform} if platform else {}))
    try:
        # -P: a file in the current folder must not pass for PySide6.
        ended = subprocess.run(  # noqa: S603 - this very Python with our own words
            [sys.executable, "-P", "-c", _STORY],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as expired:
        return Trial(TrialEnd.HUNG, said=_first_said(expired.stderr))
    if ended.returncode == _NO_QT:
        return Trial(TrialEnd.QT_MISSING)
    if ended.returncode != 0:
        return Trial(TrialEnd.BROKE, said=_first_said(ended.stderr))
    found, qt_version, chinese = json.loads(ended.stdout)
    return Trial(TrialEnd.STARTED, found, qt_version, tuple(chinese))


def _first_said(output: bytes | None) -> str:
    lines = (output or b"").decode("utf-8", "replace").split("\n")
    if lines[0].startswith("Traceback"):
        lines = [line for line in lines if line.strip()][-1:]
    text = " ".join(" ".join(lines).split())
    return printable(text, _MOST_SAID)
