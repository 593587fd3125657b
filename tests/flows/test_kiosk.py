"""The visit to the check-in station, page by page; and a walk of 100,000 events."""

import random
from collections.abc import Callable, Sequence

import pytest

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Subject, Verdict
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.kiosk import KioskRules, Known, Page, Screen, Way, Why
from facecheck_gui.flows.kiosk import Effects, Kiosk

ZHANG = Subject("00417", "Zhang Wei")
PERSON = Person("00417", "Zhang Wei")
RULES = KioskRules(frozenset(Way), (Purpose.COMPARE, Purpose.SEND_TO_CLOUD, Purpose.KEEP_CHECK_IN))


class Visit:
    """A station with a clock, and everything that it wanted done."""

    def __init__(self, rules: KioskRules = RULES) -> None:
        self.kiosk, self.now_s = Kiosk(rules), 1000.0
        self.wanted: list[object] = []

    def see(self, *events: k.Event, after_s: float = 0.5) -> Effects:
        effects: Effects = ()
        for event in events:
            self.now_s += after_s
            effects = self.kiosk.see(event, self.now_s)
            self.wanted += effects
        return effects

    def wait(self, seconds: float) -> Effects:
        self.now_s += seconds
        effects = self.kiosk.see(k.TimePassed(), self.now_s)
        self.wanted += effects
        return effects

    @property
    def screen(self) -> Screen:
        return self.kiosk.screen

    def to_notice(self) -> "Visit":
        self.see(k.Touched(), k.LanguageChosen())
        return self

    def to_who(self) -> "Visit":
        self.to_notice().see(k.Ticked(Purpose.COMPARE, ticked=True), k.Agreed())
        return self

    def to_look(self, known: Known | None = None) -> "Visit":
        (asked,) = self.to_who().see(k.CodeRead("FC1:00417.JPXI"))
        assert isinstance(asked, k.LookUp)
        self.see(k.PersonKnown(asked.ticket, known or Known(ZHANG)))
        return self

    def to_comparing(self, known: Known | None = None) -> "Visit":
        self.to_look(known).see(k.FaceTaken(self.kiosk.visit))
        return self


def _page(visit: Visit, *events: k.Event) -> Page:
    visit.see(*events)
    return visit.screen.page


def test_a_visit_from_the_first_touch_to_the_open_door() -> None:
    visit = Visit()
    assert _page(visit, k.Touched()) is Page.LANGUAGE
    assert _page(visit, k.LanguageChosen()) is Page.NOTICE
    assert _page(visit, k.Ticked(Purpose.COMPARE, ticked=True), k.Agreed()) is Page.WHO
    (look_up,) = visit.see(k.CodeRead("FC1:00417.JPXI"))
    assert look_up == k.LookUp(look_up.ticket, "FC1:00417.JPXI")
    assert visit.screen.waiting
    effects = visit.see(k.PersonKnown(look_up.ticket, Known(ZHANG)))
    number = visit.kiosk.visit
    agreed = frozenset({Purpose.COMPARE})
    assert effects == (k.WriteConsent(ZHANG, agreed), k.BeginLook(number, ZHANG))
    assert visit.screen.page is Page.LOOK
    assert visit.see(k.FaceTaken(number)) == (k.Compare(number, ZHANG),)
    assert visit.see(k.Checked(number, Verdict.MATCH)) == (k.LetIn(ZHANG),)
    assert (visit.screen.page, visit.screen.subject) == (Page.WELCOME, ZHANG)
    assert visit.wait(RULES.finish_s) == (k.Wipe(),)
    assert visit.screen == Screen()


def test_nothing_is_ticked_and_nobody_goes_on_without_agreeing_to_the_comparison() -> None:
    visit = Visit().to_notice()
    assert visit.screen.agreed == frozenset()
    assert _page(visit, k.Agreed()) is Page.NOTICE
    assert _page(visit, k.Ticked(Purpose.SEND_TO_CLOUD, ticked=True), k.Agreed()) is Page.NOTICE
    visit.see(k.Ticked(Purpose.COMPARE, ticked=True), k.Ticked(Purpose.COMPARE, ticked=False))
    assert _page(visit, k.Agreed()) is Page.NOTICE
    # What the station does not ask for cannot be agreed to.
    visit.see(k.Ticked(Purpose.KEEP_REFERENCE, ticked=True))
    assert Purpose.KEEP_REFERENCE not in visit.screen.agreed


