"""Rows as a table for a spreadsheet: CSV, or XLSX in ``workbook``.

A file appears under its name when it is whole, readable by its owner alone, or not at all. What
people wrote stays text: a cell that begins like a formula is never one.
"""

import codecs
import csv
import errno
import io
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.errors import ExportTrouble, Fault
from facecheck_gui.sheets.workbook import Cell, WorkbookWriter, begins_like_a_formula

T = TypeVar("T")

_STEP = 500
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its title, and what stands in it for a row. A time is shown in the zone it comes
    in."""

    title: str
    cell: Callable[[T], Cell]


def columns(
    title: Callable[[str], str], word: Callable[[Enum], str], zone: tzinfo = UTC
) -> tuple[Column[CheckIn], ...]:
    """The columns of an export of check-ins, times in ``zone``. ``title`` is asked with each
    column's key, ``word`` with a verdict, state, engine, transport or result of liveness."""
    cells: dict[str, Callable[[CheckIn], Cell]] = {
        "number": lambda row: row.number,
        "station": lambda row: row.station.name,
        "started": lambda row: row.intent.started_at.astimezone(zone),
        "operator": lambda row: row.intent.operator,
        "person_id": lambda row: row.intent.subject.person_id if row.intent.subject else "",
        "person": lambda row: row.intent.subject.name if row.intent.subject else "",
        "verdict": lambda row: word(row.outcome),
        "score": lambda row: row.ending.score if row.ending else None,
        "threshold": lambda row: row.intent.threshold.score,
        "engine": lambda row: word(row.intent.engine),
        "transport": lambda row: word(row.intent.transport),
        "liveness": lambda row: word(row.ending.liveness) if row.ending else "",
        "fault": lambda row: row.ending.fault if row.ending else "",
        "findings": lambda row: " ".join(row.ending.findings) if row.ending else "",
        "elapsed_ms": lambda row: row.ending.elapsed_ms if row.ending else None,
        "attempt_id": lambda row: row.intent.attempt_id,
    }
    return tuple(Column(title(key), cell) for key, cell in cells.items())


def export_csv(
    rows: Iterable[T],
    file: Path,
    table: Sequence[Column[T]],
    cancel: CancelToken,
    on_progress: Callable[[int], None],
) -> int:
    """Write UTF-8 that a spreadsheet knows as such; how many rows. ``on_progress`` is told how
    many are written, now and then.

    Raises ExportTrouble, Cancelled, and what ``rows`` raises.
    """
    with _whole_or_nothing(file) as stream:
        stream.write(codecs.BOM_UTF8)
        lines = io.StringIO(newline="")
        # Text stands in quotes, numbers do not: where ";" parts cells, text falls into none.
        writer = csv.writer(lines, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow([_in_csv(column.title) for column in table])
        count = 0
        for part in _parts(rows, table, cancel):
            writer.writerows([_in_csv(cell) for cell in row] for row in part)
            _pour(lines, stream)
            count += len(part)
            on_progress(count)
        _pour(lines, stream)
    return count


def export_xlsx(
    rows: Iterable[T],
    file: Path,
    table: Sequence[Column[T]],
    cancel: CancelToken,
    on_progress: Callable[[int], None],
    *,
    sheet: str = "FaceCheck",
) -> int:
    """Write a workbook, as many sheets as the rows need; how many rows. Else as ``export_csv``."""
    titles = [column.title for column in table]
    count = 0
    with _whole_or_nothing(file) as stream, WorkbookWriter(stream, sheet, titles) as writer:
        for part in _parts(rows, table, cancel):
            writer.write(part)
            count += len(part)
            on_progress(count)
    return count


def _parts(
    rows: Iterable[T], table: Sequence[Column[T]], cancel: CancelToken
) -> Iterator[list[list[Cell]]]:
    cells = [column.cell for column in table]
    part: list[list[Cell]] = []
    cancel.raise_if_cancelled()
    for row in rows:
        part.append([cell(row) for cell in cells])
        if len(part) == _STEP:
            yield part
            part = []
            cancel.raise_if_cancelled()
    if part:
        yield part
    cancel.raise_if_cancelled()


def _pour(lines: io.StringIO, stream: BinaryIO) -> None:
    stream.write(lines.getvalue().encode(errors="replace"))
    lines.seek(0)
    lines.truncate()


def _in_csv(cell: Cell) -> str | float:
    if isinstance(cell, str):
        return f"'{cell}" if begins_like_a_formula(cell) else cell
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    if cell is None or not math.isfinite(cell):
        return ""
    return cell


@contextmanager
def _whole_or_nothing(file: Path) -> Iterator[BinaryIO]:
    """A file beside ``file`` that takes its place at the end; removed if there is none."""
    try:
        handle, name = tempfile.mkstemp(prefix=".facecheck-", suffix=".part", dir=file.parent)
    except OSError as error:
        raise _told(error) from None
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        raise _told(error) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _told(error: OSError) -> ExportTrouble:
    """Without the name of the file: people's names may be in it."""
    if error.errno in _FULL:
        return ExportTrouble(Fault.EXPORT_FULL, detail=type(error).__name__)
    if error.errno in _FORBIDDEN:
        return ExportTrouble(Fault.EXPORT_FORBIDDEN, detail=type(error).__name__)
    return ExportTrouble(Fault.EXPORT_UNREACHABLE, detail=type(error).__name__)
