"""The details of a check: numbers, both pictures measured again, the raw answer."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName, Threshold, Verification
from facecheck_gui.domain.errors import EngineError, Fault
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import FaceToken, Picture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessSign, report_of
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.flows.review import Reviewer
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.details_dialog import DetailsDialog
from facecheck_gui.ui.staff.verdict_text import banner_content
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of
from facecheck_gui.workers.lane import Lane
from tests import fakes
from tests.ui.staff.counter import Counter, face

OpenCounter = Callable[..., Counter]
_WORDS = Words(Language.EN)


def _reviewer(find_faces: Callable[[Picture, CancelToken], tuple[Face, ...]]) -> Reviewer:
    inspector = Inspector(find_faces, pose_of, QualityJudge(limits_of(Settings().live_quality)))
    return Reviewer(inspector, inspector)


def _verification(reference: Picture | FaceToken | None = None) -> Verification:
    request = fakes.request()
    if reference is not None:
        request = replace(request, reference=replace(request.reference, source=reference))
    comparer = fakes.ScriptedComparer(91.5)
    return Verifier(comparer, Threshold(), on_bug=lambda bug: None).verify(request, CancelToken())


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    made = Lane("details", on_bug=lambda bug: None)
    yield made
    assert made.close(3)


def _open(verification: Verification, reviewer: Reviewer, lane: Lane, look: Look) -> DetailsDialog:
    return DetailsDialog(verification, look, _WORDS, reviewer=reviewer, lane=lane)


def _said(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_both_pictures_are_measured_and_told(qtbot: QtBot, look: Look, lane: Lane) -> None:
    dialog = _open(_verification(), _reviewer(lambda *_: (face(10, 10, 30),)), lane, look)
    qtbot.addWidget(dialog)
    assert "Being measured" in _said(dialog)
    qtbot.waitUntil(lambda: bool(dialog.quality.lines))
    lines = dialog.quality.lines
    assert lines.count("Live picture:") == lines.count("Reference photo:") == 1
    eyes = [line for line in lines if line.startswith("Eye distance")]
    assert len(eyes) == 2
    assert all("12 px" in line for line in eyes)
    assert all(line in dialog.text for line in lines)


def test_of_several_faces_the_one_that_was_compared_is_measured() -> None:
    large, small = face(0, 0, 40), face(44, 20, 20)
    verification = _verification()
    assert verification.comparison is not None
    compared = replace(verification.comparison, probe_face=small)
    review = _reviewer(lambda *_: (large, small)).review(
        replace(verification, comparison=compared), CancelToken()
    )
    assert review.probe is not None
    assert review.reference is not None
    names = [reading.measure.value for reading in review.probe.readings]
    eyes = names.index("eye_distance")
    assert review.probe.readings[eyes].value == pytest.approx(8, abs=0.5)
    assert review.reference.readings[eyes].value == pytest.approx(16, abs=0.5)


def test_what_shows_no_face_or_is_no_picture_says_so(qtbot: QtBot, look: Look, lane: Lane) -> None:
    dialog = _open(_verification(FaceToken("abc")), _reviewer(lambda *_: ()), lane, look)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: _said(dialog).count("No face that could be measured") == 2)
    assert dialog.quality.lines == []


def test_why_nothing_could_be_measured_is_said(qtbot: QtBot, look: Look, lane: Lane) -> None:
    def fails(*_: object) -> tuple[Face, ...]:
        raise EngineError(Fault.ENGINE_FILES_ALTERED)

    dialog = _open(_verification(), _reviewer(fails), lane, look)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "Being measured" not in _said(dialog))
    assert dialog.quality.lines == []


def test_a_dialog_that_is_closed_early_stops_measuring(
    qtbot: QtBot, look: Look, lane: Lane
) -> None:
    began, seen = threading.Event(), []

    def waits(_: Picture, cancel: CancelToken) -> tuple[Face, ...]:
        began.set()
        seen.append(cancel.wait(20))
        cancel.raise_if_cancelled()
        return ()

    dialog = _open(_verification(), _reviewer(waits), lane, look)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(began.is_set)
    dialog.accept()
    qtbot.waitUntil(lambda: lane.is_idle and bool(seen))
    assert seen == [True]


def test_the_window_opens_them_with_the_pictures_measured(open_counter: OpenCounter) -> None:
    counter = open_counter(fakes.ScriptedComparer(91.5))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.wait_for_end()
    shown: list[str] = []

    def look_and_close() -> None:
        dialog = counter.window.findChild(DetailsDialog)
        assert dialog is not None
        counter.qtbot.waitUntil(lambda: bool(dialog.quality.lines))
        shown.extend(dialog.quality.lines)
        dialog.accept()

    QTimer.singleShot(0, look_and_close)
    counter.window.details_requested.emit()
    assert "Live picture:" in shown


def test_a_refused_sign_of_life_says_what_was_seen() -> None:
    found = report_of(LivenessLevel.NORMAL, (LivenessSign.MOVES_AS_FLAT,))
    request = replace(fakes.request(liveness=LivenessLevel.NORMAL), liveness=found)
    comparer = fakes.ScriptedComparer(99.0, engine=EngineName.DEVICE)
    verifier = Verifier(comparer, Threshold(), on_bug=lambda bug: None)
    content = banner_content(verifier.verify(request, CancelToken()), _WORDS)
    assert "The face moved as a flat picture does." in (content.cause or "")
    assert comparer.requests == []
