"""Where a value stands to its limits."""

import math

import pytest

from facecheck_gui.domain.quality import (
    Limits,
    Measure,
    QualityReading,
    QualityReport,
    Standing,
)


@pytest.mark.parametrize(
    ("value", "standing"),
    [
        (0.2, Standing.GOOD),
        (0.8, Standing.GOOD),
        (0.19, Standing.TOO_LOW),
        (0.81, Standing.TOO_HIGH),
        (None, Standing.NOT_MEASURED),
        (math.nan, Standing.NOT_MEASURED),
    ],
)
def test_a_value_is_good_up_to_both_limits_and_never_when_not_measured(
    value: float | None, standing: Standing
) -> None:
    assert QualityReading(Measure.LUMINANCE, value, Limits(0.2, 0.8)).standing is standing


def test_a_report_tells_the_poor_ones_and_no_others() -> None:
    dark = QualityReading(Measure.LUMINANCE, 0.1, Limits(least=0.2))
    unknown = QualityReading(Measure.EYES_OPEN, None, Limits(least=0.02))
    fine = QualityReading(Measure.YAW, 4.0, Limits(most=20))
    report = QualityReport((dark, unknown, fine))
    assert report.poor == (dark,)
    assert report.value(Measure.YAW) == 4.0
    assert report.value(Measure.ROLL) is None
