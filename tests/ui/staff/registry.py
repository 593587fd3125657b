"""The roster's window in tests: real records and lanes, an engine to which a shade is a face."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Picture, Pixels
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.gate import refusals
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings, Settings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.roster_desk import RosterDesk, RosterParts
from facecheck_gui.ui.staff.roster_window import RosterWindow
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of
from facecheck_gui.workers.lane import Lane
from tests.ui.staff.counter import face

NOBODY_SHADE = 0


def _faces(picture: Picture) -> tuple[Face, ...]:
    return () if picture.pixels.max() == NOBODY_SHADE else (face(10, 10, 30),)


def _embed(pixels: Pixels, _: Face) -> bytes:
    """Another shade is another person."""
    numbers = np.zeros(128, "<f4")
    numbers[int(pixels[0, 0, 0]) // 2] = 1.0
    return numbers.tobytes()


class Registry:
    """Builds everything; taken down again with ``close``."""

    def __init__(self, qtbot: QtBot, look: Look, geometry: QSettings, folder: Path) -> None:
        self.qtbot, self.words = qtbot, Words(Language.EN)
        self.bugs: list[BaseException] = []
        self.portrait: Picture | None = None
        places = Places(folder / "s.json", folder / "data", folder / "c", folder / "state")
        self.ledger = LateLedger(places, RecordsSettings(station="Desk"))
        self.lanes = [
            Lane(n, on_bug=self.bugs.append) for n in ("look", "write", "engine", "files")
        ]
        self.window = RosterWindow(self._search, self.lanes[0], look, self.words, geometry)
        self.checked: list[Person] = []
        self.changed: list[str] = []
        self.desk = RosterDesk(
            RosterParts(
                self.window,
                look,
                self.words,
                lambda: self.ledger,
                Settings,
                self._enrolment,
                *self.lanes,
                self._take_portrait,
            ),
            self.window,
        )
        self.desk.check_wanted.connect(self.checked.append)
        self.desk.changed.connect(self.changed.append)
        qtbot.addWidget(self.window)

    def open(self) -> None:
        """Show the window and wait until the list is there."""
        self.desk.open()
        self.wait()

    def wait(self) -> None:
        """Until nothing is under way any more."""
        self.qtbot.waitUntil(lambda: all(lane.is_idle for lane in self.lanes))

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(what)

    def close(self) -> None:
        """End all threads."""
        self.window.close()
        assert all(lane.close(3) for lane in self.lanes)
        self.ledger.close()
        assert self.bugs == []

    def _search(self, typed: str) -> tuple[Person, ...]:
        return self.ledger.books().roster.search(typed)

    def _take_portrait(self, _: QWidget) -> Picture | None:
        return self.portrait

    @staticmethod
    def _enrolment(known: FaceIndex) -> Enrolment:
        limits = limits_of(Settings().reference_quality)
        inspector = Inspector(lambda p, _: _faces(p), pose_of, QualityJudge(limits))
        return Enrolment(_faces, inspector, _embed, known, refusals)
