"""What people have agreed to, to which words, and when they took it back."""

import hashlib
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from facecheck_gui.domain.consent import Purpose
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import consents, from_us, to_us


@dataclass(frozen=True, slots=True)
class Consent:
    """One agreement. ``text_hash`` is the SHA-256 of the words that were shown, in ``language``."""

    consent_id: str
    person_id: str
    purposes: frozenset[Purpose]
    text_version: str
    text_hash: str
    language: str
    given_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it was not taken back."""
        return self.withdrawn_at is None


class Consents:
    """The book of consents. Raises RecordsError everywhere."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def give(
        self,
        person_id: str,
        purposes: Collection[Purpose],
        *,
        text: str,
        version: str,
        language: str,
    ) -> Consent:
        """Write down that the person agreed to these purposes after reading ``text``.

        Raises ValueError for no purpose at all.
        """
        if not purposes:
            raise ValueError("a consent is to something")
        given = Consent(
            uuid.uuid4().hex,
            person_id,
            frozenset(purposes),
            version,
            hashlib.sha256(text.encode()).hexdigest(),
            language,
            self._clock(),
        )
        with self._database.writing() as connection:
            connection.execute(insert(consents).values(_values(given)))
        return given

    def withdraw(self, consent_id: str) -> None:
        """Write down that it was taken back; the first time counts. What was kept under it is for
        the caller to let go of."""
        with self._database.writing() as connection:
            connection.execute(
                update(consents)
                .where(consents.c.consent_id == consent_id, consents.c.withdrawn_us.is_(None))
                .values(withdrawn_us=to_us(self._clock()))
            )

    def of(self, person_id: str) -> tuple[Consent, ...]:
        """A person's consents, the newest first."""
        wanted = select(consents).where(consents.c.person_id == person_id)
        with self._database.reading() as connection:
            rows = connection.execute(
                wanted.order_by(consents.c.given_us.desc(), consents.c.consent_id)
            )
            return tuple(_consent(row) for row in rows.mappings())

    def covers(self, person_id: str, purpose: Purpose) -> Consent | None:
        """The newest consent to ``purpose`` that holds."""
        found = (c for c in self.of(person_id) if c.holds and purpose in c.purposes)
        return next(found, None)


def _values(consent: Consent) -> dict[str, object]:
    return {
        "consent_id": consent.consent_id,
        "person_id": consent.person_id,
        "purposes": " ".join(sorted(purpose.value for purpose in consent.purposes)),
        "text_version": consent.text_version,
        "text_hash": consent.text_hash,
        "language": consent.language,
        "given_us": to_us(consent.given_at),
    }


def _consent(row: Any) -> Consent:
    withdrawn = row["withdrawn_us"]
    return Consent(
        row["consent_id"],
        row["person_id"],
        frozenset(Purpose(word) for word in row["purposes"].split()),
        row["text_version"],
        row["text_hash"],
        row["language"],
        from_us(row["given_us"]),
        from_us(withdrawn) if withdrawn is not None else None,
    )
