"""Both pictures of a check measured again, for who wants to know why it ended as it did."""

from dataclasses import dataclass, replace

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Side, Verification
from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Picture
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.flows.inspection import Inspector


@dataclass(frozen=True, slots=True)
class Review:
    """How good the compared face's picture is, on each side; None where no face can be seen."""

    probe: QualityReport | None
    reference: QualityReport | None


class Reviewer:
    """Reviews one check at a time, on whatever thread asks. Slow: up to 0.4 s."""

    def __init__(self, probes: Inspector, references: Inspector) -> None:
        self._probes = probes
        self._references = references

    def review(self, verification: Verification, cancel: CancelToken) -> Review:
        """Both reports. Raises EngineError for unusable weights, and Cancelled."""
        comparison, request = verification.comparison, verification.request
        probe_face = comparison.probe_face if comparison else None
        reference_face = comparison.reference_face if comparison else None
        reference = request.reference
        if comparison is not None and comparison.reference_index > 0:
            nearest = reference.also[comparison.reference_index - 1]
            reference = replace(reference, source=nearest)
        return Review(
            _report(self._probes, request.probe, probe_face, cancel),
            _report(self._references, reference, reference_face, cancel),
        )


def _report(
    inspector: Inspector, side: Side, compared: Face | None, cancel: CancelToken
) -> QualityReport | None:
    if not isinstance(side.source, Picture):
        return None
    box = compared.box if compared is not None else side.chosen_face
    return inspector.inspect(side.source, cancel, about=box).report
