"""What happens at the check-in station, and what is to be done about it.

What takes time is asked for by an effect and answered by an event that carries the same number.
"""

from dataclasses import dataclass, field

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Subject, Verdict
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.kiosk import Known, Way


@dataclass(frozen=True, slots=True)
class Touched:
    """The attract page was touched, or somebody stepped near."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The window speaks another language from now on."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """A purpose was ticked, or not any more."""

    purpose: Purpose
    ticked: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """The person has read and goes on."""


@dataclass(frozen=True, slots=True)
class WayChosen:
    """Another way to say who one is."""

    way: Way


@dataclass(frozen=True, slots=True)
class CodeRead:
    """A badge was held up or scanned."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the field now."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed is all."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One of those who were found."""

    person_id: str


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """The answer to a search."""

    ticket: int
    people: tuple[Person, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PersonKnown:
    """The answer to a look-up: somebody."""

    ticket: int
    known: Known


@dataclass(frozen=True, slots=True)
class PersonNotKnown:
    """The answer to a look-up: nobody, or it could not be read."""

    ticket: int


@dataclass(frozen=True, slots=True)
class FaceTaken:
    """A good picture, and the sign of life that was asked for, were taken in ``visit``."""

    visit: int


@dataclass(frozen=True, slots=True)
class FaceRefused:
    """The sign of life was refused in ``visit``."""

    visit: int
    attack: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The comparison of ``visit`` has ended, and is written down."""

    visit: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class NoFaceWanted:
    """To check in without a face."""


@dataclass(frozen=True, slots=True)
class CodeWanted:
    """Staff have given a code."""


@dataclass(frozen=True, slots=True)
class CodeJudged:
    """Whether the code was right."""

    ticket: int
    right: bool


@dataclass(frozen=True, slots=True)
class StaffWanted:
    """Staff are to come."""


@dataclass(frozen=True, slots=True)
class BackWanted:
    """One page back."""


@dataclass(frozen=True, slots=True)
class StartAgainWanted:
    """From the beginning."""


@dataclass(frozen=True, slots=True)
class HelpToggled:
    """Help is opened or closed."""


@dataclass(frozen=True, slots=True)
class CameraLost:
    """No pictures come."""


@dataclass(frozen=True, slots=True)
class BrokeDown:
    """What must be remembered cannot be: nobody can be checked in."""


@dataclass(frozen=True, slots=True)
class Mended:
    """It can be again."""


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Time has passed."""


Event = (
    Touched | LanguageChosen | Ticked | Agreed | WayChosen | CodeRead | Typed | Entered | Chosen
    | PeopleFound | PersonKnown | PersonNotKnown | FaceTaken | FaceRefused | Checked | NoFaceWanted
    | CodeWanted | CodeJudged | StaffWanted | BackWanted | StartAgainWanted | HelpToggled
    | CameraLost | BrokeDown | Mended | TimePassed
)  # fmt: skip


# What is to be done about it.


@dataclass(frozen=True, slots=True)
class Wipe:
    """A visit is over: nothing of it may be left anywhere."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Who has this badge or id? Answered with the ticket."""

    ticket: int
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Search:
    """Who is meant? Answered with the ticket."""

    ticket: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WriteConsent:
    """What the person agreed to, before anything is compared."""

    subject: Subject
    purposes: frozenset[Purpose]


@dataclass(frozen=True, slots=True)
class BeginLook:
    """Guide the person, take a picture; answered with the visit."""

    visit: int
    subject: Subject


@dataclass(frozen=True, slots=True)
class Compare:
    """Compare what was taken; answered with the visit."""

    visit: int
    subject: Subject


@dataclass(frozen=True, slots=True)
class JudgeCode:
    """Is this staff's code? Answered with the ticket."""

    ticket: int
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WriteWithoutFace:
    """Somebody was checked in without a face, by staff's code."""

    subject: Subject | None


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Let staff know that somebody waits."""


@dataclass(frozen=True, slots=True)
class LetIn:
    """Green: the door may open."""

    subject: Subject


@dataclass(frozen=True, slots=True)
class CountFailure:
    """One more attempt of this person that did not pass."""

    subject: Subject


Effect = (
    Wipe | LookUp | Search | WriteConsent | BeginLook | Compare | JudgeCode | WriteWithoutFace
    | CallStaff | LetIn | CountFailure
)  # fmt: skip
