"""A quality report as rows that people read: names, figures with units, places on the bar."""

from collections.abc import Mapping
from types import MappingProxyType

from facecheck_gui.domain.quality import Limits, Measure, QualityReading, QualityReport, Standing
from facecheck_gui.i18n import Words
from facecheck_gui.messages import measure_name, value_text
from facecheck_gui.ui.widgets.quality_bars import QualityBar

_NOTHING = "\N{EM DASH}"
# Where the bar ends when the limits do not say.
_ENDS: Mapping[Measure, float] = MappingProxyType(
    {
        Measure.EYE_DISTANCE: 180.0,
        Measure.YAW: 90.0,
        Measure.PITCH: 90.0,
        Measure.ROLL: 90.0,
        Measure.DYNAMIC_RANGE: 8.0,
        Measure.MARGIN_LEFT: 3.0,
        Measure.MARGIN_RIGHT: 3.0,
        Measure.MARGIN_ABOVE: 3.0,
        Measure.MARGIN_BELOW: 3.0,
    }
)
_ENDLESS = frozenset(
    {
        Measure.EYE_DISTANCE,
        Measure.MARGIN_LEFT,
        Measure.MARGIN_RIGHT,
        Measure.MARGIN_ABOVE,
        Measure.MARGIN_BELOW,
    }
)
_ORDER: Mapping[Standing, int] = MappingProxyType(
    {
        Standing.TOO_LOW: 0,
        Standing.TOO_HIGH: 0,
        Standing.GOOD: 1,
        Standing.NOT_MEASURED: 2,
    }
)


def quality_bars(report: QualityReport, words: Words) -> tuple[QualityBar, ...]:
    """One row for each reading: the poor first, then the good, then what was not measured."""
    readings = sorted(report.readings, key=lambda reading: _ORDER[reading.standing])
    return tuple(quality_bar(reading, words) for reading in readings)


def quality_bar(reading: QualityReading, words: Words) -> QualityBar:
    """The row of one reading."""
    standing, label = reading.standing, measure_name(reading.measure, words)
    measured = reading.value is not None and standing is not Standing.NOT_MEASURED
    value = reading.value if measured and reading.value is not None else None
    text = _NOTHING if value is None else value_text(reading.measure, value)
    end = _end(reading.measure, reading.limits)
    said = words.text(f"standing.{standing.value}")
    return QualityBar(
        label,
        text,
        _place(value, end),
        _place(reading.limits.least, end),
        _place(reading.limits.most, end),
        standing,
        f"{label}: {said}" if value is None else f"{label}: {text}, {said}",
    )


def _end(measure: Measure, limits: Limits) -> float:
    """A limit stands near the middle of its bar, so that both its sides can be seen."""
    end = _ENDS.get(measure, 1.0)
    largest = max((v for v in (limits.least, limits.most) if v is not None and v > 0), default=None)
    if largest is None:
        return end
    return largest * 2 if measure in _ENDLESS else min(end, largest * 2)


def _place(value: float | None, end: float) -> float | None:
    return None if value is None else min(max(value / end, 0.0), 1.0)
