"""The cloud's refusals as typed errors, each about its picture, where that is known."""

from facecheck_gui.domain.comparison import ComparisonRequest
from facecheck_gui.domain.errors import CloudError, ErrorClass, Fault, WhichPicture
from facecheck_gui.domain.image import ImageAddress
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.protocol.catalogue import look_up, printable
from facecheck_gui.protocol.reply import Refused

_ABOUT_A_PICTURE = frozenset(
    {ErrorClass.SUBJECT, ErrorClass.REFERENCE, ErrorClass.SECURITY, ErrorClass.TOKEN}
)


def error_of(refused: Refused, request: ComparisonRequest | None = None) -> CloudError:
    """The error a refusal means; one that nobody knows keeps its raw text for staff."""
    entry = look_up(refused.message, refused.code)
    detail = printable(refused.message)
    if entry is None:
        return CloudError(Fault.UNKNOWN_ANSWER, detail=detail, vendor_code=refused.code)
    return CloudError(
        entry.fault,
        picture=_picture(entry.fault, refused.message, request),
        detail=detail,
        vendor_code=entry.code,
    )


def _picture(fault: Fault, message: str, request: ComparisonRequest | None) -> WhichPicture:
    if fault.error_class not in _ABOUT_A_PICTURE:
        return WhichPicture.NEITHER
    told = message.lower()
    names_probe = "source" in told or "源图" in told
    names_reference = "compare" in told or "对比图" in told
    if names_probe != names_reference:
        return WhichPicture.PROBE if names_probe else WhichPicture.REFERENCE
    if request is not None:
        return _only_candidate(fault, request)
    return WhichPicture.UNKNOWN


def _only_candidate(fault: Fault, request: ComparisonRequest) -> WhichPicture:
    """Some faults can only be about the side that asked for something."""
    if fault is Fault.LIVENESS_FAILED:
        probe = request.probe.liveness is not LivenessLevel.NONE
        reference = request.reference.liveness is not LivenessLevel.NONE
    elif fault is Fault.ADDRESS_NOT_FETCHED:
        probe = isinstance(request.probe.source, ImageAddress)
        reference = isinstance(request.reference.source, ImageAddress)
    else:
        return WhichPicture.UNKNOWN
    if probe == reference:
        return WhichPicture.UNKNOWN
    return WhichPicture.PROBE if probe else WhichPicture.REFERENCE
