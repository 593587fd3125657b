"""Errors and findings in words: what happened, to which picture, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from facecheck_gui.domain.check_in import AttemptState, Transport
from facecheck_gui.domain.comparison import EngineName, Verdict, Verification
from facecheck_gui.domain.errors import ErrorClass, FaceCheckError, WhichPicture
from facecheck_gui.domain.liveness import Challenge, LivenessResult, LivenessSign
from facecheck_gui.domain.quality import Measure, QualityFinding, QualityReading, Standing
from facecheck_gui.i18n import Words


@dataclass(frozen=True, slots=True)
class Explanation:
    """One error in words. ``person`` is for who stands in front of the camera."""

    sentence: str
    person: str
    staff: str


def explain(error: FaceCheckError, words: Words) -> Explanation:
    """An error as a sentence with a next step for the person and one for staff."""
    fault = f"fault.{error.fault.word}"
    error_class = f"error_class.{error.error_class.value}"
    sentence = words.text(f"{fault}.sentence", picture=picture_name(error.picture, words))
    person, staff = f"{fault}.person", f"{fault}.staff"
    if _is_about_the_face_on_file(error):
        # The person in front of the camera cannot mend the photo on file.
        person, staff = f"{error_class}.person", f"{error_class}.staff"
    if not words.has(person):
        person = f"{error_class}.person"
    return Explanation(_capitalised(sentence), words.text(person), words.text(staff))


def _is_about_the_face_on_file(error: FaceCheckError) -> bool:
    return error.picture is WhichPicture.REFERENCE and error.fault.error_class is ErrorClass.SUBJECT


def describe(finding: QualityFinding, words: Words) -> str:
    """A finding as one sentence."""
    if finding.reading is not None:
        return advice(finding.reading, words)
    sentence = words.text(
        f"finding.{finding.code.value}",
        picture=picture_name(finding.picture, words),
        value=_number(finding.value),
        limit=_number(finding.limit),
    )
    return _capitalised(sentence)


def advice(reading: QualityReading, words: Words) -> str:
    """What to do about a measure beyond its limit."""
    return words.text(f"quality.{reading.measure.value}.{reading.standing.value}")


def picture_name(picture: WhichPicture, words: Words) -> str:
    """What people call this picture, fit for the middle of a sentence."""
    return words.text(f"picture.{picture.value}")


def verdict_word(verdict: Verdict, words: Words) -> str:
    """The verdict in a word or two."""
    return words.text(f"verdict.{verdict.value}")


def liveness_phrase(result: LivenessResult, words: Words) -> str:
    """Whether liveness was checked, fit for the middle of a sentence."""
    return words.text(f"liveness_result.{result.value}")


def challenge_text(challenge: Challenge, words: Words) -> str:
    """What the person is asked to do."""
    return words.text(f"challenge.{challenge.value}")


def liveness_sign(sign: LivenessSign, words: Words) -> str:
    """Why liveness was not passed: a sentence for staff."""
    return words.text(f"liveness_sign.{sign.value}")


# Shares are read as percent; the rest has the unit of ``Measure``.
_PERCENT = frozenset(
    {
        Measure.SINGLE_FACE,
        Measure.HEAD_SIZE,
        Measure.SHARPNESS,
        Measure.EVENNESS,
        Measure.OVER_EXPOSED,
        Measure.UNDER_EXPOSED,
        Measure.LUMINANCE,
        Measure.EYES_COVERED,
        Measure.MOUTH_COVERED,
        Measure.FACE_COVERED,
    }
)
_FORMATS: Mapping[Measure, str] = MappingProxyType(
    {
        Measure.EYE_DISTANCE: "{:.0f} px",
        Measure.YAW: "{:.0f}\N{DEGREE SIGN}",
        Measure.PITCH: "{:.0f}\N{DEGREE SIGN}",
        Measure.ROLL: "{:.0f}\N{DEGREE SIGN}",
        Measure.DYNAMIC_RANGE: "{:.1f} bit",
    }
)


def finding_line(reading: QualityReading, words: Words) -> str:
    """A poor reading in a line: of a photo on file, which nobody can tell to come closer."""
    too_low = reading.standing is Standing.TOO_LOW
    limit = reading.limits.least if too_low else reading.limits.most
    if reading.value is None or limit is None:
        return measure_name(reading.measure, words)
    return words.text(
        "staff.photo_too_low" if too_low else "staff.photo_too_high",
        name=measure_name(reading.measure, words),
        value=value_text(reading.measure, reading.value),
        limit=value_text(reading.measure, limit),
    )


def measure_name(measure: Measure, words: Words) -> str:
    """What people call a measure."""
    return words.text(f"measure.{measure.value}")


def value_text(measure: Measure, value: float) -> str:
    """A value with its unit, as short as it can be told."""
    if measure in _PERCENT:
        share = value * 100
        return f"{share:.1f} %" if 0 < abs(share) < 10 else f"{share:.0f} %"  # noqa: PLR2004
    return _FORMATS.get(measure, "{:.2f}").format(value)


_RECORD_WORDS: Mapping[type[Enum], str] = MappingProxyType(
    {
        Verdict: "verdict",
        AttemptState: "history.state",
        EngineName: "engine",
        Transport: "history.transports",
        LivenessResult: "liveness_result",
    }
)


def record_word(value: Enum, words: Words) -> str:
    """A value of a row of the history in a word or two."""
    return words.text(f"{_RECORD_WORDS[type(value)]}.{value.value}")


CONSENT_VERSION = "1"
"""Changes whenever the words of ``consent.text`` do."""


def consent_text(name: str, words: Words) -> str:
    """What somebody reads before agreeing to anything."""
    return words.text("consent.text", name=name)


def next_step(verification: Verification, words: Words) -> str:
    """What staff do now."""
    if verification.error is not None:
        return explain(verification.error, words).staff
    return words.text(f"verdict_step.{verification.verdict.value}")


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
