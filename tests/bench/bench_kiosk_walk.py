"""A random walk through the real window of the check-in station: events from several seeds, with
records, camera and lanes behind it. Looks for exceptions, for green without a match, for anything
of a visitor that is left on the first page, and for memory and handles that grow.

One line; exit code 1 where something was found.
"""

import argparse
import gc
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit

from facecheck_gui import resources
from facecheck_gui.bookkeeping.people import write_person
from facecheck_gui.camera.address import Demonstration
from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.kiosk import Page, Way
from facecheck_gui.kiosk_app import Station, station
from facecheck_gui.records.album import NewPhoto
from facecheck_gui.settings.places import Places

_NAME = "Canary Person"
_LETS_ANSWER = 0.7


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _event(chance: random.Random, door: Station) -> k.Event:
    visit = door.desk.machine.visit
    leads_on: dict[Page, tuple[k.Event, ...]] = {
        Page.ATTRACT: (k.Touched(),),
        Page.LANGUAGE: (k.LanguageChosen(),),
        Page.NOTICE: (k.Ticked(Purpose.COMPARE, ticked=True), k.Agreed()),
        Page.WHO: (k.WayChosen(Way.KEYPAD), k.CodeRead("1")),
        Page.KEYPAD: (k.Typed("1"), k.Entered()),
        Page.LOOK: (k.TimePassed(),),
        Page.NO_FACE: (k.CodeWanted(),),
        Page.CODE: (k.Typed("000000"), k.Entered()),
    }
    known = leads_on.get(door.window.shown)
    if known is not None and chance.random() < 0.6:
        return chance.choice(known)
    return chance.choice(
        (
            k.Touched(),
            k.Agreed(),
            k.Typed(chance.choice(("", "1", "x" * 50))),
            k.Entered(),
            k.NoFaceWanted(),
            k.CodeWanted(),
            k.StaffWanted(),
            k.BackWanted(),
            k.StartAgainWanted(),
            k.HelpToggled(),
            k.CameraLost(),
            k.TimePassed(),
            k.Checked(visit - 1, Verdict.MATCH),
            k.FaceTaken(visit - 1),
            k.PersonNotKnown(chance.randrange(50)),
        )
    )


def _left_over(door: Station) -> bool:
    labels = [label.text() for label in door.window.findChildren(QLabel)]
    lines = [line.text() for line in door.window.findChildren(QLineEdit)]
    return any(_NAME in text for text in labels) or any(lines)


def _memory_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def _handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _walk(door: Station, seed: int, events: int) -> tuple[int, int]:
    """How often something was wrong, and how often somebody looked at the camera."""
    chance, wrong, looks = random.Random(seed), 0, 0
    for number in range(events):
        before = door.window.shown
        door.desk.see(_event(chance, door))
        after = door.window.shown
        # No event of this walk is an answer of this visit: green comes from the desk alone.
        wrong += after is Page.WELCOME and before is not Page.WELCOME
        looks += after is Page.LOOK and before is not Page.LOOK
        if number % 10 == 0:
            _wait(1)
        if door.desk.machine.screen.waiting and chance.random() < _LETS_ANSWER:
            _wait(12)
            looks += door.window.shown is Page.LOOK
        if after is Page.ATTRACT and number % 50 == 0:
            wrong += _left_over(door)
    return wrong, looks


def run(seeds: int, events: int) -> tuple[str, bool]:
    """The line, and whether all is well."""
    bugs: list[BaseException] = []
    sys.excepthook = lambda kind, bug, trace: bugs.append(bug)
    wrong, looks, began_s = 0, 0, time.perf_counter()
    memory: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        places = Places(home / "s.json", home / "d", home / "c", home / "st")
        with station(places, fixed_camera=Demonstration()) as door:
            door.window.resize(1080, 1920)
            door.window.show()
            ledger = door.wiring.ledger(door.settings)
            write_person(ledger, Person("1", _NAME))
            photo = resources.path("demo", "collins.jpg").read_bytes()
            ledger.books().album.put_references("1", [NewPhoto(photo, FaceType.LIVE)])
            for seed in range(seeds):
                found, seen = _walk(door, seed, events)
                wrong, looks = wrong + found, looks + seen
                memory.append(_memory_mb())
                if seed == 0:
                    handles = _handles()
            grown = _handles() - handles
    half = memory[len(memory) // 2 :]
    line = (
        f"kiosk walk: {seeds * events:,} events from {seeds} seeds, {len(bugs)} exceptions, "
        f"{wrong} wrong pages; {looks} looks at the camera; memory {memory[0]:.0f} MB after the "
        f"first seed, {half[0]:.0f} at half, "
        f"{memory[-1]:.0f} at the end; handles {grown:+d}; {time.perf_counter() - began_s:.0f} s"
    )
    return line, not bugs and not wrong


def main() -> None:
    """Print the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("-n", type=int, default=5000, help="events of each seed")
    asked = parser.parse_args()
    line, well = run(asked.seeds, asked.n)
    print(line)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
