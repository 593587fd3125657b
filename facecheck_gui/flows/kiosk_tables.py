"""What the station knows by heart: where "back" leads, what a verdict means for a visitor."""

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.kiosk import Page, Why

QUIET = {Page.ATTRACT, Page.OUT_OF_ORDER}
FINAL = {Page.WELCOME, Page.SIGNED_IN}
BACK = {
    Page.LANGUAGE: Page.ATTRACT,
    Page.NOTICE: Page.LANGUAGE,
    Page.WHO: Page.NOTICE,
    Page.KEYPAD: Page.WHO,
    Page.SEARCH: Page.WHO,
    Page.LOOK: Page.WHO,
    Page.COMPARING: Page.WHO,
    Page.SEE_STAFF: Page.WHO,
    Page.CODE: Page.NO_FACE,
    Page.CALLED: Page.NO_FACE,
}
VERDICTS = {
    Verdict.NON_MATCH: Why.NOT_THE_SAME,
    Verdict.UNSURE: Why.NOT_SURE,
    Verdict.NOT_CHECKED: Why.NOT_CHECKED,
    Verdict.ATTACK_SUSPECTED: Why.SUSPECTED,
}
ANSWERS = (
    k.PeopleFound,
    k.PersonKnown,
    k.PersonNotKnown,
    k.CodeJudged,
    k.FaceTaken,
    k.FaceRefused,
    k.Checked,
    k.CameraLost,
)
