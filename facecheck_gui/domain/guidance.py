"""The one thing that the person in front of the camera is asked to do next."""

from enum import Enum


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
