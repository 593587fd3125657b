"""Taking a consent back: the face goes, the rows of the audit stay."""

from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.album import Album
from facecheck_gui.records.consents import Consent, Consents

_KEPT_UNDER = frozenset({Purpose.COMPARE, Purpose.KEEP_REFERENCE, Purpose.KEEP_CHECK_IN})


def withdraw(consents: Consents, album: Album, consent: Consent) -> int:
    """Take ``consent`` back; how many pictures went with it.

    All of the person's pictures go, and the key with them, unless another consent that holds still
    covers keeping references. Sending to the cloud keeps nothing, so taking it back deletes
    nothing. Raises RecordsError.
    """
    consents.withdraw(consent.consent_id)
    if not consent.purposes & _KEPT_UNDER:
        return 0
    if consents.covers(consent.person_id, Purpose.KEEP_REFERENCE) is not None:
        return 0
    try:
        return album.forget(consent.person_id)
    except RecordsError as error:
        if error.fault is Fault.PERSON_UNKNOWN:
            return 0  # no longer on the roster, and so without pictures
        raise
