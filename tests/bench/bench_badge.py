"""Reading a badge out of a live picture: how long against one analysis of the same picture, and how
often it is read, by its size in the picture, tilt and blur.

Badges are drawn as the program prints them, put into a demonstration portrait's picture, turned
about an upright axis, blurred and covered with noise: what a lens, a glossy cover and a moving hand
do besides is not in it. One line for time, one for each size.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from numpy.typing import NDArray

from facecheck_gui import resources
from facecheck_gui.comparers.on_device import on_this_device
from facecheck_gui.domain import badge
from facecheck_gui.domain.image import Frame
from facecheck_gui.imaging.files import read_file
from facecheck_gui.imaging.qr import QUIET_ZONE, qr_modules
from facecheck_gui.opencv import cv2
from facecheck_gui.settings.schema import Settings
from facecheck_gui.vision.analysis import LiveAnalyser
from facecheck_gui.vision.badge_reader import BadgeReader
from facecheck_gui.vision.following import FaceFollower
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of

_SIZES = ((640, 480), (1280, 720))
_SIDES_PX, _TILTS_DEG, _BLURS_PX, _OF_EACH, _TIMES = (90, 130, 200), (0, 20, 40), (0.0, 1.5), 12, 40

Pixels = NDArray[np.uint8]
T = TypeVar("T")


def _room(width: int, height: int) -> Pixels:
    """A portrait on a wide ground."""
    portrait = read_file(resources.path("demo", "collins.jpg")).pixels
    scale = height / portrait.shape[0]
    face = cv2.resize(portrait, (round(portrait.shape[1] * scale), height))
    frame = np.full((height, width, 3), face[:, :1].mean(axis=(0, 1)), np.uint8)
    left = (width - face.shape[1]) // 2
    frame[:, max(left, 0) : max(left, 0) + min(face.shape[1], width)] = face[:, :width]
    return frame


def _held_up(
    code: str, room: Pixels, side: int, tilt_deg: float, blur_px: float, seed: int
) -> Pixels:
    """``room`` with the badge in its lower left, its code ``side`` pixels high."""
    modules = np.pad(np.array(qr_modules(code)), QUIET_ZONE)
    drawn = np.where(modules, 25, 230).astype(np.uint8)
    chance = np.random.default_rng(seed)
    left, top = chance.uniform(4, 30), room.shape[0] - side - chance.uniform(4, 30)
    wide = side * np.cos(np.radians(tilt_deg))
    lean = side * 0.12 * np.sin(np.radians(tilt_deg))
    n = float(drawn.shape[0])
    source = np.array(((0, 0), (n, 0), (n, n), (0, n)), np.float32)
    target = np.array(
        ((0, 0), (wide, lean), (wide, side - lean), (0, side)), np.float32
    ) + np.array((left, top), np.float32)
    way = cv2.getPerspectiveTransform(source, target)
    size = (room.shape[1], room.shape[0])
    card = cv2.warpPerspective(drawn, way, size, flags=cv2.INTER_AREA)
    where = cv2.warpPerspective(np.full_like(drawn, 255), way, size, flags=cv2.INTER_AREA)
    share = (where / 255.0)[:, :, None]
    frame = room * (1 - share) + card[:, :, None] * share
    if blur_px:
        frame = cv2.GaussianBlur(frame, (0, 0), blur_px)
    frame = frame + chance.normal(0, 6, frame.shape)
    return np.clip(frame, 0, 255).astype(np.uint8)


def _timed_ms(work: Callable[[T], object], given: T) -> float:
    began_s = time.perf_counter()
    work(given)
    return (time.perf_counter() - began_s) * 1000


def _times(reader: BadgeReader) -> str:
    engine = on_this_device(None)
    judge = QualityJudge(limits_of(Settings().live_quality))
    analyser = LiveAnalyser(FaceFollower(engine.finder), judge)
    analyser.load()
    parts = []
    for width, height in _SIZES:
        frame = _room(width, height)
        reading: list[float] = []
        analysing: list[float] = []
        for number in range(_TIMES):
            reading.append(_timed_ms(reader.read, frame))
            seen = Frame(frame, float(number), "bench")
            analysing.append(_timed_ms(analyser.observe, seen))
        ours, floor = statistics.median(reading[5:]), statistics.median(analysing[5:])
        parts.append(f"{width}x{height} {ours:.1f} ms, {ours / floor:.2f} x an analysis")
    engine.close()
    return f"looking for a badge where there is none: {'; '.join(parts)} (n={_TIMES - 5})"


def _rates(reader: BadgeReader, side: int) -> str:
    code, room = badge.encode("A-00417", b"k" * 32), _room(1280, 720)
    parts = []
    for tilt in _TILTS_DEG:
        for blur in _BLURS_PX:
            frames = (
                _held_up(code, room, side, tilt_deg=tilt, blur_px=blur, seed=seed)
                for seed in range(_OF_EACH)
            )
            read = sum(reader.read(frame) == code for frame in frames)
            parts.append(f"{tilt}\N{DEGREE SIGN}/{blur:g} px {read} of {_OF_EACH}")
    return f"signed badge {side} px high in 1280x720, tilt/blur: {', '.join(parts)}"


def main() -> None:
    """Print the lines."""
    reader = BadgeReader()
    print(_times(reader))
    for side in _SIDES_PX:
        print(_rates(reader, side))


if __name__ == "__main__":
    main()
