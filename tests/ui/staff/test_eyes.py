"""What the station sees: guidance, pictures that take themselves, signs of life."""

import threading
from collections.abc import Callable

import pytest

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.errors import Fault
from facecheck_gui.domain.face import Face, Pose
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.liveness import (
    Challenge,
    LivenessLevel,
    LivenessReport,
    LivenessResult,
    LivenessSign,
)
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.flows.capture import AutoCapture
from facecheck_gui.flows.proof import Proof
from facecheck_gui.i18n import Language
from tests import fakes
from tests.fakes import ScriptedComparer
from tests.ui.staff.counter import Counter, Looks, face

OpenCounter = Callable[..., Counter]

# In the middle of a frame of 64 x 48, neither near nor far.
_THERE = face(24, 16, 16)


def _sees(*faces: Face) -> Callable[[Frame], Observation]:
    def see(frame: Frame) -> Observation:
        return Observation(frame, faces, Pose(0, 0, 0) if faces else None, QualityReport(()))

    return see


class OneSession:
    """A liveness session that does what the test says."""

    def __init__(self, report: LivenessReport) -> None:
        self._told = report
        self.may_end = threading.Event()
        self.seen: list[Observation] = []
        self.thread: threading.Thread | None = None

    challenge = Challenge.TURN_LEFT
    progress = 0.4
    remaining_s = 5.0

    @property
    def report(self) -> LivenessReport | None:
        return self._told if self.may_end.is_set() and len(self.seen) > 2 else None

    def see(self, observation: Observation) -> None:
        self.thread = threading.current_thread()
        self.seen.append(observation)


def _report(
    result: LivenessResult, *signs: LivenessSign, level: LivenessLevel = LivenessLevel.NORMAL
) -> LivenessReport:
    return LivenessReport(level, result, signs)


def _said(counter: Counter) -> str:
    return counter.window.live.view.accessibleDescription()


def test_what_is_seen_is_said_over_the_picture_in_both_languages(open_counter: OpenCounter) -> None:
    looks = Looks()
    counter = open_counter(ScriptedComparer(91.5), looks=looks)
    counter.qtbot.waitUntil(lambda: "Nobody" in _said(counter) or "front" in _said(counter))
    nobody = _said(counter)
    looks.sees = _sees(_THERE, face(2, 2, 15))
    counter.qtbot.waitUntil(lambda: _said(counter) != nobody)
    assert _said(counter) == counter.words.text("instruction.one_person")
    counter.words.speak(Language.ZH)
    counter.desk.retranslate()
    assert _said(counter) == counter.words.text("instruction.one_person")


def test_a_good_picture_takes_itself_once_and_its_best_frames_are_compared(
    open_counter: OpenCounter,
) -> None:
    comparer = ScriptedComparer(91.5)
    looks = Looks(_sees(_THERE))
    counter = open_counter(comparer, looks=looks, capture=AutoCapture(hold_s=0.2))
    counter.load(fakes.picture())
    end = counter.wait_for_end()
    assert end.verdict is Verdict.MATCH
    assert 1 <= len(end.request.probe.also) <= 2
    assert counter.window.live.view.is_frozen
    counter.qtbot.wait(400)
    assert len(comparer.requests) == 1


def test_without_the_setting_no_picture_takes_itself(open_counter: OpenCounter) -> None:
    comparer = ScriptedComparer(91.5)
    counter = open_counter(comparer, looks=Looks(_sees(_THERE)))
    counter.load(fakes.picture())
    counter.qtbot.waitUntil(lambda: _said(counter) == counter.words.text("instruction.ready"))
    counter.qtbot.wait(400)
    assert comparer.requests == []


def _ask_for_life(counter: Counter, level: LivenessLevel = LivenessLevel.NORMAL) -> None:
    counter.wait_until_live()
    counter.load(fakes.picture())
    counter.window.live.liveness.choose(level)
    counter.window.check_requested.emit()


