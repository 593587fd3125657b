"""Which readings speak against a check: a picture that is poor in one of them spends no call."""

from facecheck_gui.domain.quality import Measure, QualityReading, QualityReport

_SPARED = frozenset({Measure.HEAD_SIZE, Measure.MOUTH_CLOSED})
"""How large the head stands in the picture says EYE_DISTANCE in pixels and the margins; an open
mouth is no reason for another picture."""


def refusals(report: QualityReport) -> tuple[QualityReading, ...]:
    """The readings that refuse a check, in the report's order; empty for a picture that may go.

    What was not measured refuses nothing. Limits stand in the readings themselves.
    """
    return tuple(reading for reading in report.poor if reading.measure not in _SPARED)
