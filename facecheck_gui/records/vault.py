"""A key for each person: what is sealed with it is gone when the key is, in every backup too.

Keys lie apart from what they seal (for SQLite in a file of their own) and never go into a backup.
Each is itself sealed with the station's secret, so that the files alone open nothing. A number
below zero stands for a key that was set aside. Seals are AES-256-GCM (NIST SP 800-38D) with a
random nonce each; what something is for is sealed along, so that one person's picture cannot be put
in another's place.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary, MetaData, Table, delete, insert, inspect, select

from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import COUNTED

_NONCE_BYTES, _KEY_BYTES = 12, 32

key_metadata = MetaData()
person_keys = Table(
    "person_keys",
    key_metadata,
    Column("person_pk", COUNTED, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class PersonKey:
    """Opens what belongs to one person. Lives in memory, never in ``repr``."""

    person_pk: int
    _cipher: AESGCM

    def __repr__(self) -> str:
        return f"PersonKey({self.person_pk})"

    def seal(self, purpose: str, plain: bytes) -> bytes:
        """``plain`` so that only this key opens it again."""
        return _seal(self._cipher, self._about(purpose), plain)

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """What was sealed. Raises RecordsError(RECORDS_DAMAGED) for anything else."""
        return _open(self._cipher, self._about(purpose), sealed, Fault.RECORDS_DAMAGED)

    def _about(self, purpose: str) -> bytes:
        return f"{purpose}:{self.person_pk}".encode()


class Vault:
    """Keeps the keys in ``database``. Safe to use from several threads."""

    def __init__(self, database: Database, secret: bytes) -> None:
        """``secret`` is the station's, or what the stations of a fleet share."""
        self._database = database
        derived = hmac.new(secret, b"facecheck person keys", hashlib.sha256).digest()
        self._cipher = AESGCM(derived)

    def prepare(self) -> None:
        """Make the table where there is none. Raises RecordsError."""
        with self._database.reading() as connection:
            if inspect(connection).has_table(person_keys.name):
                return
        with self._database.writing() as connection:
            key_metadata.create_all(connection)

    def key(self, person_pk: int) -> PersonKey:
        """The person's key, made where there is none. Raises RecordsError."""
        return self.keys((person_pk,))[person_pk]

    def keys(self, person_pks: Collection[int]) -> dict[int, PersonKey]:
        """The keys of several people, made where there are none, in one transaction. Raises
        RecordsError."""
        found = self.existing_of(person_pks)
        missing = [pk for pk in person_pks if pk not in found]
        fresh = {
            pk: _seal(self._cipher, _label(pk), secrets.token_bytes(_KEY_BYTES)) for pk in missing
        }
        if fresh:
            with self._database.writing() as connection:
                wanted = select(person_keys).where(person_keys.c.person_pk.in_(missing))
                # Somebody else may have been faster: the first key counts.
                there = {pk: bytes(sealed) for pk, sealed in connection.execute(wanted)}
                new = [pk for pk in missing if pk not in there]
                rows = [{"person_pk": pk, "sealed": fresh[pk]} for pk in new]
                if rows:
                    connection.execute(insert(person_keys), rows)
            fresh.update(there)
        return found | {pk: self._opened(pk, sealed) for pk, sealed in fresh.items()}

    def existing(self, person_pk: int) -> PersonKey | None:
        """The person's key; None where it was never made, or was forgotten.

        Raises RecordsError(RECORDS_KEY_GONE) where it was sealed with another station's secret.
        """
        with self._database.reading() as connection:
            wanted = select(person_keys.c.sealed).where(person_keys.c.person_pk == person_pk)
            sealed = connection.execute(wanted).scalar()
        return self._opened(person_pk, sealed) if sealed is not None else None

    def existing_of(self, person_pks: Collection[int]) -> dict[int, PersonKey]:
        """The keys of several people at once; who has none is left out. Raises as ``existing``."""
        wanted = select(person_keys).where(person_keys.c.person_pk.in_(person_pks))
        with self._database.reading() as connection:
            rows = list(connection.execute(wanted))
        return {pk: self._opened(pk, sealed) for pk, sealed in rows}

    def forget(self, person_pk: int) -> None:
        """Let go of a key for good: nothing that it sealed can be opened again."""
        both = person_keys.c.person_pk.in_((person_pk, -person_pk))
        with self._database.writing() as connection:
            connection.execute(delete(person_keys).where(both))

    def rearrange(self, own: Collection[int], returning: Collection[int]) -> None:
        """Set aside every key but those of ``own``; ``returning`` people get back theirs that was
        set aside before. See ``key_fitting``. Raises RecordsError."""
        with self._database.writing() as connection:
            rows = connection.execute(select(person_keys))
            before: dict[int, bytes] = {row.person_pk: row.sealed for row in rows}
            after = dict[int, bytes]()
            # In this order, what is set aside now takes the place of what was before.
            for pk in sorted(before):
                stays = pk in own if pk > 0 else -pk not in returning
                after[pk if stays else -pk] = before[pk]
            connection.execute(delete(person_keys))
            values = [{"person_pk": pk, "sealed": sealed} for pk, sealed in after.items()]
            if values:
                connection.execute(insert(person_keys), values)

    def _opened(self, person_pk: int, sealed: bytes) -> PersonKey:
        person_pk = abs(person_pk)
        plain = _open(self._cipher, _label(person_pk), bytes(sealed), Fault.RECORDS_KEY_GONE)
        return PersonKey(person_pk, AESGCM(plain))


def _label(person_pk: int) -> bytes:
    return f"key:{person_pk}".encode()


def _seal(cipher: AESGCM, about: bytes, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, about)


def _open(cipher: AESGCM, about: bytes, sealed: bytes, fault: Fault) -> bytes:
    try:
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise RecordsError(fault) from None
