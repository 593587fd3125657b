"""The audit: an intent before anything is compared, its ending after, nothing taken back.

Each station's rows form two chains: intents in the order of their beginning, endings in the order
of theirs. A row that lost its ending is missed by the second. The chain's head, sealed as well,
says how long both are, so that rows at the end are missed too. What this cannot notice is a whole
database that was put back to an earlier day.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from facecheck_gui.domain.check_in import AttemptState, Ending, Intent, Station
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records import chain
from facecheck_gui.records.audit_rows import (
    Head,
    Row,
    ending_fields,
    ending_values,
    intent_fields,
    intent_values,
)
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import chain_heads, check_ins

INTENT, ENDING, HEAD = "intent", "ending", "head"


class Audit:
    """One station's book. Safe to use from several threads and, with its key, from several
    programs. ``session`` names this run of the program."""

    def __init__(
        self,
        database: Database,
        station: Station,
        key: bytes,
        *,
        session: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._station = station
        self._key = key
        self._session = session
        self._clock = clock

    def begin(self, intent: Intent) -> None:
        """Write down what is about to be done. Raises RecordsError; then it must not be done."""
        with self._database.writing() as connection:
            self._write_intent(connection, intent)

    def end(self, intent: Intent, ending: Ending) -> None:
        """Write down how it ended, with the intent where that was not written yet.

        A second ending is refused. Raises RecordsError; then nothing about it may be told.
        """
        with self._database.writing() as connection:
            row = _row(connection, intent.attempt_id)
            if row is None:
                self._write_intent(connection, intent)
                row = _row(connection, intent.attempt_id)
            if row is None or row["state"] != AttemptState.OPEN.value:
                raise RecordsError(Fault.INTERNAL, detail="an attempt ends once")
            self._write_ending(connection, row, ending)

    def close_left_open(self, is_alive: Callable[[str], bool]) -> int:
        """Mark as broken off what runs of this station began that are no longer alive; how many.

        ``is_alive`` is asked for each session but this one. Raises RecordsError.
        """
        wanted = select(check_ins).where(
            check_ins.c.station_id == self._station.station_id,
            check_ins.c.state == AttemptState.OPEN.value,
            check_ins.c.session != self._session,
        )
        closed = 0
        with self._database.writing() as connection:
            left = list(connection.execute(wanted.order_by(check_ins.c.number)).mappings())
            for row in left:
                if not is_alive(row["session"]):
                    self._write_ending(connection, row, self._broken_off())
                    closed += 1
        return closed

    def _broken_off(self) -> Ending:
        return Ending(AttemptState.BROKEN_OFF, self._clock(), Verdict.NOT_CHECKED)

    def _write_intent(self, connection: Connection, intent: Intent) -> None:
        head = self._head(connection)
        number = head.intents + 1
        values = intent_values(intent, self._station, number, self._session)
        sealed = chain.seal(self._key, INTENT, head.intent_mac, intent_fields(values))
        state = AttemptState.OPEN.value
        connection.execute(insert(check_ins).values(**values, intent_mac=sealed, state=state))
        self._keep(connection, head.with_intent(number, sealed))

    def _write_ending(self, connection: Connection, row: Row, ending: Ending) -> None:
        head = self._head(connection)
        values = ending_values(ending, head.endings + 1)
        fields = ending_fields(row["intent_mac"], values)
        sealed = chain.seal(self._key, ENDING, head.ending_mac, fields)
        connection.execute(
            update(check_ins).where(check_ins.c.pk == row["pk"]).values(**values, ending_mac=sealed)
        )
        self._keep(connection, head.with_ending(head.endings + 1, sealed))

    def _head(self, connection: Connection) -> Head:
        """The station's own head, locked: who has it writes next."""
        wanted = select(chain_heads).where(chain_heads.c.station_id == self._station.station_id)
        locked = wanted.with_for_update()
        found = connection.execute(locked).mappings().first()
        if found is None:
            self._start_book(connection)
            found = connection.execute(locked).mappings().one()
        return Head.of(found)

    def _start_book(self, connection: Connection) -> None:
        """Another program of this station may be starting it at this very moment."""
        head, station_id = Head(), self._station.station_id
        values = {"station_id": station_id, **head.values(), "mac": self._head_seal(head)}
        insert_into = sqlite.insert if self._database.is_sqlite else postgresql.insert
        connection.execute(insert_into(chain_heads).values(values).on_conflict_do_nothing())

    def _keep(self, connection: Connection, head: Head) -> None:
        connection.execute(
            update(chain_heads)
            .where(chain_heads.c.station_id == self._station.station_id)
            .values(**head.values(), mac=self._head_seal(head))
        )

    def _head_seal(self, head: Head) -> bytes:
        return head_seal(self._key, self._station.station_id, head)


def head_seal(key: bytes, station_id: str, head: Head) -> bytes:
    """The seal of a chain's head."""
    return chain.seal(key, HEAD, chain.NO_SEAL, [station_id, *head.fields()])


def _row(connection: Connection, attempt_id: str) -> Row | None:
    wanted = select(check_ins).where(check_ins.c.attempt_id == attempt_id)
    return connection.execute(wanted).mappings().first()
