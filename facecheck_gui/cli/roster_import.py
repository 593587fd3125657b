"""``facecheck roster import``: a list of people with their photos, without a window."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from facecheck_gui.bookkeeping.importing import Brought
from facecheck_gui.bookkeeping.importing import import_people as bring_along
from facecheck_gui.cli.records import AsJson, opened_ledger
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.flows.roster_import import Outcome, RowReport, Tally
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import report_columns, row_lines, tally_text
from facecheck_gui.settings.places import places
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.sheets.export import export_csv
from facecheck_gui.wiring import Wiring

SOME_REFUSED, STOPPED = 1, 130


def import_people(
    people: Annotated[
        Path, typer.Argument(help="A list (CSV, XLSX), or photos called as the people are.")
    ],
    *,
    photos: Annotated[Path | None, typer.Option(help="A folder or ZIP archive.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only, write nothing.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write what became of each row, CSV.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put many people on the roster. A poor row never stops a good one; the same again goes on
    where a run was broken off.

    Exit codes: 0 all rows used, 1 some not, 3 nothing could be done, 130 stopped.
    """
    words = spoken_words()
    wiring = Wiring(places(), SecretStore().load)
    telling = _Telling(words, quiet=as_json)
    tally, stopped = Tally({}), False
    with opened_ledger(words, wiring) as (ledger, settings):
        try:
            tally = bring_along(
                ledger,
                lambda known: wiring.enrolment(settings, known),
                Brought(people, photos, dry_run),
                CancelToken(),
                on_total=telling.expect,
                on_row=telling.hear,
            )
        except KeyboardInterrupt:
            stopped = True
        if report is not None:
            table = report_columns(words)
            export_csv(telling.reports, report, table, CancelToken(), lambda _: None)
    telling.end()
    if stopped:
        typer.echo(words.text("import.broken_off", rows=len(telling.reports)), err=True)
        raise typer.Exit(STOPPED)
    if as_json:
        rows = [_as_values(row, words) for row in telling.reports]
        typer.echo(json.dumps({"dry_run": dry_run, "rows": rows}, indent=2))
    else:
        typer.echo(tally_text(tally, words, dry_run=dry_run))
    raise typer.Exit(SOME_REFUSED if tally.of(Outcome.REFUSED) else 0)


class _Telling:
    """Says what became of rows while they are worked on: a line that counts on a terminal, and one
    for each row that people should look at."""

    def __init__(self, words: Words, *, quiet: bool) -> None:
        self._total, self._words, self._quiet = 0, words, quiet
        self._counts = sys.stderr.isatty()
        self.reports: list[RowReport] = []

    def expect(self, total: int) -> None:
        """So many rows there are."""
        self._total = total

    def hear(self, report: RowReport) -> None:
        """A row is done."""
        self.reports.append(report)
        if self._counts:
            done = self._words.text("import.progress", done=len(self.reports), total=self._total)
            typer.echo(f"\r{done} ", nl=False, err=True)
        if not self._quiet:
            for line in row_lines(report, self._words):
                person = " ".join(filter(None, (report.person_id, report.name)))
                said = self._words.text(
                    "import.row", number=report.number, person=person, line=line
                )
                typer.echo(f"\r{said}" if self._counts else said)

    def end(self) -> None:
        """Leave the counting line."""
        if self._counts:
            typer.echo("", err=True)


def _as_values(report: RowReport, words: Words) -> dict[str, object]:
    return {
        "row": report.number,
        "person_id": report.person_id,
        "name": report.name,
        "outcome": report.outcome.value,
        "findings": list(row_lines(report, words)),
    }
