"""Whether what must be remembered can be."""

import os
from pathlib import Path

from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import RecordsSettings

_PATIENCE_S = 3.0
_OUTCOMES = {
    Fault.RECORDS_DAMAGED: Outcome.RECORDS_DAMAGED,
    Fault.RECORDS_READ_ONLY: Outcome.RECORDS_NOT_WRITABLE,
}


def records(places: Places, settings: RecordsSettings) -> CheckUp:
    """Facts: ``where`` (a path, or an address without a password), ``megabytes`` (0 for a server),
    ``key`` (the path of a key file). Makes no file, and reads all of one that is there."""
    if settings.database:
        return _on_a_server(settings.database)
    return _in_a_file(places.records_file, places.station_key)


def _in_a_file(file: Path, key_file: Path) -> CheckUp:
    from facecheck_gui.records import sqlite

    facts: dict[str, Fact] = {"where": str(file), "megabytes": 0.0, "key": str(key_file)}
    if not file.exists():
        return CheckUp(Topic.RECORDS, Outcome.RECORDS_NONE_YET, facts)
    facts["megabytes"] = file.stat().st_size / 1e6
    if not sqlite.is_whole(file):
        outcome = Outcome.RECORDS_DAMAGED
    elif not os.access(file, os.W_OK) or not os.access(file.parent, os.W_OK):
        outcome = Outcome.RECORDS_NOT_WRITABLE
    elif key_file.exists():
        outcome = Outcome.RECORDS_KEY_IN_FILE
    else:
        outcome = Outcome.RECORDS_OK
    return CheckUp(Topic.RECORDS, outcome, facts)


def _on_a_server(url: str) -> CheckUp:
    from facecheck_gui.records.database import Database

    facts: dict[str, Fact] = {"where": url, "megabytes": 0.0, "key": ""}
    try:
        database = Database(url, patience_s=_PATIENCE_S)
        try:
            with database.reading():
                pass
        finally:
            database.close()
    except RecordsError as error:
        outcome = _OUTCOMES.get(error.fault, Outcome.RECORDS_UNREACHABLE)
        return CheckUp(Topic.RECORDS, outcome, facts)
    return CheckUp(Topic.RECORDS, Outcome.RECORDS_ON_SERVER, facts)
