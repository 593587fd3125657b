"""What a check needs of the records: under which consent it is done, and whether its picture is
kept."""

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain.comparison import Subject, Verification
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.image import Picture
from facecheck_gui.imaging.encode import to_jpeg


def consent_of(ledger: LateLedger, subject: Subject, *, leaves: bool) -> str:
    """Under which consent somebody is compared, here or (``leaves``) elsewhere; "" without one."""
    purpose = Purpose.SEND_TO_CLOUD if leaves else Purpose.COMPARE
    found = ledger.books().consents.covers(subject.person_id, purpose)
    return found.consent_id if found is not None else ""


def keep_picture(ledger: LateLedger, verification: Verification) -> None:
    """Keep the probe of somebody on the roster who agreed to that; of nobody else."""
    request = verification.request
    subject, picture = request.subject, request.probe.source
    if subject is None or not isinstance(picture, Picture):
        return
    books = ledger.books()
    if books.consents.covers(subject.person_id, Purpose.KEEP_CHECK_IN) is not None:
        books.album.add_check_in(
            subject.person_id, request.attempt_id, to_jpeg(picture), request.probe.face_type
        )
