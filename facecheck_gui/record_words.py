"""What the records tell of themselves, in words: the same in the window and on the command line."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from facecheck_gui.bookkeeping import Lying
from facecheck_gui.i18n import Words

if TYPE_CHECKING:
    from facecheck_gui.records.retention import Gone
    from facecheck_gui.records.verification import ChainReport


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
