"""Puts a list of people with their photos on the roster, row by row; a poor row never stops a good
one."""

import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from facecheck_gui.comparers.face_index import Lookalike
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import EngineError, FaceCheckError, PictureError, WhichPicture
from facecheck_gui.domain.image import Picture
from facecheck_gui.domain.quality import QualityReading
from facecheck_gui.flows.enrolment import Enrolment, Examined
from facecheck_gui.flows.roster_sheet import Entry, Problem

BATCH = 25
"""How many rows are written at once; a run that is killed does these again."""


class Outcome(Enum):
    """What became of a row, or would in a dry run."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """Came with the same photos before."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PhotoFinding:
    """What is worth knowing about one photo: an error keeps the row from being used, the rest is
    for staff to look at."""

    name: str
    error: FaceCheckError | None = None
    poor: tuple[QualityReading, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    faces: int = 1

    @property
    def worth_telling(self) -> bool:
        """Whether there is anything."""
        return bool(self.error or self.poor or self.lookalikes or self.faces > 1)


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of the ``number``-th row, and why."""

    number: int
    person_id: str
    name: str
    outcome: Outcome
    problem: Problem | None = None
    about: str = ""
    photos: tuple[PhotoFinding, ...] = ()

    @property
    def warned(self) -> bool:
        """Whether somebody should look at a row that was used."""
        return self.outcome is not Outcome.REFUSED and bool(self.photos)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows came to what."""

    counts: Mapping[Outcome, int]
    warned: int = 0

    def of(self, outcome: Outcome) -> int:
        """How many."""
        return self.counts.get(outcome, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A row that may be written: with ``photos`` in place of earlier ones, or none at all, which
    leaves earlier ones. ``digest`` is remembered once it is."""

    person: Person
    photos: tuple[Examined, ...]
    digest: str


class Keeps(Protocol):
    """Where people go; see ``bookkeeping.RosterKeeper``. Everything raises RecordsError."""

    def known(self, person_ids: Collection[str]) -> Mapping[str, Person]:
        """Who of these is on the roster already."""
        ...

    def came_before(self, digest: str) -> bool:
        """Whether this row was written in an earlier run."""
        ...

    def put_on(self, ready: Sequence[Ready]) -> None:
        """Write these, all of them or none."""
        ...


class ReadsPhotos(Protocol):
    """Photos by their names; see ``sheets.photos``."""

    def read(self, name: str) -> bytes:
        """The file's bytes. Raises PictureError."""
        ...


@dataclass(slots=True)
class _Batch:
    """What was examined and is not written yet."""

    ready: list[Ready] = field(default_factory=list)
    reports: list[RowReport] = field(default_factory=list)


class RosterImport:
    """One run, on the one thread that asks. Slow: 0.1 s for a photo."""

    def __init__(
        self,
        photos: ReadsPhotos,
        decode: Callable[[bytes, str], Picture],
        enrolment: Enrolment,
        keeper: Keeps,
        *,
        digest_key: bytes,
        dry_run: bool = False,
    ) -> None:
        """``decode`` makes safe pixels of bytes and a label, or raises PictureError."""
        self._photos, self._decode, self._enrolment = photos, decode, enrolment
        self._keeper, self._digest_key, self._dry_run = keeper, digest_key, dry_run

    def run(
        self, entries: Sequence[Entry], cancel: CancelToken, on_row: Callable[[RowReport], None]
    ) -> Tally:
        """Do all of it; ``on_row`` hears of each row once it is written (in a dry run: would be).

        Raises RecordsError and Cancelled; what was examined until then is written first where that
        can be, and another run goes on where this one ended.
        """
        counts: dict[Outcome, int] = {}
        warned = 0

        def tell(report: RowReport) -> None:
            nonlocal warned
            counts[report.outcome] = counts.get(report.outcome, 0) + 1
            warned += report.warned
            on_row(report)

        batch = _Batch()
        for start in range(0, len(entries), BATCH):
            some = entries[start : start + BATCH]
            known = self._keeper.known([entry.person.person_id for entry in some])
            try:
                for entry in some:
                    cancel.raise_if_cancelled()
                    self._take(entry, known.get(entry.person.person_id), batch)
            finally:
                self._write(batch, tell)
        return Tally(counts, warned)

    def _take(self, entry: Entry, known: Person | None, batch: _Batch) -> None:
        if entry.problem is not None:
            batch.reports.append(_report(entry, Outcome.REFUSED, entry.problem, entry.about))
            return
        data, findings = self._read(entry)
        digest = self._digest(entry.person, data)
        if known == entry.person and self._keeper.came_before(digest):
            batch.reports.append(_report(entry, Outcome.UNCHANGED))
            return
        examined = self._examine(entry, data, findings)
        if any(finding.error is not None for finding in findings):
            batch.reports.append(_report(entry, Outcome.REFUSED, photos=findings))
            return
        if not examined and known == entry.person:
            batch.reports.append(_report(entry, Outcome.UNCHANGED))
            return
        person_id = entry.person.person_id
        if examined:
            self._enrolment.remember(person_id, tuple(one.embedding for one in examined))
        batch.ready.append(Ready(entry.person, tuple(examined), digest))
        outcome = Outcome.CHANGED if known is not None else Outcome.ADDED
        batch.reports.append(_report(entry, outcome, photos=findings))

    def _read(self, entry: Entry) -> tuple[list[bytes], list[PhotoFinding]]:
        data: list[bytes] = []
        findings: list[PhotoFinding] = []
        for name in entry.photos:
            try:
                data.append(self._photos.read(name))
            except PictureError as error:
                findings.append(PhotoFinding(name, error))
        return data, findings

    def _examine(
        self, entry: Entry, data: list[bytes], findings: list[PhotoFinding]
    ) -> list[Examined]:
        """Where a photo could not be read none is looked at: the row is refused anyway."""
        examined: list[Examined] = []
        for name, one in zip(entry.photos, data, strict=True) if not findings else ():
            try:
                picture = self._decode(one, name)
                # Whoever cancels waits for the row under way: what is begun is done.
                seen = self._enrolment.examine(
                    picture, CancelToken(), person_id=entry.person.person_id
                )
            except (PictureError, EngineError) as error:
                findings.append(PhotoFinding(name, error.about(WhichPicture.REFERENCE)))
                continue
            examined.append(seen)
            finding = PhotoFinding(name, None, seen.poor, seen.lookalikes, seen.faces)
            if finding.worth_telling:
                findings.append(finding)
        return examined

    def _write(self, batch: _Batch, tell: Callable[[RowReport], None]) -> None:
        ready, batch.ready = batch.ready, []
        reports, batch.reports = batch.reports, []
        if ready and not self._dry_run:
            self._keeper.put_on(ready)
        for report in reports:
            tell(report)

    def _digest(self, person: Person, photos: Sequence[bytes]) -> str:
        """Tells whether a row came before, and nothing of what stood in it."""
        made = hmac.new(self._digest_key, repr(person).encode(), hashlib.sha256)
        for photo in photos:
            made.update(hashlib.sha256(photo).digest())
        return made.hexdigest()


def _report(
    entry: Entry,
    outcome: Outcome,
    problem: Problem | None = None,
    about: str = "",
    photos: Sequence[PhotoFinding] = (),
) -> RowReport:
    person = entry.person
    return RowReport(
        entry.number, person.person_id, person.name, outcome, problem, about, tuple(photos)
    )
