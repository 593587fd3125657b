"""What is written down of a check: an intent before, an ending after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from facecheck_gui.domain.check_in import AttemptState, Ending, Intent, Transport
from facecheck_gui.domain.comparison import (
    ComparisonRequest,
    EngineName,
    Subject,
    Threshold,
    Verification,
)
from facecheck_gui.domain.quality import QualityFinding


class KeepsBook(Protocol):
    """Where attempts are written down; see ``records.audit``."""

    def begin(self, intent: Intent) -> None:
        """Before anything is compared. Raises RecordsError; then nothing may be."""
        ...

    def end(self, intent: Intent, ending: Ending) -> None:
        """After it, once. Raises RecordsError; then no verdict may be told."""
        ...


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes attempts into ``book`` under the name of ``operator``. ``clock`` gives UTC.

    ``consent`` gives the id of the consent under which somebody is compared, "" without one;
    ``keep_picture`` keeps the probe where that is wanted. Both raise RecordsError.
    """

    book: KeepsBook
    transport: Transport
    operator: str
    clock: Callable[[], datetime]
    consent: Callable[[Subject], str] = lambda _: ""
    keep_picture: Callable[[Verification], None] = lambda _: None

    def begin(self, request: ComparisonRequest, engine: EngineName, threshold: Threshold) -> None:
        """Raises RecordsError."""
        self.book.begin(self._intent(request, engine, threshold))

    def end(self, verification: Verification) -> None:
        """Raises RecordsError."""
        intent = self._intent(verification.request, verification.engine, verification.threshold)
        self.book.end(intent, ending_of(verification, self.clock()))

    def _intent(
        self, request: ComparisonRequest, engine: EngineName, threshold: Threshold
    ) -> Intent:
        return Intent(
            request.attempt_id,
            self.clock(),
            engine,
            threshold,
            transport=self.transport,
            operator=self.operator,
            subject=request.subject,
            liveness_asked=request.probe.liveness,
            probe_kind=request.probe.face_type,
            reference_kind=request.reference.face_type,
            despite_quality=request.despite_quality,
            consent_id=self.consent(request.subject) if request.subject is not None else "",
        )


def ending_of(verification: Verification, ended_at: datetime) -> Ending:
    """A verification as it is written down."""
    found = verification.request.liveness
    signs = found.signs if found is not None else ()
    return Ending(
        AttemptState.ENDED,
        ended_at,
        verification.verdict,
        verification.score.value if verification.score is not None else None,
        verification.liveness,
        verification.error.fault.word if verification.error is not None else "",
        (
            *(_word(finding) for finding in verification.findings),
            *(f"liveness:{sign.value}" for sign in signs),
        ),
        verification.elapsed_ms,
    )


def _word(finding: QualityFinding) -> str:
    parts = [finding.code.value, finding.picture.value]
    if finding.reading is not None:
        parts.append(finding.reading.measure.value)
    return ":".join(parts)