@pytest.mark.parametrize(
    ("report", "verdict", "fault"),
    [
        (
            _report(LivenessResult.FAILED, LivenessSign.MOVES_AS_FLAT),
            Verdict.ATTACK_SUSPECTED,
            Fault.LIVENESS_FAILED,
        ),
        (
            _report(LivenessResult.NOT_CHECKED, LivenessSign.NOT_DONE_IN_TIME),
            Verdict.NOT_CHECKED,
            Fault.LIVENESS_NOT_DONE,
        ),
        (
            _report(LivenessResult.PASSED, level=LivenessLevel.LOW),
            Verdict.NOT_CHECKED,
            Fault.LIVENESS_UNAVAILABLE,
        ),
    ],
)
def test_a_sign_of_life_that_did_not_come_is_never_green_nor_red(
    open_counter: OpenCounter, report: LivenessReport, verdict: Verdict, fault: Fault
) -> None:
    session = OneSession(report)
    session.may_end.set()
    counter = open_counter(
        ScriptedComparer(99.0),
        looks=Looks(_sees(_THERE)),
        make_proof=lambda *_: Proof(session),
    )
    _ask_for_life(counter)
    end = counter.wait_for_end()
    assert end.verdict is verdict
    assert end.error is not None
    assert end.error.fault is fault


def test_the_probe_is_one_of_the_frames_in_which_life_was_seen(open_counter: OpenCounter) -> None:
    session = OneSession(_report(LivenessResult.PASSED))
    comparer = ScriptedComparer(91.5)
    counter = open_counter(
        comparer, looks=Looks(_sees(_THERE)), make_proof=lambda *_: Proof(session)
    )
    _ask_for_life(counter)
    counter.qtbot.waitUntil(lambda: _said(counter) == counter.words.text("challenge.turn_left"))
    assert counter.proving.running
    assert comparer.requests == []
    session.may_end.set()
    end = counter.wait_for_end()
    assert end.request.liveness == _report(LivenessResult.PASSED)
    seen = [observation.frame.pixels for observation in session.seen]
    assert any(end.request.probe.source.pixels is pixels for pixels in seen)  # type: ignore[union-attr]
    assert session.thread is not threading.main_thread()
    assert not counter.proving.running


def test_esc_ends_the_search_for_life_and_nothing_is_compared(open_counter: OpenCounter) -> None:
    session = OneSession(_report(LivenessResult.PASSED))
    comparer = ScriptedComparer(91.5)
    counter = open_counter(
        comparer, looks=Looks(_sees(_THERE)), make_proof=lambda *_: Proof(session)
    )
    _ask_for_life(counter)
    counter.qtbot.waitUntil(lambda: counter.proving.running)
    counter.window.cancel_requested.emit()
    session.may_end.set()
    assert not counter.proving.running
    counter.qtbot.wait(200)
    assert (comparer.requests, counter.ends) == ([], [])
    assert _said(counter) != counter.words.text("challenge.turn_left")


def test_a_camera_that_goes_ends_the_search_for_life_as_not_checked(
    open_counter: OpenCounter,
) -> None:
    session = OneSession(_report(LivenessResult.PASSED))
    counter = open_counter(
        ScriptedComparer(99.0), looks=Looks(_sees(_THERE)), make_proof=lambda *_: Proof(session)
    )
    _ask_for_life(counter)
    counter.qtbot.waitUntil(lambda: counter.proving.running)
    counter.played.unplugged.set()
    assert counter.wait_for_end().verdict is Verdict.NOT_CHECKED


def test_five_failures_lock_and_another_reference_unlocks(open_counter: OpenCounter) -> None:
    def fails(*_: object) -> Proof:
        session = OneSession(_report(LivenessResult.FAILED, LivenessSign.MOVES_AS_FLAT))
        session.may_end.set()
        return Proof(session)

    counter = open_counter(ScriptedComparer(99.0), looks=Looks(_sees(_THERE)), make_proof=fails)
    _ask_for_life(counter)
    counter.wait_for_end()
    for _ in range(5):
        counter.ends.clear()
        counter.window.check_requested.emit()
        last = counter.wait_for_end()
    assert last.error is not None
    assert last.error.fault is Fault.TOO_MANY_FAILURES
    counter.ends.clear()
    counter.load(fakes.picture())
    counter.window.check_requested.emit()
    assert counter.wait_for_end().verdict is Verdict.ATTACK_SUSPECTED
