"""Taking old rows out of the audit, so that the rest still verifies.

Only from the beginning of both chains: the head remembers the last seals that were taken, and the
chains go on from there. A row that began early and ended late keeps those behind it until it may
go itself.
"""

from sqlalchemy import Connection, delete, select, update

from facecheck_gui.domain.check_in import AttemptState
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import chain
from facecheck_gui.records.audit import head_seal
from facecheck_gui.records.audit_rows import Head, Row
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import chain_heads, check_ins

_BATCH = 2000


def purge_audit(
    database: Database, station_id: str, key: bytes, before_us: int, *, dry_run: bool
) -> int:
    """Take out a station's rows that began before ``before_us``; how many.

    Raises RecordsError; RECORDS_DAMAGED where the head does not fit its seal.
    """
    taken, passed = 0, Head()
    while True:
        with database.reading() as connection:
            head = _head(connection, station_id, key)
        if head is None:
            return taken
        start = passed if dry_run and taken else head
        with database.reading() as connection:
            batch = _batch(connection, station_id, start, before_us)
        count, after = _prefix(start, batch)
        if count == 0:
            return taken
        taken += count
        if dry_run:
            passed = after
        else:
            _take(database, station_id, key, after)


def _head(connection: Connection, station_id: str, key: bytes) -> Head | None:
    wanted = select(chain_heads).where(chain_heads.c.station_id == station_id)
    row = connection.execute(wanted.with_for_update()).mappings().first()
    if row is None:
        return None
    head = Head.of(row)
    if not chain.fits(row["mac"], head_seal(key, station_id, head)):
        raise RecordsError(Fault.RECORDS_DAMAGED, detail="chain head")
    return head


def _batch(connection: Connection, station_id: str, head: Head, before_us: int) -> list[Row]:
    """The next rows that are old enough, as long as none in between is not."""
    wanted = (
        select(
            check_ins.c.number,
            check_ins.c.started_us,
            check_ins.c.state,
            check_ins.c.ended_number,
            check_ins.c.intent_mac,
            check_ins.c.ending_mac,
        )
        .where(check_ins.c.station_id == station_id, check_ins.c.number > head.purged_intents)
        .order_by(check_ins.c.number)
        .limit(_BATCH)
    )
    found: list[Row] = []
    for row in connection.execute(wanted).mappings():
        if row["started_us"] >= before_us or row["state"] == AttemptState.OPEN.value:
            break
        found.append(row)
    return found


def _prefix(head: Head, batch: list[Row]) -> tuple[int, Head]:
    """How many of the batch may go, and the head without them: both chains lose a beginning."""
    count, highest, seals = 0, head.purged_endings, {}
    passed = head
    for index, row in enumerate(batch, start=1):
        highest = max(highest, row["ended_number"])
        seals[row["ended_number"]] = row["ending_mac"]
        if highest == head.purged_endings + index:
            count = index
            passed = head.purged_to(
                row["number"], bytes(row["intent_mac"]), highest, bytes(seals[highest])
            )
    return count, passed


def _take(database: Database, station_id: str, key: bytes, passed: Head) -> None:
    with database.writing() as connection:
        head = _head(connection, station_id, key)
        if head is None:
            return
        # Others may have written meanwhile: the ends are today's.
        now = head.purged_to(
            passed.purged_intents,
            passed.purged_intent_mac,
            passed.purged_endings,
            passed.purged_ending_mac,
        )
        connection.execute(
            delete(check_ins).where(
                check_ins.c.station_id == station_id,
                check_ins.c.number <= passed.purged_intents,
            )
        )
        connection.execute(
            update(chain_heads)
            .where(chain_heads.c.station_id == station_id)
            .values(**now.values(), mac=head_seal(key, station_id, now))
        )
