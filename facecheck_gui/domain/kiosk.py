"""What a visit to the check-in station is made of: pages, what happens on them, what is to be done.

The pages of a visit, in their order: attract, language, notice, who, look, comparing, and welcome or
see staff. From every page between the first and the last there is a way to check in without a face.
"""

from dataclasses import dataclass, field
from enum import Enum

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Subject, Verdict
from facecheck_gui.domain.consent import Purpose


class Page(Enum):
    """What is on the screen."""

    ATTRACT = "attract"
    LANGUAGE = "language"
    NOTICE = "notice"
    """Who, for what, how, how long, which rights; and what is agreed to."""
    WHO = "who"
    """A badge is held up, or another way is chosen."""
    KEYPAD = "keypad"
    SEARCH = "search"
    LOOK = "look"
    """Guidance, a countdown, a sign of life."""
    COMPARING = "comparing"
    WELCOME = "welcome"
    SEE_STAFF = "see_staff"
    NO_FACE = "no_face"
    """Without a face: a code from staff, or staff are called."""
    CODE = "code"
    CALLED = "called"
    SIGNED_IN = "signed_in"
    """Checked in without a face."""
    OUT_OF_ORDER = "out_of_order"


class Way(Enum):
    """How somebody says who they are."""

    BADGE = "badge"
    KEYPAD = "keypad"
    SEARCH = "search"


class Why(Enum):
    """Why staff are to be seen, or why another way is offered. What an attack looks like is told to
    staff alone."""

    NOT_THE_SAME = "not_the_same"
    NOT_SURE = "not_sure"
    SUSPECTED = "suspected"
    NOT_CHECKED = "not_checked"
    TOO_LONG = "too_long"
    LOCKED = "locked"
    NOT_KNOWN = "not_known"
    NOT_TODAY = "not_today"
    NO_PHOTO = "no_photo"
    NO_CAMERA = "no_camera"
    WRONG_CODE = "wrong_code"


@dataclass(frozen=True, slots=True)
class KioskRules:
    """How one station is set up. Times are seconds."""

    ways: frozenset[Way] = frozenset({Way.BADGE, Way.KEYPAD})
    asked: tuple[Purpose, ...] = (Purpose.COMPARE,)
    """What is asked for; comparing is not possible without the first."""
    idle_s: float = 15.0
    look_s: float = 20.0
    """After so long before the camera another way is taken."""
    finish_s: float = 4.0
    compare_s: float = 10.0
    """An answer that takes longer is none."""
    again_s: float = 1800.0
    """Who comes again within this is told so."""
    code_tries: int = 5
    most_typed: int = 32


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an id or a badge belongs to, and what stands in the way of a comparison."""

    subject: Subject
    hindrance: Why | None = None
    seconds_since: float | None = None
    """Since the last check-in; None for the first."""


@dataclass(frozen=True, slots=True)
class Screen:
    """All that a page shows. ``left`` is 1 to 0 of the time that a page waits."""

    page: Page = Page.ATTRACT
    agreed: frozenset[Purpose] = frozenset()
    subject: Subject | None = None
    again: bool = False
    why: Why | None = None
    typed: str = field(default="", repr=False)
    found: tuple[Person, ...] = field(default=(), repr=False)
    waiting: bool = False
    """Something that was typed or held up is being looked up."""
    help_open: bool = False
    called: bool = False
    """Staff were called from here."""

    @property
    def camera_on(self) -> bool:
        """Whether the camera may be read: never before somebody has agreed."""
        may = self.page in {Page.WHO, Page.LOOK, Page.COMPARING}
        return may and Purpose.COMPARE in self.agreed


# What happens.


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
