"""A check in the window, from Space to the verdict."""

import threading
from collections.abc import Callable
from typing import NoReturn

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName, Side, Threshold, Verdict
from facecheck_gui.domain.errors import CloudError, EngineError, Fault, WhichPicture
from facecheck_gui.domain.quality import FindingCode
from facecheck_gui.flows.verification import Verifier
from facecheck_gui.ui.widgets.key_button import KeyButton
from tests import fakes
from tests.fakes import ScriptedComparer
from tests.ui.staff.counter import Counter, face

OpenCounter = Callable[..., Counter]


@pytest.mark.parametrize(
    ("score", "verdict", "word"),
    [
        (80.0, Verdict.MATCH, "Match"),
        (79.99, Verdict.UNSURE, "Cannot tell for sure"),
        (60.0, Verdict.NON_MATCH, "Not a match"),
    ],
)
def test_space_checks_and_the_banner_tells(
    open_counter: OpenCounter, score: float, verdict: Verdict, word: str
) -> None:
    counter = open_counter(ScriptedComparer(score))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_Space)
    assert counter.wait_for_end().verdict is verdict
    content = counter.window.banner.content
    assert content is not None
    assert (content.verdict, content.word, content.score) == (verdict, word, f"{score:.2f}")
    assert "liveness not checked" in content.facts
    assert counter.bugs == []


