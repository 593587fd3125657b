"""What is said to the person is seen, heard, in its place, and costs no timer."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QAccessibleAnnouncementEvent, QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.camera.preview import View, render
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.guidance import Instruction
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.domain.liveness import Challenge
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import camera_overlay, challenge_arrow
from facecheck_gui.ui.widgets.announcing import event_for
from facecheck_gui.ui.widgets.camera_view import CameraView
from facecheck_gui.ui.widgets.face_outline import place_of, steadied
from facecheck_gui.ui.widgets.guidance import (
    CHALLENGE_ICONS,
    INSTRUCTION_ICONS,
    ChallengeContent,
    GuidanceContent,
)
from facecheck_gui.ui.widgets.live_overlay import LiveOverlay

WIDTH, HEIGHT = 480, 360
FACE = FaceBox(60, 90, 120, 150)
CLOSER = GuidanceContent("closer", "Come a little closer", face=FACE)


@pytest.fixture
def spoken() -> list[str]:
    return []


@pytest.fixture
def grey() -> Frame:
    return Frame(np.full((HEIGHT, WIDTH, 3), 120, np.uint8), 0.0, "test")


@pytest.fixture
def view(qtbot: QtBot, look: Look, spoken: list[str], grey: Frame) -> CameraView:
    def speak(_: QWidget, text: str) -> None:
        spoken.append(text)

    made = CameraView(look, announce=speak)
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.show()
    made.show_preview(render(grey, View(*made.device_size())))
    return made


def _is(colour: QColor, wanted: QColor) -> bool:
    parts = zip(colour.getRgb()[:3], wanted.getRgb()[:3], strict=True)
    return all(abs(one - other) < 30 for one, other in parts)


def _count(image: QImage, wanted: QColor, area: QRectF) -> int:
    pixels = _pixels(image.copy(area.toRect()))
    return int((np.abs(pixels - np.array(wanted.getRgb()[:3])) < 30).all(axis=2).sum())


def _pixels(image: QImage) -> NDArray[np.int_]:
    made = image.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(made.constBits(), np.uint8)
    return flat.reshape(made.height(), -1, 4)[:, :, :3].astype(np.int_)


def _ring(view: CameraView) -> list[tuple[int, int]]:
    """Points in the middle of the ring, from the top with the clock."""
    oval = camera_overlay.oval_in(QRectF(view.rect()))
    away = camera_overlay.COUNTDOWN_GAP_PX + 3.5
    turns = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    x = oval.center().x() + (oval.width() / 2 + away) * np.sin(turns)
    y = oval.center().y() - (oval.height() / 2 + away) * np.cos(turns)
    return [(round(float(a)), round(float(b))) for a, b in zip(x, y, strict=True)]


def _ring_share(view: CameraView, good: QColor) -> float:
    image = view.grab().toImage()
    hits = [_is(image.pixelColor(x, y), good) for x, y in _ring(view)]
    return sum(hits) / len(hits)


def test_the_outline_is_where_the_mirrored_face_is(view: CameraView, look: Look) -> None:
    view.show_guidance(CLOSER)
    image, white = view.grab().toImage(), look.colour("outline_other")
    # 60..180 of 480, mirrored, is 300..420.
    for x, y in ((300, 90), (420, 90), (300, 240), (420, 240)):
        assert _count(image, white, QRectF(x - 14, y - 14, 28, 28)) > 20
    for x, y in ((60, 90), (60, 240)):
        assert _count(image, white, QRectF(x - 8, y - 8, 16, 16)) == 0


def test_nothing_crosses_the_face(view: CameraView, look: Look) -> None:
    without = view.grab().toImage()
    view.show_guidance(GuidanceContent("", "", face=FACE))
    image = view.grab().toImage()
    inside = QRect(306, 130, 108, 70)
    assert image.copy(inside) == without.copy(inside)


@pytest.mark.parametrize("size", [(WIDTH, HEIGHT), (240, 180), (300, 360)])
@pytest.mark.parametrize("mirrored", [True, False])
def test_a_face_is_found_in_every_preview(
    grey: Frame, size: tuple[int, int], mirrored: bool
) -> None:
    preview = render(grey, View(*size, mirrored=mirrored))
    area = QRectF(0, 0, size[0] * 2, size[1] * 2)
    scale = max(area.width() / WIDTH, area.height() / HEIGHT)
    middle = (120 - WIDTH / 2) * (-1 if mirrored else 1) * scale + area.width() / 2
    rect = place_of(FACE, preview, area)
    assert rect.center().x() == pytest.approx(middle, abs=0.01)
    assert rect.center().y() == pytest.approx((165 - HEIGHT / 2) * scale + area.height() / 2)
    assert rect.width() == pytest.approx(120 * scale)


def test_a_trembling_box_stands_still_and_a_moving_one_moves() -> None:
    assert steadied(FACE, FaceBox(61, 89, 121, 150)) is FACE
    moved = FaceBox(70, 90, 120, 150)
    assert steadied(FACE, moved) is moved
    assert steadied(FACE, None) is None
    assert steadied(None, FACE) is FACE


def test_the_face_moves_with_the_next_picture(view: CameraView, look: Look, grey: Frame) -> None:
    view.show_guidance(CLOSER)
    view.grab()
    view.show_guidance(GuidanceContent("closer", CLOSER.text, face=FaceBox(300, 90, 120, 150)))
    view.show_preview(render(grey, View(*view.device_size())))
    image, white = view.grab().toImage(), look.colour("outline_other")
    assert _count(image, white, QRectF(46, 76, 28, 28)) > 20
    assert _count(image, white, QRectF(406, 226, 28, 28)) == 0


def test_ready_is_green_and_has_an_icon(view: CameraView, look: Look) -> None:
    good = look.colour("guide_good")
    area = QRectF(100, 290, 280, 65)
    view.show_guidance(GuidanceContent("", "Good"))
    assert _count(view.grab().toImage(), good, QRectF(view.rect())) == 0
    view.show_guidance(GuidanceContent("", "Good", ready=True))
    bare = _count(view.grab().toImage(), good, area)
    view.show_guidance(GuidanceContent("check", "Good", ready=True))
    image = view.grab().toImage()
    assert _count(image, good, area) > bare + 20
    oval = camera_overlay.oval_in(QRectF(view.rect()))
    assert _count(image, good, QRectF(oval.left() - 4, oval.center().y() - 10, 8, 20)) >= 20


def test_the_ring_grows_with_what_is_held(view: CameraView, look: Look) -> None:
    shares = []
    for progress in (0.0, 0.25, 0.5, 1.0):
        view.show_guidance(GuidanceContent("hold", "Hold still", True, progress=progress))
        shares.append(_ring_share(view, look.colour("guide_good")))
    assert shares == pytest.approx([0.0, 0.25, 0.5, 1.0], abs=0.03)


def test_guidance_takes_the_place_of_the_caption_and_gives_it_back(view: CameraView) -> None:
    view.show_caption("Live")
    before = view.grab().toImage()
    view.show_guidance(CLOSER)
    assert view.accessibleDescription() == CLOSER.text
    view.show_guidance(None)
    assert view.accessibleDescription() == "Live"
    assert view.grab().toImage() == before


def test_new_words_are_spoken_once(view: CameraView, spoken: list[str]) -> None:
    for face in (FACE, None, FaceBox(0, 0, 9, 9)):
        view.show_guidance(GuidanceContent("closer", "Closer", face=face))
    view.show_guidance(GuidanceContent("back", "Back"))
    view.show_guidance(None)
    assert spoken == ["Closer", "Back"]


def test_nobody_is_spoken_to_from_a_hidden_view_or_over_a_check(
    view: CameraView, spoken: list[str], pixels: Pixels
) -> None:
    view.freeze(pixels, mirrored=True)
    view.show_guidance(CLOSER)
    view.unfreeze()
    view.hide()
    view.show_guidance(GuidanceContent("back", "Back"))
    assert spoken == []


def test_a_screen_reader_gets_the_words_themselves(view: CameraView) -> None:
    event = event_for(view, "Hold still")
    assert isinstance(event, QAccessibleAnnouncementEvent)
    assert event.message() == "Hold still"


@pytest.mark.parametrize("challenge", [Challenge.TURN_LEFT, Challenge.TURN_RIGHT])
def test_the_arrow_points_to_the_persons_own_side_of_the_screen(
    view: CameraView, look: Look, challenge: Challenge
) -> None:
    blue = look.colour("outline_chosen")
    view.show_challenge(ChallengeContent(challenge, "Turn", remaining_s=4.2))
    image, half = view.grab().toImage(), WIDTH // 2
    left = _count(image, blue, QRectF(0, 0, half, HEIGHT))
    right = _count(image, blue, QRectF(half, 0, half, HEIGHT))
    assert (left > 500, right > 500) == (
        challenge is Challenge.TURN_LEFT,
        challenge is Challenge.TURN_RIGHT,
    )
    # The tip is on the outer side: there the arrow is narrow.
    rect = challenge_arrow.place(
        QRectF(view.rect()), camera_overlay.oval_in(QRectF(view.rect())), challenge
    )
    outer = rect.left() + 8 if challenge is Challenge.TURN_LEFT else rect.right() - 12
    inner = rect.right() - 12 if challenge is Challenge.TURN_LEFT else rect.left() + 8
    columns = [_count(image, blue, QRectF(x, rect.top(), 4, rect.height())) for x in (outer, inner)]
    assert columns[0] < columns[1] / 2


def test_the_seconds_run_down_and_the_words_are_spoken_once(
    view: CameraView, spoken: list[str]
) -> None:
    pictures = []
    for remaining_s in (2.9, 2.1, 1.9, -3.0):
        content = ChallengeContent(Challenge.TURN_LEFT, "Turn left", 0.0, remaining_s)
        view.show_challenge(content)
        pictures.append(view.grab().toImage())
    assert pictures[0] == pictures[1]
    assert pictures[1] != pictures[2] != pictures[3]
    assert content.seconds == 0
    assert spoken == ["Turn left"]


def test_a_challenge_goes_before_guidance_which_comes_back(
    view: CameraView, spoken: list[str]
) -> None:
    view.show_guidance(CLOSER)
    before = view.grab().toImage()
    view.show_challenge(ChallengeContent(Challenge.TURN_LEFT, "Turn left", 0.5, 3))
    view.show_guidance(CLOSER)
    assert view.accessibleDescription() == "Turn left"
    view.show_challenge(None)
    assert view.grab().toImage() == before
    assert spoken == [CLOSER.text, "Turn left", CLOSER.text]


def _green_height(look: Look, overlay: LiveOverlay, grey: Frame) -> int:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    overlay.paint(painter, QRectF(image.rect()), 1.0, render(grey, View(WIDTH, HEIGHT)))
    painter.end()
    good = look.colour("guide_good")
    rows = [y for y in range(HEIGHT) if _is(image.pixelColor(WIDTH // 2, y), good)]
    return rows[-1] - rows[0]


def test_come_closer_lets_the_oval_grow_without_a_timer(look: Look, grey: Frame) -> None:
    now = [0.0]
    look.reduce_motion(reduced=False)
    overlay = LiveOverlay(look, lambda: now[0])
    overlay.challenge(ChallengeContent(Challenge.COME_CLOSER, "", 1.0, 3))
    heights = []
    for now[0] in (0.0, 0.2, 2.0):
        overlay.challenge(ChallengeContent(Challenge.COME_CLOSER, "", 1.0, 3 - now[0]))
        heights.append(_green_height(look, overlay, grey))
    assert heights[0] < heights[1] < heights[2]


def test_with_reduced_motion_the_oval_is_large_at_once(look: Look, grey: Frame) -> None:
    overlay = LiveOverlay(look, lambda: 0.0)
    overlay.guide(GuidanceContent("", "", ready=True, progress=1.0))
    usual = _green_height(look, overlay, grey)
    overlay.challenge(ChallengeContent(Challenge.COME_CLOSER, "", 1.0, 3))
    assert _green_height(look, overlay, grey) > usual * 1.1


def test_no_timer_runs_in_a_view_that_nobody_sees(
    view: CameraView, look: Look, pixels: Pixels
) -> None:
    look.reduce_motion(reduced=False)
    view.show_guidance(GuidanceContent("hold", "Hold still", True, FACE, 0.5))
    assert not any(timer.isActive() for timer in view.findChildren(QTimer))
    view.freeze(pixels, mirrored=True)
    assert view.ring_runs
    view.hide()
    assert not view.ring_runs
    view.show()
    assert view.ring_runs
    view.rest()


def test_words_are_shown_as_they_are_written(view: CameraView, look: Look) -> None:
    view.show_guidance(GuidanceContent("", "<b></b>"))
    line = _count(view.grab().toImage(), look.colour("on_scrim"), QRectF(100, 290, 280, 65))
    assert line > 40


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", [(320, 170), (240, 600), (900, 500)])
def test_the_line_stays_within_the_view_and_off_its_middle(
    view: CameraView, look: Look, theme: str, large: bool, size: tuple[int, int]
) -> None:
    look.wear(theme)
    view.resize(*size)
    blank = view.grab().toImage()
    view.show_guidance(GuidanceContent("light", "A little more light, please", large=large))
    image = view.grab().toImage()
    rows = np.flatnonzero((_pixels(image) != _pixels(blank)).any(axis=(1, 2)))
    assert rows.size
    assert rows[0] > size[1] * 0.55
    assert rows[-1] < size[1] - 4


def test_every_instruction_and_challenge_has_an_icon_that_is_drawn(look: Look) -> None:
    assert set(INSTRUCTION_ICONS) == set(Instruction)
    assert set(CHALLENGE_ICONS) == set(Challenge)
    for name in {*INSTRUCTION_ICONS.values(), *CHALLENGE_ICONS.values()}:
        assert not look.pixmap(name, 24, "text").isNull()
