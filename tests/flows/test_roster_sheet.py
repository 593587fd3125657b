"""Which column means what, who each row is, and whose photos those are."""

from datetime import date

import pytest

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, ImportTrouble
from facecheck_gui.flows.roster_sheet import Entry, Problem, entries_of_photos, read_entries

HEAD = ("ID", "Name", "Photos")


def _one(*row: str, head: tuple[str, ...] = HEAD, photos: tuple[str, ...] = ()) -> Entry:
    (entry,) = read_entries((head, row), photos)
    return entry


@pytest.mark.parametrize(
    "head",
    [
        ("id", "name", "department", "remarks", "valid from", "Valid_Until"),
        ("工号", "姓名", "部门", "备注", "有效期起", "有效期止"),
        (" 编号 ", "姓 名", "班级", "说明", "生效日期", "截止日期"),
    ],
)
def test_columns_are_known_by_many_names(head: tuple[str, ...]) -> None:
    entry = _one("00417", "张伟", "Gate 3", "night", "2026-03-01", "2026年12月31日", head=head)
    assert entry.person == Person(
        "00417", "张伟", "Gate 3", "night", date(2026, 3, 1), date(2026, 12, 31)
    )
    assert entry.problem is None


def test_columns_may_come_in_any_order_with_others_between() -> None:
    rows = (("Salary", "Name", "", "ID"), ("1", "Li Na", "", "7"), (), ("2", "Wu", "", "8"))
    entries = read_entries(rows, ())
    assert [(e.number, e.person.person_id, e.person.name) for e in entries] == [
        (2, "7", "Li Na"),
        (4, "8", "Wu"),
    ]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((), Fault.SHEET_EMPTY),
        (((), ("", "")), Fault.SHEET_EMPTY),
        ((HEAD,), Fault.SHEET_EMPTY),
        ((("Name", "Age"), ("Li", "3")), Fault.SHEET_COLUMNS),
        ((("00417", "Zhang Wei"),), Fault.SHEET_COLUMNS),
    ],
)
def test_a_list_of_nobody_is_refused(rows: tuple[tuple[str, ...], ...], fault: Fault) -> None:
    with pytest.raises(ImportTrouble) as caught:
        read_entries(rows, ())
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("row", "problem", "about"),
    [
        (("", "Li Na"), Problem.ID_MISSING, ""),
        (("1" * 65, "Li Na"), Problem.ID_TOO_LONG, ""),
        (("7",), Problem.NAME_MISSING, ""),
        (("7", "Li", "nobody.jpg"), Problem.PHOTO_NOT_THERE, "nobody.jpg"),
        (("7", "Li", "a/1.jpg;b.jpg"), Problem.PHOTO_NOT_THERE, "b.jpg"),
        (("7", "Li", "1.jpg"), Problem.PHOTO_NOT_THERE, "1.jpg"),  # two are called so
    ],
)
def test_a_poor_row_names_what_is_wrong(row: tuple[str, ...], problem: Problem, about: str) -> None:
    entry = _one(*row, photos=("a/1.jpg", "c/1.jpg"))
    assert (entry.problem, entry.about) == (problem, about)


def test_days_that_are_none_and_days_that_cross_are_told() -> None:
    head = ("id", "name", "valid from", "valid until")
    assert _one("1", "A", "soon", "", head=head).problem is Problem.DAY_UNREADABLE
    assert _one("1", "A", "2026-02-30", "", head=head).about == "2026-02-30"
    assert _one("1", "A", "2026-03-02", "2026-03-01", head=head).problem is Problem.DAYS_CROSSED
    assert _one("1", "A", "2026/3/1", "2026.3.1", head=head).problem is None


def test_of_rows_with_one_id_the_first_counts() -> None:
    first, second, third = read_entries((HEAD, ("7", "Li"), ("8", "Wu"), ("7", "Li Na")), ())
    assert (first.problem, second.problem) == (None, None)
    assert (third.problem, third.about) == (Problem.ID_TWICE, "2")


def test_photos_are_found_by_the_id_when_no_column_names_them() -> None:
    photos = ("00417.jpg", "00417_2.PNG", "00417 (3).jpg", "a/00418.jpg", "00419/x.jpg", "x.jpg")
    rows = (("id", "name"), ("00417", "A"), ("00418", "B"), ("00419", "C"), ("00420", "D"))
    found = [entry.photos for entry in read_entries(rows, photos)]
    assert found == [
        ("00417.jpg", "00417_2.PNG", "00417 (3).jpg"),
        ("a/00418.jpg",),
        ("00419/x.jpg",),
        (),
    ]


def test_nobody_is_given_somebody_elses_photo_because_of_a_number() -> None:
    rows = (("id", "name"), ("10", "A"), ("101", "B"), ("10-1", "C"))
    found = [e.photos for e in read_entries(rows, ("10.jpg", "101.jpg", "10-1.jpg", "10_2.jpg"))]
    assert found == [("10.jpg", "10_2.jpg"), ("101.jpg",), ("10-1.jpg",)]


def test_more_than_five_photos_are_too_many() -> None:
    photos = tuple(f"7/{number}.jpg" for number in range(6))
    assert _one("7", "Li", photos=photos).problem is Problem.PHOTOS_TOO_MANY


def test_a_folder_of_photos_alone_names_its_people() -> None:
    entries = entries_of_photos(
        ("00417 Zhang Wei.jpg", "00418_李娜.png", "00418_李娜_2.png", "00419_2.jpg", "王芳.jpg")
    )
    assert [(e.person.person_id, e.person.name, len(e.photos)) for e in entries] == [
        ("00417", "Zhang Wei", 1),
        ("00418", "李娜", 2),
        ("00419", "00419", 1),
        ("王芳", "王芳", 1),
    ]
    with pytest.raises(ImportTrouble):
        entries_of_photos(())
