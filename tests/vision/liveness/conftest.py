"""Sessions whose clock and chance are the test's own."""

import random

import pytest

from facecheck_gui.domain.liveness import Challenge, LivenessLevel
from facecheck_gui.vision.liveness.one_person import Embed
from facecheck_gui.vision.liveness.session import LivenessSession, drawn
from tests.vision.acts import Clock


def seed_for(level: LivenessLevel, first: Challenge) -> int:
    """A seed with which this challenge is asked first."""
    return next(seed for seed in range(99) if drawn(level, random.Random(seed))[0] is first)


def session_of(
    clock: Clock,
    level: LivenessLevel = LivenessLevel.NORMAL,
    first: Challenge = Challenge.TURN_LEFT,
    *,
    embed: Embed | None = None,
    camera_name: str = "Integrated Webcam",
) -> LivenessSession:
    """A session that asks for ``first`` at first."""
    asks = level in {LivenessLevel.NORMAL, LivenessLevel.HIGH}
    seed = seed_for(level, first) if asks else 1
    return LivenessSession(
        level, clock=clock, chance=random.Random(seed), embed=embed, camera_name=camera_name
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()
