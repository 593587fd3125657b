"""What a database's complaint means for people."""

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from facecheck_gui.domain.errors import Fault

# Primary result codes; see sqlite.org/rescode.html.
_SQLITE = {
    "SQLITE_BUSY": Fault.RECORDS_LOCKED,
    "SQLITE_LOCKED": Fault.RECORDS_LOCKED,
    "SQLITE_READONLY": Fault.RECORDS_READ_ONLY,
    "SQLITE_PERM": Fault.RECORDS_READ_ONLY,
    "SQLITE_AUTH": Fault.RECORDS_READ_ONLY,
    "SQLITE_FULL": Fault.RECORDS_FULL,
    "SQLITE_IOERR": Fault.RECORDS_FULL,
    "SQLITE_CORRUPT": Fault.RECORDS_DAMAGED,
    "SQLITE_NOTADB": Fault.RECORDS_DAMAGED,
    "SQLITE_CANTOPEN": Fault.RECORDS_UNREACHABLE,
}
# Classes and codes of PostgreSQL's appendix A, the longest that fits first.
_POSTGRESQL = {
    "25006": Fault.RECORDS_READ_ONLY,
    "42501": Fault.RECORDS_READ_ONLY,
    "53100": Fault.RECORDS_FULL,
    "55P03": Fault.RECORDS_LOCKED,
    "40": Fault.RECORDS_LOCKED,
    "58": Fault.RECORDS_FULL,
    "XX": Fault.RECORDS_DAMAGED,
}
_DISK = {
    errno.ENOSPC: Fault.RECORDS_FULL,
    errno.EDQUOT: Fault.RECORDS_FULL,
    errno.EFBIG: Fault.RECORDS_FULL,
    errno.EIO: Fault.RECORDS_FULL,
    errno.ENOENT: Fault.RECORDS_UNREACHABLE,
    errno.EBUSY: Fault.RECORDS_LOCKED,
}


def fault_of(error: SQLAlchemyError) -> Fault:
    """The fault behind ``error``; INTERNAL for what is our own mistake."""
    if not isinstance(error, DBAPIError):
        return Fault.RECORDS_UNREACHABLE
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return fault_of_sqlite(cause)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        # Without a code it never came to an answer.
        return Fault.RECORDS_UNREACHABLE
    if state[:2] in {"08", "28", "3D", "57"}:
        return Fault.RECORDS_UNREACHABLE
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2], Fault.INTERNAL)


def fault_of_sqlite(error: sqlite3.Error) -> Fault:
    """The same for what SQLite says itself."""
    name = getattr(error, "sqlite_errorname", "")
    known = (fault for word, fault in _SQLITE.items() if name.startswith(word))
    return next(known, Fault.INTERNAL)


def fault_of_disk(error: OSError) -> Fault:
    """The same for what the system says about a file or a folder."""
    return _DISK.get(error.errno or 0, Fault.RECORDS_READ_ONLY)
