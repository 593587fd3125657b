"""Exports: whole or not there at all, text that stays text, numbers that stay numbers."""

import csv
import errno
import io
import stat
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.errors import Cancelled, ExportTrouble, Fault, RecordsError
from facecheck_gui.sheets.export import Column, columns, export_csv, export_xlsx
from facecheck_gui.sheets.workbook import Cell, WorkbookWriter
from tests.records import book

Export = Callable[..., int]
BOTH = pytest.mark.parametrize("export", [export_csv, export_xlsx])

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    " =1+1",
    '=HYPERLINK("http://a/","b")',
    "＝1+1",
    "-2+3+cmd|' /C calc'!A0",
)
PLAIN = ("张三", "O'Neil", 'said "no"', "a;=1+1", "two\nlines", "a=b", "00123", "<b>&amp;</b>", "")


def _check_in(number: int, name: str = "Li") -> CheckIn:
    intent = book.intent(number, subject=Subject(f"P{number}", name))
    return CheckIn(number, book.STATION, intent, book.ending(number))


def _check_ins(count: int) -> Iterator[CheckIn]:
    return (_check_in(number) for number in range(1, count + 1))


def _word(member: Enum) -> str:
    return f"<{member.value}>"


def _name(row: CheckIn) -> str:
    return row.intent.subject.name if row.intent.subject else ""


NAMES = (Column("Name", _name),)
ALL = columns(str.upper, _word)


def _export(export: Export, rows: Iterator[CheckIn], file: Path, table: tuple[Column, ...]) -> int:
    return export(rows, file, table, CancelToken(), lambda _: None)