def test_sending_to_the_cloud_is_agreed_to_apart() -> None:
    visit = Visit().to_notice()
    visit.see(k.Ticked(Purpose.COMPARE, ticked=True), k.Ticked(Purpose.SEND_TO_CLOUD, ticked=True))
    visit.see(k.Agreed())
    (look_up,) = visit.see(k.CodeRead("x"))
    assert isinstance(look_up, k.LookUp)
    written, _ = visit.see(k.PersonKnown(look_up.ticket, Known(ZHANG)))
    assert written == k.WriteConsent(ZHANG, frozenset({Purpose.COMPARE, Purpose.SEND_TO_CLOUD}))


def test_the_camera_is_off_until_somebody_has_agreed() -> None:
    visit = Visit()
    for event in (k.Touched(), k.LanguageChosen(), k.Ticked(Purpose.COMPARE, ticked=True)):
        visit.see(event)
        assert not visit.screen.camera_on
    visit.see(k.Agreed())
    assert visit.screen.camera_on
    visit.see(k.NoFaceWanted())
    assert not visit.screen.camera_on


@pytest.mark.parametrize(
    ("verdict", "why", "counts"),
    [
        (Verdict.NON_MATCH, Why.NOT_THE_SAME, True),
        (Verdict.UNSURE, Why.NOT_SURE, True),
        (Verdict.NOT_CHECKED, Why.NOT_CHECKED, False),
        (Verdict.ATTACK_SUSPECTED, Why.SUSPECTED, True),
    ],
)
def test_only_a_match_lets_anybody_in(verdict: Verdict, why: Why, counts: bool) -> None:
    visit = Visit().to_comparing()
    effects = visit.see(k.Checked(visit.kiosk.visit, verdict))
    assert (visit.screen.page, visit.screen.why) == (Page.SEE_STAFF, why)
    assert effects == ((k.CountFailure(ZHANG),) if counts else ())
    assert _page(visit, k.BackWanted()) is Page.WHO


def test_an_answer_of_another_visit_is_dropped() -> None:
    visit = Visit().to_comparing()
    before = visit.kiosk.visit
    visit.see(k.StartAgainWanted())
    visit.to_comparing()
    assert visit.see(k.Checked(before, Verdict.MATCH)) == ()
    assert visit.screen.page is Page.COMPARING
    visit.see(k.BackWanted())
    assert _page(visit, k.Checked(visit.kiosk.visit - 1, Verdict.MATCH)) is Page.WHO


def test_a_look_up_that_nobody_waits_for_finds_nobody() -> None:
    visit = Visit().to_who()
    (asked,) = visit.see(k.CodeRead("a"))
    assert isinstance(asked, k.LookUp)
    visit.see(k.BackWanted(), k.Agreed())
    assert visit.see(k.PersonKnown(asked.ticket, Known(ZHANG))) == ()
    assert visit.screen.subject is None


def test_who_is_not_known_is_told_and_can_try_again() -> None:
    visit = Visit().to_who()
    (asked,) = visit.see(k.CodeRead("a"))
    assert isinstance(asked, k.LookUp)
    visit.see(k.PersonNotKnown(asked.ticket))
    assert (visit.screen.page, visit.screen.why) == (Page.WHO, Why.NOT_KNOWN)
    assert len(visit.see(k.CodeRead("b"))) == 1
    assert visit.screen.why is None


@pytest.mark.parametrize("why", [Why.LOCKED, Why.NOT_TODAY, Why.NO_PHOTO])
def test_what_stands_in_the_way_of_a_comparison_leads_to_the_other_way(why: Why) -> None:
    visit = Visit().to_look(Known(ZHANG, hindrance=why))
    assert (visit.screen.page, visit.screen.why) == (Page.NO_FACE, why)
    assert not any(isinstance(effect, k.BeginLook) for effect in visit.wanted)


def test_a_number_is_typed_and_entered() -> None:
    visit = Visit().to_who()
    assert _page(visit, k.WayChosen(Way.KEYPAD)) is Page.KEYPAD
    assert visit.see(k.Entered()) == ()
    visit.see(k.Typed("0" * 100))
    assert len(visit.screen.typed) == RULES.most_typed
    (asked,) = visit.see(k.Typed("00417"), k.Entered())
    assert asked == k.LookUp(asked.ticket, "00417")
    visit.see(k.PersonKnown(asked.ticket, Known(ZHANG)))
    assert (visit.screen.page, visit.screen.typed) == (Page.LOOK, "")


