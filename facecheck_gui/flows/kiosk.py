"""The check-in station as a pure state machine: events in, a screen and what is to be done out.

No clock of its own, no camera, no window. What takes time is asked for by an effect and answered by
an event that carries a number: the visit's for pictures and comparisons, a ticket for look-ups. An
answer to anything but the last question is dropped, so that nothing of one visit reaches the next.
"""

from collections.abc import Callable
from dataclasses import replace

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.comparison import Subject, Verdict
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.kiosk import KioskRules, Known, Page, Screen, Way, Why
from facecheck_gui.domain.kiosk_events import Effect, Event
from facecheck_gui.flows.kiosk_tables import ANSWERS, BACK, FINAL, QUIET, VERDICTS

Effects = tuple[Effect, ...]
_NOTHING: Effects = ()


class Kiosk:
    """One station. Feed ``see`` with every event and the seconds of one clock."""

    def __init__(self, rules: KioskRules) -> None:
        self._rules = rules
        self._screen = Screen()
        self._visit = 0
        self._ticket = 0
        self._since_s = 0.0
        self._before_no_face = Page.NOTICE
        self._wrong_codes = 0
        self._known: Known | None = None
        self._consented: frozenset[Purpose] = frozenset()

    @property
    def screen(self) -> Screen:
        """What is to be shown."""
        return self._screen

    @property
    def visit(self) -> int:
        """The number of this visit; every wipe begins another."""
        return self._visit

    def left(self, now_s: float) -> float:
        """How much of the time that this page waits is left, 1 to 0."""
        whole_s = self._waits_s()
        if whole_s is None:
            return 1.0
        return min(1.0, max(0.0, 1.0 - (now_s - self._since_s) / whole_s))

    def see(self, event: Event, now_s: float) -> Effects:
        """Something has happened; what is to be done."""
        if isinstance(event, k.TimePassed):
            return self._on_time(now_s)
        if isinstance(event, k.BrokeDown):
            return (*self._wipe(now_s), *self._to(now_s, page=Page.OUT_OF_ORDER))
        if isinstance(event, k.Mended):
            return self._wipe(now_s) if self._screen.page is Page.OUT_OF_ORDER else ()
        if isinstance(event, ANSWERS):
            return self._answered(event, now_s)
        return self._wished(event, now_s)

    # Time.

    def _waits_s(self) -> float | None:
        page, rules = self._screen.page, self._rules
        if page in QUIET:
            return None
        if page in FINAL:
            return rules.finish_s
        if page is Page.LOOK:
            return rules.look_s
        return rules.compare_s if page is Page.COMPARING else rules.idle_s

    def _on_time(self, now_s: float) -> Effects:
        whole_s = self._waits_s()
        if whole_s is None or now_s - self._since_s < whole_s:
            return ()
        if self._screen.page is Page.LOOK:
            return self._offer_no_face(Why.TOO_LONG, now_s)
        if self._screen.page is Page.COMPARING:
            return self._see_staff(Why.NOT_CHECKED, now_s)
        return self._wipe(now_s)

    # Answers to what was asked.

    def _answered(self, event: Event, now_s: float) -> Effects:
        page, waits, effects = self._screen.page, self._screen.waiting, _NOTHING
        asks = page in {Page.WHO, Page.KEYPAD, Page.SEARCH}
        match event:
            case k.PeopleFound(ticket, people) if ticket == self._ticket and page is Page.SEARCH:
                effects = self._to(now_s, keeps_time=True, found=people, waiting=False)
            case k.PersonKnown(ticket, known) if ticket == self._ticket and waits and asks:
                effects = self._on_known(known, now_s)
            case k.PersonNotKnown(ticket) if ticket == self._ticket and waits and asks:
                effects = self._to(now_s, waiting=False, typed="", why=Why.NOT_KNOWN)
            case k.CodeJudged(ticket, right) if (
                ticket == self._ticket and waits and page is Page.CODE
            ):
                effects = self._on_code(right, now_s)
            case k.FaceTaken(visit) if visit == self._visit and page is Page.LOOK:
                effects = self._compare(now_s)
            case k.FaceRefused(visit, attack) if visit == self._visit and page is Page.LOOK:
                effects = self._fail(Why.SUSPECTED if attack else Why.NOT_CHECKED, now_s)
            case k.Checked(visit, verdict) if visit == self._visit and page is Page.COMPARING:
                effects = self._on_checked(verdict, now_s)
            case k.CameraLost() if page in {Page.LOOK, Page.COMPARING}:
                effects = self._offer_no_face(Why.NO_CAMERA, now_s)
        return effects

    def _on_known(self, known: Known, now_s: float) -> Effects:
        self._known = known
        if known.hindrance is not None:
            self._to(now_s, subject=known.subject, waiting=False)
            return self._offer_no_face(known.hindrance, now_s)
        return self._look(known.subject, now_s)

    def _look(self, subject: Subject, now_s: float) -> Effects:
        self._to(now_s, page=Page.LOOK, subject=subject, waiting=False, typed="", found=())
        begin = k.BeginLook(self._visit, subject)
        if self._consented:
            return (begin,)
        self._consented = self._screen.agreed
        return k.WriteConsent(subject, self._screen.agreed), begin

    def _compare(self, now_s: float) -> Effects:
        subject = self._screen.subject
        if subject is None or Purpose.COMPARE not in self._screen.agreed:
            return self._see_staff(Why.NOT_CHECKED, now_s)
        self._to(now_s, page=Page.COMPARING)
        return (k.Compare(self._visit, subject),)

    def _on_checked(self, verdict: Verdict, now_s: float) -> Effects:
        subject = self._screen.subject
        if verdict is not Verdict.MATCH or subject is None:
            return self._fail(VERDICTS.get(verdict, Why.NOT_CHECKED), now_s)
        since_s = self._known.seconds_since if self._known is not None else None
        again = since_s is not None and since_s < self._rules.again_s
        self._to(now_s, page=Page.WELCOME, again=again)
        return (k.LetIn(subject),)

    def _fail(self, why: Why, now_s: float) -> Effects:
        """Somebody was not let in; only what was compared, or refused as an attack, counts."""
        subject = self._screen.subject
        effects = self._see_staff(why, now_s)
        counts = why in {Why.NOT_THE_SAME, Why.NOT_SURE, Why.SUSPECTED}
        return (*effects, k.CountFailure(subject)) if counts and subject is not None else effects

    def _on_code(self, right: bool, now_s: float) -> Effects:  # noqa: FBT001 - as the event says
        if right:
            subject = self._screen.subject
            self._to(now_s, page=Page.SIGNED_IN, waiting=False, typed="", why=None)
            return (k.WriteWithoutFace(subject),)
        self._wrong_codes += 1
        if self._wrong_codes >= self._rules.code_tries:
            return self._call_staff(now_s)
        return self._to(now_s, waiting=False, typed="", why=Why.WRONG_CODE)

    # What the person wishes.

    def _wished(self, event: Event, now_s: float) -> Effects:
        page = self._screen.page
        if page is Page.ATTRACT:
            return self._on_attract(event, now_s)
        if page is Page.OUT_OF_ORDER:
            return (k.CallStaff(),) if isinstance(event, k.StaffWanted) else ()
        everywhere = self._on_any_page(event, now_s)
        if everywhere is not None:
            return everywhere
        handler = _ON_PAGE.get(page)
        return handler(self, event, now_s) if handler is not None else ()

    def _on_attract(self, event: Event, now_s: float) -> Effects:
        if isinstance(event, k.Touched):
            return self._to(now_s, page=Page.LANGUAGE)
        if isinstance(event, k.NoFaceWanted):
            self._to(now_s, page=Page.LANGUAGE)
            return self._offer_no_face(None, now_s)
        return ()

    def _on_any_page(self, event: Event, now_s: float) -> Effects | None:
        """What every page of a visit has; None for anything else."""
        page = self._screen.page
        effects: Effects | None = None
        match event:
            case k.StartAgainWanted():
                effects = self._wipe(now_s)
            case k.HelpToggled():
                effects = self._to(now_s, help_open=not self._screen.help_open)
            case k.StaffWanted() if page not in FINAL:
                effects = self._call_staff(now_s)
            case k.NoFaceWanted() if page not in {*FINAL, Page.NO_FACE, Page.CODE, Page.CALLED}:
                effects = self._offer_no_face(None, now_s)
            case k.BackWanted() if page not in FINAL:
                effects = self._back(now_s)
        return effects

    def _on_language(self, event: Event, now_s: float) -> Effects:
        if isinstance(event, k.LanguageChosen):
            return self._to(now_s, page=Page.NOTICE)
        return ()

    def _on_notice(self, event: Event, now_s: float) -> Effects:
        agreed = self._screen.agreed
        match event:
            case k.Ticked(purpose, ticked) if purpose in self._rules.asked:
                now = agreed | {purpose} if ticked else agreed - {purpose}
                return self._to(now_s, agreed=now)
            case k.Agreed() if Purpose.COMPARE in agreed:
                return self._to(now_s, page=Page.WHO)
        return ()

    def _on_who(self, event: Event, now_s: float) -> Effects:
        match event:
            case k.CodeRead(code) if Way.BADGE in self._rules.ways and code:
                return self._look_up(code, now_s)
            case k.WayChosen(Way.KEYPAD) if Way.KEYPAD in self._rules.ways:
                return self._to(now_s, page=Page.KEYPAD, typed="", why=None)
            case k.WayChosen(Way.SEARCH) if Way.SEARCH in self._rules.ways:
                return self._to(now_s, page=Page.SEARCH, typed="", found=(), why=None)
        return ()

    def _on_keypad(self, event: Event, now_s: float) -> Effects:
        match event:
            case k.Typed(text):
                return self._typed(text, now_s)
            case k.Entered() if self._screen.typed:
                return self._look_up(self._screen.typed, now_s)
            case k.CodeRead(code) if Way.BADGE in self._rules.ways and code:
                return self._look_up(code, now_s)
        return ()

    def _on_search(self, event: Event, now_s: float) -> Effects:
        match event:
            case k.Typed(text):
                self._typed(text, now_s)
                self._ticket += 1
                self._to(now_s, waiting=bool(text), found=())
                return (k.Search(self._ticket, self._screen.typed),) if text else ()
            case k.Chosen(person_id) if any(
                person.person_id == person_id for person in self._screen.found
            ):
                return self._look_up(person_id, now_s)
        return ()

    def _on_no_face(self, event: Event, now_s: float) -> Effects:
        if isinstance(event, k.CodeWanted):
            return self._to(now_s, page=Page.CODE, typed="", why=None)
        return ()

    def _on_code_page(self, event: Event, now_s: float) -> Effects:
        match event:
            case k.Typed(text):
                return self._typed(text, now_s)
            case k.Entered() if self._screen.typed:
                self._ticket += 1
                code = self._screen.typed
                self._to(now_s, waiting=True, typed="", why=None)
                return (k.JudgeCode(self._ticket, code),)
        return ()

    # Steps.

    def _typed(self, text: str, now_s: float) -> Effects:
        return self._to(now_s, typed=text[: self._rules.most_typed], why=None)

    def _look_up(self, code: str, now_s: float) -> Effects:
        self._ticket += 1
        self._to(now_s, waiting=True, why=None)
        return (k.LookUp(self._ticket, code),)

    def _see_staff(self, why: Why, now_s: float) -> Effects:
        self._ticket += 1
        return self._to(now_s, page=Page.SEE_STAFF, why=why, waiting=False, typed="", found=())

    def _offer_no_face(self, why: Why | None, now_s: float) -> Effects:
        page = self._screen.page
        self._before_no_face = page if page in {Page.LANGUAGE, Page.NOTICE} else Page.WHO
        self._ticket += 1
        return self._to(now_s, page=Page.NO_FACE, why=why, waiting=False, typed="", found=())

    def _call_staff(self, now_s: float) -> Effects:
        called = self._screen.called
        page = self._screen.page
        if page not in {Page.NO_FACE, Page.CODE, Page.CALLED}:
            self._offer_no_face(None, now_s)
        self._ticket += 1
        self._to(now_s, page=Page.CALLED, called=True, waiting=False, typed="", why=None)
        return () if called else (k.CallStaff(),)

    def _back(self, now_s: float) -> Effects:
        page = self._screen.page
        target = self._before_no_face if page is Page.NO_FACE else BACK[page]
        if target is Page.ATTRACT:
            return self._wipe(now_s)
        # What is under way for this page is nobody's any more.
        self._ticket += 1
        if page in {Page.LOOK, Page.COMPARING, Page.SEE_STAFF}:
            self._visit += 1
        if target is Page.WHO and Purpose.COMPARE not in self._screen.agreed:
            target = Page.NOTICE
        keeps = page in {Page.CODE, Page.CALLED}
        return self._to(
            now_s,
            page=target,
            subject=self._screen.subject if keeps else None,
            why=None,
            typed="",
            found=(),
            waiting=False,
        )

    def _wipe(self, now_s: float) -> Effects:
        self._visit += 1
        self._ticket += 1
        self._wrong_codes = 0
        self._known = None
        self._consented = frozenset()
        self._before_no_face = Page.NOTICE
        self._screen, self._since_s = Screen(), now_s
        return (k.Wipe(),)

    def _to(self, now_s: float, *, keeps_time: bool = False, **changes: object) -> Effects:
        """Show something else; the waiting begins anew unless it was no person's doing."""
        page = changes.get("page", self._screen.page)
        if page is not self._screen.page:
            changes = {"help_open": False, **changes}
        self._screen = replace(self._screen, **changes)  # type: ignore[arg-type]
        if not keeps_time:
            self._since_s = now_s
        return ()


_Handler = Callable[[Kiosk, Event, float], Effects]
_ON_PAGE: dict[Page, _Handler] = {
    Page.LANGUAGE: Kiosk._on_language,
    Page.NOTICE: Kiosk._on_notice,
    Page.WHO: Kiosk._on_who,
    Page.KEYPAD: Kiosk._on_keypad,
    Page.SEARCH: Kiosk._on_search,
    Page.NO_FACE: Kiosk._on_no_face,
    Page.CODE: Kiosk._on_code_page,
}
