"""One challenge while it runs: how far it is done, and whether it was a head that did it."""

import math
import statistics
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from facecheck_gui.domain.face import Landmarks, Point
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.liveness import Challenge
from facecheck_gui.vision.liveness.following_points import FollowedFace, Motion
from facecheck_gui.vision.liveness.relief import Relief, depth_relief, nose_relief
from facecheck_gui.vision.pose import pose_of

# A turn is told by the base of the nose, sideways between the eyes, in distances between the outer
# corners of the eyes: it stands 0.25 to 0.3 before them, so this is 9 to 10 degrees.
_TURN_NEEDED = 0.043
_TURN_COUNTS_FROM = 0.026
# Landmarks hold back on a turned head: where the nose's bump moved further, that counts.
# What the nose's bump moved over what its base moved. Heads have 0.4 to 2, sheets -0.1 to 0.1.
_TURN_SOLID, _TURN_FLAT = 0.33, 0.18

_GROWTH_NEEDED = 1.3
_GROWTH_COUNTS_FROM = 1.18
_NEAR_SOLID, _NEAR_FLAT = 0.33, 0.18
# Of webcams, over the height of the frame: 0.9 to 1.5, and 1.25 for most.
_FOCAL_OVER_HEIGHT = 1.25

_LEAST_SAMPLES = 4
_LAST = 3
_SURE_BY = 3.0
_FLAT_WITHIN = 0.2
_LEANS_FROM = 0.8
_STRAIGHT_DEG = 18.0


class Outcome(Enum):
    """What the motion was."""

    SOLID = "solid"
    FLAT = "flat"


class Trial(Protocol):
    """A challenge that runs."""

    @property
    def challenge(self) -> Challenge:
        """What was asked."""

    @property
    def progress(self) -> float:
        """0 to 1: how much of it has been done."""

    @property
    def leaning(self) -> Outcome | None:
        """What the motion was so far, where it is broken off here."""

    def see(self, grey: Pixels, landmarks: Landmarks) -> Outcome | None:
        """Take one frame in (height x width); None as long as nothing is certain."""


