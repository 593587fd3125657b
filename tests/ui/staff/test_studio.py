"""Portraits for the roster: taken by themselves or by hand, and looked at before they are used."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.guidance import DESK
from facecheck_gui.domain.image import Frame, Picture
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.staff.portrait_dialog import PortraitDialog
from facecheck_gui.ui.staff.studio import Studio
from facecheck_gui.vision.guidance import Guide
from tests.fakes import ScriptedComparer
from tests.ui.staff.counter import Counter, Looks, face

OpenCounter = Callable[..., Counter]
Take = Callable[..., Picture | None]

_THERE = face(24, 16, 16)


def _sees_a_good_face(frame: Frame) -> Observation:
    return Observation(frame, (_THERE,), Pose(0, 0, 0), QualityReport(()))


@pytest.fixture
def take(open_counter: OpenCounter, look: Look) -> Take:
    def take_one(
        looks: Looks, *steps: Callable[[Counter, PortraitDialog], object]
    ) -> Picture | None:
        counter = open_counter(ScriptedComparer(91.5), looks=looks)
        counter.wait_until_live()
        studio = Studio(
            counter.camera_desk,
            counter.analysis,
            counter.watching,
            look,
            counter.words,
            fresh_frame=counter.camera.fresh_frame,
            make_guide=lambda: Guide(DESK),
            clear=counter.desk.forget_verdict,
        )
        errors: list[BaseException] = []

        def go() -> None:
            dialog = next(
                w for w in QApplication.topLevelWidgets() if isinstance(w, PortraitDialog)
            )
            try:
                for step in steps:
                    step(counter, dialog)
            except BaseException as error:
                errors.append(error)
                dialog.reject()

        QTimer.singleShot(0, go)
        taken = studio.take(counter.window)
        if errors:
            raise errors[0]
        counter.qtbot.waitUntil(lambda: counter.camera.state is CameraState.LIVE)
        return taken

    return take_one


def _press(key: str) -> Callable[[Counter, PortraitDialog], None]:
    def press(counter: Counter, dialog: PortraitDialog) -> None:
        text = counter.words.text(key)
        next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()

    return press


def _until_taken(counter: Counter, dialog: PortraitDialog) -> None:
    counter.qtbot.waitUntil(lambda: dialog.picture is not None)
    assert dialog.view.is_frozen
    assert dialog.said == "Is this picture good?"


def test_a_good_picture_takes_itself_and_is_used_when_somebody_says_so(take: Take) -> None:
    picture = take(Looks(_sees_a_good_face), _until_taken, _press("roster.use_photo"))
    assert picture is not None
    assert (picture.width, picture.height) == (64, 48)


def test_another_one_is_taken_when_the_first_is_not_liked(take: Take) -> None:
    first: list[Picture | None] = []
    picture = take(
        Looks(_sees_a_good_face),
        _until_taken,
        lambda _, dialog: first.append(dialog.picture),
        _press("roster.take_again"),
        lambda _, dialog: first.append(dialog.picture),
        _until_taken,
        _press("roster.use_photo"),
    )
    assert picture is not None
    assert first[1] is None
    assert picture is not first[0]


def test_a_picture_is_taken_by_hand_where_the_program_sees_nobody(take: Take) -> None:
    picture = take(Looks(), _press("roster.take_now"), _press("roster.use_photo"))
    assert picture is not None


def test_who_leaves_takes_nothing_and_the_staff_window_has_its_camera_again(take: Take) -> None:
    counters: list[Counter] = []

    def leave(counter: Counter, dialog: PortraitDialog) -> None:
        counters.append(counter)
        counter.qtbot.waitUntil(lambda: "front" in dialog.view.accessibleDescription())
        dialog.reject()

    assert take(Looks(), leave) is None
    view = counters[0].window.live.view
    counters[0].qtbot.waitUntil(lambda: "front" in view.accessibleDescription())


def test_without_a_camera_nothing_is_taken_and_why_is_said(take: Take) -> None:
    def unplugged(counter: Counter, dialog: PortraitDialog) -> None:
        counter.played.unplugged.set()
        counter.qtbot.waitUntil(lambda: counter.camera.state is not CameraState.LIVE)
        _press("roster.take_now")(counter, dialog)
        assert dialog.picture is None
        assert "camera" in dialog.said.lower()
        assert not dialog.view.status.isHidden()
        counter.played.unplugged.clear()
        dialog.reject()

    assert take(Looks(), unplugged) is None
