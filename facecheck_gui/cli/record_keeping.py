"""``facecheck records``: where the records lie, moving them, their backups."""

import json
from typing import Annotated

import typer

from facecheck_gui.cli import backups
from facecheck_gui.cli.records import AsJson, opened_books, told
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import RecordsError
from facecheck_gui.settings.database_url import checked_database
from facecheck_gui.settings.places import places

records = typer.Typer(
    help="Where the records lie; moving them; their backups.", no_args_is_help=True
)
records.command("backup")(backups.backup)
records.command("restore")(backups.restore)


@records.command("where")
def where(*, as_json: AsJson = False) -> None:
    """Say where the records and the key of their seals lie."""
    words = spoken_words()
    with opened_books(words) as (books, settings):
        file = books.database.file
        lying = str(file) if file is not None else settings.records.database
        key = places().station_key
        found = {
            "records": lying,
            "station": books.station.name,
            "station_id": books.station.station_id,
            "key_file": str(key) if key.exists() else None,
        }
    if as_json:
        typer.echo(json.dumps(found, indent=2))
        return
    typer.echo(words.text("records.lie", where=lying))
    typer.echo(words.text("records.station", name=books.station.name, id=books.station.station_id))
    key_lies = "records.key_in_file" if found["key_file"] else "records.key_in_key_store"
    typer.echo(words.text(key_lies, file=found["key_file"]))


@records.command("copy")
def copy(
    to: Annotated[str, typer.Argument(help="postgresql://name@server/database, empty.")],
) -> None:
    """Copy everything to a PostgreSQL server, while no station writes. Then put the address into
    the settings."""
    from facecheck_gui.records.copying import copy_all, copy_keys
    from facecheck_gui.records.database import Database
    from facecheck_gui.records.migration import bring_up_to_date
    from facecheck_gui.records.vault import Vault

    words = spoken_words()
    try:
        url = checked_database(to)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with opened_books(words) as (books, _):
        target = Database(url)
        try:
            bring_up_to_date(target)
            Vault(target, b"").prepare()
            cancel = CancelToken()
            copied = copy_all(books.database, target, cancel)
            copied += copy_keys(books.keys, target, cancel)
        except RecordsError as error:
            raise typer.Exit(told(error, words)) from None
        finally:
            target.close()
    typer.echo(words.text("records.copied", rows=copied))
