"""A whole liveness check, frame by frame."""

import math
import random
from collections.abc import Callable

import numpy as np

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Frame, Pixels
from facecheck_gui.domain.liveness import (
    Challenge,
    LivenessLevel,
    LivenessReport,
    LivenessSign,
    report_of,
)
from facecheck_gui.domain.observation import Observation
from facecheck_gui.vision.liveness.one_person import Embed, OnePerson
from facecheck_gui.vision.liveness.trial import Outcome, Trial, begun
from facecheck_gui.vision.liveness.watch import Watch

CHALLENGE_S = 8.0
"""How long one try at a challenge may take."""

BURST_S = 1.2
"""How long the face is watched where nothing is asked."""

_BURST_FRAMES = 8
_BURST_ENDS_S = 4.0
_TRIES = 2
_LOST_AFTER_S = 1.0
_JUMP, _JUMP_WITHIN_S = 0.8, 0.35
_MIDDLE = 0.5

_TURNS = (Challenge.TURN_LEFT, Challenge.TURN_RIGHT)


def drawn(level: LivenessLevel, chance: random.Random) -> tuple[Challenge, ...]:
    """What is asked: a turn at NORMAL; at HIGH two different things, a turn at least."""
    if level is LivenessLevel.NORMAL:
        return (chance.choice(_TURNS),)
    if level is LivenessLevel.HIGH:
        turn = chance.choice(_TURNS)
        pair = [turn, chance.choice([one for one in Challenge if one is not turn])]
        chance.shuffle(pair)
        return tuple(pair)
    return ()


class LivenessSession:
    """Takes observations in and ends with a report. Used by one thread at a time.

    ``clock`` and the frames' times are one clock, in seconds. Every sign of deception ends it at
    once. A challenge that is not done in time, or during which the face is lost, may be tried once
    more in the whole session; what was seen before still counts.
    """

    def __init__(
        self,
        level: LivenessLevel,
        *,
        clock: Callable[[], float],
        chance: random.Random,
        embed: Embed | None = None,
        camera_name: str = "",
    ) -> None:
        self._level = level
        self._clock = clock
        self._left = list(drawn(level, chance))
        self._asked = len(self._left)
        self._watch = Watch(camera_name)
        self._person = OnePerson(embed)
        self._trial: Trial | None = None
        self._tries = 0
        self._looked = False
        self._began_s: float | None = None
        self._trial_began_s = 0.0
        self._last: tuple[float, Face] | None = None
        self._shape: tuple[int, ...] | None = None
        self._report = report_of(level, ()) if level is LivenessLevel.NONE else None

    @property
    def challenge(self) -> Challenge | None:
        """What is asked of the person now."""
        return self._left[0] if self._left and self._report is None else None

    @property
    def progress(self) -> float:
        """0 to 1, over everything that is asked."""
        if self._report is not None:
            return 1.0
        if self._asked == 0:
            return min(1.0, self._lasted_s / BURST_S)
        done = self._asked - len(self._left)
        return (done + (self._trial.progress if self._trial else 0.0)) / self._asked

    @property
    def remaining_s(self) -> float:
        """Seconds left for what is asked now."""
        if self._began_s is None or self._report is not None:
            return CHALLENGE_S if self._report is None else 0.0
        return max(0.0, self._trial_began_s + CHALLENGE_S - self._clock())

    @property
    def report(self) -> LivenessReport | None:
        """How it ended; None as long as it runs."""
        return self._report

    def tick(self) -> None:
        """Let time pass where no frame comes. The clock runs from the first call of either."""
        now_s = self._clock()
        if self._began_s is None:
            self._began_s = self._trial_began_s = now_s
        if self._report is not None:
            return
        if self._left:
            if now_s - self._trial_began_s > CHALLENGE_S:
                self._again_or(LivenessSign.NOT_DONE_IN_TIME)
        elif self._lasted_s > _BURST_ENDS_S:
            self._end(LivenessSign.FACE_LOST)

    def see(self, observation: Observation) -> None:
        """Take in one observation. After the report it changes nothing."""
        self.tick()
        if self._report is not None:
            return
        frame, face = observation.frame, observation.face
        if self._shape not in {None, frame.pixels.shape}:
            self._end(LivenessSign.FACE_LOST)
            return
        self._shape = frame.pixels.shape
        if face is None:
            self._missed(frame)
            return
        if self._last is not None and frame.captured_at_s <= self._last[0]:
            return
        if self._jumped(frame, face):
            self._again_or(LivenessSign.FACE_LOST)
        self._last = (frame.captured_at_s, face)
        if self._report is None:
            self._take(frame, face)

    def _take(self, frame: Frame, face: Face) -> None:
        grey = _grey(frame.pixels)
        self._watch.see(grey, face)
        if self._watch.frames == 1:
            self._person.look(frame, face)
        if self._left:
            self._try(frame, face, grey)
        elif self._lasted_s >= BURST_S and self._watch.frames >= _BURST_FRAMES:
            self._person.look(frame, face)
            self._end(*(() if self._watch.alive else (LivenessSign.DOES_NOT_MOVE,)))
        self._check()

    def _try(self, frame: Frame, face: Face, grey: Pixels) -> None:
        """Go on with the challenge that stands first."""
        if self._trial is None:
            self._trial = begun(self._left[0])
        outcome = self._trial.see(grey, face.landmarks)
        if not self._looked and self._trial.progress >= _MIDDLE:
            self._looked = True
            self._person.look(frame, face)
        if outcome is Outcome.FLAT:
            self._end(LivenessSign.MOVES_AS_FLAT)
        elif outcome is Outcome.SOLID:
            self._person.look(frame, face)
            self._left.pop(0)
            self._fresh_trial()
            if not self._left:
                self._end()

    def _check(self) -> None:
        if self._report is None and (self._watch.attacks or self._person.other):
            self._end()

    def _missed(self, frame: Frame) -> None:
        """No face. A short while is nothing: a turned head is easily lost."""
        if self._last is not None and frame.captured_at_s - self._last[0] > _LOST_AFTER_S:
            self._last = None
            self._again_or(LivenessSign.FACE_LOST)

    def _jumped(self, frame: Frame, face: Face) -> bool:
        if self._last is None:
            return False
        then_s, before = self._last
        off = math.dist(face.box.centre, before.box.centre)
        return frame.captured_at_s - then_s < _JUMP_WITHIN_S and off > _JUMP * before.box.width

    def _again_or(self, sign: LivenessSign) -> None:
        """One try more, where there is one left and this one was not given away as flat."""
        self._tries += 1
        if self._trial is not None and self._trial.leaning is Outcome.FLAT:
            self._end(LivenessSign.MOVES_AS_FLAT)
            return
        if self._tries >= _TRIES or not self._left:
            self._end(sign)
            return
        self._fresh_trial()

    def _fresh_trial(self) -> None:
        self._trial = None
        self._looked = False
        self._trial_began_s = self._clock()

    def _end(self, *signs: LivenessSign) -> None:
        """What was seen on the way counts, however it ended."""
        if self._person.other:
            signs = (*signs, LivenessSign.OTHER_PERSON)
        self._report = report_of(self._level, (*signs, *self._watch.attacks))
        self._trial = None

    @property
    def _lasted_s(self) -> float:
        return 0.0 if self._began_s is None else self._clock() - self._began_s


def _grey(pixels: Pixels) -> Pixels:
    from facecheck_gui.opencv import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