@dataclass(slots=True)
class _Evidence:
    """What was left over, against how far the challenge was done: a line through the origin."""

    solid: float
    flat: float
    samples: int = 0
    _products: float = 0.0
    _squares: float = 0.0
    _errors: float = 0.0

    def add(self, relief: Relief, done: float) -> None:
        """One frame more. Frames further on count more."""
        self.samples += 1
        self._products += relief.height * done
        self._squares += done * done
        self._errors += relief.error * done

    def outcome(self) -> Outcome | None:
        """None between the two, and where the points say too little."""
        if self.samples < _LEAST_SAMPLES:
            return None
        slope, error = self._products / self._squares, self._errors / self._squares
        if slope >= self.solid and slope >= _SURE_BY * error:
            return Outcome.SOLID
        return Outcome.FLAT if slope <= self.flat and error <= _FLAT_WITHIN else None


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Where the eyes are, and the nose in terms of them."""

    middle: Point
    apart_px: float
    nose: Point

    @classmethod
    def of(cls, landmarks: Landmarks) -> "_Eyes | None":
        left, right = landmarks.left_eye_outer, landmarks.right_eye_outer
        apart = math.dist(left, right)
        if apart < 1:
            return None
        middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
        cosine, sine = (left[0] - right[0]) / apart, (left[1] - right[1]) / apart
        x, y = landmarks.nose_base[0] - middle[0], landmarks.nose_base[1] - middle[1]
        nose = ((x * cosine + y * sine) / apart, (y * cosine - x * sine) / apart)
        return cls(middle, apart, nose)


class _Following:
    """The frame in which a challenge began, and what moved since."""

    def __init__(self) -> None:
        self._face: FollowedFace | None = None
        self.began: _Eyes | None = None

    def see(self, grey: Pixels, landmarks: Landmarks) -> tuple[_Eyes, _Eyes, Motion] | None:
        """The eyes then and now, and how points moved; None in the first frame.

        It begins with the first frame in which the head looks nearly straight ahead.
        """
        eyes = _Eyes.of(landmarks)
        if eyes is None:
            return None
        if self._face is None or self.began is None:
            if abs(pose_of(landmarks).yaw_deg) <= _STRAIGHT_DEG:
                self._face, self.began = FollowedFace(grey, landmarks), eyes
            return None
        return self.began, eyes, self._face.follow(grey, landmarks)


class TurnTrial:
    """The head turns to one side."""

    def __init__(self, challenge: Challenge) -> None:
        self.challenge = challenge
        self._side = 1.0 if challenge is Challenge.TURN_LEFT else -1.0
        self._following = _Following()
        self._evidence = _Evidence(_TURN_SOLID, _TURN_FLAT)
        self._turned: list[float] = []

    @property
    def leaning(self) -> Outcome | None:
        """See ``Trial``. Of a movement hardly begun nothing is said."""
        return self._evidence.outcome() if self.progress >= _LEANS_FROM else None

    @property
    def progress(self) -> float:
        """By the last frames, so that one landmark gone astray counts for nothing."""
        if len(self._turned) < _LAST:
            return 0.0
        return min(1.0, max(0.0, statistics.median(self._turned) / _TURN_NEEDED))

    def see(self, grey: Pixels, landmarks: Landmarks) -> Outcome | None:
        """See ``Trial``."""
        seen = self._following.see(grey, landmarks)
        if seen is None:
            return None
        began, eyes, motion = seen
        turned = done = self._side * (eyes.nose[0] - began.nose[0])
        if turned >= _TURN_COUNTS_FROM:
            relief = nose_relief(motion, began.nose[1])
            if relief is not None:
                height = self._side * relief.height
                self._evidence.add(Relief(height, relief.error, relief.points), turned)
                done = max(turned, height)
        self._turned = [*self._turned, done][-_LAST:]
        return self._evidence.outcome() if self.progress >= 1 else None


class CloserTrial:
    """The head comes nearer to the camera."""

    challenge = Challenge.COME_CLOSER

    def __init__(self) -> None:
        self._following = _Following()
        self._evidence = _Evidence(_NEAR_SOLID, _NEAR_FLAT)
        self._grown: list[float] = []

    @property
    def leaning(self) -> Outcome | None:
        """See ``Trial``. Of a movement hardly begun nothing is said."""
        return self._evidence.outcome() if self.progress >= _LEANS_FROM else None

    @property
    def progress(self) -> float:
        """How much larger the face has become, of what is needed."""
        if len(self._grown) < _LAST:
            return 0.0
        return min(1.0, max(0.0, (statistics.median(self._grown) - 1) / (_GROWTH_NEEDED - 1)))

    def see(self, grey: Pixels, landmarks: Landmarks) -> Outcome | None:
        """See ``Trial``."""
        seen = self._following.see(grey, landmarks)
        if seen is None:
            return None
        began, eyes, motion = seen
        grown = eyes.apart_px / began.apart_px
        self._grown = [*self._grown, grown][-_LAST:]
        if grown >= _GROWTH_COUNTS_FROM:
            self._weigh(grey, began, eyes, motion)
        return self._evidence.outcome() if self.progress >= 1 else None

    def _weigh(self, grey: Pixels, began: _Eyes, eyes: _Eyes, motion: Motion) -> None:
        height, width = grey.shape
        nearer = (eyes.apart_px - began.apart_px) / (_FOCAL_OVER_HEIGHT * min(height, width))
        off_axis = (
            (began.middle[0] - width / 2) / began.apart_px,
            (began.middle[1] - height / 2) / began.apart_px,
        )
        relief = depth_relief(motion, began.nose[1], nearer, off_axis)
        if relief is not None:
            done = eyes.apart_px / began.apart_px - 1
            self._evidence.add(
                Relief(relief.height * done, relief.error * done, relief.points), done
            )


def begun(challenge: Challenge) -> Trial:
    """A fresh trial of one challenge."""
    return CloserTrial() if challenge is Challenge.COME_CLOSER else TurnTrial(challenge)
