"""Pictures of a head, and of sheets that show one, from anywhere in space.

A portrait is laid over a head-shaped map of depths, or on a plane, or on a sheet bent like a
cylinder, and seen through a pinhole camera. Lengths are centimetres; x runs to the right edge of
the picture, y down, z towards the camera; the origin lies midway between the eyes. Angles are those
of ``Pose``. Nothing is random without a seed.
"""

import functools
import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from facecheck_gui import resources
from facecheck_gui.domain.face import Face, FaceBox, Landmarks, Point, Pose
from facecheck_gui.domain.image import Pixels
from facecheck_gui.imaging.files import read_file
from facecheck_gui.opencv import cv2

Floats = NDArray[np.float32]

WIDTH_PX, HEIGHT_PX = 640, 480
FOCAL_PX = HEIGHT_PX / 0.8
STRAIGHT = Pose(0.0, 0.0, 0.0)
_OUTER_EYES_CM = 9.0
_COARSE = 4  # one ray in each direction for so many pixels
_LEVELS = 40
_NOWHERE_CM = -99.0
_MAP_PER_CM = 4
_NECK_CM = np.array([0.0, 4.0, -9.0])


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of a face, seen from the front, and where in it things are (pixels)."""

    pixels: Pixels = field(repr=False)
    landmarks: Landmarks
    head_cm: tuple[float, float, float, float]
    """Centre x, y and half width, half height of the head with its hair."""

    @property
    def px_per_cm(self) -> float:
        """The outer corners of grown-ups' eyes lie 9 cm apart."""
        left, right = self.landmarks.left_eye_outer, self.landmarks.right_eye_outer
        return math.dist(left, right) / _OUTER_EYES_CM

    @property
    def origin(self) -> Point:
        """Midway between the eyes."""
        left, right = self.landmarks.left_eye_outer, self.landmarks.right_eye_outer
        return ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)

    def to_cm(self, point: Point) -> Point:
        """Where a pixel of the portrait lies on the head, seen from the front."""
        return (
            (point[0] - self.origin[0]) / self.px_per_cm,
            (point[1] - self.origin[1]) / self.px_per_cm,
        )


_LANDMARKS = {
    "collins": Landmarks(
        (255.26, 103.99), (237.65, 104.51), (195.14, 100.64), (211.81, 102.94), (224.18, 134.47)
    ),
    "hopper": Landmarks(
        (323.08, 189.74), (291.70, 191.15), (206.61, 195.90), (238.49, 193.79), (269.93, 252.58)
    ),
}
_HEADS_CM = {"collins": (0.3, 0.2, 10.8, 13.0), "hopper": (0.0, -1.2, 9.2, 12.2)}


@functools.cache
def portrait(name: str) -> Portrait:
    """``collins`` or ``hopper``."""
    pixels = read_file(resources.path("demo", f"{name}.jpg")).pixels
    return Portrait(pixels, _LANDMARKS[name], _HEADS_CM[name])


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The shape of a head, in cm."""

    nose: float = 2.2
    nose_width: float = 1.5
    """From the ridge to where the nose has e**-1 of its height."""
    depth: float = 9.0
    """From the forehead back to where the head is widest."""
    roundness: float = 2.3
    """2 is an ellipsoid, more is a flatter face."""
    sockets: float = 0.7
    chin: float = 0.6


@dataclass(frozen=True, slots=True)
class Sheet:
    """A print or a screen: what of the portrait it shows (cm of the head), and its shape."""

    half_width: float = 15.0
    above: float = 16.0
    below: float = 18.0
    scale: float = 1.0
    """1 is as large as life, 0.4 a telephone."""
    radius: float | None = None
    """Of the cylinder it is bent round; its middle bulges to the camera, below 0 away from it."""
    axis_deg: float = 90.0
    """How the cylinder's axis lies on the sheet: 0 across, 90 upright."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A frame, with the truth about it."""

    pixels: Pixels = field(repr=False)
    landmarks: Landmarks
    pose: Pose

    @property
    def face(self) -> Face:
        """As the finder would tell, in a box twice as wide as the eyes."""
        points = np.array(points_of(self.landmarks))
        x, y = points[:, 0].mean(), points[:, 1].mean()
        side = 1.8 * math.dist(points[0], points[2])
        box = FaceBox(round(x - side / 2), round(y - side / 2), round(side), round(side))
        return Face(box, self.landmarks, 1.0)


