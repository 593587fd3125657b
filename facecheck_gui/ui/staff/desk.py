"""Connects the staff window with camera, reference, checks and settings. Decides nothing itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import QObject, Slot

from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.comparison import (
    ComparisonRequest,
    EngineName,
    Side,
    Verification,
)
from facecheck_gui.domain.errors import CameraError, FaceCheckError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import Frame, ImageSource, Picture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessReport
from facecheck_gui.flows.attempt import NO_PICTURE, new_request
from facecheck_gui.flows.capture import Capture
from facecheck_gui.flows.reference import Reference
from facecheck_gui.flows.review import Reviewer
from facecheck_gui.flows.verification import may_overrule
from facecheck_gui.i18n import Words
from facecheck_gui.ui.live.checking import Checking
from facecheck_gui.ui.live.proving import Proving
from facecheck_gui.ui.live.watching import Watching
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.camera_desk import CameraDesk
from facecheck_gui.ui.staff.details_dialog import DetailsDialog
from facecheck_gui.ui.staff.reference_desk import ReferenceDesk
from facecheck_gui.ui.staff.shortcuts_dialog import ShortcutsDialog
from facecheck_gui.ui.staff.verdict_text import banner_content
from facecheck_gui.ui.staff.window import StaffWindow
from facecheck_gui.workers.camera import CameraWorker
from facecheck_gui.workers.lane import Lane

_MAX_PROBE_AGE_S = 0.5


@dataclass(frozen=True, slots=True)
class Eyes:
    """What looks at the live picture."""

    watching: Watching
    proving: Proving


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What measures both pictures of a check again, and where."""

    reviewer: Callable[[], Reviewer]
    lane: Lane


@dataclass(frozen=True, slots=True)
class Parts:
    """What the desk connects."""

    window: StaffWindow
    look: Look
    words: Words
    camera: CameraWorker
    camera_desk: CameraDesk
    references: ReferenceDesk
    checking: Checking
    eyes: Eyes
    reviewing: Reviewing


