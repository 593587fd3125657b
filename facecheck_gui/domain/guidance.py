"""The one thing that the person in front of the camera is asked to do next."""

from dataclasses import dataclass
from enum import Enum

from facecheck_gui.domain.quality import QualityReading


class Instruction(Enum):
    """In the order of their weight: what stands first is said first. Words are in ``messages``.

    Left and right are the person's own, up and down the head's.
    """

    NOBODY = "nobody"
    ONE_PERSON = "one_person"
    CLOSER = "closer"
    BACK = "back"
    TO_MIDDLE = "to_middle"
    UNCOVER = "uncover"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    LIGHT_FROM_BEHIND = "light_from_behind"
    LIGHT_FROM_SIDE = "light_from_side"
    TURN_LEFT = "turn_left"
    TURN_RIGHT = "turn_right"
    CHIN_UP = "chin_up"
    CHIN_DOWN = "chin_down"
    STRAIGHTEN = "straighten"
    """The head leans to one side."""
    HOLD_STILL = "hold_still"
    LOOK_HERE = "look_here"
    """Something is not good enough, and only a steady look into the camera can mend it."""
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Distances:
    """How near a face may be at one station, as the height of its box over the frame's height.

    ``closest`` is the largest share and ``farthest`` the smallest that is good. A box is as high as
    15 cm on a grown-up's face; a webcam's frame is as high as 0.8 of the distance. Raises
    ValueError unless 0 < farthest < closest.
    """

    closest: float = 0.65
    farthest: float = 0.16

    def __post_init__(self) -> None:
        if not 0 < self.farthest < self.closest:
            raise ValueError("the farthest face is smaller than the closest one")


DESK = Distances()
"""30 to 120 cm from a webcam."""

KIOSK = Distances(closest=0.48, farthest=0.24)
"""40 to 80 cm from a webcam."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What is asked of the person, and since when (seconds on the clock of who asked).

    ``reading`` is the one behind it, where a measure of quality is.
    """

    instruction: Instruction
    since_s: float
    reading: QualityReading | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing is asked: the picture is good now."""
        return self.instruction is Instruction.READY
