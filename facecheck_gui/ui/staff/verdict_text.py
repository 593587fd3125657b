"""A verification in the words of the banner and of the details."""

from facecheck_gui import messages
from facecheck_gui.domain.comparison import Verdict, Verification
from facecheck_gui.flows.verification import may_overrule
from facecheck_gui.i18n import Words
from facecheck_gui.ui.widgets.score_bar import ScoreReading
from facecheck_gui.ui.widgets.verdict_banner import BannerContent


def banner_content(verification: Verification, words: Words) -> BannerContent:
    """What the banner shows."""
    word = messages.verdict_word(verification.verdict, words)
    if verification.error is not None:
        explanation = messages.explain(verification.error, words)
        return BannerContent(
            verification.verdict,
            word,
            words.text("staff.facts_unscored", **_facts(verification, words)),
            cause=" ".join([explanation.sentence, *_reasons(verification, words)]),
            step=explanation.staff,
            may_overrule=may_overrule(verification),
        )
    threshold = verification.threshold
    return BannerContent(
        verification.verdict,
        word,
        words.text(
            "staff.facts", margin=margin(verification, words), **_facts(verification, words)
        ),
        reading=ScoreReading(verification.score, threshold) if verification.score else None,
        score=str(verification.score),
        bar_description=words.text(
            "staff.score_described", score=verification.score, threshold=f"{threshold.score:g}"
        ),
    )


def _reasons(verification: Verification, words: Words) -> list[str]:
    """What speaks against the person's being there, and against the pictures."""
    found = verification.request.liveness
    signs = found.signs if found is not None else ()
    return [
        *(messages.liveness_sign(sign, words) for sign in signs),
        *(
            messages.describe(finding, words)
            for finding in verification.findings
            if finding.reading is not None
        ),
    ]


def margin(verification: Verification, words: Words) -> str:
    """How far from the threshold, in words; "" without a score."""
    points = verification.margin
    if points is None:
        return ""
    key = "margin_above" if verification.verdict is Verdict.MATCH else "margin_below"
    return words.text(f"staff.{key}", points=f"{abs(points):.2f}")


def _facts(verification: Verification, words: Words) -> dict[str, str]:
    return {
        "engine": words.text(f"engine_phrase.{verification.engine.value}"),
        "seconds": f"{verification.elapsed_ms / 1000:.2f}",
        "liveness": messages.liveness_phrase(verification.liveness, words),
    }


def rows(verification: Verification, words: Words) -> list[tuple[str, str]]:
    """Everything known, as names and values."""
    text, request = words.text, verification.request
    kinds = f"{text(f'kind.{request.probe.face_type.value}')} / "
    kinds += text(f"kind.{request.reference.face_type.value}")
    found = [("verdict", messages.verdict_word(verification.verdict, words))]
    if verification.error is not None:
        explanation = messages.explain(verification.error, words)
        found += [("error", explanation.sentence), ("step", explanation.staff)]
    else:
        found += [("score", str(verification.score)), ("margin", margin(verification, words))]
    found += [
        ("threshold", f"{verification.threshold.score:.2f}"),
        ("band", f"{verification.threshold.unsure_from:.2f}"),
        ("engine", text(f"engine.{verification.engine.value}")),
        ("time", text("details.milliseconds", value=f"{verification.elapsed_ms:.0f}")),
        ("liveness", _liveness(verification, words)),
        ("kinds", kinds),
        ("attempt", verification.attempt_id),
    ]
    return [(text(f"details.{key}"), value) for key, value in found]


def _liveness(verification: Verification, words: Words) -> str:
    phrase = messages.liveness_phrase(verification.liveness, words)
    found = verification.request.liveness
    if found is None:
        return phrase
    level = words.text(f"liveness.{found.level.value}")
    return words.text("details.at_level", phrase=phrase, level=level)


def raw_text(verification: Verification) -> str:
    """The engine's own words, for staff."""
    if verification.comparison is not None:
        return verification.comparison.raw_reply
    error = verification.error
    if error is None:
        return ""
    parts = (error.fault.word, error.vendor_code or "", error.detail)
    return "\n".join(part for part in parts if part)
