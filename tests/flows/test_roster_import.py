"""A list goes onto the roster row by row; a shade of grey is a person here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from facecheck_gui.comparers.face_index import FaceIndex
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import (
    Cancelled,
    Fault,
    PictureError,
    RecordsError,
    WhichPicture,
)
from facecheck_gui.domain.face import Face, FaceBox, Landmarks
from facecheck_gui.domain.image import Picture, Pixels
from facecheck_gui.flows.enrolment import Enrolment
from facecheck_gui.flows.gate import refusals
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.flows.roster_import import BATCH, Outcome, Ready, RosterImport, RowReport, Tally
from facecheck_gui.flows.roster_sheet import Entry, Problem
from facecheck_gui.settings.schema import Settings
from facecheck_gui.vision.pose import pose_of
from facecheck_gui.vision.quality.judge import QualityJudge
from facecheck_gui.vision.quality.limits import limits_of
from tests import fakes

_MARKS = Landmarks((34.0, 22.0), (28.0, 22.0), (16.0, 22.0), (22.0, 22.0), (25.0, 28.0))
_FACE = Face(FaceBox(10, 10, 30, 30), _MARKS, 1.5)
NOBODY = 0


def _faces(picture: Picture) -> tuple[Face, ...]:
    return (_FACE,) if picture.pixels.max() != NOBODY else ()


def _embed(pixels: Pixels, _: Face) -> bytes:
    numbers = np.zeros(128, "<f4")
    numbers[int(pixels[0, 0, 0]) // 2] = 1.0
    return numbers.tobytes()


def _decode(data: bytes, label: str) -> Picture:
    if data == b"broken":
        raise PictureError(Fault.NOT_A_PICTURE)
    return fakes.picture(shade=int(data), label=label)


@dataclass
class Shoebox:
    """Photos by name: the bytes are the shade's number."""

    photos: dict[str, bytes]
    read_names: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        self.read_names.append(name)
        if name not in self.photos:
            raise PictureError(Fault.FILE_MISSING, picture=WhichPicture.REFERENCE)
        return self.photos[name]