def test_the_probe_is_what_the_camera_saw_and_not_its_mirror(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(91.5)
    counter = open_counter(comparer)
    counter.wait_until_live()
    counter.load(fakes.picture())
    frames = []
    counter.camera.fresh_frame, original = (  # type: ignore[method-assign]
        lambda age: frames.append(original(age)) or frames[-1],
        counter.camera.fresh_frame,
    )
    counter.window.check_requested.emit()
    counter.wait_for_end()
    assert comparer.requests[0].probe.source.pixels is frames[0].pixels  # type: ignore[union-attr]


def test_while_a_check_runs_the_probe_stands_still_and_the_button_cancels(
    open_counter: OpenCounter,
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def hang(_: CancelToken) -> None:
        asked.set()
        go_on.wait(30)

    counter = open_counter(ScriptedComparer(91.5, before=hang))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(asked.is_set)
    assert counter.window.live.view.is_frozen
    assert counter.checking.running
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_Escape)
    end = counter.wait_for_end()
    assert end.error is not None
    assert end.error.fault is Fault.CANCELLED
    assert not counter.checking.running
    go_on.set()


def test_a_late_answer_after_cancel_changes_nothing_and_the_next_check_is_answered(
    open_counter: OpenCounter,
) -> None:
    go_on = threading.Event()
    comparer = ScriptedComparer(99.0, 60.0, before=lambda _: go_on.wait(30) and None)
    counter = open_counter(comparer)
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(lambda: len(comparer.requests) == 1)
    counter.window.cancel_requested.emit()
    go_on.set()
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(lambda: len(counter.ends) == 2)
    assert [end.verdict for end in counter.ends] == [Verdict.NOT_CHECKED, counter.ends[1].verdict]
    assert counter.ends[1].attempt_id == comparer.requests[-1].attempt_id


def test_a_camera_pulled_out_in_mid_check_never_ends_in_green(open_counter: OpenCounter) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def hang(_: CancelToken) -> None:
        asked.set()
        go_on.wait(30)

    counter = open_counter(ScriptedComparer(99.0, before=hang))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(asked.is_set)
    counter.played.unplugged.set()
    end = counter.wait_for_end()
    go_on.set()
    assert end.verdict is Verdict.NOT_CHECKED
    assert end.error is not None
    assert end.error.fault is Fault.CAMERA_LOST
    assert "camera" in counter.window.banner.content.cause.lower()  # type: ignore[union-attr]


def test_a_lens_that_is_covered_is_not_compared(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(99.0)
    counter = open_counter(comparer)
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.played.covered.set()
    counter.qtbot.waitUntil(lambda: counter.camera.state.value == "frozen")
    counter.window.check_requested.emit()
    end = counter.wait_for_end()
    assert end.error is not None
    assert end.error.fault is Fault.CAMERA_UNUSABLE
    assert comparer.requests == []


def test_without_a_reference_nothing_is_asked(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(99.0)
    counter = open_counter(comparer)
    counter.wait_until_live()
    counter.window.check_requested.emit()
    assert not counter.checking.running
    assert comparer.requests == []
    assert counter.window.banner.hint == "Choose a reference photo first."


def test_another_reference_takes_the_old_verdict_away(open_counter: OpenCounter) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.wait_for_end()
    assert counter.window.banner.content is not None
    counter.references.load_picture(fakes.picture(shade=7))
    assert counter.window.banner.content is None
    assert counter.references.reference is None


def test_the_clicked_face_is_the_one_that_is_compared(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(91.5)
    faces = (face(2, 2, 20), face(30, 2, 16))
    counter = open_counter(comparer, find_faces=lambda _: faces)
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.reference.slot.face_chosen.emit(1)
    counter.window.check_requested.emit()
    counter.wait_for_end()
    assert comparer.requests[0].reference.chosen_face == faces[1].box


def test_an_attack_is_violet_and_says_to_look_at_the_person(open_counter: OpenCounter) -> None:
    error = CloudError(Fault.LIVENESS_FAILED, vendor_code="223120")
    counter = open_counter(ScriptedComparer(error))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    assert counter.wait_for_end().verdict is Verdict.ATTACK_SUSPECTED
    content = counter.window.banner.content
    assert content is not None
    assert content.verdict is Verdict.ATTACK_SUSPECTED
    assert "yourself" in content.step


def test_a_bug_in_an_engine_ends_as_not_checked(open_counter: OpenCounter) -> None:
    counter = open_counter(ScriptedComparer(ZeroDivisionError()))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    end = counter.wait_for_end()
    assert end.verdict is Verdict.NOT_CHECKED
    assert [type(bug) for bug in counter.bugs] == [ZeroDivisionError]


def _no_face(_: Side, __: CancelToken) -> NoReturn:
    raise EngineError(Fault.NO_FACE, picture=WhichPicture.PROBE)


def test_what_the_gate_refuses_is_compared_when_staff_insist(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    counter = open_counter(comparer)
    counter.checking.use(Verifier(comparer, Threshold(), on_bug=counter.bugs.append, gate=_no_face))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    refused = counter.wait_for_end()
    assert refused.verdict is Verdict.NOT_CHECKED
    assert comparer.requests == []
    (anyway,) = (
        button
        for button in counter.window.banner.findChildren(QPushButton)
        if button.text() == "Check anyway"
    )
    assert anyway.isVisible()
    counter.ends.clear()
    anyway.click()
    insisted = counter.wait_for_end()
    assert insisted.verdict is Verdict.MATCH
    assert insisted.request.probe.source is refused.request.probe.source
    assert [finding.code for finding in insisted.findings] == [FindingCode.QUALITY_OVERRULED]
    assert not anyway.isVisible()


def test_a_verdict_keeps_its_probe_when_the_camera_goes(open_counter: OpenCounter) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.wait_for_end()
    counter.played.unplugged.set()
    counter.qtbot.waitUntil(lambda: counter.camera.state is CameraState.LOST)
    assert counter.window.live.view.is_frozen
    assert counter.window.banner.content is not None
    counter.played.unplugged.clear()
    counter.camera.retry_now()
    counter.wait_until_live()
    assert counter.window.live.view.is_frozen


def test_another_camera_takes_the_verdict_away(open_counter: OpenCounter) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.wait_for_end()
    assert counter.camera_desk.type_address("http://door.example/live")
    assert counter.window.banner.content is None
    assert not counter.window.live.view.is_frozen


def test_what_was_refused_is_not_compared_without_a_camera_nor_paid_for(
    open_counter: OpenCounter,
) -> None:
    comparer = ScriptedComparer(91.5, engine=EngineName.KUAIDI100)
    counter = open_counter(comparer)
    counter.checking.use(Verifier(comparer, Threshold(), on_bug=counter.bugs.append, gate=_no_face))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.wait_for_end()
    counter.played.unplugged.set()
    counter.qtbot.waitUntil(lambda: counter.camera.state is CameraState.LOST)
    counter.ends.clear()
    counter.window.banner.check_anyway_requested.emit()
    assert counter.wait_for_end().verdict is Verdict.NOT_CHECKED
    assert comparer.requests == []


def test_a_covered_camera_bears_no_witness(open_counter: OpenCounter) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def hang(_: CancelToken) -> None:
        asked.set()
        go_on.wait(30)

    counter = open_counter(ScriptedComparer(91.5, before=hang))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(asked.is_set)
    counter.played.covered.set()
    counter.qtbot.wait(50)
    go_on.set()
    end = counter.wait_for_end()
    assert end.verdict is Verdict.NOT_CHECKED


def test_space_pressed_twice_checks_once_and_cancels_nothing(open_counter: OpenCounter) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def hang(_: CancelToken) -> None:
        asked.set()
        go_on.wait(30)

    counter = open_counter(ScriptedComparer(91.5, before=hang))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.focus_check()
    button = counter.window.findChild(KeyButton)
    for _ in range(2):
        counter.qtbot.keyClick(button, Qt.Key.Key_Space)
    counter.qtbot.waitUntil(asked.is_set)
    counter.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert counter.checking.running
    go_on.set()
    assert counter.wait_for_end().verdict is Verdict.MATCH


@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ShiftModifier,
    ],
)
def test_only_space_alone_checks(open_counter: OpenCounter, modifier: Qt.KeyboardModifier) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.qtbot.keyClick(counter.window, Qt.Key.Key_Space, modifier)
    assert not counter.checking.running
    assert counter.ends == []


def test_the_wheel_changes_no_choice(open_counter: OpenCounter) -> None:
    counter = open_counter(ScriptedComparer(91.5))
    combos = counter.window.findChildren(QComboBox)
    assert len(combos) >= 6
    before = [combo.currentIndex() for combo in combos]
    for combo in combos:
        for notch in (120, -120):
            at = QPointF(combo.rect().center())
            wheel = QWheelEvent(
                at,
                combo.mapToGlobal(at),
                QPoint(),
                QPoint(0, notch),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(combo, wheel)
            assert [combo.currentIndex() for combo in combos] == before
