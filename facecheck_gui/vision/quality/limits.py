"""The limits that settings hold faces to."""

from collections.abc import Mapping

from facecheck_gui.domain.quality import Limits, Measure
from facecheck_gui.settings.schema import LiveQualitySettings


def limits_of(settings: LiveQualitySettings) -> Mapping[Measure, Limits]:
    """One pair of limits for each measure that is taken."""
    side = Limits(least=settings.least_margin_side)
    return {
        Measure.SINGLE_FACE: Limits(most=settings.most_second_face),
        Measure.EYE_DISTANCE: Limits(least=settings.least_eye_distance_px),
        Measure.YAW: Limits(most=settings.most_yaw_deg),
        Measure.PITCH: Limits(most=settings.most_pitch_deg),
        Measure.ROLL: Limits(most=settings.most_roll_deg),
        Measure.HEAD_SIZE: Limits(settings.least_head_size, settings.most_head_size),
        Measure.MARGIN_LEFT: side,
        Measure.MARGIN_RIGHT: side,
        Measure.MARGIN_ABOVE: Limits(least=settings.least_margin_above),
        Measure.MARGIN_BELOW: Limits(least=settings.least_margin_below),
        Measure.SHARPNESS: Limits(least=settings.least_sharpness),
        Measure.EVENNESS: Limits(least=settings.least_evenness),
        Measure.OVER_EXPOSED: Limits(most=settings.most_over_exposed),
        Measure.UNDER_EXPOSED: Limits(most=settings.most_under_exposed),
        Measure.LUMINANCE: Limits(settings.least_luminance, settings.most_luminance),
        Measure.DYNAMIC_RANGE: Limits(least=settings.least_dynamic_range_bits),
        Measure.EYES_COVERED: Limits(most=settings.most_eyes_covered),
        Measure.MOUTH_COVERED: Limits(most=settings.most_mouth_covered),
    }
