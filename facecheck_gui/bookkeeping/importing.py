"""A list of people with their photos, from files onto the roster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import RosterKeeper, known_faces
from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.roster_import import RosterImport, RowReport, Tally
from facecheck_gui.flows.roster_sheet import Entry, entries_of_photos, read_entries
from facecheck_gui.imaging.decode import decode
from facecheck_gui.sheets.photos import NoPhotos, Photos, is_archive, opened_photos
from facecheck_gui.sheets.rows import read_rows


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought along: a list, or photos that are called as the people are; ``photos`` is
    the folder or archive that belongs to a list. A ``dry_run`` looks and writes nothing."""

    people: Path
    photos: Path | None = None
    dry_run: bool = False


def import_people(
    ledger: LateLedger,
    enrolment: Callable[[FaceIndex], Enrolment],
    brought: Brought,
    cancel: CancelToken,
    *,
    on_total: Callable[[int], None],
    on_row: Callable[[RowReport], None],
) -> Tally:
    """Put them on the roster, on the thread that asks. ``on_total`` hears how many rows there are.

    Raises ImportTrouble for what cannot be read, RecordsError, and Cancelled; the same again goes
    on where a run ended.
    """
    with _opened(brought) as (entries, photos):
        on_total(len(entries))
        keeper = RosterKeeper(ledger)
        run = RosterImport(
            photos,
            lambda data, label: decode(data, label=label),
            enrolment(known_faces(ledger)),
            keeper,
            digest_key=keeper.digest_key,
            dry_run=brought.dry_run,
        )
        return run.run(entries, cancel, on_row)


@contextmanager
def _opened(brought: Brought) -> Iterator[tuple[Sequence[Entry], Photos | NoPhotos]]:
    people, photos = brought.people, brought.photos
    if photos is None and (people.is_dir() or is_archive(people)):
        with opened_photos(people) as source:
            yield entries_of_photos(source.names), source
    elif photos is None:
        yield read_entries(read_rows(people), ()), NoPhotos()
    else:
        with opened_photos(photos) as source:
            yield read_entries(read_rows(people), source.names), source
