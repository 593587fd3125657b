"""What is done to the records from time to time: a backup, a purge, a verification."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from facecheck_gui.bookkeeping.ledger import LateLedger, utc_now
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.settings.schema import RecordsSettings

if TYPE_CHECKING:
    from facecheck_gui.records.retention import Gone, Keeping
    from facecheck_gui.records.verification import ChainReport


def keeping(settings: RecordsSettings) -> "Keeping":
    """How long what is kept; 0 in the settings stands for ever."""
    from facecheck_gui.records.retention import Keeping

    return Keeping(
        settings.keep_references_days or None,
        settings.keep_pictures_days or None,
        settings.keep_consents_days or None,
        settings.keep_audit_days or None,
    )


@dataclass(frozen=True, slots=True)
class Tidied:
    """What a tidying took away, and of how many people a face is kept now."""

    gone: "Gone"
    faces: int


def tidy(ledger: LateLedger, settings: RecordsSettings, *, clock_confirmed: bool) -> Tidied:
    """Purge what was kept for long enough. Raises RecordsError as ``Retention.purge``."""
    books = ledger.books()
    gone = books.retention.purge(keeping(settings), clock_confirmed=clock_confirmed)
    return Tidied(gone, books.album.people_with_faces())


def back_up_daily(ledger: LateLedger) -> None:
    """Make today's backup of a file; a server is backed up by whoever looks after it, not by each
    of its stations. Raises RecordsError."""
    if ledger.books().database.is_sqlite and ledger.backups().is_due(utc_now()):
        ledger.back_up()


def verified(ledger: LateLedger, cancel: CancelToken) -> "ChainReport":
    """Whether this station's audit is as it was written. Raises RecordsError, and Cancelled."""
    from facecheck_gui.records.verification import verify

    books = ledger.books()
    return verify(books.database, books.station.station_id, books.key, cancel=cancel)
