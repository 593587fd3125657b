"""How long what is kept: a purge that takes away what nobody needs any more, and reports it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.album import CHECK_IN, REFERENCE
from facecheck_gui.records.audit_purge import purge_audit
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import check_ins, consents, from_us, notes, people, photos, to_us
from facecheck_gui.records.vault import Vault

MOST_JUMP = timedelta(days=7)
_SEEN = "purge.clock_us"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How many days something is kept; None for ever.

    ``references`` counts from the last attempt of the person, or from when the photo was added;
    ``pictures`` of check-ins from when they were taken; ``consents`` from when they were withdrawn;
    ``audit`` from the attempt.
    """

    references_days: int | None = 365
    pictures_days: int | None = 30
    consents_days: int | None = 1095
    audit_days: int | None = 1095


@dataclass(frozen=True, slots=True)
class Gone:
    """What a purge took away, or would take: photos of references, of check-ins, consents, rows of
    the audit."""

    references: int = 0
    pictures: int = 0
    consents: int = 0
    attempts: int = 0

    @property
    def anything(self) -> bool:
        """Whether there was something to take."""
        return any((self.references, self.pictures, self.consents, self.attempts))


class Retention:
    """One station's purge. Raises RecordsError everywhere."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        *,
        station_id: str,
        key: bytes,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._vault = vault
        self._station_id = station_id
        self._key = key
        self._clock = clock

    def due(self, keeping: Keeping) -> Gone:
        """What a purge would take now."""
        now = self._clock()
        return Gone(
            references=self._count(_old_references(now, keeping.references_days)),
            pictures=self._count(_old_pictures(now, keeping.pictures_days)),
            consents=self._count(_old_consents(now, keeping.consents_days)),
            attempts=self._purge_audit(now, keeping.audit_days, dry_run=True),
        )

    def purge(self, keeping: Keeping, *, clock_confirmed: bool = False) -> Gone:
        """Take it away.

        Raises RecordsError(RECORDS_CLOCK), and takes nothing, where the clock has jumped by more
        than a week since the last purge or the last attempt, unless somebody confirmed it.
        """
        now = self._clock()
        if not clock_confirmed and self._has_jumped(now):
            raise RecordsError(Fault.RECORDS_CLOCK)
        gone = Gone(
            references=self._take_references(now, keeping.references_days),
            pictures=self._take(photos, _old_pictures(now, keeping.pictures_days)),
            consents=self._take(consents, _old_consents(now, keeping.consents_days)),
            attempts=self._purge_audit(now, keeping.audit_days, dry_run=False),
        )
        with self._database.writing() as connection:
            _remember(connection, _SEEN, str(to_us(now)))
        return gone

    def last_purge(self) -> datetime | None:
        """When was purged last; None where it never was."""
        with self._database.reading() as connection:
            found = _remembered(connection, _SEEN)
        return from_us(int(found)) if found is not None else None

    def _has_jumped(self, now: datetime) -> bool:
        with self._database.reading() as connection:
            purged = _remembered(connection, _SEEN)
            newest = connection.execute(select(func.max(check_ins.c.started_us))).scalar()
        seen = [int(us) for us in (purged, newest) if us is not None]
        return bool(seen) and abs(now - from_us(max(seen))) > MOST_JUMP

    def _count(self, which: Any) -> int:
        if which is None:
            return 0
        with self._database.reading() as connection:
            counted = select(func.count()).select_from(which.subquery())
            return int(connection.execute(counted).scalar() or 0)

    def _take(self, table: Any, which: Any) -> int:
        if which is None:
            return 0
        (key,) = table.primary_key.columns
        with self._database.writing() as connection:
            return connection.execute(delete(table).where(key.in_(which))).rowcount

    def _take_references(self, now: datetime, days: int | None) -> int:
        """The photos, and the keys of those who have none left."""
        which = _old_references(now, days)
        if which is None:
            return 0
        with self._database.reading() as connection:
            owners = select(photos.c.person_pk).where(photos.c.pk.in_(which)).distinct()
            touched = list(connection.execute(owners).scalars())
        taken = self._take(photos, which)
        for person_pk in touched:
            if not self._has_photos(person_pk):
                self._vault.forget(person_pk)
        return taken

    def _has_photos(self, person_pk: int) -> bool:
        with self._database.reading() as connection:
            wanted = select(exists().where(photos.c.person_pk == person_pk))
            return bool(connection.execute(wanted).scalar())

    def _purge_audit(self, now: datetime, days: int | None, *, dry_run: bool) -> int:
        if days is None:
            return 0
        return purge_audit(
            self._database, self._station_id, self._key, _before(now, days), dry_run=dry_run
        )


def _before(now: datetime, days: int) -> int:
    return to_us(now - timedelta(days=days))


def _old_references(now: datetime, days: int | None) -> Any:
    if days is None:
        return None
    limit_us = _before(now, days)
    used = (
        select(check_ins.c.pk)
        .join(people, people.c.person_id == check_ins.c.person_id)
        .where(people.c.pk == photos.c.person_pk, check_ins.c.started_us >= limit_us)
        .correlate(photos)
    )
    return select(photos.c.pk).where(
        photos.c.purpose == REFERENCE, photos.c.added_us < limit_us, ~used.exists()
    )


def _old_pictures(now: datetime, days: int | None) -> Any:
    if days is None:
        return None
    return select(photos.c.pk).where(
        photos.c.purpose == CHECK_IN, photos.c.added_us < _before(now, days)
    )


def _old_consents(now: datetime, days: int | None) -> Any:
    if days is None:
        return None
    return select(consents.c.consent_id).where(consents.c.withdrawn_us < _before(now, days))


def _remembered(connection: Connection, name: str) -> str | None:
    return connection.execute(select(notes.c.value).where(notes.c.name == name)).scalar()


def _remember(connection: Connection, name: str, value: str) -> None:
    changed = connection.execute(update(notes).where(notes.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(notes).values(name=name, value=value))