def test_a_name_is_searched_and_only_who_was_found_can_be_chosen() -> None:
    visit = Visit().to_who()
    assert _page(visit, k.WayChosen(Way.SEARCH)) is Page.SEARCH
    (first,) = visit.see(k.Typed("z"))
    (second,) = visit.see(k.Typed("zh"))
    assert isinstance(first, k.Search)
    assert isinstance(second, k.Search)
    visit.see(k.PeopleFound(first.ticket, (Person("x", "Nobody"),)))
    assert visit.screen.found == ()
    visit.see(k.PeopleFound(second.ticket, (PERSON,)))
    assert visit.screen.found == (PERSON,)
    assert visit.see(k.Chosen("x")) == ()
    (asked,) = visit.see(k.Chosen("00417"))
    assert isinstance(asked, k.LookUp)


def test_a_way_that_the_station_does_not_have_leads_nowhere() -> None:
    visit = Visit(KioskRules(ways=frozenset({Way.KEYPAD}))).to_who()
    assert _page(visit, k.WayChosen(Way.SEARCH)) is Page.WHO
    assert visit.see(k.CodeRead("FC1:x")) == ()


def test_after_twenty_seconds_before_the_camera_another_way_is_offered() -> None:
    visit = Visit().to_look()
    assert visit.wait(RULES.look_s - 1) == ()
    assert visit.screen.page is Page.LOOK
    visit.wait(2)
    assert (visit.screen.page, visit.screen.why) == (Page.NO_FACE, Why.TOO_LONG)
    assert visit.see(k.FaceTaken(visit.kiosk.visit)) == ()


def test_a_comparison_that_does_not_come_back_ends_with_staff_and_never_in_green() -> None:
    visit = Visit().to_comparing()
    visit.wait(RULES.compare_s)
    assert (visit.screen.page, visit.screen.why) == (Page.SEE_STAFF, Why.NOT_CHECKED)
    assert visit.see(k.Checked(visit.kiosk.visit, Verdict.MATCH)) == ()
    assert visit.screen.page is Page.SEE_STAFF


def test_without_a_camera_the_other_way_is_offered() -> None:
    visit = Visit().to_look()
    visit.see(k.CameraLost())
    assert (visit.screen.page, visit.screen.why) == (Page.NO_FACE, Why.NO_CAMERA)


def test_a_sign_of_life_that_was_refused_is_for_staff() -> None:
    visit = Visit().to_look()
    effects = visit.see(k.FaceRefused(visit.kiosk.visit, attack=True))
    assert (visit.screen.page, visit.screen.why) == (Page.SEE_STAFF, Why.SUSPECTED)
    assert effects == (k.CountFailure(ZHANG),)
    visit.see(k.StartAgainWanted())
    visit.to_look()
    assert visit.see(k.FaceRefused(visit.kiosk.visit, attack=False)) == ()
    assert visit.screen.why is Why.NOT_CHECKED


def test_who_comes_again_soon_is_told_so() -> None:
    for since_s, again in ((60.0, True), (RULES.again_s + 1, False), (None, False)):
        visit = Visit().to_comparing(Known(ZHANG, seconds_since=since_s))
        visit.see(k.Checked(visit.kiosk.visit, Verdict.MATCH))
        assert (visit.screen.page, visit.screen.again) == (Page.WELCOME, again)


def _on_every_page() -> list[tuple[Page, Visit]]:
    ways: dict[Page, Sequence[k.Event]] = {
        Page.KEYPAD: (k.WayChosen(Way.KEYPAD),),
        Page.SEARCH: (k.WayChosen(Way.SEARCH),),
        Page.NO_FACE: (k.NoFaceWanted(),),
        Page.CODE: (k.NoFaceWanted(), k.CodeWanted()),
        Page.CALLED: (k.StaffWanted(),),
    }
    language = Visit()
    language.see(k.Touched())
    found = [
        (Page.LANGUAGE, language),
        (Page.NOTICE, Visit().to_notice()),
        (Page.WHO, Visit().to_who()),
        (Page.LOOK, Visit().to_look()),
        (Page.COMPARING, Visit().to_comparing()),
    ]
    for page, events in ways.items():
        visit = Visit().to_who()
        visit.see(*events)
        found.append((page, visit))
    refused = Visit().to_comparing()
    refused.see(k.Checked(refused.kiosk.visit, Verdict.NON_MATCH))
    return [*found, (Page.SEE_STAFF, refused)]


