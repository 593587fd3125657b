"""One probe against one reference: what is asked, what is answered, what people are told."""

import math
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from enum import Enum

from facecheck_gui.domain.errors import ErrorClass, FaceCheckError
from facecheck_gui.domain.face import Face, FaceBox, FaceType
from facecheck_gui.domain.image import FaceToken, ImageSource, Picture
from facecheck_gui.domain.liveness import LivenessLevel, LivenessReport, LivenessResult
from facecheck_gui.domain.quality import QualityFinding

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who the person in front of the camera says to be."""

    person_id: str
    name: str


class EngineName(Enum):
    """Who can answer "how alike?"; the values are also what the command line takes."""

    DEVICE = "device"
    KUAIDI100 = "kuaidi100"
    TRAINING = "training"


class Verdict(Enum):
    """What people are told."""

    MATCH = "match"
    NON_MATCH = "non_match"
    UNSURE = "unsure"
    NOT_CHECKED = "not_checked"
    ATTACK_SUSPECTED = "attack_suspected"


@dataclass(frozen=True, slots=True, order=True)
class ComparisonScore:
    """0 to 100, larger = more alike, two decimals.

    Rounded down, never up: what is shown as 80.00 is at least 80, so the number on the screen and
    the verdict beside it never disagree. Raises ValueError for anything that is not such a number.
    """

    value: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.value) or not 0 <= self.value <= 100:  # noqa: PLR2004
            raise ValueError("a comparison score is a finite number from 0 to 100")
        floored = Decimal(repr(float(self.value))).quantize(_HUNDREDTH, ROUND_FLOOR)
        object.__setattr__(self, "value", float(floored))

    @classmethod
    def from_decimal(cls, written: str) -> "ComparisonScore":
        """A score from how it is written, so that 79.9999999999999999 never becomes 80.

        Raises ValueError as the constructor does, and for what is no decimal number.
        """
        try:
            exact = Decimal(written)
            if not exact.is_finite() or not 0 <= exact <= 100:  # noqa: PLR2004
                raise ValueError(written)
        except ArithmeticError:
            raise ValueError(written) from None
        return cls(float(exact.quantize(_HUNDREDTH, ROUND_FLOOR)))

    def __str__(self) -> str:
        return f"{self.value:.2f}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where the decision turns (0 to 100), with the band just below it that is "unsure" (points).

    A threshold belongs to one engine's scale and never carries over to another's.
    """

    score: float = 80.0
    unsure_band: float = 5.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.score) and 0 < self.score <= 100):  # noqa: PLR2004
            raise ValueError("a threshold lies above 0 and at most at 100")
        if not (math.isfinite(self.unsure_band) and 0 <= self.unsure_band <= self.score):
            raise ValueError("an unsure band is 0 or more points and ends above 0")

    @property
    def unsure_from(self) -> float:
        """The lowest score that is still unsure."""
        return float(Decimal(repr(self.score)) - Decimal(repr(self.unsure_band)))


def decide(score: ComparisonScore, threshold: Threshold) -> Verdict:
    """MATCH, UNSURE or NON_MATCH. The only place where a score becomes a verdict."""
    if score.value >= threshold.score:
        return Verdict.MATCH
    if score.value >= threshold.unsure_from:
        return Verdict.UNSURE
    return Verdict.NON_MATCH


def verdict_of(error: FaceCheckError) -> Verdict:
    """What an error means for the person: an attack is never "no match", and nothing is green."""
    if error.error_class is ErrorClass.SECURITY:
        return Verdict.ATTACK_SUSPECTED
    return Verdict.NOT_CHECKED


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    ``chosen_face`` is the face that a person clicked, in pixels of the picture; None leaves the
    choice to the engine, which takes the largest face it is sure of. ``also`` are further frames of
    the same moment, from which an engine may learn more about the same face; of a reference they
    are further photos of the same person, of which the best score counts.
    """

    source: ImageSource
    face_type: FaceType = FaceType.LIVE
    liveness: LivenessLevel = LivenessLevel.NONE
    chosen_face: FaceBox | None = None
    also: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """What is asked of a comparer. An answer to an attempt that is no longer current is dropped.

    ``despite_quality`` is set when staff want a poor picture compared all the same; ``liveness`` is
    what this station found out about the probe, None where it did not look; ``subject`` is who the
    reference shows, where somebody on the roster was loaded.
    """

    attempt_id: str
    probe: Side
    reference: Side
    despite_quality: bool = False
    liveness: LivenessReport | None = None
    subject: Subject | None = None

    @property
    def liveness_proved(self) -> bool:
        """Whether this station saw a living person, at the level that is asked."""
        return self.liveness is not None and self.liveness.proves(self.probe.liveness)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparer's answer.

    ``raw_reply`` is for staff: the engine's own words without secrets. The tokens are names the
    cloud gave to the two pictures. ``reference_index`` is which of several references was most
    alike, 0 for the first; ``reference_face`` is in that one.
    """

    score: ComparisonScore
    liveness: LivenessResult = LivenessResult.NOT_CHECKED
    findings: tuple[QualityFinding, ...] = ()
    probe_face: Face | None = None
    reference_face: Face | None = None
    reference_index: int = 0
    probe_token: FaceToken | None = None
    reference_token: FaceToken | None = None
    raw_reply: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole act, 1:1, as it ended. ``error`` is set exactly when there is no score."""

    request: ComparisonRequest = field(repr=False)
    engine: EngineName
    threshold: Threshold
    verdict: Verdict
    elapsed_ms: float
    comparison: Comparison | None = None
    findings: tuple[QualityFinding, ...] = ()
    error: FaceCheckError | None = None

    def __post_init__(self) -> None:
        if (self.comparison is None) == (self.error is None):
            raise ValueError("a verification has either a comparison or an error")
        expected = (
            verdict_of(self.error)
            if self.error is not None
            else decide(self.comparison.score, self.threshold)  # type: ignore[union-attr]
        )
        if self.verdict is not expected:
            raise ValueError("the verdict does not follow from what was found")

    @property
    def attempt_id(self) -> str:
        """The attempt this answers."""
        return self.request.attempt_id

    @property
    def score(self) -> ComparisonScore | None:
        """0 to 100; None where nothing was compared."""
        return self.comparison.score if self.comparison else None

    @property
    def margin(self) -> float | None:
        """Points above (positive) or below (negative) the threshold."""
        if self.comparison is None:
            return None
        return float(
            Decimal(repr(self.comparison.score.value)) - Decimal(repr(self.threshold.score))
        )

    @property
    def liveness(self) -> LivenessResult:
        """Whether a living person was seen."""
        if self.comparison is not None:
            return self.comparison.liveness
        if self.verdict is Verdict.ATTACK_SUSPECTED:
            return LivenessResult.FAILED
        return LivenessResult.NOT_CHECKED
