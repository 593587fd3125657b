"""Which key opens whose pictures, once the records are those of an earlier day.

Since the backup was made, somebody may have been struck off, the key destroyed and the number given
to somebody else; others came whom the backup does not know. So a key stays with a person only
where it opens that person's pictures. Every other is set aside under the negative of its number:
nobody new is given it, and it is there again should a later backup be restored. Pictures that no
key opens are gone, as if they had been deleted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from facecheck_gui.records.album import opens
from facecheck_gui.records.database import Database
from facecheck_gui.records.tables import photos
from facecheck_gui.records.vault import PersonKey, Vault

_BATCH = 50


@dataclass(frozen=True, slots=True)
class Fitting:
    """The people whose own key opens a picture, those whose set-aside one does, and the pictures
    that nothing opens."""

    own: frozenset[int]
    set_aside: frozenset[int]
    closed: tuple[int, ...]


def fitting(database: Database, vault: Vault) -> Fitting:
    """Try the keys on every picture. Changes nothing. Raises RecordsError: RECORDS_KEY_GONE where
    the keys were sealed with another station's secret, so that nothing can be said of them."""
    own: set[int] = set()
    set_aside: set[int] = set()
    closed: list[int] = []
    for rows in _batches(database):
        pks = {row["person_pk"] for row in rows}
        keys = vault.existing_of(pks | {-pk for pk in pks})
        for row in rows:
            person_pk = row["person_pk"]
            if _opened(keys, person_pk, row):
                own.add(person_pk)
            elif _opened(keys, -person_pk, row):
                set_aside.add(person_pk)
            else:
                closed.append(row["pk"])
    return Fitting(frozenset(own), frozenset(set_aside - own), tuple(closed))


def remove_closed(database: Database, found: Fitting) -> int:
    """Delete the pictures that nothing opens; how many. Raises RecordsError."""
    if not found.closed:
        return 0
    with database.writing() as connection:
        for pk in found.closed:
            connection.execute(delete(photos).where(photos.c.pk == pk))
    return len(found.closed)


def _opened(keys: Mapping[int, PersonKey], number: int, row: Any) -> bool:
    key = keys.get(number)
    return key is not None and opens(key, row)


def _batches(database: Database) -> Iterator[list[Any]]:
    after = 0
    while True:
        wanted = select(photos).where(photos.c.pk > after).order_by(photos.c.pk).limit(_BATCH)
        with database.reading() as connection:
            rows = list(connection.execute(wanted).mappings())
        if not rows:
            return
        yield rows
        after = rows[-1]["pk"]
