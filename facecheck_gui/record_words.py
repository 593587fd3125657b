"""What the records tell of themselves, in words: the same in the window and on the command line."""

from dataclasses import asdict
from datetime import tzinfo
from typing import TYPE_CHECKING

from facecheck_gui.bookkeeping.ledger import Lying
from facecheck_gui.domain.check_in import CheckIn, Ending
from facecheck_gui.domain.errors import FaceCheckError, Fault
from facecheck_gui.domain.plain_text import printable
from facecheck_gui.flows.roster_import import Outcome, PhotoFinding, RowReport, Tally
from facecheck_gui.i18n import Words
from facecheck_gui.messages import explain, finding_line, record_word
from facecheck_gui.sheets.export import Column, columns

if TYPE_CHECKING:
    from facecheck_gui.records.backup import Backup
    from facecheck_gui.records.retention import Gone
    from facecheck_gui.records.verification import ChainReport

_MOST_CHARS = 200
_FAULTS = {fault.word: fault for fault in Fault}


def lying_lines(lying: Lying, words: Words) -> tuple[str, ...]:
    """Where everything lies, and how much there is."""
    station = lying.station
    key = "records.key_in_file" if lying.key_file else "records.key_in_key_store"
    return (
        words.text("records.lie", where=lying.where),
        words.text("records.station", name=station.name, id=station.station_id),
        words.text(key, file=lying.key_file),
        words.text("records.people", people=f"{lying.people:,}", faces=f"{lying.faces:,}"),
    )


def report_text(report: "ChainReport", words: Words) -> str:
    """A chain's state in a sentence."""
    if report.broken is None:
        return words.text("audit.whole" if report.rows else "audit.none_yet", rows=report.rows)
    word = report.broken.tampering.value
    return words.text(f"audit.{word}", number=report.broken.number)


def purge_text(gone: "Gone", words: Words, *, dry_run: bool) -> str:
    """What went, or would go, in a sentence."""
    if not gone.anything:
        return words.text("purge.nothing")
    return words.text("purge.due" if dry_run else "purge.gone", **asdict(gone))


def backup_text(backup: "Backup", words: Words) -> str:
    """That a backup was made, and where."""
    megabytes = f"{backup.size_bytes / 1e6:.1f}"
    return words.text("backup.made", file=backup.file, megabytes=megabytes)


def row_lines(report: RowReport, words: Words) -> tuple[str, ...]:
    """Why a row of a list was refused, or what staff should look at; nothing for a good one."""
    if report.problem is not None:
        return (words.text(f"import.problem.{report.problem.value}", about=report.about),)
    return tuple(line for photo in report.photos for line in _photo_lines(photo, words))


def _photo_lines(photo: PhotoFinding, words: Words) -> list[str]:
    found: list[str] = []
    if photo.error is not None:
        found.append(explain(photo.error, words).sentence)
    if photo.faces > 1:
        found.append(words.text("roster.several_faces", faces=photo.faces))
    found += [
        words.text("roster_cli.lookalike", id=one.person_id, score=one.score)
        for one in photo.lookalikes
    ]
    found += [finding_line(reading, words) for reading in photo.poor]
    return [f"{photo.name}: {line}" for line in found]


def tally_text(tally: Tally, words: Words, *, dry_run: bool) -> str:
    """What became of a list, or would, in a sentence."""
    return words.text(
        "import.would" if dry_run else "import.done",
        added=tally.of(Outcome.ADDED),
        changed=tally.of(Outcome.CHANGED),
        unchanged=tally.of(Outcome.UNCHANGED),
        refused=tally.of(Outcome.REFUSED),
        warned=tally.warned,
    )


def report_columns(words: Words) -> tuple[Column[RowReport], ...]:
    """What became of each row of a list, as a table to be written into a file."""
    text = words.text
    return (
        Column(text("import.column.row"), lambda row: row.number),
        Column(text("roster.id"), lambda row: row.person_id),
        Column(text("roster.name"), lambda row: row.name),
        Column(text("import.column.outcome"), lambda row: outcome_word(row, words)),
        Column(text("import.column.findings"), lambda row: " / ".join(row_lines(row, words))),
    )


def outcome_word(report: RowReport, words: Words) -> str:
    """What became of a row in a word or two."""
    return words.text(f"import.outcome.{report.outcome.value}")


def history_trouble(error: FaceCheckError, words: Words) -> str:
    """Why nothing can be looked up, in a sentence; an error tells otherwise of a check."""
    key = f"history.trouble.{error.fault.word}"
    return words.text(key if words.has(key) else "history.trouble.other")


def cause_text(ending: Ending, words: Words) -> str:
    """Why nothing was compared, in a sentence; "" where something was. A word of another version
    of the program stays as it is written."""
    if not ending.fault:
        return ""
    fault = _FAULTS.get(ending.fault)
    if fault is None:
        return printable(ending.fault, _MOST_CHARS)
    return explain(FaceCheckError(fault), words).sentence


def history_columns(words: Words, zone: tzinfo) -> tuple[Column[CheckIn], ...]:
    """The history as a table to be written into a file, times in ``zone``."""
    return columns(
        lambda key: words.text(f"history.column.{key}"),
        lambda value: record_word(value, words),
        zone,
    )
