"""What is said to the person in front of the camera, ready to be drawn: words, icon, place."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.guidance import Instruction
from facecheck_gui.domain.liveness import Challenge


@dataclass(frozen=True, slots=True)
class GuidanceContent:
    """The one thing to do next.

    ``icon`` is a name in ``resources/icons``. ``ready`` closes the oval. ``face`` is in pixels of
    the camera's frame, never mirrored. ``progress`` (0 to 1) is how much of the holding still is
    done; 0 draws no ring. ``large`` is for people who stand 2 m away.
    """

    icon: str
    text: str
    ready: bool = False
    face: FaceBox | None = None
    progress: float = 0.0
    large: bool = False


@dataclass(frozen=True, slots=True)
class ChallengeContent:
    """A movement that is asked for.

    ``progress`` (0 to 1) is how much of it is done, ``remaining_s`` how long there still is.
    ``face`` and ``large`` mean the same as in ``GuidanceContent``.
    """

    challenge: Challenge
    text: str
    progress: float = 0.0
    remaining_s: float = 0.0
    face: FaceBox | None = None
    large: bool = False

    @property
    def icon(self) -> str:
        """The drawing that goes with the words."""
        return CHALLENGE_ICONS[self.challenge]

    @property
    def seconds(self) -> int:
        """What a clock that counts down shows, 0 or more."""
        return max(0, math.ceil(self.remaining_s))


INSTRUCTION_ICONS: Mapping[Instruction, str] = MappingProxyType(
    {
        Instruction.NOBODY: "person-none",
        Instruction.ONE_PERSON: "person-one",
        Instruction.CLOSER: "closer",
        Instruction.BACK: "back",
        Instruction.TO_MIDDLE: "middle",
        Instruction.UNCOVER: "cover",
        Instruction.MORE_LIGHT: "light",
        Instruction.LESS_LIGHT: "light-less",
        Instruction.LIGHT_FROM_BEHIND: "light",
        Instruction.LIGHT_FROM_SIDE: "light",
        Instruction.TURN_LEFT: "turn-left",
        Instruction.TURN_RIGHT: "turn-right",
        Instruction.CHIN_UP: "chin-up",
        Instruction.CHIN_DOWN: "chin-down",
        Instruction.STRAIGHTEN: "straighten",
        Instruction.HOLD_STILL: "hold",
        Instruction.LOOK_HERE: "eye",
        Instruction.READY: "check",
    }
)
"""The drawing of every instruction. Who faces the screen has the own left on its left."""

CHALLENGE_ICONS: Mapping[Challenge, str] = MappingProxyType(
    {
        Challenge.TURN_LEFT: "turn-left",
        Challenge.TURN_RIGHT: "turn-right",
        Challenge.COME_CLOSER: "closer",
    }
)
"""The drawing of every challenge."""
