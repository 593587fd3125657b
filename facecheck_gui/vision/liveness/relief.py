"""What is left over at the nose once everything flat has been taken off a motion.

Seen from two sides, a plane's points move by a function of their place with terms of first and
second order, and a sheet that is bent like a cylinder, whichever way, adds only terms of second
order (those of fourth are small over a face). A head has a nose: a bump that no such term can
imitate. When a head turns by an angle, each point moves by its depth times the angle's sine, so the
bump appears in the motion at its own height.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from facecheck_gui.vision.liveness.following_points import Motion

Floats = NDArray[np.float64]

_ROUNDS = 6
_OUTLIERS_FROM = 1.5
_LEAST_SPREAD = 1e-4
_LEAST_POINTS = 45

# The bump's middle and reach. Across in distances between the eyes, down in distances from the
# eyes to the base of the nose: noses differ in length more than in place.
_NOSE_ACROSS, _NOSE_MIDDLE, _NOSE_DOWN = 0.17, 0.75, 0.40
_NOSE_HEIGHT = 0.24
# Half the widths of a skull squared, and its depth, by the distance between the eyes.
_SKULL_ACROSS_2, _SKULL_DOWN_2, _SKULL_MIDDLE, _SKULL_DEPTH = 0.9, 1.56, 0.15, 1.0


@dataclass(frozen=True, slots=True)
class Relief:
    """``height`` is a factor of the template's motion; ``error`` its standard error."""

    height: float
    error: float
    points: int


def nose_relief(motion: Motion, nose_y: float) -> Relief | None:
    """How far the nose moved sideways beyond what is flat, in distances between the eyes.

    ``nose_y`` is how far below the eyes the base of the nose was, in the same unit. Positive to the
    right of the picture. None where too few points could be followed.
    """
    if len(motion.at) < _LEAST_POINTS:
        return None
    bump = _bump(motion.at[:, 0], motion.at[:, 1] / nose_y)
    terms = np.column_stack([_flat_terms(motion.at), bump])
    return _fitted(terms, motion.by[:, 0], len(motion.at))


def depth_relief(
    motion: Motion, nose_y: float, growth: float, off_axis: tuple[float, float]
) -> Relief | None:
    """How much the perspective changed as a head came nearer; 1 is a head's, 0 a flat picture's.

    ``growth`` is how much the distance between the eyes grew, over the focal length; ``off_axis``
    where the middle of the eyes stood in the reference, from the middle of the frame, in distances
    between the eyes. A point at depth z then moves outwards by its place times z times growth.
    """
    if len(motion.at) < _LEAST_POINTS or growth <= 0:
        return None
    u, v = motion.at[:, 0], motion.at[:, 1]
    depth = _skull(u, v) + _NOSE_HEIGHT * _bump(u, v / nose_y)
    # A head also nods and turns a little on its way, which says nothing about nearness.
    flat = np.column_stack([_flat_terms(motion.at), depth])
    none = np.zeros_like(flat)
    terms = np.vstack(
        [
            np.column_stack([flat, none, growth * depth * (u + off_axis[0])]),
            np.column_stack([none, flat, growth * depth * (v + off_axis[1])]),
        ]
    )
    return _fitted(terms, np.concatenate([motion.by[:, 0], motion.by[:, 1]]), len(motion.at))


def _flat_terms(at: Floats) -> Floats:
    """What planes and bent sheets can do."""
    u, v = at[:, 0], at[:, 1]
    return np.column_stack([np.ones_like(u), u, v, u * u, u * v, v * v])


def _bump(across: Floats, down: Floats) -> Floats:
    bump: Floats = np.exp(
        -((across / _NOSE_ACROSS) ** 2) - ((down - _NOSE_MIDDLE) / _NOSE_DOWN) ** 2
    )
    return bump


def _skull(u: Floats, v: Floats) -> Floats:
    skull: Floats = (
        -_SKULL_DEPTH / 2 * (u**2 / _SKULL_ACROSS_2 + (v - _SKULL_MIDDLE) ** 2 / _SKULL_DOWN_2)
    )
    return skull


def _fitted(terms: Floats, moved: Floats, points: int) -> Relief:
    """The last term's factor, by least squares in which what lies far off counts less."""
    weights: Floats = np.ones(len(moved))
    spread = 0.0
    factors: Floats = np.zeros(terms.shape[1])
    for _ in range(_ROUNDS):
        root = np.sqrt(weights)
        factors = np.asarray(np.linalg.lstsq(terms * root[:, None], moved * root, rcond=None)[0])
        off = np.abs(moved - terms @ factors)
        spread = 1.4826 * float(np.median(off)) + _LEAST_SPREAD
        weights = np.asarray(1 / np.maximum(1.0, off / (_OUTLIERS_FROM * spread)), np.float64)
    inverse = np.linalg.pinv((terms * weights[:, None]).T @ terms)
    error = spread * float(np.sqrt(max(0.0, inverse[-1, -1])))
    return Relief(float(factors[-1]), error, points)