def points_of(landmarks: Landmarks) -> tuple[Point, ...]:
    """In dlib's order."""
    return (
        landmarks.left_eye_outer,
        landmarks.left_eye_inner,
        landmarks.right_eye_outer,
        landmarks.right_eye_inner,
        landmarks.nose_base,
    )


class Stage:
    """One portrait in front of one wall. Shots are without noise: see ``Sensor``."""

    def __init__(
        self,
        shown: Portrait,
        anatomy: Anatomy | None = None,
        *,
        wall: Pixels | None = None,
        wall_seed: int = 1,
        lamp: tuple[float, float, float] | None = None,
    ) -> None:
        """``lamp`` is where a lamp stands that shades a head anew as it turns: x, y, z; None
        leaves the portrait's own light on it."""
        self._portrait = shown
        self._wall = wall if wall is not None else backdrop(wall_seed)
        self._depths = _depths(shown, anatomy or Anatomy())
        self._textures = _pyramid(shown.pixels)
        self._lamp = None if lamp is None else np.array(lamp) / math.hypot(*lamp)

    def head(
        self,
        pose: Pose = STRAIGHT,
        distance_cm: float = 50.0,
        shift_cm: Point = (0.0, 0.0),
    ) -> Shot:
        """Somebody living, turned about the neck."""
        view = _View(rotation(pose), _NECK_CM, distance_cm, shift_cm)
        rays = view.rays()
        x, y, hit = self._march(rays)
        pixels = self._painted(x, y, hit, distance_cm)
        if self._lamp is not None:
            shade = _enlarged(np.where(hit > 0, self._shade(x, y, self._lamp, view.turn), 1.0))
            pixels = np.clip(pixels * shade[..., None], 0, 255).astype(np.uint8)
        found = [
            view.project(self._on_head(point)) for point in points_of(self._portrait.landmarks)
        ]
        return Shot(pixels, Landmarks(*found), pose)

    def sheet(
        self,
        sheet: Sheet,
        pose: Pose = STRAIGHT,
        distance_cm: float = 50.0,
        shift_cm: Point = (0.0, 0.0),
        wall_shift_px: Point | None = None,
    ) -> Shot:
        """A picture of somebody, turned about its middle. ``wall_shift_px`` moves the wall."""
        view = _View(rotation(pose), np.zeros(3), distance_cm, shift_cm)
        along, across, ahead = _bent(view.rays(), sheet)
        x, y = along / sheet.scale, across / sheet.scale
        inside = (np.abs(x) < sheet.half_width) & (y > -sheet.above) & (y < sheet.below) & ahead
        pixels = self._painted(x, y, inside, distance_cm / sheet.scale, wall_shift_px)
        landmarks = [
            view.project(_on_sheet(self._portrait.to_cm(point), sheet))
            for point in points_of(self._portrait.landmarks)
        ]
        return Shot(pixels, Landmarks(*landmarks), pose)

    def _shade(
        self, x: Floats, y: Floats, lamp: NDArray[np.float64], turn: NDArray[np.float64]
    ) -> Floats:
        """How much brighter each place is now than it was when the head looked straight ahead."""
        step = 0.5
        across = (self._depth_at(x + step, y) - self._depth_at(x - step, y)) / (2 * step)
        down = (self._depth_at(x, y + step) - self._depth_at(x, y - step)) / (2 * step)
        across, down = np.clip(across, -3, 3), np.clip(down, -3, 3)
        long = np.sqrt(across**2 + down**2 + 1)
        then, now = (
            np.maximum(0, (from_[2] - from_[0] * across - from_[1] * down) / long)
            for from_ in (lamp, turn.T @ lamp)
        )
        return np.asarray((0.5 + now) / (0.5 + then), np.float32)

    def _on_head(self, point: Point) -> NDArray[np.float64]:
        x, y = self._portrait.to_cm(point)
        z = self._depth_at(np.full((1, 1), x, np.float32), np.full((1, 1), y, np.float32))
        return np.array([x, y, float(z[0, 0])])

    def _depth_at(self, x: Floats, y: Floats) -> Floats:
        depths, left, top = self._depths
        columns, rows = (x - left) * _MAP_PER_CM, (y - top) * _MAP_PER_CM
        return np.asarray(
            cv2.remap(depths, columns, rows, cv2.INTER_LINEAR, borderValue=_NOWHERE_CM), np.float32
        )

    def _march(self, rays: tuple[Floats, Floats, Floats, Floats]) -> tuple[Floats, Floats, Floats]:
        """Where each ray first meets the head: its x and y there, and whether it does."""
        at_x, at_y, by_x, by_y = rays
        depths = self._depths[0]
        nearest, farthest = float(depths.max()) + 0.1, float(depths[depths > _NOWHERE_CM].min())
        levels = np.linspace(nearest, farthest, _LEVELS, dtype=np.float32)
        found = np.full(at_x.shape, farthest, np.float32)
        hit = np.zeros(at_x.shape, bool)
        before = np.full(at_x.shape, -1.0, np.float32)
        step = levels[0] - levels[1]
        for level in levels:
            above = self._depth_at(at_x + by_x * level, at_y + by_y * level) - level
            fresh = (above >= 0) & ~hit
            part = above[fresh] / np.maximum(above[fresh] - before[fresh], 1e-6)
            found[fresh] = level + step * np.clip(part, 0, 1)
            hit |= fresh
            before = above
        return at_x + by_x * found, at_y + by_y * found, hit.astype(np.float32)

    def _painted(
        self,
        x: Floats,
        y: Floats,
        hit: NDArray[np.bool_] | Floats,
        distance_cm: float,
        wall_shift_px: Point | None = None,
    ) -> Pixels:
        """The wall, and the portrait wherever a ray ``hit`` it."""
        size = (WIDTH_PX, HEIGHT_PX)
        shown = self._portrait
        shrink = shown.px_per_cm / (FOCAL_PX / distance_cm)
        level = min(max(0, round(math.log2(max(shrink, 0.1)))), len(self._textures) - 1)
        texture = self._textures[level]
        columns = ((x * shown.px_per_cm + shown.origin[0] + 0.5) / 2**level - 0.5).astype(
            np.float32
        )
        rows = ((y * shown.px_per_cm + shown.origin[1] + 0.5) / 2**level - 0.5).astype(np.float32)
        face = cv2.remap(
            texture,
            _enlarged(columns),
            _enlarged(rows),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        mask = cv2.blur((np.asarray(hit) * 255).astype(np.uint8), (3, 3))
        mask = cv2.resize(mask, size)
        return np.asarray(
            cv2.copyTo(face, (mask > 127).astype(np.uint8), _moved(self._wall, wall_shift_px)),
            np.uint8,
        )


@dataclass(frozen=True, slots=True)
class _View:
    """A body turned about ``pivot``, with its origin ``distance`` before the camera."""

    turn: NDArray[np.float64]
    pivot: NDArray[np.float64]
    distance: float
    shift: Point

    def project(self, point: NDArray[np.float64]) -> Point:
        """Pixels."""
        x, y, z = self.turn @ (point - self.pivot) + self.pivot
        away = self.distance - z
        return (
            float(WIDTH_PX / 2 + FOCAL_PX * (x + self.shift[0]) / away),
            float(HEIGHT_PX / 2 + FOCAL_PX * (y + self.shift[1]) / away),
        )

    def rays(self) -> tuple[Floats, Floats, Floats, Floats]:
        """In the body's own lengths: x and y where z is 0, and how they change with z."""
        middle = (_COARSE - 1) / 2
        columns = (np.arange(WIDTH_PX // _COARSE) * _COARSE + middle - WIDTH_PX / 2) / FOCAL_PX
        rows = (np.arange(HEIGHT_PX // _COARSE) * _COARSE + middle - HEIGHT_PX / 2) / FOCAL_PX
        eye = np.array([-self.shift[0], -self.shift[1], self.distance])
        eye = self.turn.T @ (eye - self.pivot) + self.pivot
        back = self.turn.T
        way = [
            back[i, 0] * columns[None, :] + back[i, 1] * rows[:, None] - back[i, 2]
            for i in range(3)
        ]
        by_x, by_y = way[0] / way[2], way[1] / way[2]
        at_x, at_y = eye[0] - by_x * eye[2], eye[1] - by_y * eye[2]
        return tuple(part.astype(np.float32) for part in (at_x, at_y, by_x, by_y))


def rotation(pose: Pose) -> NDArray[np.float64]:
    """First the nod, then the turn, then the lean."""
    yaw, pitch, roll = (math.radians(a) for a in (pose.yaw_deg, pose.pitch_deg, pose.roll_deg))
    nod = [[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]]
    turn = [[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]]
    lean = [[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]]
    return np.asarray(np.array(lean) @ np.array(turn) @ np.array(nod), np.float64)


def _bent(
    rays: tuple[Floats, Floats, Floats, Floats], sheet: Sheet
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Where each ray meets the sheet, measured along it, and whether it does."""
    at_x, at_y, by_x, by_y = rays
    if sheet.radius is None:
        return at_x, at_y, np.ones(at_x.shape, bool)
    angle = math.radians(sheet.axis_deg)
    cosine, sine = math.cos(angle), math.sin(angle)
    at_s, by_s = sine * at_x - cosine * at_y, sine * by_x - cosine * by_y
    # (at_s + by_s z)^2 + (z + r)^2 = r^2, its root near z = 0
    r = sheet.radius
    a, b, c = 1 + by_s**2, at_s * by_s + r, at_s**2
    root = b**2 - a * c
    z = (-b + math.copysign(1.0, r) * np.sqrt(np.maximum(root, 0))) / a
    s = r * np.arcsin(np.clip((at_s + by_s * z) / r, -1, 1))
    t = cosine * (at_x + by_x * z) + sine * (at_y + by_y * z)
    return sine * s + cosine * t, sine * t - cosine * s, root > 0


def _on_sheet(point: Point, sheet: Sheet) -> NDArray[np.float64]:
    """Where in space a point of the picture lies."""
    x, y = point[0] * sheet.scale, point[1] * sheet.scale
    if sheet.radius is None:
        return np.array([x, y, 0.0])
    angle = math.radians(sheet.axis_deg)
    cosine, sine = math.cos(angle), math.sin(angle)
    s, t = sine * x - cosine * y, cosine * x + sine * y
    r = sheet.radius
    flat, z = r * math.sin(s / r), r * (math.cos(s / r) - 1)
    return np.array([sine * flat + cosine * t, sine * t - cosine * flat, z])


def _depths(shown: Portrait, anatomy: Anatomy) -> tuple[Floats, float, float]:
    """z over x and y, where there is a head or a body; with x and y of its first value."""
    left, top = shown.to_cm((0.0, 0.0))
    right, bottom = shown.to_cm((float(shown.pixels.shape[1]), float(shown.pixels.shape[0])))
    x = np.arange(left, right, 1 / _MAP_PER_CM)[None, :]
    y = np.arange(top, bottom, 1 / _MAP_PER_CM)[:, None]
    centre_x, centre_y, half_width, half_height = shown.head_cm
    p = anatomy.roundness
    out = np.abs((x - centre_x) / half_width) ** p + np.abs((y - centre_y) / half_height) ** p
    skull = anatomy.depth * np.maximum(1 - out, 0) ** (1 / p)
    brow = anatomy.depth * (1 - (4.5 / half_width) ** p) ** (1 / p)
    z = skull - brow + _features(x, y, shown, anatomy)
    chin = centre_y + half_height
    body = (y > chin - 3.5) & (np.abs(x - centre_x) < 7 + 1.2 * (y - chin + 3.5))
    depths = np.where(out < 1, z, np.where(body, -brow - 1.0, _NOWHERE_CM))
    return depths.astype(np.float32), left, top


def _features(
    x: NDArray[np.float64], y: NDArray[np.float64], shown: Portrait, anatomy: Anatomy
) -> NDArray[np.float64]:
    """What stands out of the skull: nose, eye sockets, chin."""
    nose_x, base_y = shown.to_cm(shown.landmarks.nose_base)
    tip_y = base_y - 1.0
    rise = np.clip((y + 0.3) / (tip_y + 0.3), 0, 1) ** 1.2
    fall = np.clip((base_y + 0.5 - y) / 1.5, 0, 1)
    ridge = nose_x * np.clip(y / base_y, 0, 1)
    wide = anatomy.nose_width * (0.6 + 0.4 * rise)
    nose = anatomy.nose * rise * fall * np.exp(-(((x - ridge) / wide) ** 2))
    sockets = sum(np.exp(-(((x - side) / 1.7) ** 2) - (y / 1.2) ** 2) for side in (-3.2, 3.2))
    chin = np.exp(-(((x - nose_x) / 2.2) ** 2) - ((y - base_y - 4.6) / 1.6) ** 2)
    result: NDArray[np.float64] = nose - anatomy.sockets * sockets + anatomy.chin * chin
    return result


def _pyramid(pixels: Pixels) -> list[Pixels]:
    levels = [pixels]
    while min(levels[-1].shape[:2]) > 64:
        levels.append(np.asarray(cv2.pyrDown(levels[-1]), np.uint8))
    return levels


def _enlarged(coarse: NDArray[np.floating]) -> Floats:
    """One value for each pixel. The edge is stretched: nobody looks there."""
    size = (WIDTH_PX, HEIGHT_PX)
    return np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _moved(wall: Pixels, shift_px: Point | None) -> Pixels:
    if shift_px is None:
        return wall.copy()
    matrix = np.array([[1, 0, shift_px[0]], [0, 1, shift_px[1]]], np.float64)
    moved = cv2.warpAffine(wall, matrix, (WIDTH_PX, HEIGHT_PX), borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8)


@functools.cache
def backdrop(seed: int) -> Pixels:
    """A wall with shapes and some grain."""
    chance = np.random.default_rng(seed)
    grey = chance.integers(70, 190, (12, 16, 1)) + chance.integers(-15, 16, (12, 16, 3))
    small = grey.astype(np.uint8)
    wall = cv2.resize(small, (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_CUBIC)
    for _ in range(14):
        corner = chance.integers(0, (WIDTH_PX, HEIGHT_PX))
        size = chance.integers(20, 120, 2)
        shade = tuple(int(v) for v in chance.integers(40, 220, 3))
        cv2.rectangle(wall, tuple(map(int, corner)), tuple(map(int, corner + size)), shade, -1)
    return np.asarray(cv2.GaussianBlur(wall, (0, 0), 1.5), np.uint8)


class Sensor:
    """What a camera adds: grain, and a brightness that wavers. Made for one seed."""

    def __init__(self, seed: int, noise: float = 3.0, wavering: float = 0.02) -> None:
        self._chance = np.random.default_rng(seed)
        shape = (HEIGHT_PX + 64, WIDTH_PX + 64, 3)
        self._grain = self._chance.normal(0, noise, shape).astype(np.int16)
        self._wavering = wavering

    def sees(self, shot: Shot, landmark_noise_px: float = 0.0) -> Shot:
        """The shot as it comes out of the camera, and landmarks as a finder gives them."""
        gain = 1 + self._chance.normal(0, self._wavering)
        top, left = self._chance.integers(0, 64, 2)
        grain = self._grain[top : top + HEIGHT_PX, left : left + WIDTH_PX]
        seen = cv2.addWeighted(shot.pixels, gain, grain, 1.0, 0.0, dtype=cv2.CV_8U)
        wrong = self._chance.normal(0, landmark_noise_px, (5, 2))
        points = np.array(points_of(shot.landmarks)) + wrong
        landmarks = Landmarks(*((float(x), float(y)) for x, y in points))
        return replace(shot, pixels=np.asarray(seen, np.uint8), landmarks=landmarks)


class Tremor:
    """How a head, or a hand that holds a sheet, never keeps quite still: smooth, of one size."""

    def __init__(self, seed: int, size: float = 1.0) -> None:
        chance = np.random.default_rng(seed)
        self._speed = chance.uniform(0.3, 3.0, (6, 4)) * 2 * math.pi
        self._phase = chance.uniform(0, 2 * math.pi, (6, 4))
        self._size = size

    def pose(self, time_s: float, around: Pose = STRAIGHT) -> Pose:
        """``around`` and half a degree or so."""
        yaw, pitch, roll = 0.5 * self._at(time_s)[:3]
        return Pose(around.yaw_deg + yaw, around.pitch_deg + pitch, around.roll_deg + roll)

    def shift_cm(self, time_s: float) -> Point:
        """A millimetre or two, right and down."""
        x, y = 0.15 * self._at(time_s)[3:5]
        return (float(x), float(y))

    def further_cm(self, time_s: float) -> float:
        """A millimetre or two away from the camera."""
        return 0.15 * float(self._at(time_s)[5])

    def _at(self, time_s: float) -> NDArray[np.float64]:
        waves = np.sin(self._speed * time_s + self._phase)
        result: NDArray[np.float64] = self._size * waves.mean(axis=1) * math.sqrt(2)
        return result


def eased(time_s: float, begin_s: float, duration_s: float) -> float:
    """0 before, 1 after, and smooth in between."""
    part = min(max((time_s - begin_s) / duration_s, 0.0), 1.0)
    return part * part * (3 - 2 * part)
