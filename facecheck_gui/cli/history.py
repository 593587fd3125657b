"""``facecheck history``: what was checked, newest first, or all of it into a file."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facecheck_gui import messages
from facecheck_gui.bookkeeping.ledger import utc_now
from facecheck_gui.cli.records import AsJson, opened_books
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import CheckIn
from facecheck_gui.domain.comparison import EngineName, Verdict
from facecheck_gui.domain.local_days import LocalDays
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import cause_text, history_columns
from facecheck_gui.sheets.export import export_csv, export_xlsx

if TYPE_CHECKING:
    from facecheck_gui.records.history import HistoryFilter

_HERE = LocalDays(utc_now)
_MOST_CHARS = 60
_KINDS = (".csv", ".xlsx")


def history(
    *,
    person: Annotated[str | None, typer.Option(help="Only this person's id.")] = None,
    verdict: Annotated[Verdict | None, typer.Option(help="Only this verdict.")] = None,
    engine: Annotated[EngineName | None, typer.Option(help="Only this engine.")] = None,
    day: Annotated[str | None, typer.Option(help="Only this day, such as 2026-03-01.")] = None,
    text: Annotated[str, typer.Option(help="Name, id, pinyin or initials of a person.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many rows.")] = 20,
    export: Annotated[
        Path | None, typer.Option(help="Write all rows into this .csv or .xlsx file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was checked, the newest first."""
    from facecheck_gui.records.history import HistoryFilter

    if export is not None and export.suffix.lower() not in _KINDS:
        raise typer.BadParameter("the file ends with .csv or .xlsx")
    since, until = _span(day)
    wanted = HistoryFilter(person, verdict, engine, since, until, text)
    words = spoken_words()
    with opened_books(words) as (books, _):
        rows = books.history.all(wanted)
        if export is not None:
            typer.echo(_exported(rows, export, words))
        elif as_json:
            typer.echo(json.dumps([as_values(row) for row in islice(rows, limit)], indent=2))
        else:
            shown = [_line(row, words) for row in islice(rows, limit)]
            typer.echo("\n".join(shown) or words.text(_nothing(wanted)))


def _nothing(wanted: "HistoryFilter") -> str:
    """Nothing at all is there, or nothing that fits."""
    from facecheck_gui.records.history import HistoryFilter

    return "history.empty" if wanted == HistoryFilter() else "history.none_fits"


def _span(day: str | None) -> tuple[datetime | None, datetime | None]:
    """From local midnight to the next."""
    if day is None:
        return None, None
    try:
        return _HERE.day(date.fromisoformat(day))
    except (ValueError, OverflowError):  # the calendar ends at both ends
        raise typer.BadParameter("there is no such day; write one such as 2026-03-01") from None


def _exported(rows: Iterator[CheckIn], file: Path, words: Words) -> str:
    table = history_columns(words, _HERE.zone)
    write: Callable[..., int] = export_xlsx if file.suffix.lower() == ".xlsx" else export_csv
    count = write(rows, file, table, CancelToken(), lambda _: None)
    return words.text("history.export.done", count=count, file=file.name)


def _line(row: CheckIn, words: Words) -> str:
    """One row for a terminal."""
    ending, subject = row.ending, row.intent.subject
    word = messages.record_word(row.outcome, words)
    score = f"{ending.score:.2f}" if ending is not None and ending.score is not None else "-"
    who = f"{subject.name} ({subject.person_id})" if subject is not None else "-"
    began = _HERE.local(row.intent.started_at)
    engine = messages.record_word(row.intent.engine, words)
    cause = cause_text(ending, words) if ending is not None else ""
    parts = (f"{began:%Y-%m-%d %H:%M:%S}", word, score, printable(who, _MOST_CHARS), engine, cause)
    return "  ".join(part for part in parts if part)


def as_values(row: CheckIn) -> dict[str, object]:
    """One row for programs; keys are stable, times are UTC."""
    intent, ending = row.intent, row.ending
    return {
        "attempt_id": intent.attempt_id,
        "number": row.number,
        "station": row.station.name,
        "station_id": row.station.station_id,
        "state": row.state.value,
        "started_at": intent.started_at.isoformat(),
        "operator": intent.operator,
        "person_id": intent.subject.person_id if intent.subject is not None else None,
        "person_name": intent.subject.name if intent.subject is not None else None,
        "engine": intent.engine.value,
        "transport": intent.transport.value,
        "threshold": intent.threshold.score,
        "verdict": _value(ending.verdict) if ending is not None else None,
        "score": ending.score if ending is not None else None,
        "liveness": _value(ending.liveness) if ending is not None else None,
        "fault": ending.fault if ending is not None else None,
        "findings": list(ending.findings) if ending is not None else [],
        "elapsed_ms": ending.elapsed_ms if ending is not None else None,
    }


def _value(word: Enum) -> str:
    return str(word.value)
