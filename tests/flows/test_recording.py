"""What cannot be written down is not compared, and not told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import AttemptState, Ending, Intent, Transport
from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonScore,
    EngineName,
    Subject,
    Threshold,
    Verdict,
)
from facecheck_gui.domain.errors import Cancelled, EngineError, Fault, RecordsError, WhichPicture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessSign, report_of
from facecheck_gui.domain.quality import FindingCode, QualityFinding
from facecheck_gui.flows.recording import Recorder
from facecheck_gui.flows.verification import Verifier, not_decided
from tests import fakes

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


class Book:
    """Keeps what it is told, or refuses."""

    def __init__(self, *, begins: bool = True, ends: bool = True) -> None:
        self.begins, self.ends = begins, ends
        self.intents: list[Intent] = []
        self.endings: list[tuple[Intent, Ending]] = []

    def begin(self, intent: Intent) -> None:
        if not self.begins:
            raise RecordsError(Fault.RECORDS_FULL)
        self.intents.append(intent)

    def end(self, intent: Intent, ending: Ending) -> None:
        if not self.ends:
            raise RecordsError(Fault.RECORDS_LOCKED)
        self.endings.append((intent, ending))


def _verifier(book: Book, comparer: fakes.ScriptedComparer) -> Verifier:
    recorder = Recorder(book, Transport.HTTPS, "Li", lambda: NOW)
    return Verifier(comparer, Threshold(), on_bug=lambda bug: None, recorder=recorder)


def test_the_beginning_is_written_before_anything_is_compared() -> None:
    book = Book()
    seen: list[int] = []
    comparer = fakes.ScriptedComparer(91.5, before=lambda _: seen.append(len(book.intents)))
    verifier = _verifier(book, comparer)
    request = replace(fakes.request(), subject=Subject("P1", "Zhang Wei"), despite_quality=True)
    verification = verifier.conclude(verifier.verify(request, CancelToken()))
    assert verification.verdict is Verdict.MATCH
    assert seen == [1]
    (intent,) = book.intents
    assert (intent.attempt_id, intent.operator, intent.transport) == (
        "attempt-1",
        "Li",
        Transport.HTTPS,
    )
    assert (intent.subject, intent.despite_quality) == (Subject("P1", "Zhang Wei"), True)
    ((_, ending),) = book.endings
    assert (ending.state, ending.verdict, ending.score) == (
        AttemptState.ENDED,
        Verdict.MATCH,
        91.5,
    )


def test_what_cannot_be_begun_is_not_compared() -> None:
    comparer = fakes.ScriptedComparer(91.5)
    verifier = _verifier(Book(begins=False, ends=False), comparer)
    verification = verifier.conclude(verifier.verify(fakes.request(), CancelToken()))
    assert comparer.requests == []
    assert verification.verdict is Verdict.NOT_CHECKED
    assert verification.error is not None
    assert verification.error.fault is Fault.RECORDS_FULL


@pytest.mark.parametrize("score", [91.5, 78.0, 20.0])
def test_an_answer_that_cannot_be_written_down_is_not_told(score: float) -> None:
    verifier = _verifier(Book(ends=False), fakes.ScriptedComparer(score))
    verification = verifier.conclude(verifier.verify(fakes.request(), CancelToken()))
    assert (verification.verdict, verification.score) == (Verdict.NOT_CHECKED, None)
    assert verification.error is not None
    assert verification.error.fault is Fault.RECORDS_LOCKED


def test_a_suspected_attack_is_told_whatever_becomes_of_the_book() -> None:
    attack = EngineError(Fault.SYNTHETIC_PICTURE, picture=WhichPicture.PROBE)
    verifier = _verifier(Book(ends=False), fakes.ScriptedComparer(attack))
    verification = verifier.conclude(verifier.verify(fakes.request(), CancelToken()))
    assert verification.verdict is Verdict.ATTACK_SUSPECTED


def test_an_attempt_that_never_began_is_written_down_when_it_ends() -> None:
    book = Book()
    verifier = _verifier(book, fakes.ScriptedComparer(91.5))
    ended = not_decided(fakes.request(), EngineName.DEVICE, Threshold(), 3.0, Cancelled())
    assert verifier.conclude(ended) is ended
    ((intent, ending),) = book.endings
    assert (intent.attempt_id, ending.fault) == ("attempt-1", "cancelled")


def test_what_was_found_goes_along_without_pictures() -> None:
    book = Book()
    findings = (QualityFinding(FindingCode.SEVERAL_FACES, WhichPicture.REFERENCE),)
    comparer = fakes.ScriptedComparer(Comparison(ComparisonScore(90.0), findings=findings))
    verifier = _verifier(book, comparer)
    verifier.conclude(verifier.verify(fakes.request(), CancelToken()))
    assert book.endings[0][1].findings == ("several_faces:reference",)


def test_a_refused_sign_of_life_is_written_down_with_its_reason() -> None:
    book = Book()
    found = report_of(LivenessLevel.NORMAL, (LivenessSign.MOVES_AS_FLAT,))
    request = replace(fakes.request(liveness=LivenessLevel.NORMAL), liveness=found)
    verifier = _verifier(book, fakes.ScriptedComparer(99.0))
    verifier.conclude(verifier.verify(request, CancelToken()))
    ending = book.endings[0][1]
    assert ending.verdict is Verdict.ATTACK_SUSPECTED
    assert "liveness:moves_as_flat" in ending.findings


def test_a_verifier_without_a_book_writes_nothing() -> None:
    verifier = Verifier(fakes.ScriptedComparer(91.5), Threshold(), on_bug=lambda bug: None)
    verification = verifier.verify(fakes.request(), CancelToken())
    assert not verifier.writes_down
    assert verifier.conclude(verification) is verification


def test_a_picture_that_cannot_be_kept_leaves_no_answer() -> None:
    book = Book()

    def full(_: object) -> None:
        raise RecordsError(Fault.RECORDS_FULL)

    recorder = Recorder(book, Transport.NONE, "Li", lambda: NOW, keep_picture=full)
    verifier = Verifier(
        fakes.ScriptedComparer(99.0), Threshold(), on_bug=lambda bug: None, recorder=recorder
    )
    told = verifier.conclude(verifier.verify(fakes.request(), CancelToken()))
    assert told.verdict is Verdict.NOT_CHECKED
    assert (book.endings[0][1].verdict, book.endings[0][1].fault) == (
        Verdict.NOT_CHECKED,
        "records_full",
    )


def test_the_consent_under_which_somebody_is_compared_is_written_down() -> None:
    book = Book()
    recorder = Recorder(
        book, Transport.NONE, "Li", lambda: NOW, consent=lambda who: f"consent of {who.person_id}"
    )
    verifier = Verifier(
        fakes.ScriptedComparer(99.0), Threshold(), on_bug=lambda bug: None, recorder=recorder
    )
    verifier.verify(replace(fakes.request(), subject=Subject("P1", "Zhang")), CancelToken())
    verifier.verify(fakes.request("attempt-2"), CancelToken())
    assert [intent.consent_id for intent in book.intents] == ["consent of P1", ""]
