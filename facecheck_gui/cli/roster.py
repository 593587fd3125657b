"""``facecheck roster``: who is expected, without a window."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from facecheck_gui import messages
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import enrol, known_faces, strike_off
from facecheck_gui.cli.records import AsJson, opened_ledger
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, PictureError, RecordsError, WhichPicture
from facecheck_gui.flows.enrolment import Enrolment, Examined
from facecheck_gui.i18n import Words
from facecheck_gui.imaging.files import read_file
from facecheck_gui.settings.places import places
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.wiring import Wiring

MOST_PHOTOS = 5

roster = typer.Typer(help="Who is expected.", no_args_is_help=True)

PersonId = Annotated[str, typer.Argument(help="The person's id.")]


@roster.command("find")
def find(
    typed: Annotated[str, typer.Argument(help="Id, name, pinyin or initials; none: all.")] = "",
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 20,
    as_json: AsJson = False,
) -> None:
    """Show who is meant."""
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        found = ledger.books().roster.search(typed, limit=limit)
    if as_json:
        typer.echo(json.dumps([as_values(person) for person in found], indent=2))
    else:
        lines = [_line(person, words) for person in found]
        typer.echo("\n".join(lines) or words.text("roster_cli.nobody"))


@roster.command("add")
def add(
    person_id: PersonId,
    name: Annotated[str, typer.Argument(help="The name.")],
    photos: Annotated[list[Path], typer.Argument(help="One to five photos.")],
    *,
    group: Annotated[str, typer.Option()] = "",
    notes: Annotated[str, typer.Option()] = "",
    valid_from: Annotated[str | None, typer.Option(help="Such as 2026-03-01.")] = None,
    valid_until: Annotated[str | None, typer.Option(help="Such as 2026-12-31.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put somebody on the roster, with photos. Says what is poor, and who else has this face."""
    if not 1 <= len(photos) <= MOST_PHOTOS:
        raise typer.BadParameter("one to five photos")
    person = Person(person_id, name, group, notes, day_of(valid_from), day_of(valid_until))
    words = spoken_words()
    wiring = Wiring(places(), SecretStore().load)
    with opened_ledger(words, wiring) as (ledger, settings):
        enrolment = wiring.enrolment(settings, known_faces(ledger))
        looked_at = [examined(enrolment, file, person_id) for file in photos]
        _put_on(ledger, person)
        enrol(ledger, person_id, looked_at)
    said = words.text("roster_cli.added", name=name, id=person_id, photos=len(photos))
    tell_examined(photos, looked_at, words, said=said, as_json=as_json)


def tell_examined(
    files: Sequence[Path],
    photos: Sequence[Examined],
    words: Words,
    *,
    said: str,
    as_json: bool,
) -> None:
    """What came of photos that were put on the roster, and ``said`` of all of it."""
    told = {f.name: findings(one, words) for f, one in zip(files, photos, strict=True)}
    if as_json:
        typer.echo(json.dumps({"photos": told}, indent=2))
        return
    for name, lines in told.items():
        for line in lines:
            typer.echo(f"{name}: {line}")
    typer.echo(said)


@roster.command("remove")
def remove(person_id: PersonId, *, as_json: AsJson = False) -> None:
    """Take somebody off: photos and their key go, rows of the audit stay."""
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        strike_off(ledger, person_id)
    said = json.dumps({"removed": person_id}) if as_json else ""
    typer.echo(said or words.text("roster_cli.removed", id=person_id))


def _put_on(ledger: LateLedger, person: Person) -> None:
    """New, or as somebody known with the same id and no photo yet."""
    books = ledger.books()
    try:
        books.roster.add(person)
    except RecordsError as error:
        if error.fault is not Fault.PERSON_TAKEN or books.album.references(person.person_id):
            raise
        books.roster.change(person.person_id, person)


def examined(enrolment: Enrolment, file: Path, person_id: str) -> Examined:
    """A photo from a file, looked at. Raises PictureError and EngineError about the reference."""
    try:
        picture = read_file(file)
    except PictureError as error:
        raise error.about(WhichPicture.REFERENCE) from None
    return enrolment.examine(picture, CancelToken(), person_id=person_id)


def findings(photo: Examined, words: Words) -> list[str]:
    """What is worth knowing about a photo that was put on the roster."""
    found = [messages.finding_line(reading, words) for reading in photo.poor]
    if photo.faces > 1:
        found.append(words.text("roster.several_faces", faces=photo.faces))
    return found + [
        words.text("roster_cli.lookalike", id=one.person_id, score=one.score)
        for one in photo.lookalikes
    ]


def day_of(written: str | None) -> date | None:
    """A day as it is written on the command line. Raises typer.BadParameter."""
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter("a day is written as 2026-03-01") from None


def _line(person: Person, words: Words) -> str:
    parts = [person.person_id, person.name, person.group]
    if not person.valid_on(date.today()):  # noqa: DTZ011 - the day it is here
        parts.append(words.text("roster_cli.not_valid"))
    return "  ".join(part for part in parts if part)


def as_values(person: Person) -> dict[str, object]:
    """Somebody for programs; keys are stable."""
    return {
        "person_id": person.person_id,
        "name": person.name,
        "group": person.group,
        "notes": person.notes,
        "valid_from": person.valid_from.isoformat() if person.valid_from else None,
        "valid_until": person.valid_until.isoformat() if person.valid_until else None,
    }
