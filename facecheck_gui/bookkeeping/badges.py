"""Badges and the people they belong to."""

import hashlib
import hmac

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.domain import badge
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import BadgeError, Fault, RecordsError
from facecheck_gui.settings.schema import BadgeSettings


def badge_text(ledger: LateLedger, person_id: str, settings: BadgeSettings) -> str:
    """What stands in the code of somebody's badge. Raises RecordsError."""
    return badge.encode(person_id, _key(ledger) if settings.signed else None)


def person_of(ledger: LateLedger, code: str, settings: BadgeSettings) -> Person:
    """Whose badge or code this is.

    Raises BadgeError, and RecordsError: PERSON_UNKNOWN where nobody on the roster has that id.
    """
    if badge.is_badge(code):
        person_id = badge.decode(code, _key(ledger) if settings.signed else None)
    elif settings.signed or not settings.plain_codes:
        raise BadgeError(Fault.BADGE_NOT_SIGNED if settings.signed else Fault.BADGE_DAMAGED)
    else:
        person_id = code.strip()
    found = ledger.books().roster.get(person_id)
    if found is None:
        raise RecordsError(Fault.PERSON_UNKNOWN)
    return found


def _key(ledger: LateLedger) -> bytes:
    """Shared by the stations of a fleet, as the secret that it is made from is."""
    secret = ledger.shared_secret()
    return hmac.new(secret, b"facecheck badges", hashlib.sha256).digest()
