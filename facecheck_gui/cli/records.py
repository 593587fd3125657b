"""``facecheck audit``, ``facecheck purge``: the records without a window."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from facecheck_gui import messages
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.upkeep import keeping
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.errors import FaceCheckError
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import purge_text, report_text
from facecheck_gui.settings.places import places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore
from facecheck_gui.wiring import Wiring

if TYPE_CHECKING:
    from facecheck_gui.records.ledger import Books
    from facecheck_gui.records.verification import ChainReport

TAMPERED, TROUBLE = 1, 3

audit = typer.Typer(help="The book of all attempts.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


@contextmanager
def opened_ledger(
    words: Words, wiring: Wiring | None = None
) -> Iterator[tuple[LateLedger, Settings]]:
    """The records and the settings; what goes wrong is told and ends the command with 3."""
    settings = SettingsStore(places().settings_file).peek().settings
    wiring = wiring or Wiring(places(), SecretStore().load)
    try:
        yield wiring.ledger(settings), settings
    except FaceCheckError as error:
        raise typer.Exit(told(error, words)) from None
    finally:
        wiring.close()


@contextmanager
def opened_books(words: Words) -> Iterator[tuple["Books", Settings]]:
    """The same, with the records open."""
    with opened_ledger(words) as (ledger, settings):
        yield ledger.books(), settings


def told(error: FaceCheckError, words: Words) -> int:
    """Say what went wrong and what to do; the exit code."""
    explanation = messages.explain(error, words)
    typer.echo(explanation.sentence, err=True)
    typer.echo(f"  {explanation.staff}", err=True)
    return TROUBLE


@audit.command("verify")
def verify_audit(*, as_json: AsJson = False) -> None:
    """Say whether the audit is as it was written, and else which row was touched first.

    Exit codes: 0 as written, 1 touched, 3 the records cannot be read.
    """
    from facecheck_gui.records.verification import stations, verify

    words = spoken_words()
    with opened_books(words) as (books, _):
        mine = verify(books.database, books.station.station_id, books.key)
        others = [s for s in stations(books.database) if s != books.station.station_id]
    if as_json:
        typer.echo(json.dumps(_as_json(mine, others), indent=2))
    else:
        typer.echo(report_text(mine, words))
        for station_id in others:
            typer.echo(words.text("audit.other_station", station=station_id))
    raise typer.Exit(0 if mine.broken is None else TAMPERED)


def _as_json(report: "ChainReport", others: list[str]) -> dict[str, object]:
    broken = report.broken
    return {
        "station": report.station_id,
        "rows": report.rows,
        "as_written": broken is None,
        "tampering": broken.tampering.value if broken is not None else None,
        "number": broken.number if broken is not None else None,
        "not_verified_here": others,
    }


def purge(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    confirm_clock: Annotated[
        bool, typer.Option("--confirm-clock", help="The clock has jumped, and is right.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take away what has been kept for as long as the settings say."""
    words = spoken_words()
    with opened_books(words) as (books, settings):
        keep = keeping(settings.records)
        if dry_run:
            gone = books.retention.due(keep)
        else:
            gone = books.retention.purge(keep, clock_confirmed=confirm_clock)
    if as_json:
        typer.echo(json.dumps({"dry_run": dry_run, **asdict(gone)}))
    else:
        typer.echo(purge_text(gone, words, dry_run=dry_run))
