"""A CSV or XLSX file as rows of plain text."""

import csv
import io
import zipfile
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from facecheck_gui.domain.errors import Fault, ImportTrouble
from facecheck_gui.domain.plain_text import printable

MOST_ROWS, MOST_COLUMNS, MOST_CELL_CHARS = 200_000, 64, 2000
MOST_FILE_BYTES, MOST_UNPACKED_BYTES = 64 * 1024**2, 512 * 1024**2
_XLSX_BEGINS = b"PK\x03\x04"
# As Excel writes them in the West and in China. UTF-16 has a mark, and so cannot be mistaken.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = ("utf-8", "gb18030")
_DELIMITERS = ",;\t"

Row = tuple[str, ...]


def read_rows(file: Path) -> tuple[Row, ...]:
    """All rows, the empty ones too, so that a row's number is the one that a spreadsheet shows.

    Raises ImportTrouble: SHEET_UNREADABLE, SHEET_TOO_LARGE.
    """
    try:
        size = file.stat().st_size
        if size > MOST_FILE_BYTES:
            raise ImportTrouble(Fault.SHEET_TOO_LARGE, detail=f"{size} bytes")
        data = file.read_bytes()
    except OSError as error:
        raise ImportTrouble(Fault.SHEET_UNREADABLE, detail=type(error).__name__) from None
    return _workbook(data) if data.startswith(_XLSX_BEGINS) else _text(data)


def _text(data: bytes) -> tuple[Row, ...]:
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return tuple(_capped(number, cells) for number, cells in enumerate(reader))
    except csv.Error as error:
        raise ImportTrouble(Fault.SHEET_UNREADABLE, detail=type(error).__name__) from None


def _decoded(data: bytes) -> str:
    marked = (encoding for mark, encoding in _MARKS if data.startswith(mark))
    for encoding in (*marked, *_ENCODINGS):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ImportTrouble(Fault.SHEET_UNREADABLE, detail="neither UTF-8 nor GB18030")


def _workbook(data: bytes) -> tuple[Row, ...]:
    """The first sheet's values; formulas count as what they came to last."""
    # Takes a quarter of a second to load: for those who bring a workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise ImportTrouble(Fault.SHEET_TOO_LARGE, detail=f"{unpacked} bytes unpacked")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            found = enumerate(sheet.iter_rows(values_only=True))
            return tuple(_capped(number, map(_cell, cells)) for number, cells in found)
        finally:
            book.close()
    except (
        InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError,
        SyntaxError, TypeError, AttributeError, EOFError, NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip  # whatever the parser stumbles over, the file is at fault
        raise ImportTrouble(Fault.SHEET_UNREADABLE, detail=type(error).__name__) from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # an id that a spreadsheet took for a number
    return str(value)


def _capped(number: int, cells: Any) -> Row:
    if number >= MOST_ROWS:
        raise ImportTrouble(Fault.SHEET_TOO_LARGE, detail=f"more than {MOST_ROWS} rows")
    some = islice(cells, MOST_COLUMNS)
    return tuple(printable(cell[:MOST_CELL_CHARS], MOST_CELL_CHARS) for cell in some)