class Desk(QObject):
    """The life of a check in the window: reference, probe, answer, and again."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._last: Verification | None = None
        self._connect_reference()
        self._connect_checks()

    @property
    def last(self) -> Verification | None:
        """The last verification, while it still belongs to what is loaded."""
        return self._last

    def _connect_reference(self) -> None:
        desk = self._parts.references
        desk.loading_started.connect(self._on_reference_loading)
        desk.loaded.connect(self._on_reference_loaded)
        desk.load_failed.connect(self._on_reference_failed)
        desk.cleared.connect(self._on_reference_cleared)

    def _connect_checks(self) -> None:
        parts = self._parts
        window, checking = parts.window, parts.checking
        window.check_requested.connect(self._on_check)
        window.banner.check_anyway_requested.connect(self._on_check_anyway)
        window.cancel_requested.connect(self._on_cancel)
        window.details_requested.connect(self._on_details)
        window.top_bar.help_requested.connect(self._on_help)
        checking.began.connect(self._on_began)
        checking.ended.connect(self._on_ended)
        parts.camera_desk.frame_seen.connect(checking.see_frame)
        parts.camera.state_changed.connect(self._on_camera_state)
        parts.camera_desk.camera_chosen.connect(self.forget_verdict)
        parts.camera_desk.frame_seen.connect(parts.eyes.watching.see_frame)
        parts.camera.state_changed.connect(parts.eyes.watching.see_camera)
        parts.eyes.watching.captured.connect(self._on_captured)
        parts.camera.state_changed.connect(parts.eyes.proving.see_camera)
        parts.eyes.proving.ended.connect(self._on_proved)

    def retranslate(self) -> None:
        """The language has changed: say again what is shown."""
        self._parts.eyes.watching.retranslate()
        if self._last is not None:
            self._parts.window.banner.show_content(banner_content(self._last, self._parts.words))
        else:
            self._show_hint()

    @Slot()
    def forget_verdict(self) -> None:
        """What is loaded has changed: an old verdict must not stand beside it."""
        self._stop_proving()
        self._parts.checking.cancel()
        self._last = None
        self._unfreeze()
        self._show_hint()

    def _unfreeze(self) -> None:
        """Back to the live picture, and to what it asks for."""
        self._parts.window.live.view.unfreeze()
        self._parts.eyes.watching.be_quiet(False)  # noqa: FBT003 - a state

    def _show_hint(self) -> None:
        if self._parts.eyes.proving.running:
            key = "proving"
        elif self._parts.checking.running:
            key = "checking"
        elif self._parts.references.loading:
            key = "reference_loading"
        elif self._parts.references.reference is None:
            key = "ready_hint"
        else:
            key = "ready_to_check"
        self._parts.window.banner.rest(self._parts.words.text(f"staff.{key}"))

    @Slot()
    def _on_check(self) -> None:
        """Take the probe, freeze it, ask. Does nothing while a check runs."""
        side = self._reference_side()
        if side is None or self._prove_first():
            return
        parts = self._parts
        try:
            frame = parts.camera.fresh_frame(_MAX_PROBE_AGE_S)
        except CameraError as error:
            self._unfreeze()
            parts.checking.refuse(self._request(NO_PICTURE, side), error)
            return
        picture = Picture(frame.pixels, label=frame.source)
        parts.checking.start(self._request(picture, side))

    @Slot(object)
    def _on_captured(self, capture: Capture) -> None:
        """A good picture has taken itself: check its best frames."""
        side = self._reference_side()
        if side is not None and not self._prove_first():
            self._parts.checking.start(self._request_for(capture.frames, side))

    def _prove_first(self) -> bool:
        """Ask for a sign of life where the engine cannot tell by itself; whether that began."""
        parts = self._parts
        level = cast(LivenessLevel, parts.window.live.liveness.value)
        by_us = parts.checking.engine is EngineName.DEVICE and level is not LivenessLevel.NONE
        if not by_us or parts.camera.state is not CameraState.LIVE:
            return False
        self.forget_verdict()
        parts.eyes.watching.be_quiet(True)  # noqa: FBT003 - a state
        address = parts.camera_desk.address
        parts.eyes.proving.start(level, address.name if address is not None else "")
        if parts.eyes.proving.running:
            parts.window.show_running(True)  # noqa: FBT003
            self._show_hint()
        return True

    def _stop_proving(self) -> None:
        if self._parts.eyes.proving.running:
            self._parts.eyes.proving.cancel()
            self._parts.window.show_running(False)  # noqa: FBT003 - a state

    @Slot(object, object)
    def _on_proved(self, report: LivenessReport, frames: tuple[Frame, ...]) -> None:
        """Whether a living person was seen goes with the frames in which that was found out."""
        self._parts.window.show_running(False)  # noqa: FBT003 - a state
        side = self._reference_side()
        if side is not None:
            request = self._request_for(frames, side)
            self._parts.checking.start(replace(request, liveness=report))

    def _request_for(self, frames: tuple[Frame, ...], reference: Side) -> ComparisonRequest:
        """The best frame as the probe, the others beside it."""
        if not frames:
            return self._request(NO_PICTURE, reference)
        best, *more = (Picture(frame.pixels, label=frame.source) for frame in frames)
        return self._request(best, reference, tuple(more))

    def _reference_side(self) -> Side | None:
        """What to compare with; None, and why, where there is nothing or a check runs."""
        parts, window = self._parts, self._parts.window
        reference = parts.references.reference
        if parts.checking.running or parts.eyes.proving.running:
            return None
        if reference is None:
            self.forget_verdict()
            if not parts.references.loading:
                window.banner.rest(parts.words.text("staff.no_reference"))
            return None
        return reference.side(
            cast(FaceType, window.reference.kind.value),
            cast(LivenessLevel, window.reference.liveness.value),
        )

    @Slot()
    def _on_check_anyway(self) -> None:
        """Have the same two pictures compared, whatever the program has against them."""
        if self._last is None or not may_overrule(self._last):
            return
        asked = self._last.request
        again = new_request(asked.probe, asked.reference)
        again = replace(again, despite_quality=True, subject=asked.subject)
        try:
            # No answer counts without a live camera as its witness, so none is paid for.
            self._parts.camera.fresh_frame(_MAX_PROBE_AGE_S)
        except CameraError as error:
            self._parts.checking.refuse(again, error)
        else:
            self._parts.checking.start(again)

    @Slot()
    def _on_cancel(self) -> None:
        """End the check; where none runs, go back to the live picture."""
        if self._parts.checking.running:
            self._parts.checking.cancel()
        elif self._parts.eyes.proving.running:
            self.forget_verdict()
        elif self._parts.references.loading:
            self._parts.references.clear()
        else:
            self.forget_verdict()

    def _request(
        self, probe: ImageSource, reference: Side, also: tuple[Picture, ...] = ()
    ) -> ComparisonRequest:
        live = self._parts.window.live
        side = Side(
            probe,
            cast(FaceType, live.kind.value),
            cast(LivenessLevel, live.liveness.value),
            also=also,
        )
        loaded = self._parts.references.reference
        subject = loaded.subject if loaded is not None else None
        return replace(new_request(side, reference), subject=subject)

    @Slot(object)
    def _on_began(self, request: ComparisonRequest) -> None:
        window = self._parts.window
        self._last = None
        self._parts.eyes.watching.be_quiet(True)  # noqa: FBT003 - a state
        if isinstance(request.probe.source, Picture):
            window.live.view.freeze(request.probe.source.pixels, mirrored=True)
        window.show_running(True)  # noqa: FBT003 - a state
        self._show_hint()

    @Slot(object)
    def _on_ended(self, verification: Verification) -> None:
        window = self._parts.window
        self._last = verification
        window.show_running(False)  # noqa: FBT003
        window.live.view.rest()
        if verification.error is not None:
            self._unfreeze()
        window.banner.show_content(banner_content(verification, self._parts.words))

    @Slot(object, object)
    def _on_camera_state(self, state: CameraState, error: CameraError | None) -> None:
        self._parts.checking.see_camera(state, error)
        # A probe that was compared stays beside its verdict: neither stands alone.
        compared = self._last is not None and self._last.error is None
        if state is not CameraState.LIVE and not self._parts.checking.running and not compared:
            self._unfreeze()

    @Slot()
    def _on_reference_loading(self) -> None:
        self._parts.window.reference.show_loading()
        self.forget_verdict()

    @Slot(object)
    def _on_reference_loaded(self, reference: Reference) -> None:
        self._parts.window.reference.show_reference(reference)
        self._parts.window.focus_check()
        self._parts.eyes.watching.rearm()
        self._parts.eyes.proving.forgive()
        self.forget_verdict()

    @Slot(object)
    def _on_reference_failed(self, error: FaceCheckError) -> None:
        self._parts.window.reference.show_trouble(error)
        self.forget_verdict()

    @Slot()
    def _on_reference_cleared(self) -> None:
        self._parts.window.reference.show_nothing()
        self.forget_verdict()

    @Slot()
    def _on_details(self) -> None:
        if self._last is not None:
            parts = self._parts
            dialog = DetailsDialog(
                self._last,
                parts.look,
                parts.words,
                reviewer=parts.reviewing.reviewer(),
                lane=parts.reviewing.lane,
                parent=parts.window,
            )
            dialog.exec()
            dialog.deleteLater()

    @Slot()
    def _on_help(self) -> None:
        ShortcutsDialog(self._parts.words, self._parts.window).exec()