def test_every_page_has_a_way_without_a_face_and_back_and_again_and_help() -> None:
    for page, _ in _on_every_page():
        for event in (k.NoFaceWanted(), k.BackWanted(), k.StartAgainWanted(), k.HelpToggled()):
            visit = dict(_on_every_page())[page]
            assert visit.screen.page is page
            before = visit.screen
            visit.see(event)
            no_face = page in {Page.NO_FACE, Page.CODE, Page.CALLED}
            assert visit.screen != before or (no_face and isinstance(event, k.NoFaceWanted)), page
            if isinstance(event, k.NoFaceWanted) and not no_face:
                assert visit.screen.page is Page.NO_FACE


def test_help_closes_with_its_page() -> None:
    visit = Visit().to_notice()
    visit.see(k.HelpToggled())
    assert visit.screen.help_open
    visit.see(k.BackWanted())
    assert not visit.screen.help_open


def test_idle_wipes_everything_from_every_page_that_waits_for_a_person() -> None:
    for page, visit in _on_every_page():
        if page in {Page.LOOK, Page.COMPARING}:
            continue
        assert visit.wait(RULES.idle_s - 1) == (), page
        assert visit.wait(2) == (k.Wipe(),), page
        assert visit.screen == Screen()


def test_a_touch_makes_the_waiting_begin_anew() -> None:
    visit = Visit().to_who()
    visit.wait(RULES.idle_s - 1)
    visit.see(k.HelpToggled())
    assert visit.wait(RULES.idle_s - 1) == ()
    assert visit.kiosk.left(visit.now_s) == pytest.approx(1 / RULES.idle_s)


def test_staff_s_code_checks_somebody_in_without_a_face() -> None:
    visit = Visit().to_notice()
    visit.see(k.NoFaceWanted(), k.CodeWanted(), k.Typed("1234"))
    (asked,) = visit.see(k.Entered())
    assert asked == k.JudgeCode(asked.ticket, "1234")
    assert visit.screen.typed == ""
    assert visit.see(k.CodeJudged(asked.ticket, right=True)) == (k.WriteWithoutFace(None),)
    assert visit.screen.page is Page.SIGNED_IN
    visit.wait(RULES.finish_s)
    assert visit.screen.page is Page.ATTRACT


def test_the_person_who_was_found_is_the_one_who_is_written_down() -> None:
    visit = Visit().to_look()
    visit.wait(RULES.look_s)
    visit.see(k.CodeWanted(), k.Typed("1234"))
    (asked,) = visit.see(k.Entered())
    assert isinstance(asked, k.JudgeCode)
    assert visit.see(k.CodeJudged(asked.ticket, right=True)) == (k.WriteWithoutFace(ZHANG),)


def test_five_wrong_codes_call_staff_and_going_back_does_not_forgive_them() -> None:
    visit = Visit().to_notice()
    visit.see(k.NoFaceWanted(), k.CodeWanted())
    for number in range(RULES.code_tries):
        assert visit.screen.page is Page.CODE
        (asked,) = visit.see(k.Typed("0"), k.Entered())
        assert isinstance(asked, k.JudgeCode)
        effects = visit.see(k.CodeJudged(asked.ticket, right=False))
        if number < RULES.code_tries - 1:
            assert visit.screen.why is Why.WRONG_CODE
            visit.see(k.BackWanted(), k.CodeWanted())
    assert effects == (k.CallStaff(),)
    assert visit.screen.page is Page.CALLED


def test_staff_are_called_once_in_a_visit() -> None:
    visit = Visit().to_notice()
    assert visit.see(k.StaffWanted()) == (k.CallStaff(),)
    assert visit.see(k.StaffWanted()) == ()
    assert visit.see(k.BackWanted(), k.StaffWanted()) == ()
    visit.see(k.StartAgainWanted(), k.Touched())
    assert visit.see(k.StaffWanted()) == (k.CallStaff(),)


def test_what_cannot_be_remembered_closes_the_station_until_it_can() -> None:
    visit = Visit().to_comparing()
    assert visit.see(k.BrokeDown()) == (k.Wipe(),)
    assert visit.screen.page is Page.OUT_OF_ORDER
    assert _page(visit, k.Touched()) is Page.OUT_OF_ORDER
    assert visit.see(k.StaffWanted()) == (k.CallStaff(),)
    assert visit.wait(3600) == ()
    assert _page(visit, k.Mended()) is Page.ATTRACT


