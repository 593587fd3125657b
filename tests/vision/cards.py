"""Pictures of identity cards, made from a portrait of the demonstration."""

import cv2
import numpy as np

from facecheck_gui import resources
from facecheck_gui.domain.image import Pixels
from facecheck_gui.imaging.files import read_file

_WIDTH_PX, _HEIGHT_PX = 856, 540


def card(name: str = "collins_card.jpg", *, portrait_right: bool = True) -> Pixels:
    """A card as a scanner gives it: the portrait on one side, lines of print on the other."""
    pixels = np.full((_HEIGHT_PX, _WIDTH_PX, 3), (226, 234, 240), np.uint8)
    portrait = read_file(resources.path("demo", name)).pixels
    height = 330
    width = round(portrait.shape[1] * height / portrait.shape[0])
    left = _WIDTH_PX - 50 - width if portrait_right else 50
    small = cv2.resize(portrait, (width, height), interpolation=cv2.INTER_AREA)
    pixels[70 : 70 + height, left : left + width] = small
    print_left = 50 if portrait_right else left + width + 50
    for row, share in enumerate((0.5, 0.8, 0.65, 0.9, 0.4)):
        top = 90 + row * 66
        pixels[top : top + 16, print_left : print_left + round(share * 400)] = (70, 80, 90)
    pixels[460:482, 150:700] = (60, 70, 80)
    return pixels


def on_a_desk(
    pixels: Pixels,
    *,
    size: tuple[int, int] = (1280, 720),
    share: float = 0.5,
    turn_deg: float = 0.0,
    slant: float = 0.0,
    ground: tuple[int, int, int] = (92, 70, 52),
) -> Pixels:
    """The same as a camera sees it: ``share`` of the picture's width, turned, and with its upper
    edge narrower by ``slant``; on a ground with some grain."""
    random = np.random.default_rng(5)
    grain = random.normal(0, 5, (size[1], size[0], 1))
    desk = np.clip(np.asarray(ground) + grain, 0, 255).astype(np.uint8)
    height, width = pixels.shape[:2]
    scale = share * size[0] / width
    half = np.array([width, height]) * scale / 2
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64) * half
    corners[:2, 0] *= 1 - slant
    angle = np.deg2rad(turn_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    target = (corners @ turn.T + np.array(size) / 2).astype(np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    small = cv2.GaussianBlur(pixels, (0, 0), max(0.01, 0.5 / scale - 0.3))
    seen = cv2.warpPerspective(small, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    return np.where(mask[:, :, None] > 127, seen, desk).astype(np.uint8)
