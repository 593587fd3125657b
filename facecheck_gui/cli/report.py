"""A verification as a readable line, as JSON and as an exit code."""

from typing import Any

from facecheck_gui import messages
from facecheck_gui.domain.comparison import Verdict, Verification
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.quality import QualityFinding
from facecheck_gui.i18n import Words

EXIT_CODES = {
    Verdict.MATCH: 0,
    Verdict.NON_MATCH: 1,
    Verdict.UNSURE: 2,
    Verdict.NOT_CHECKED: 3,
    Verdict.ATTACK_SUSPECTED: 4,
}
EXIT_USAGE = 64
"""EX_USAGE of sysexits.h."""


def as_text(verification: Verification, words: Words) -> str:
    """What a person reads: the verdict in one line, then findings or the cause and next step."""
    word = messages.verdict_word(verification.verdict, words)
    if verification.error is not None:
        explanation = messages.explain(verification.error, words)
        lines = [f"{word}: {explanation.sentence}", f"  {explanation.staff}"]
        if verification.error.detail:
            lines.append(f"  ({verification.error.detail})")
        return "\n".join(lines)
    lines = [f"{word}  {_numbers(verification, words)}"]
    lines += [f"  {messages.describe(finding, words)}" for finding in verification.findings]
    return "\n".join(lines)


def _numbers(verification: Verification, words: Words) -> str:
    return words.text(
        "cli.numbers",
        score=verification.score,
        threshold=f"{verification.threshold.score:.2f}",
        margin=f"{verification.margin:+.2f}",
        engine=words.text(f"engine_phrase.{verification.engine.value}"),
        seconds=f"{verification.elapsed_ms / 1000:.2f}",
        liveness=messages.liveness_phrase(verification.liveness, words),
    )


def as_json(verification: Verification, words: Words) -> dict[str, Any]:
    """Everything a verification holds but the pictures and the tokens; keys are stable."""
    request, comparison = verification.request, verification.comparison
    return {
        "attempt_id": verification.attempt_id,
        "verdict": verification.verdict.value,
        "score": verification.score.value if verification.score else None,
        "threshold": verification.threshold.score,
        "unsure_band": verification.threshold.unsure_band,
        "margin": verification.margin,
        "engine": verification.engine.value,
        "elapsed_ms": round(verification.elapsed_ms, 3),
        "liveness": verification.liveness.value,
        "liveness_asked": request.probe.liveness.value,
        "probe_kind": request.probe.face_type.value,
        "reference_kind": request.reference.face_type.value,
        "probe_face": _face(comparison.probe_face if comparison else None),
        "reference_face": _face(comparison.reference_face if comparison else None),
        "findings": [_finding(finding, words) for finding in verification.findings],
        "next_step": messages.next_step(verification, words),
        "error": _error(verification.error, words) if verification.error else None,
        "raw_reply": comparison.raw_reply if comparison else None,
    }


def _face(face: Face | None) -> dict[str, Any] | None:
    if face is None:
        return None
    box = face.box
    return {
        "left": box.left,
        "top": box.top,
        "width": box.width,
        "height": box.height,
        "detection_score": round(face.detection_score, 3),
    }


def _finding(finding: QualityFinding, words: Words) -> dict[str, Any]:
    return {
        "code": finding.code.value,
        "picture": finding.picture.value,
        "value": finding.value,
        "limit": finding.limit,
        "message": messages.describe(finding, words),
    }


def _error(error: FaceCheckError, words: Words) -> dict[str, Any]:
    explanation = messages.explain(error, words)
    return {
        "code": error.fault.word,
        "vendor_code": error.vendor_code,
        "class": error.error_class.value,
        "picture": error.picture.value,
        "message": explanation.sentence,
        "next_step": explanation.staff,
        "person_step": explanation.person,
        "detail": error.detail,
    }
