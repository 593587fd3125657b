"""One row of the history in words."""

from datetime import UTC, datetime

from facecheck_gui import messages
from facecheck_gui.domain.check_in import AttemptState, CheckIn
from facecheck_gui.domain.comparison import Subject, Verdict
from facecheck_gui.domain.errors import WhichPicture
from facecheck_gui.domain.liveness import LivenessSign
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.domain.quality import FindingCode, Measure, QualityFinding
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import cause_text

_MOST_CHARS = 200


def verdict_of(check_in: CheckIn) -> Verdict:
    """The verdict whose colours a row wears; what has none yet was not checked."""
    return check_in.ending.verdict if check_in.ending is not None else Verdict.NOT_CHECKED


def verdict_word(check_in: CheckIn, words: Words) -> str:
    """The verdict, or how far the attempt came without one."""
    if check_in.state is AttemptState.ENDED:
        return messages.verdict_word(verdict_of(check_in), words)
    return words.text(f"history.state.{check_in.state.value}")


def score(check_in: CheckIn) -> str:
    """With two decimals; "" where nothing was compared."""
    ending = check_in.ending
    return "" if ending is None or ending.score is None else f"{ending.score:.2f}"


def person(subject: Subject | None) -> str:
    """Name and id on one line; "" for nobody in particular."""
    if subject is None:
        return ""
    parts = (printable(subject.name, _MOST_CHARS), printable(subject.person_id, _MOST_CHARS))
    return " · ".join(part for part in parts if part)


def local_time(moment: datetime, days: LocalDays) -> str:
    """As the clock on the wall showed it."""
    return f"{days.local(moment):%Y-%m-%d %H:%M:%S}"


def utc_time(moment: datetime) -> str:
    """The same for every station."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def rows(check_in: CheckIn, words: Words, days: LocalDays) -> list[tuple[str, str]]:
    """Everything that was written down, as names and values."""
    intent, text = check_in.intent, words.text
    nobody = text("history.nobody")
    found = [
        ("history.person", person(intent.subject) or nobody),
        ("history.verdict", verdict_word(check_in, words)),
        *_ending_rows(check_in, words),
        ("details.findings", "\n".join(findings(check_in, words))),
        ("details.threshold", f"{intent.threshold.score:.2f}"),
        ("details.band", f"{intent.threshold.unsure_from:.2f}"),
        ("history.engine", text(f"engine.{intent.engine.value}")),
        ("history.transport", text(f"history.transports.{intent.transport.value}")),
        ("details.kinds", _kinds(check_in, words)),
        ("history.began", _moment(intent.started_at, days)),
        *_ended_rows(check_in, words, days),
        ("history.operator", printable(intent.operator, _MOST_CHARS)),
        ("history.station", printable(check_in.station.name, _MOST_CHARS)),
        ("history.consent", intent.consent_id or text("history.consent_none")),
        ("history.number", str(check_in.number)),
        ("details.attempt", intent.attempt_id),
    ]
    return [(text(key), value) for key, value in found if value]


def findings(check_in: CheckIn, words: Words) -> list[str]:
    """What was found out about pictures and liveness, a sentence each."""
    ending = check_in.ending
    found = [_finding(word, words) for word in (ending.findings if ending else ())]
    overruled = [words.text("history.despite_quality")] if check_in.intent.despite_quality else []
    return [*found, *overruled]


def as_text(check_in: CheckIn, words: Words, days: LocalDays) -> str:
    """All of it, for the clipboard."""
    return "\n".join(f"{name}: {value}" for name, value in rows(check_in, words, days))


def _ending_rows(check_in: CheckIn, words: Words) -> list[tuple[str, str]]:
    ending = check_in.ending
    if ending is None:
        return []
    level = words.text(f"liveness.{check_in.intent.liveness_asked.value}")
    phrase = messages.liveness_phrase(ending.liveness, words)
    return [
        ("details.error", cause_text(ending, words)),
        ("history.score", score(check_in)),
        ("details.liveness", words.text("details.at_level", phrase=phrase, level=level)),
    ]


def _ended_rows(check_in: CheckIn, words: Words, days: LocalDays) -> list[tuple[str, str]]:
    ending = check_in.ending
    if ending is None:
        return []
    took = words.text("details.milliseconds", value=f"{ending.elapsed_ms:.0f}")
    lasted = took if check_in.state is AttemptState.ENDED else ""
    return [("history.ended", _moment(ending.ended_at, days)), ("details.time", lasted)]


def _moment(moment: datetime, days: LocalDays) -> str:
    return f"{local_time(moment, days)} ({utc_time(moment)})"


def _kinds(check_in: CheckIn, words: Words) -> str:
    kinds = (check_in.intent.probe_kind, check_in.intent.reference_kind)
    return " / ".join(words.text(f"kind.{kind.value}") for kind in kinds)


def _finding(written: str, words: Words) -> str:
    """Its sentence; a word of another version of the program as it is written."""
    code, _, rest = written.partition(":")
    which, _, measure = rest.partition(":")
    try:
        if code == "liveness":
            return messages.liveness_sign(LivenessSign(rest), words)
        picture = WhichPicture(which) if which else WhichPicture.NEITHER
        sentence = messages.describe(QualityFinding(FindingCode(code), picture), words)
        name = words.text(f"measure.{Measure(measure).value}") if measure else ""
    except ValueError:
        return printable(written, _MOST_CHARS)
    return f"{name}: {sentence}" if name else sentence
