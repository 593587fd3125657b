"""One instruction at a time for the person in front of the camera.

What is asked, heaviest first; beyond the first limit it is wrong, and only within the second one it
is right again. "Reading" is the report's own limit; the second limit is 10 % of it further inside
(15 % for angles, 5 % for the dynamic range, never more than a quarter of the span of two limits).

===================  ==================================================  =================
instruction          asked when                                          right again
===================  ==================================================  =================
NOBODY               there is no face                                    a face
ONE_PERSON           SINGLE_FACE; without it the second face has more    10 % inside
                     than 0.25 of the first one's area
CLOSER               EYE_DISTANCE or HEAD_SIZE too low; box lower than   10 %, the box 5 %
                     ``farthest`` of the frame's height; not with BACK   inside
BACK                 HEAD_SIZE too high; box higher than ``closest``;    10 %, the box 5 %
                     margins too low on two opposite sides               inside
TO_MIDDLE            a margin too low; the box's middle more than 0.25   10 % inside
                     of the frame's shorter side away from the middle
UNCOVER              EYES_COVERED, MOUTH_COVERED, FACE_COVERED           10 % inside
MORE_LIGHT           LUMINANCE too low, UNDER_EXPOSED, DYNAMIC_RANGE     10 %, 5 % inside
                     of a face that is not bright
LESS_LIGHT           LUMINANCE too high, OVER_EXPOSED, DYNAMIC_RANGE     10 %, 5 % inside
                     of a bright face
LIGHT_FROM_BEHIND    as MORE_LIGHT, which it replaces where ``backlit``  10 % inside
LIGHT_FROM_SIDE      EVENNESS                                            10 % inside
TURN_LEFT, _RIGHT    YAW; without it 20 degrees. Asked to turn back:     15 % inside
                     to the left when turned to the own right
CHIN_UP, _DOWN       PITCH; without it 20 degrees. Up when it is down    15 % inside
STRAIGHTEN           ROLL; without it 20 degrees                         15 % inside
HOLD_STILL           the landmarks' middle moves by more than 1.0 IED    0.7 IED a second
                     a second from one frame to the next
LOOK_HERE            anything else that is poor, such as SHARPNESS of    10 % inside
                     a face that is still; no report or no pose
READY                none of these
===================  ==================================================  =================

How one follows the other. The heaviest thing that is wrong is wanted. It is shown once it was
wanted by two observations in a row and what is shown has stood for 0.7 s, or for 0.3 s when NOBODY
gives way, or when NOBODY or ONE_PERSON comes. So at ten observations a second an instruction that
has stood for long follows what is seen within 0.2 s.

READY alone is left by the first observation that is not good, since no such picture may be called
ready: for what is wrong there; but for LOOK_HERE where there is nobody or more than one, since a
detector may miss once. READY is shown only with an observation that is good.
"""

from collections.abc import Callable

from facecheck_gui.domain.guidance import Distances, Guidance, Instruction
from facecheck_gui.domain.observation import Observation
from facecheck_gui.domain.quality import QualityReading
from facecheck_gui.vision.shortcomings import Shortcomings

_WEIGHT = {instruction: place for place, instruction in enumerate(Instruction)}
_HOLD_S = 0.7
_SHORT_HOLD_S = 0.3
_IN_A_ROW = 2
# Sums of tenths of a second fall short of their sum by this much at most.
_CLOCK_GRAIN_S = 1e-6
_WHO_IS_THERE = (Instruction.NOBODY, Instruction.ONE_PERSON)


def _never(_: Observation) -> bool:
    return False


class Guide:
    """Sees one observation after another and says what to ask. Not thread-safe.

    ``backlit`` tells whether the light comes from behind the person; it is asked only of faces
    that are too dark.
    """

    def __init__(
        self, distances: Distances, *, backlit: Callable[[Observation], bool] = _never
    ) -> None:
        self._shortcomings = Shortcomings(distances, backlit)
        self._shown: Guidance | None = None
        self._wanted = Instruction.NOBODY
        self._in_a_row = 0

    def see(self, observation: Observation, now_s: float) -> Guidance:
        """What to ask now. ``now_s`` is on any clock that does not go back."""
        wanted, reading = self._heaviest(observation)
        self._in_a_row = self._in_a_row + 1 if wanted is self._wanted else 1
        self._wanted = wanted
        self._shown = self._following(self._shown, wanted, reading, now_s)
        return self._shown

    def _heaviest(self, observation: Observation) -> tuple[Instruction, QualityReading | None]:
        wrong = self._shortcomings.look(observation)
        heaviest = min(wrong, key=_WEIGHT.__getitem__, default=Instruction.READY)
        return heaviest, wrong.get(heaviest)

    def _following(
        self,
        shown: Guidance | None,
        wanted: Instruction,
        reading: QualityReading | None,
        now_s: float,
    ) -> Guidance:
        if shown is None:
            first = Instruction.LOOK_HERE if wanted is Instruction.READY else wanted
            return Guidance(first, now_s, reading)
        if wanted is shown.instruction:
            return Guidance(wanted, shown.since_s, reading)
        if shown.ready:
            if wanted in _WHO_IS_THERE:
                return Guidance(Instruction.LOOK_HERE, now_s)
            return Guidance(wanted, now_s, reading)
        stood_s = now_s - shown.since_s + _CLOCK_GRAIN_S
        if self._in_a_row >= _IN_A_ROW and stood_s >= _hold_s(shown.instruction, wanted):
            return Guidance(wanted, now_s, reading)
        return shown


def _hold_s(shown: Instruction, wanted: Instruction) -> float:
    short = shown is Instruction.NOBODY or wanted in _WHO_IS_THERE
    return _SHORT_HOLD_S if short else _HOLD_S
