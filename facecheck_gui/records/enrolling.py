"""Many people with their photos put on the roster at once, and which rows of a list those were."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select

from facecheck_gui.domain.check_in import Person
from facecheck_gui.records.album import Album, NewPhoto
from facecheck_gui.records.database import Database
from facecheck_gui.records.roster import Roster
from facecheck_gui.records.tables import notes

_IMPORTED = "imported:"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody with the photos that take the place of earlier ones; none leaves those. ``mark``
    is remembered."""

    person: Person
    photos: tuple[NewPhoto, ...]
    mark: str


class Enrolling:
    """Raises RecordsError everywhere."""

    def __init__(self, database: Database, roster: Roster, album: Album) -> None:
        self._database, self._roster, self._album = database, roster, album

    def put_on(self, enrolled: Sequence[Enrolled]) -> None:
        """All of these with all their photos and marks, or none of it."""
        with self._database.writing() as connection:
            pks = self._roster.put_in(connection, [one.person for one in enrolled])
            photos = {pks[one.person.person_id]: one.photos for one in enrolled if one.photos}
            if photos:
                self._album.put_in(connection, photos)
            marks = {_IMPORTED + one.mark for one in enrolled}
            wanted = select(notes.c.name).where(notes.c.name.in_(marks))
            new = marks - set(connection.execute(wanted).scalars())
            if new:
                rows = [{"name": name, "value": ""} for name in sorted(new)]
                connection.execute(insert(notes), rows)

    def is_marked(self, mark: str) -> bool:
        """Whether it was put on before."""
        wanted = select(notes.c.name).where(notes.c.name == _IMPORTED + mark)
        with self._database.reading() as connection:
            return connection.execute(wanted).first() is not None
