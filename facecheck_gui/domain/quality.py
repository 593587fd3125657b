"""How good a picture is, measure by measure; and findings: what is worth knowing about a check."""

from dataclasses import dataclass
from enum import Enum

from facecheck_gui.domain.errors import WhichPicture


class Measure(Enum):
    """What can be measured of one face in one picture; each with its unit.

    After ISO/IEC 29794-5. IED is the distance between the eyes' middles in pixels, T the one from
    between the eyes to the chin.
    """

    SINGLE_FACE = "single_face"
    """Area of the second face over the area of the first, 0 to 1."""
    EYE_DISTANCE = "eye_distance"
    """IED / cos(yaw), pixels."""
    YAW = "yaw"
    """Degrees away from straight, 0 or more; so are the next two."""
    PITCH = "pitch"
    ROLL = "roll"
    HEAD_SIZE = "head_size"
    """T over the picture's height."""
    MARGIN_LEFT = "margin_left"
    """From the eye to the picture's left edge, in IED."""
    MARGIN_RIGHT = "margin_right"
    MARGIN_ABOVE = "margin_above"
    """From between the eyes to the upper edge, in T."""
    MARGIN_BELOW = "margin_below"
    SHARPNESS = "sharpness"
    """0 to 1, larger is sharper; see ``vision.quality``."""
    EVENNESS = "evenness"
    """Overlap of the two cheeks' histograms, 0 to 1."""
    OVER_EXPOSED = "over_exposed"
    """Share of the face with a luminance of 247 to 255."""
    UNDER_EXPOSED = "under_exposed"
    """Share of the face with a luminance of 0 to 25."""
    LUMINANCE = "luminance"
    """Mean of the face, 0 to 1."""
    DYNAMIC_RANGE = "dynamic_range"
    """Entropy of the face's luminance, bits."""
    EYES_OPEN = "eyes_open"
    MOUTH_CLOSED = "mouth_closed"
    EYES_COVERED = "eyes_covered"
    """Covered share of the zone, 0 to 1; so are the next two."""
    MOUTH_COVERED = "mouth_covered"
    FACE_COVERED = "face_covered"


class Standing(Enum):
    """Where a value stands to its limits."""

    GOOD = "good"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the largest value that is good; None where there is no such end."""

    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class QualityReading:
    """One measure of one face. ``value`` is None where it could not honestly be taken."""

    measure: Measure
    value: float | None
    limits: Limits

    @property
    def standing(self) -> Standing:
        """What was not measured, or is no number, is never good."""
        if self.value is None or self.value != self.value:
            return Standing.NOT_MEASURED
        if self.limits.least is not None and self.value < self.limits.least:
            return Standing.TOO_LOW
        if self.limits.most is not None and self.value > self.limits.most:
            return Standing.TOO_HIGH
        return Standing.GOOD


@dataclass(frozen=True, slots=True)
class QualityReport:
    """All readings of one face, one for each measure."""

    readings: tuple[QualityReading, ...]

    @property
    def poor(self) -> tuple[QualityReading, ...]:
        """Those beyond a limit. What was not measured is neither here nor good."""
        bad = (Standing.TOO_LOW, Standing.TOO_HIGH)
        return tuple(reading for reading in self.readings if reading.standing in bad)

    def reading(self, measure: Measure) -> QualityReading | None:
        """The reading of ``measure``; None when the report has none."""
        return next((r for r in self.readings if r.measure is measure), None)

    def value(self, measure: Measure) -> float | None:
        """The value of ``measure``; None when it was not measured."""
        reading = self.reading(measure)
        return reading.value if reading is not None else None


class FindingCode(Enum):
    """One thing that was noticed; the words for it are in ``resources/i18n``."""

    SEVERAL_FACES = "several_faces"
    SMALL_FACE = "small_face"
    SCALE_NOT_CALIBRATED = "scale_not_calibrated"
    LIVENESS_NOT_CHECKED = "liveness_not_checked"
    LIVENESS_ASKED_OF_REFERENCE = "liveness_asked_of_reference"
    PLAIN_HTTP = "plain_http"
    TOKEN_USED = "token_used"  # noqa: S105 - a finding, not a secret
    TOKEN_REPLACED = "token_replaced"  # noqa: S105
    SIMULATED = "simulated"
    CALLS_RUNNING_OUT = "calls_running_out"
    POOR_PICTURE = "poor_picture"
    """A measure of the picture lies beyond its limit; ``reading`` says which."""
    QUALITY_OVERRULED = "quality_overruled"
    """Staff had a picture compared that the program had refused."""


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """A finding about one picture, or about the check (``WhichPicture.NEITHER``).

    ``value`` and ``limit`` are numbers in the finding's own unit, where it has any; ``reading`` is
    set for POOR_PICTURE.
    """

    code: FindingCode
    picture: WhichPicture = WhichPicture.NEITHER
    value: float | None = None
    limit: float | None = None
    reading: QualityReading | None = None
