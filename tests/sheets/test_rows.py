"""Lists as spreadsheets write them, and as people break them."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from facecheck_gui.domain.errors import Fault, ImportTrouble
from facecheck_gui.sheets.rows import MOST_CELL_CHARS, read_rows

LIST = "编号,姓名\n00417,张伟\n"


def _file(folder: Path, data: bytes, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


@pytest.mark.parametrize(
    "data",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.encode("gb18030"),
        LIST.encode("utf-16"),
        LIST.replace(",", ";").encode(),
        LIST.replace(",", "\t").encode(),
        LIST.replace("\n", "\r\n").encode("gb18030"),
    ],
)
def test_every_way_a_spreadsheet_writes_a_list_is_read(tmp_path: Path, data: bytes) -> None:
    assert read_rows(_file(tmp_path, data)) == (("编号", "姓名"), ("00417", "张伟"))


def test_a_cell_may_hold_what_parts_cells(tmp_path: Path) -> None:
    data = b'id,name\r\n1,"Li, ""Big"" Na"\r\n\r\n2,"two\nlines"\r\n'
    assert read_rows(_file(tmp_path, data)) == (
        ("id", "name"),
        ("1", 'Li, "Big" Na'),
        (),
        ("2", "twolines"),
    )


def test_a_workbook_gives_what_people_see_in_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "name", "valid from", "until"])
    begins = datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - a workbook knows no zones
    sheet.append([417, "张伟", begins, date(2026, 12, 31)])
    sheet.append([None, None, 1.5, True])
    book.save(tmp_path / "list.xlsx")
    assert read_rows(tmp_path / "list.xlsx") == (
        ("id", "name", "valid from", "until"),
        ("417", "张伟", "2026-03-01", "2026-12-31"),
        ("", "", "1.5", "True"),
    )


def test_what_is_hidden_in_a_cell_is_not_taken_along(tmp_path: Path) -> None:
    rows = read_rows(_file(tmp_path, "id,name\n1,a\u202eb\x07c\n".encode()))
    assert rows[1] == ("1", "abc")
    long = read_rows(_file(tmp_path, b"id,name\n1," + b"x" * 5000))
    assert len(long[1][1]) == MOST_CELL_CHARS


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03\xff\xff",
        b"PK\x03\x04 and nothing like an archive",
        b'id,name\n1,"' + b"x" * 200_000,
    ],
)
def test_what_is_no_list_is_refused_by_its_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ImportTrouble) as caught:
        read_rows(_file(tmp_path, data))
    assert caught.value.fault is Fault.SHEET_UNREADABLE
    assert "x" * 50 not in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportTrouble) as caught:
        read_rows(tmp_path / "none.csv")
    assert caught.value.fault is Fault.SHEET_UNREADABLE


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(520):
            member.write(bytes(1024**2))
    assert bomb.stat().st_size < 1024**2
    with pytest.raises(ImportTrouble) as caught:
        read_rows(bomb)
    assert caught.value.fault is Fault.SHEET_TOO_LARGE


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(ImportTrouble) as caught:
        read_rows(tmp_path / "x.xlsx")
    assert caught.value.fault is Fault.SHEET_UNREADABLE