def _read_csv(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def _read_xlsx(file: Path) -> list[list[list[object]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = openpyxl.load_workbook(file)
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in found]


def _written(titles: list[str], rows: list[list[Cell]], **how: int) -> io.BytesIO:
    stream = io.BytesIO()
    with WorkbookWriter(stream, "Sheet", titles, **how) as writer:
        writer.write(rows)
    return stream


def test_a_spreadsheet_knows_that_the_csv_is_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    assert _export(export_csv, iter([_check_in(1, "张三")]), file, NAMES) == 1
    assert file.read_bytes() == b"\xef\xbb\xbf" + '"Name"\r\n"张三"\r\n'.encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_is_text_in_csv(tmp_path: Path, text: str) -> None:
    file = tmp_path / "out.csv"
    _export(export_csv, iter([_check_in(1, text)]), file, NAMES)
    assert _read_csv(file)[1] == [f"'{text}"]


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_is_left_as_it_is_in_csv(tmp_path: Path, text: str) -> None:
    file = tmp_path / "out.csv"
    _export(export_csv, iter([_check_in(1, text)]), file, NAMES)
    assert _read_csv(file)[1] == [text]


def test_text_of_csv_stands_in_quotes_so_that_no_other_comma_parts_it(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    _export(export_csv, iter([_check_in(1, "a;=1+1")]), file, NAMES)
    assert b'"a;=1+1"' in file.read_bytes()


def test_numbers_stay_numbers_also_below_nought(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    values: tuple[Cell, ...] = (-1.5, 0, 91.37, None, float("nan"), float("-inf"))
    table = tuple(Column("n", lambda _, value=value: value) for value in values)
    _export(export_csv, _check_ins(1), file, table)
    assert file.read_text("utf-8-sig").splitlines()[1] == '-1.5,0,91.37,"","",""'
    _export(export_xlsx, _check_ins(1), file, table)
    assert _read_xlsx(file)[0][1][:3] == [-1.5, 0, 91.37]
    assert _read_xlsx(file)[0][1][3:] == [None, None, None]


@pytest.mark.parametrize("text", [*FORMULAS, *PLAIN[:-1], "http://a/b", "mailto:a@b", "1234"])
def test_text_of_a_workbook_is_text_and_nothing_else(tmp_path: Path, text: str) -> None:
    file = tmp_path / "out.xlsx"
    _export(export_xlsx, iter([_check_in(1, text)]), file, NAMES)
    cell = openpyxl.load_workbook(file).worksheets[0]["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert str(cell.value).replace("_x000D_", "\r") == text
    assert cell.hyperlink is None
    with ZipFile(file) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_text_that_xml_cannot_hold_is_escaped() -> None:
    rows: list[list[Cell]] = [["a\x00b\x1f"], ["_x0041_"], ["x" * 40_000], ["\ud800"], [" a "]]
    with ZipFile(_written(["T"], rows)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "a_x0000_b_x001F_" in sheet
    assert "_x005F_x0041_" in sheet
    assert "x" * 32_767 in sheet
    assert "x" * 32_768 not in sheet
    assert "<t>\ufffd</t>" in sheet
    assert '<t xml:space="preserve"> a </t>' in sheet


def test_a_time_is_a_time_in_its_zone(tmp_path: Path) -> None:
    zone = timezone(timedelta(hours=8))
    row = _check_in(1)
    shown = datetime(2026, 3, 1, 16, 0, 10)  # noqa: DTZ001 - as a spreadsheet shows it
    table = columns(str, _word, zone)
    _export(export_xlsx, iter([row]), tmp_path / "out.xlsx", table)
    _export(export_csv, iter([row]), tmp_path / "out.csv", table)
    assert shown in _read_xlsx(tmp_path / "out.xlsx")[0][1]
    assert "2026-03-01 16:00:10" in _read_csv(tmp_path / "out.csv")[1]


def test_all_columns_hold_what_the_check_in_says(tmp_path: Path) -> None:
    left_open = replace(_check_in(2), ending=None)
    file = tmp_path / "out.csv"
    _export(export_csv, iter([_check_in(1), left_open]), file, ALL)
    titles, ended, begun = _read_csv(file)
    row = dict(zip(titles, ended, strict=True))
    assert row["VERDICT"] == "<match>"
    assert row["SCORE"] == "91.37"
    assert row["FINDINGS"] == "several_faces:reference"
    assert (row["PERSON_ID"], row["PERSON"], row["STATION"]) == ("P1", "Li", "Front desk")
    row = dict(zip(titles, begun, strict=True))
    assert (row["VERDICT"], row["SCORE"], row["LIVENESS"]) == ("<open>", "", "")


def test_rows_that_do_not_fit_go_on_in_another_sheet() -> None:
    stream = _written(["A", "B"], [[n, f"x{n}"] for n in range(7)], most_rows=4)
    workbook = openpyxl.load_workbook(stream)
    assert workbook.sheetnames == ["Sheet", "Sheet 2", "Sheet 3"]
    values = [[list(row) for row in sheet.values] for sheet in workbook]
    assert values[0] == [["A", "B"], [0, "x0"], [1, "x1"], [2, "x2"]]
    assert values[2] == [["A", "B"], [6, "x6"]]


def test_a_workbook_of_no_rows_has_its_titles(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    assert _export(export_xlsx, _check_ins(0), file, ALL) == 0
    assert _read_xlsx(file) == [[[column.title for column in ALL]]]


@pytest.mark.parametrize(
    ("asked", "named"),
    [("History", "History_"), ("a[b]:c/d", "a b  c d"), ("", "_"), ("x" * 40, "x" * 31)],
)
def test_a_sheet_is_never_called_what_excel_refuses(asked: str, named: str) -> None:
    stream = io.BytesIO()
    with WorkbookWriter(stream, asked, ["T"]):
        pass
    assert openpyxl.load_workbook(stream).sheetnames == [named]


def test_columns_beyond_z_are_named_on() -> None:
    titles = [f"t{index}" for index in range(60)]
    sheet = openpyxl.load_workbook(_written(titles, [])).worksheets[0]
    assert (sheet["AA1"].value, sheet["BH1"].value) == ("t26", "t59")


@BOTH
def test_progress_is_told_and_ends_at_all_of_them(tmp_path: Path, export: Export) -> None:
    told: list[int] = []
    rows = _check_ins(1234)
    assert export(rows, tmp_path / "out", ALL, CancelToken(), told.append) == 1234
    assert told == sorted(told)
    assert told[-1] == 1234
    assert len(told) >= 3


@BOTH
def test_a_file_is_for_its_owner_alone(tmp_path: Path, export: Export) -> None:
    file = tmp_path / "out"
    _export(export, _check_ins(3), file, ALL)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@BOTH
def test_cancelling_leaves_nothing_and_the_old_file(tmp_path: Path, export: Export) -> None:
    file = tmp_path / "out"
    file.write_text("old")
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        export(_check_ins(10_000), file, ALL, cancel, lambda _: cancel.cancel())
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@BOTH
def test_rows_that_cannot_be_read_leave_nothing(tmp_path: Path, export: Export) -> None:
    def broken() -> Iterator[CheckIn]:
        yield from _check_ins(700)
        raise RecordsError(Fault.RECORDS_LOCKED)

    with pytest.raises(RecordsError) as caught:
        _export(export, broken(), tmp_path / "out", ALL)
    assert caught.value.fault is Fault.RECORDS_LOCKED
    assert list(tmp_path.iterdir()) == []


@BOTH
@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, Fault.EXPORT_FULL),
        (errno.EIO, Fault.EXPORT_FULL),
        (errno.EACCES, Fault.EXPORT_FORBIDDEN),
        (errno.ENODEV, Fault.EXPORT_UNREACHABLE),
    ],
)
def test_a_disk_that_fails_is_told_without_the_name_of_the_file(
    tmp_path: Path, export: Export, number: int, fault: Fault
) -> None:
    def failing() -> Iterator[CheckIn]:
        yield from _check_ins(600)
        raise OSError(number, "no", "CANARY")

    with pytest.raises(ExportTrouble) as caught:
        _export(export, failing(), tmp_path / "out", ALL)
    assert caught.value.fault is fault
    assert caught.value.__suppress_context__
    assert "CANARY" not in f"{caught.value!r} {caught.value.detail}"
    assert list(tmp_path.iterdir()) == []


@BOTH
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, export: Export) -> None:
    with pytest.raises(ExportTrouble) as caught:
        _export(export, _check_ins(1), tmp_path / "nowhere" / "out", ALL)
    assert caught.value.fault is Fault.EXPORT_UNREACHABLE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_workbook_on_a_full_disk_ends_without_a_stray_error() -> None:
    def write() -> None:
        full = Path("/dev/full").open("wb")  # noqa: SIM115 - closing it fails as well
        try:
            with WorkbookWriter(full, "Sheet", ["T"]) as writer:
                writer.write([[str(number)] for number in range(200_000)])
        finally:
            with suppress(OSError):
                full.close()

    with pytest.raises(OSError, match="space"):
        write()


def test_times_of_summer_and_winter_are_as_their_zone_says() -> None:
    stream = _written(["T"], [[datetime(2026, 3, 1, 8, 30, tzinfo=UTC)]])
    sheet = openpyxl.load_workbook(stream).worksheets[0]
    assert sheet["A2"].is_date
    assert sheet["A2"].value == datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - as it is shown
