"""A workbook of Office Open XML (ECMA-376), written as it comes: text, numbers and times, no more.

Nothing is kept in memory and nothing beside the file. XlsxWriter writes a million rows in 98 s by
way of temporary files, this in a tenth of it: it knows few kinds of cell.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from types import TracebackType
from typing import IO, BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | int | float | datetime | None

# What a spreadsheet may hold: rows of a sheet, characters of a cell, characters of a sheet's name.
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767
_MOST_NAME = 31
# Longer text is not likely to come again.
_MOST_KEPT = 64
_FIRST_SURROGATE = 0xD800
# Beyond 2 GB an entry of the archive needs an extension that not every reader knows.
_MOST_BYTES = 1_900_000_000
# Whole numbers beyond are told from each other no more.
_MOST_NUMBER = 2**53
_ORDINARY, _TIME, _TITLE, _QUOTED = range(4)
_DAY_NOUGHT = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's times know no zone
_DAY = timedelta(days=1)

# XML cannot hold these, nor text that is read as their escape.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_UNFIT_FOR_A_NAME = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
# Also as a Chinese keyboard writes them.
_STARTS = frozenset("=+-@\t\r\n＝＋－＠")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_SHEET_START = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="64" width="18" customWidth="1"/></cols><sheetData>'
)


def begins_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for one, leading blanks or not."""
    return text[:1] in _STARTS or text.lstrip()[:1] in _STARTS if text else False


def _rest(cell: Cell) -> str:
    """A cell from behind its place to before its end."""
    if isinstance(cell, str):
        return _text(cell) if len(cell) <= _MOST_KEPT else _text.__wrapped__(cell)
    if isinstance(cell, datetime):
        return f' s="{_TIME}"><v>{(cell.replace(tzinfo=None) - _DAY_NOUGHT) / _DAY!r}</v>'
    if cell is None or not math.isfinite(cell):
        return ">"
    if abs(cell) >= _MOST_NUMBER:
        return _text(str(cell))
    return f"><v>{cell:d}</v>" if isinstance(cell, int) else f"><v>{cell!r}</v>"


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    """As ``_rest``. Most of a history's cells are the same few words."""
    # In quotes it stays text also when somebody edits it.
    return _inline(text, _QUOTED if begins_like_a_formula(text) else _ORDINARY)


def _inline(text: str, style: int) -> str:
    shown = escape(_ODD.sub(_escaped, text[:_MOST_CHARACTERS]))
    space = ' xml:space="preserve"' if shown != shown.strip() else ""
    return f' s="{style}" t="inlineStr"><is><t{space}>{shown}</t></is>'


def _title(cell: Cell) -> str:
    return _inline(str(cell), _TITLE)


def _escaped(odd: re.Match[str]) -> str:
    code = ord(odd.group())
    return f"_x{code:04X}_" if code < _FIRST_SURROGATE else "\ufffd"


class WorkbookWriter:
    """Rows into sheets, each with the titles on top; another sheet where one is full.

    Made for a ``with`` block, at whose end the workbook is whole; what ends it early leaves a file
    that is none. Raises OSError. ``most_rows`` of a sheet, the titles among them.
    """

    def __init__(
        self, stream: BinaryIO, name: str, titles: Sequence[str], *, most_rows: int = _MOST_ROWS
    ) -> None:
        self._archive = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1)
        self._name = _fit_for_a_sheet(name)
        self._titles = titles
        self._letters = [_letters(index) for index in range(len(titles))]
        self._most_rows = most_rows
        self._sheet: IO[bytes] | None = None
        self._sheets = self._rows = self._bytes = 0

    def __enter__(self) -> "WorkbookWriter":
        self._begin_sheet()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._end_sheet()
            self._write_parts()
            self._archive.close()
            return
        # Only so that nothing is left open: what comes of it is thrown away.
        for part in (self._sheet, self._archive):
            with suppress(OSError, ValueError):
                if part is not None:
                    part.close()

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Add rows, each as long as the titles."""
        lines: list[str] = []
        for row in rows:
            if self._rows == self._most_rows or self._bytes > _MOST_BYTES:
                self._put("".join(lines))
                lines.clear()
                self._end_sheet()
                self._begin_sheet()
            lines.append(self._line(row))
        self._put("".join(lines))

    def _line(self, row: Sequence[Cell], rest: Callable[[Cell], str] = _rest) -> str:
        self._rows += 1
        number = self._rows
        cells = [
            f'<c r="{letter}{number}"{rest(cell)}</c>'
            for letter, cell in zip(self._letters, row, strict=True)
            if cell is not None and cell != ""
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _begin_sheet(self) -> None:
        self._sheets += 1
        self._rows = self._bytes = 0
        self._sheet = self._archive.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        self._put(_SHEET_START)
        self._put(self._line(self._titles, _title))

    def _end_sheet(self) -> None:
        self._put("</sheetData></worksheet>")
        if self._sheet is not None:
            self._sheet.close()

    def _put(self, text: str) -> None:
        encoded = text.encode()
        self._bytes += len(encoded)
        if self._sheet is not None:
            self._sheet.write(encoded)

    def _write_parts(self) -> None:
        numbers = range(1, self._sheets + 1)
        for name, content in (
            ("[Content_Types].xml", _content_types(numbers)),
            ("_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])),
            ("xl/workbook.xml", _workbook([(n, self._sheet_name(n)) for n in numbers])),
            (
                "xl/_rels/workbook.xml.rels",
                _links(
                    [
                        *(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                        ("styles", "styles.xml"),
                    ]
                ),
            ),
            ("xl/styles.xml", _STYLES),
        ):
            self._archive.writestr(name, _HEAD + content)

    def _sheet_name(self, number: int) -> str:
        end = f" {number}" if number > 1 else ""
        return self._name[: _MOST_NAME - len(end)] + end


def _letters(index: int) -> str:
    """A column's name: A to Z, AA and so on."""
    more, last = divmod(index, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _fit_for_a_sheet(name: str) -> str:
    fit = _UNFIT_FOR_A_NAME.sub(" ", name)[:_MOST_NAME].strip(" '")
    # Excel keeps one name to itself.
    return f"{fit}_" if fit.casefold() in {"history", ""} else fit


def _content_types(sheets: Iterable[int]) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in sheets]
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _links(targets: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_LINKS}">{links}</Relationships>'


def _workbook(sheets: Iterable[tuple[int, str]]) -> str:
    named = "".join(
        f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in sheets
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets>{named}</sheets></workbook>'
