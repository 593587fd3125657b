"""What is shown of a frame, and where."""

import numpy as np
import pytest

from facecheck_gui.camera.preview import Fit, View, render
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Frame
from tests.camera.stories import noisy

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def frame_with_marks(width: int = 640, height: int = 480) -> Frame:
    """Left third red, the rest green, a blue square of 40 in the middle."""
    pixels = np.full((height, width, 3), GREEN, np.uint8)
    pixels[:, : width // 3] = RED
    pixels[height // 2 - 20 : height // 2 + 20, width // 2 - 20 : width // 2 + 20] = BLUE
    return Frame(pixels, 1.0, "marks")


@pytest.mark.parametrize("size", [(960, 540), (300, 900), (640, 480), (1, 1), (641, 333)])
def test_cover_fills_the_view_to_the_pixel(size: tuple[int, int]) -> None:
    preview = render(frame_with_marks(), View(*size))
    assert preview.bgra.shape == (size[1], size[0], 4)
    assert preview.bgra.dtype == np.uint8
    assert preview.bgra.flags.c_contiguous
    assert (preview.bgra[..., 3] == 255).all()


def test_contain_shows_the_whole_frame() -> None:
    preview = render(frame_with_marks(), View(960, 540, Fit.CONTAIN, mirrored=False))
    assert preview.bgra.shape == (540, 720, 4)
    assert tuple(preview.bgra[10, 10, :3]) == RED[::-1]


def test_the_preview_is_mirrored_and_its_frame_is_not() -> None:
    frame = frame_with_marks()
    before = frame.pixels.copy()
    preview = render(frame, View(640, 480))
    assert tuple(preview.bgra[10, -10, :3]) == RED[::-1]
    assert tuple(preview.bgra[10, 10, :3]) == GREEN[::-1]
    assert preview.frame is frame
    assert np.array_equal(frame.pixels, before)


def test_edges_are_cut_off_evenly() -> None:
    preview = render(frame_with_marks(), View(240, 480, mirrored=False))
    blue = np.argwhere((preview.bgra[..., :3] == BLUE[::-1]).all(axis=2))
    assert blue.mean(axis=0) == pytest.approx((239.5, 119.5), abs=0.6)


@pytest.mark.parametrize("fit", list(Fit))
@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize("size", [(960, 540), (300, 900), (640, 480)])
def test_a_box_lies_where_its_face_is_shown(
    fit: Fit, mirrored: bool, size: tuple[int, int]
) -> None:
    frame = Frame(np.full((480, 640, 3), 90, np.uint8), 1.0, "box")
    frame.pixels[200:280, 260:340] = BLUE
    preview = render(frame, View(*size, fit, mirrored))
    box = preview.placement.box(FaceBox(260, 200, 80, 80))
    shown = np.argwhere(preview.bgra[..., 0] > 172)
    top, left = shown.min(axis=0)
    bottom, right = shown.max(axis=0) + 1
    assert (box.left, box.top) == pytest.approx((left, top), abs=2)
    assert (box.left + box.width, box.top + box.height) == pytest.approx((right, bottom), abs=2)


@pytest.mark.parametrize("fit", list(Fit))
def test_a_click_finds_its_way_back_into_the_frame(fit: Fit) -> None:
    placement = render(Frame(noisy(1, 640, 480), 1.0, "click"), View(300, 900, fit)).placement
    assert placement.frame_point(placement.point((123.0, 45.0))) == pytest.approx((123.0, 45.0))


def test_a_view_without_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="pixel"):
        View(0, 10)
