"""Carries out what the station's state machine wants done, and tells it what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from facecheck_gui.bookkeeping import visits
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.comparison import ComparisonRequest, Side, Subject, Verdict, Verification
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import Frame, Picture
from facecheck_gui.domain.kiosk import Page, Why
from facecheck_gui.domain.liveness import LivenessLevel, LivenessReport, LivenessResult
from facecheck_gui.flows.attempt import new_request
from facecheck_gui.flows.capture import Capture
from facecheck_gui.flows.kiosk import Kiosk
from facecheck_gui.flows.person_locks import PersonLocks
from facecheck_gui.flows.reference import Reference, ReferenceLoader
from facecheck_gui.i18n import Language, Words
from facecheck_gui.messages import CONSENT_VERSION
from facecheck_gui.settings.schema import Settings
from facecheck_gui.ui.kiosk.camera import KioskCamera
from facecheck_gui.ui.kiosk.inquiry import Inquiry
from facecheck_gui.ui.kiosk.window import KioskWindow
from facecheck_gui.ui.live.badge_watch import BadgeWatch
from facecheck_gui.ui.live.checking import Checking
from facecheck_gui.ui.live.proving import Proving
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.workers.lane import Lane
from facecheck_gui.workers.task import Task

_TICK_MS = 200


@dataclass(frozen=True, slots=True)
class KioskParts:
    """What the desk connects. ``right_code`` says whether staff's code is right; ``now`` has the
    zone of this place."""

    window: KioskWindow
    words: Words
    home: Language
    camera: KioskCamera
    watching: Watching
    proving: Proving
    badges: BadgeWatch
    checking: Checking
    loader: ReferenceLoader
    locks: PersonLocks
    ledger: Callable[[], LateLedger]
    settings: Callable[[], Settings]
    looking: Lane
    writing: Lane
    engine: Lane
    right_code: Callable[[str], bool]
    now: Callable[[], datetime]
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    """The reference of a visit; None where it could not be loaded."""

    visit: int
    reference: Reference | None


@dataclass(slots=True)
class _Visit:
    """What is in memory of one visit, and goes with it."""

    number: int
    reference: Reference | None = None
    reference_failed: bool = False
    frames: tuple[Frame, ...] = ()
    liveness: LivenessReport | None = None
    compares: bool = False
    attempt_id: str = ""


class KioskDesk(QObject):
    """The life of a station. Everything that happens goes through ``see``."""

    def __init__(self, machine: Kiosk, parts: KioskParts) -> None:
        super().__init__(parts.window)
        self._machine, self._parts = machine, parts
        self._visit = _Visit(machine.visit)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._connect()

    @property
    def machine(self) -> Kiosk:
        """What decides."""
        return self._machine

    def start(self) -> None:
        """Show the first page, and begin to count."""
        self._parts.watching.be_quiet(True)  # noqa: FBT003 - a state
        self._parts.window.show_screen(self._machine.screen)
        self._tick.start()

    def stop(self) -> None:
        """Leave the visit, and count no more."""
        self._tick.stop()
        self.see(k.StartAgainWanted())

    def _connect(self) -> None:
        parts = self._parts
        parts.window.happened.connect(self.see)
        parts.window.language.language_chosen.connect(self._on_language_chosen)
        self._tick.timeout.connect(self._on_tick)
        parts.camera.frame_seen.connect(parts.watching.see_frame)
        parts.camera.frame_seen.connect(parts.checking.see_frame)
        parts.camera.frame_seen.connect(parts.badges.see_frame)
        parts.camera.worker.state_changed.connect(parts.checking.see_camera)
        parts.camera.worker.state_changed.connect(parts.watching.see_camera)
        parts.camera.worker.state_changed.connect(parts.proving.see_camera)
        parts.camera.lost.connect(self._on_camera_lost)
        parts.badges.code_seen.connect(self._on_code)
        parts.badges.code_scanned.connect(self._on_code)
        parts.watching.captured.connect(self._on_captured)
        parts.proving.ended.connect(self._on_proved)
        parts.checking.ended.connect(self._on_checked)

    @Slot(object)
    def see(self, event: k.Event) -> None:
        """Something has happened: show what follows, and do what is wanted."""
        parts = self._parts
        effects = self._machine.see(event, parts.clock())
        screen = self._machine.screen
        if self._machine.visit != self._visit.number:
            self._leave_visit()
        if screen.page is not Page.LOOK and not isinstance(event, k.FaceTaken):
            self._stop_looking()
        parts.camera.show_in(self._view_for(screen.page) if screen.camera_on else None)
        parts.window.show_screen(screen)
        for effect in effects:
            self._carry_out(effect)

    def _view_for(self, page: Page) -> CameraView:
        window = self._parts.window
        return window.who.view if page is Page.WHO else window.looking.view

    def _carry_out(self, effect: k.Effect) -> None:
        match effect:
            case k.LookUp() | k.Search() | k.JudgeCode():
                self._answer(effect)
            case k.WriteConsent() | k.WriteWithoutFace():
                self._write(effect)
            case k.BeginLook():
                self._begin_look(effect.subject)
            case k.Compare():
                self._visit.compares = True
                self._compare_when_ready()
            case k.Wipe():
                self._speak(self._parts.home)
            case k.CallStaff():
                QApplication.beep()
            case k.LetIn():
                self._parts.locks.unlock(effect.subject.person_id)
            case k.CountFailure():
                self._parts.locks.count_failure(effect.subject.person_id)

    # A visit.

    def _leave_visit(self) -> None:
        """Nothing of it stays: no picture, no name, no task."""
        parts = self._parts
        self._visit = _Visit(self._machine.visit)
        self._stop_looking()
        parts.checking.cancel()
        parts.badges.forget()

    def _stop_looking(self) -> None:
        self._parts.watching.be_quiet(True)  # noqa: FBT003 - a state
        if self._parts.proving.running:
            self._parts.proving.cancel()

    def _begin_look(self, subject: Subject) -> None:
        parts, number = self._parts, self._visit.number
        ledger, loader = parts.ledger, parts.loader

        def load(_: object) -> _Loaded:
            try:
                photos = visits.photos_of(ledger(), subject.person_id)
                return _Loaded(number, loader.from_person(subject, photos))
            except FaceCheckError:
                return _Loaded(number, None)

        task = Task(load)
        task.succeeded.connect(self._on_reference)
        parts.engine.submit(task)
        level = parts.settings().kiosk.liveness
        if level is LivenessLevel.NONE:
            parts.watching.rearm()
            parts.watching.be_quiet(False)  # noqa: FBT003 - a state
        else:
            parts.proving.forgive()
            parts.proving.start(level, parts.camera.name)

    @Slot(object)
    def _on_reference(self, loaded: object) -> None:
        found = cast(_Loaded, loaded)
        if found.visit == self._visit.number:
            self._visit.reference = found.reference
            self._visit.reference_failed = found.reference is None
            self._compare_when_ready()

    @Slot(object)
    def _on_captured(self, capture: Capture) -> None:
        self._visit.frames = capture.frames
        self._take_face()

    @Slot(object, object)
    def _on_proved(self, report: LivenessReport, frames: tuple[Frame, ...]) -> None:
        if report.result is not LivenessResult.PASSED:
            attack = report.result is LivenessResult.FAILED
            self.see(k.FaceRefused(self._visit.number, attack=attack))
            return
        self._visit.frames, self._visit.liveness = frames, report
        self._take_face()

    def _take_face(self) -> None:
        if self._visit.frames:
            self._parts.watching.be_quiet(True)  # noqa: FBT003 - a state
            pixels = self._visit.frames[0].pixels
            self._parts.window.looking.view.freeze(pixels, mirrored=True)
            self.see(k.FaceTaken(self._visit.number))

    def _compare_when_ready(self) -> None:
        visit = self._visit
        if not visit.compares or visit.attempt_id:
            return
        if visit.reference_failed:
            self.see(k.Checked(visit.number, Verdict.NOT_CHECKED))
        elif visit.reference is not None:
            request = self._request(visit, visit.reference)
            visit.attempt_id = request.attempt_id
            self._parts.checking.start(request)

    def _request(self, visit: _Visit, reference: Reference) -> ComparisonRequest:
        level = self._parts.settings().kiosk.liveness
        best, *more = (Picture(frame.pixels, label=frame.source) for frame in visit.frames)
        probe = Side(best, FaceType.LIVE, level, also=tuple(more))
        request = new_request(probe, reference.side(FaceType.LIVE, LivenessLevel.NONE))
        return replace(request, subject=reference.subject, liveness=visit.liveness)

    @Slot(object)
    def _on_checked(self, verification: Verification) -> None:
        if verification.request.attempt_id == self._visit.attempt_id:
            self.see(k.Checked(self._visit.number, verification.verdict))

    # What the records are asked.

    def _answer(self, asked: k.LookUp | k.Search | k.JudgeCode) -> None:
        """On the lane that reads; the answer is an event."""
        parts = self._parts
        inquiry = Inquiry(parts.ledger, parts.settings().badges, parts.right_code, parts.now)
        task = Task(lambda _: inquiry.answer(asked))
        task.succeeded.connect(self._on_answer)
        parts.looking.submit(task)

    @Slot(object)
    def _on_answer(self, answer: object) -> None:
        event = cast(k.Event, answer)
        if isinstance(event, k.PersonKnown) and self._parts.locks.is_locked(
            event.known.subject.person_id
        ):
            event = replace(event, known=replace(event.known, hindrance=Why.LOCKED))
        self.see(event)

    def _write(self, wanted: k.WriteConsent | k.WriteWithoutFace) -> None:
        """Where it cannot be written nothing may be compared, and nobody is let in."""
        parts = self._parts
        ledger, now = parts.ledger, parts.now
        agreement = visits.Agreement(
            parts.window.notice.notice_text(), CONSENT_VERSION, parts.words.language.value
        )

        def work(_: object) -> None:
            if isinstance(wanted, k.WriteConsent):
                visits.write_agreement(ledger(), wanted.subject, wanted.purposes, agreement)
            else:
                visits.write_without_face(ledger(), wanted.subject, now())

        task = Task(work)
        task.failed.connect(self._on_unwritten)
        parts.writing.submit(task)

    @Slot(object)
    def _on_unwritten(self, _: object) -> None:
        self.see(k.BrokeDown())

    # The rest.

    @Slot(str)
    def _on_code(self, code: str) -> None:
        self.see(k.CodeRead(code))

    @Slot()
    def _on_camera_lost(self) -> None:
        self.see(k.CameraLost())

    @Slot()
    def _on_tick(self) -> None:
        self.see(k.TimePassed())
        self._parts.window.show_left(self._machine.left(self._parts.clock()))

    @Slot(object)
    def _on_language_chosen(self, language: Language) -> None:
        self._speak(language)

    def _speak(self, language: Language) -> None:
        if language is not self._parts.words.language:
            self._parts.words.speak(language)
            QApplication.sendEvent(self._parts.window, QEvent(QEvent.Type.LanguageChange))