class Keeper:
    """A roster in memory."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.photos: dict[str, int] = {}
        self.digests: set[str] = set()
        self.writes: list[int] = []
        self.fails_after = 10**9

    def known(self, person_ids: Collection[str]) -> Mapping[str, Person]:
        return {i: self.people[i] for i in person_ids if i in self.people}

    def came_before(self, digest: str) -> bool:
        return digest in self.digests

    def put_on(self, ready: Sequence[Ready]) -> None:
        if len(self.writes) >= self.fails_after:
            raise RecordsError(Fault.RECORDS_FULL)
        self.writes.append(len(ready))
        for one in ready:
            self.people[one.person.person_id] = one.person
            self.photos[one.person.person_id] = len(one.photos)
            self.digests.add(one.digest)


Run = Callable[..., tuple[Tally, list[RowReport]]]


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


@pytest.fixture
def run(keeper: Keeper) -> Run:
    def run_one(
        entries: Sequence[Entry],
        photos: dict[str, bytes] | Shoebox,
        *,
        dry_run: bool = False,
        cancel: CancelToken | None = None,
        on_row: Callable[[RowReport], None] = lambda _: None,
    ) -> tuple[Tally, list[RowReport]]:
        limits = limits_of(Settings().reference_quality)
        inspector = Inspector(lambda p, _: _faces(p), pose_of, QualityJudge(limits))
        reports: list[RowReport] = []

        def hear(report: RowReport) -> None:
            reports.append(report)
            on_row(report)

        tally = RosterImport(
            photos if isinstance(photos, Shoebox) else Shoebox(photos),
            _decode,
            Enrolment(_faces, inspector, _embed, FaceIndex(), refusals),
            keeper,
            digest_key=b"k",
            dry_run=dry_run,
        ).run(entries, cancel or CancelToken(), hear)
        return tally, reports

    return run_one


def _entry(number: int, *photos: str, name: str = "Somebody") -> Entry:
    return Entry(number, Person(f"P{number}", name), photos)


def test_good_rows_are_added_and_poor_ones_do_not_stop_them(run: Run, keeper: Keeper) -> None:
    entries = (
        _entry(1, "a.jpg"),
        _entry(2, "gone.jpg"),
        _entry(3, "broken.jpg"),
        _entry(4, "nobody.jpg"),
        Entry(5, Person("", ""), problem=Problem.ID_MISSING),
        _entry(6, "b.jpg", "c.jpg"),
        _entry(7),
    )
    photos = {"a.jpg": b"40", "broken.jpg": b"broken", "nobody.jpg": b"0"}
    tally, reports = run(entries, {**photos, "b.jpg": b"80", "c.jpg": b"81"})
    assert [report.outcome.value for report in reports] == [
        "added", "refused", "refused", "refused", "refused", "added", "added",
    ]  # fmt: skip
    assert keeper.photos == {"P1": 1, "P6": 2, "P7": 0}
    assert (tally.of(Outcome.ADDED), tally.of(Outcome.REFUSED)) == (3, 4)
    faults = [r.photos[0].error.fault for r in reports[1:4] if r.photos[0].error is not None]
    assert faults == [Fault.FILE_MISSING, Fault.NOT_A_PICTURE, Fault.NO_FACE]
    assert reports[4].problem is Problem.ID_MISSING


def test_one_bad_photo_keeps_the_whole_person_out(run: Run, keeper: Keeper) -> None:
    run((_entry(1, "a.jpg", "b.jpg"),), {"a.jpg": b"40", "b.jpg": b"broken"})
    assert keeper.people == {}


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, keeper: Keeper) -> None:
    entries, photos = (_entry(1, "a.jpg"), _entry(2, "gone.jpg")), {"a.jpg": b"40"}
    _, would = run(entries, photos, dry_run=True)
    assert keeper.writes == []
    _, did = run(entries, photos)
    assert [(r.number, r.outcome) for r in would] == [(r.number, r.outcome) for r in did]


def test_the_same_face_twice_in_one_list_is_pointed_out_and_does_not_block(run: Run) -> None:
    tally, reports = run((_entry(1, "a.jpg"), _entry(2, "b.jpg")), {"a.jpg": b"40", "b.jpg": b"40"})
    (finding,) = reports[1].photos
    assert [alike.person_id for alike in finding.lookalikes] == ["P1"]
    assert reports[1].outcome is Outcome.ADDED
    assert reports[1].warned
    assert tally.warned >= 1


def test_the_same_again_looks_at_no_photo(run: Run, keeper: Keeper) -> None:
    entries, photos = [_entry(n, "a.jpg") for n in range(1, 4)], {"a.jpg": b"40"}
    run(entries, photos)
    tally, _ = run(entries, photos)
    assert tally.of(Outcome.UNCHANGED) == 3
    assert keeper.writes == [3]


def test_another_photo_or_another_name_is_written_again(run: Run, keeper: Keeper) -> None:
    run((_entry(1, "a.jpg"), _entry(2, "a.jpg")), {"a.jpg": b"40"})
    other = (_entry(1, "b.jpg"), _entry(2, "a.jpg", name="Li Na"))
    tally, _ = run(other, {"a.jpg": b"40", "b.jpg": b"60"})
    assert tally.of(Outcome.CHANGED) == 2
    assert keeper.people["P2"].name == "Li Na"


def test_somebody_taken_off_the_roster_comes_back_with_the_list(run: Run, keeper: Keeper) -> None:
    run((_entry(1, "a.jpg"),), {"a.jpg": b"40"})
    del keeper.people["P1"]
    tally, _ = run((_entry(1, "a.jpg"),), {"a.jpg": b"40"})
    assert tally.of(Outcome.ADDED) == 1


def test_who_cancels_keeps_what_was_done_and_goes_on_later(run: Run, keeper: Keeper) -> None:
    entries = [_entry(n, "a.jpg") for n in range(1, 3 * BATCH)]
    cancel = CancelToken()

    def stop_early(report: RowReport) -> None:
        if report.number == BATCH:
            cancel.cancel()

    with pytest.raises(Cancelled):
        run(entries, {"a.jpg": b"40"}, cancel=cancel, on_row=stop_early)
    assert len(keeper.people) == BATCH
    shoebox = Shoebox({"a.jpg": b"40"})
    tally, _ = run(entries, shoebox)
    assert tally.of(Outcome.UNCHANGED) == BATCH
    assert tally.of(Outcome.ADDED) == len(entries) - BATCH


def test_records_that_fail_stop_the_run_and_tell_no_row_as_done(run: Run, keeper: Keeper) -> None:
    keeper.fails_after = 1
    told: list[RowReport] = []
    entries = [_entry(n, "a.jpg") for n in range(1, 2 * BATCH + 1)]
    with pytest.raises(RecordsError):
        run(entries, {"a.jpg": b"40"}, on_row=told.append)
    assert len(told) == BATCH
    assert len(keeper.people) == BATCH


def test_a_digest_says_nothing_without_the_key(run: Run, keeper: Keeper) -> None:
    run((_entry(1, "a.jpg", name="Zhang Wei"),), {"a.jpg": b"40"})
    (digest,) = keeper.digests
    assert len(digest) == 64
    assert "Zhang" not in digest
