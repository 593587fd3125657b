"""``facecheck records``: where the records lie, moving them, their backups."""

import json
from typing import Annotated

import typer

from facecheck_gui.cli import backups
from facecheck_gui.cli.records import AsJson, opened_ledger
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.record_words import lying_lines
from facecheck_gui.settings.database_url import checked_database

records = typer.Typer(
    help="Where the records lie; moving them; their backups.", no_args_is_help=True
)
records.command("backup")(backups.backup)
records.command("restore")(backups.restore)


@records.command("where")
def where(*, as_json: AsJson = False) -> None:
    """Say where the records and the key of their seals lie."""
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        lying = ledger.lying()
    found = {
        "records": lying.where,
        "station": lying.station.name,
        "station_id": lying.station.station_id,
        "key_file": str(lying.key_file) if lying.key_file else None,
        "people": lying.people,
        "people_with_faces": lying.faces,
    }
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    typer.echo("\n".join(lying_lines(lying, words)))


@records.command("copy")
def copy(
    to: Annotated[str, typer.Argument(help="postgresql://name@server/database, empty.")],
) -> None:
    """Copy everything to a PostgreSQL server, while no station writes. Then put the address into
    the settings."""
    words = spoken_words()
    try:
        url = checked_database(to)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with opened_ledger(words) as (ledger, _):
        copied = ledger.move_to(url, CancelToken())
    typer.echo(words.text("records.copied", rows=copied))
