"""Findings: what is worth knowing about a check, short of an error."""

from dataclasses import dataclass
from enum import Enum

from facecheck_gui.domain.errors import WhichPicture


class FindingCode(Enum):
    """One thing that was noticed; the words for it are in ``messages``."""

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


@dataclass(frozen=True, slots=True)
class QualityFinding:
    """A finding about one picture, or about the check (``WhichPicture.NEITHER``).

    ``value`` and ``limit`` are numbers in the finding's own unit, where it has any.
    """

    code: FindingCode
    picture: WhichPicture = WhichPicture.NEITHER
    value: float | None = None
    limit: float | None = None