# Blind chance seldom gets beyond the first pages.
_LEADS_ON: dict[Page, Callable[[int, int], tuple[k.Event, ...]]] = {
    Page.ATTRACT: lambda _, __: (k.Touched(),),
    Page.LANGUAGE: lambda _, __: (k.LanguageChosen(),),
    Page.NOTICE: lambda _, __: (k.Ticked(Purpose.COMPARE, ticked=True), k.Agreed()),
    Page.WHO: lambda ticket, _: (k.CodeRead("code"), k.PersonKnown(ticket, Known(ZHANG))),
    Page.KEYPAD: lambda ticket, _: (k.Entered(), k.PersonKnown(ticket, Known(ZHANG))),
    Page.SEARCH: lambda ticket, _: (k.PeopleFound(ticket, (PERSON,)), k.Chosen("00417")),
    Page.LOOK: lambda _, visit: (k.FaceTaken(visit),),
    Page.COMPARING: lambda _, visit: (k.Checked(visit, Verdict.MATCH),),
    Page.NO_FACE: lambda _, __: (k.CodeWanted(),),
    Page.CODE: lambda ticket, _: (k.Typed("1"), k.Entered(), k.CodeJudged(ticket, right=True)),
}


def _some_event(chance: random.Random, visit: Visit) -> k.Event:
    asked = next((e for e in reversed(visit.wanted) if hasattr(e, "ticket")), None)
    ticket = getattr(asked, "ticket", 0) - (chance.random() < 0.2)
    number = visit.kiosk.visit - (chance.random() < 0.2)
    hindrance = chance.choice([None, None, None, Why.LOCKED, Why.NO_PHOTO])
    leads_on = _LEADS_ON.get(visit.screen.page)
    if leads_on is not None and chance.random() < 0.5:
        return chance.choice(leads_on(ticket, visit.kiosk.visit))
    return chance.choice(
        (
            k.Touched(),
            k.LanguageChosen(),
            k.Ticked(chance.choice(list(Purpose)), ticked=chance.random() < 0.8),
            k.Ticked(Purpose.COMPARE, ticked=True),
            k.Agreed(),
            k.WayChosen(chance.choice(list(Way))),
            k.CodeRead("code"),
            k.Typed(chance.choice(("", "0", "00417"))),
            k.Entered(),
            k.Chosen("00417"),
            k.PeopleFound(ticket, (PERSON,)),
            k.PersonKnown(ticket, Known(ZHANG, hindrance, chance.choice((None, 5.0)))),
            k.PersonNotKnown(ticket),
            k.FaceTaken(number),
            k.FaceRefused(number, attack=chance.random() < 0.5),
            k.Checked(number, chance.choice(list(Verdict))),
            k.NoFaceWanted(),
            k.CodeWanted(),
            k.CodeJudged(ticket, right=chance.random() < 0.3),
            k.StaffWanted(),
            k.BackWanted(),
            k.StartAgainWanted(),
            k.HelpToggled(),
            k.CameraLost(),
            k.TimePassed(),
            *((k.BrokeDown(), k.Mended()) if chance.random() < 0.05 else (k.Mended(),)),
        )
    )


def test_a_walk_of_100_000_events_finds_no_dead_end_and_no_green_without_a_match() -> None:
    chance = random.Random(2026)
    visit = Visit()
    seen: set[Page] = set()
    greens = 0
    for _ in range(100_000):
        before = visit.screen
        event = _some_event(chance, visit)
        seconds = chance.choice((0.05, 0.05, 0.5, 3.0, 21.0))
        effects = visit.see(event, after_s=seconds)
        del visit.wanted[:-20]
        after = visit.screen
        seen.add(after.page)
        if after.page is Page.WELCOME and before.page is not Page.WELCOME:
            greens += 1
            assert event == k.Checked(visit.kiosk.visit, Verdict.MATCH)
            assert before.page is Page.COMPARING
            assert Purpose.COMPARE in after.agreed
        assert (k.LetIn(ZHANG) in effects) == (
            after.page is Page.WELCOME and before.page is not Page.WELCOME
        )
        if any(isinstance(e, k.BeginLook | k.Compare) for e in effects):
            assert Purpose.COMPARE in after.agreed
        if k.Wipe() in effects or after.page in {Page.ATTRACT, Page.OUT_OF_ORDER}:
            assert after == Screen(page=after.page), "something of the last visitor is left"
        assert not after.camera_on or Purpose.COMPARE in after.agreed
    assert seen == set(Page)
    assert greens > 500


def test_from_wherever_a_walk_ends_time_alone_leads_back_to_the_beginning() -> None:
    for seed in range(300):
        chance, visit = random.Random(seed), Visit()
        for _ in range(chance.randrange(40)):
            visit.see(_some_event(chance, visit))
        visit.see(k.Mended())
        for _ in range(4):
            visit.wait(max(RULES.idle_s, RULES.look_s, RULES.compare_s))
        assert visit.screen == Screen(), seed
