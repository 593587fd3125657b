"""What a visit to the check-in station is made of: its pages, and what one shows.

The pages of a visit, in their order: attract, language, notice, who, look, comparing, and welcome
or see staff. From every page between the first and the last there is a way to check in without a
face.
"""

from dataclasses import dataclass, field
from enum import Enum

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Subject
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
