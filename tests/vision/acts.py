"""Plays for the stage: people who do what they are asked, and sheets that are moved before a lens.

An act tells what is in front of the camera at a time, knowing what is asked and since when.
"""

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.image import Frame
from facecheck_gui.domain.liveness import Challenge, LivenessReport
from facecheck_gui.domain.observation import Observation
from facecheck_gui.vision.liveness.session import LivenessSession
from tests.vision.stage import (
    STRAIGHT,
    Anatomy,
    Portrait,
    Sensor,
    Sheet,
    Shot,
    Stage,
    Tremor,
    eased,
    portrait,
)

Act = Callable[[float, Challenge | None, float], Shot]
"""Time in seconds, what is asked, and when it was first asked."""

LANDMARK_NOISE = 0.006
"""By the distance between the eyes: half a pixel at usual sizes, as the finder has."""


class Clock:
    """Goes only when it is told to."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody living, and how they move."""

    name: str = "collins"
    anatomy: Anatomy = field(default_factory=Anatomy)
    distance_cm: float = 50.0
    at: Pose = STRAIGHT
    turn_deg: float = 20.0
    nod_deg: float = 0.0
    closer_cm: float = 16.0
    takes_s: float = 1.4
    waits_s: float = 0.4
    lamp: tuple[float, float, float] | None = None
    seed: int = 1

    def act(self) -> Act:
        """As an act; the turn comes back once something else is asked."""
        stage = Stage(portrait(self.name), self.anatomy, lamp=self.lamp)
        tremor = Tremor(self.seed)
        waits_s, takes_s = self.waits_s, self.takes_s

        def seen(time_s: float, asked: Challenge | None, since_s: float) -> Shot:
            done = eased(time_s, since_s + waits_s, takes_s)
            yaw = nod = nearer = 0.0
            if asked is Challenge.COME_CLOSER:
                nearer = done * self.closer_cm
            elif asked is not None:
                side = 1 if asked is Challenge.TURN_LEFT else -1
                yaw, nod = side * done * self.turn_deg, done * self.nod_deg
            at = self.at
            pose = Pose(at.yaw_deg + yaw, at.pitch_deg + nod, at.roll_deg + nod / 3)
            away = self.distance_cm - nearer + tremor.further_cm(time_s)
            return stage.head(tremor.pose(time_s, pose), away, tremor.shift_cm(time_s))

        return seen


@dataclass(frozen=True, slots=True)
class Flat:
    """Somebody who moves a sheet. Angles and lengths are what is reached at the end."""

    name: str = "collins"
    sheet: Sheet = field(default_factory=Sheet)
    distance_cm: float = 50.0
    at: Pose = STRAIGHT
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    slide_cm: float = 0.0
    closer_cm: float = 0.0
    bends_to: float | None = None
    """Radius, cm."""
    takes_s: float = 1.4
    waits_s: float = 0.4
    both_ways: bool = False
    """Whether the tilt follows the side that is asked for."""
    wavers: float = 1.0
    seed: int = 1

    def act(self) -> Act:
        """As an act."""
        stage, tremor = Stage(portrait(self.name)), Tremor(self.seed, self.wavers)

        def seen(time_s: float, asked: Challenge | None, since_s: float) -> Shot:
            done = eased(time_s, since_s + self.waits_s, self.takes_s)
            side = -1 if self.both_ways and asked is Challenge.TURN_RIGHT else 1
            at = self.at
            pose = Pose(
                at.yaw_deg + done * self.yaw_deg,
                at.pitch_deg + side * done * self.pitch_deg,
                at.roll_deg + side * done * self.roll_deg,
            )
            sheet = self.sheet
            if self.bends_to is not None and done > 0:
                sheet = replace(sheet, radius=self.bends_to / done)
            shift = tremor.shift_cm(time_s)
            away = self.distance_cm - done * self.closer_cm + tremor.further_cm(time_s)
            moved = (shift[0] + side * done * self.slide_cm, shift[1])
            return stage.sheet(sheet, tremor.pose(time_s, pose), away, moved)

        return seen


@dataclass(frozen=True, slots=True)
class Replay:
    """Somebody's turn, recorded, on a screen that is held still. It is always the same side."""

    person: Person = field(default_factory=Person)
    side: Challenge = Challenge.TURN_LEFT
    scale: float = 0.6
    seed: int = 1

    def act(self) -> Act:
        """As an act."""
        recorded, tremor = self.person.act(), Tremor(self.seed)

        def seen(time_s: float, asked: Challenge | None, since_s: float) -> Shot:
            shot = recorded(time_s, self.side, since_s)
            shown = Portrait(shot.pixels, shot.landmarks, (0.0, 0.0, 9.0, 12.0))
            screen = Sheet(half_width=17, above=13, below=13, scale=self.scale)
            away = 50 * self.scale + tremor.further_cm(time_s)
            return Stage(shown).sheet(screen, tremor.pose(time_s), away, tremor.shift_cm(time_s))

        return seen


def frames(
    act: Act,
    session: LivenessSession,
    clock: Clock,
    *,
    rate: float,
    seed: int,
    noise: float = 3.0,
    over_s: float = 1e9,
) -> Iterator[tuple[Shot, Frame]]:
    """What the camera gives while the session runs, at ``rate`` a second and not quite evenly.

    After ``over_s`` nothing is expected any more: four frames a second until the time is up.
    """
    chance = random.Random(seed)
    sensor = Sensor(seed, noise=noise)
    asked, since_s = None, 0.0
    while session.report is None:
        if session.challenge is not asked:
            asked, since_s = session.challenge, clock.now_s
        shot = act(clock.now_s, asked, since_s)
        eyes_px = math.dist(shot.landmarks.left_eye_outer, shot.landmarks.right_eye_outer)
        shot = sensor.sees(shot, LANDMARK_NOISE * eyes_px)
        yield shot, Frame(shot.pixels, clock.now_s, "stage")
        clock.now_s += chance.uniform(0.8, 1.2) / (rate if clock.now_s < over_s else 4.0)


def play(
    act: Act,
    session: LivenessSession,
    clock: Clock,
    *,
    rate: float = 15.0,
    seed: int = 1,
    noise: float = 3.0,
    over_s: float = 1e9,
) -> LivenessReport:
    """Let an act run before the camera until the session has ended."""
    for shot, frame in frames(
        act, session, clock, rate=rate, seed=seed, noise=noise, over_s=over_s
    ):
        session.see(Observation(frame, (shot.face,), shot.pose))
    assert session.report is not None
    return session.report
