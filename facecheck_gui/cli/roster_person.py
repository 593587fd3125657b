"""``facecheck roster show``, ``change``, ``consent``, ``badge``: one person, without a window."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facecheck_gui.bookkeeping.badges import badge_text
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import (
    PersonFile,
    known_faces,
    person_file,
    take_back,
    write_person,
)
from facecheck_gui.cli.records import AsJson, opened_ledger
from facecheck_gui.cli.roster import (
    MOST_PHOTOS,
    PersonId,
    as_values,
    day_of,
    examined,
    tell_examined,
)
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.i18n import Words
from facecheck_gui.imaging.qr import qr_file
from facecheck_gui.messages import CONSENT_VERSION, consent_text, explain
from facecheck_gui.settings.places import places
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.wiring import Wiring

if TYPE_CHECKING:
    from facecheck_gui.records.consents import Consent

Text = Annotated[str | None, typer.Option()]


def show(person_id: PersonId, *, as_json: AsJson = False) -> None:
    """Show what is kept of somebody: never the face itself."""
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        file = _file(ledger, person_id)
    if as_json:
        typer.echo(json.dumps(_file_values(file), indent=2))
    else:
        typer.echo("\n".join(_file_lines(file, words)))


def change(
    person_id: PersonId,
    photos: Annotated[list[Path] | None, typer.Argument(help="In place of those on file.")] = None,
    *,
    new_id: Annotated[str | None, typer.Option("--id", help="Another id.")] = None,
    name: Text = None,
    group: Text = None,
    notes: Text = None,
    valid_from: Annotated[str | None, typer.Option(help='A day, "" for none.')] = None,
    valid_until: Annotated[str | None, typer.Option(help='A day, "" for none.')] = None,
    as_json: AsJson = False,
) -> None:
    """Change what is said of somebody, or the photos; what is not named stays as it is."""
    if photos and len(photos) > MOST_PHOTOS:
        raise typer.BadParameter("one to five photos")
    words = spoken_words()
    wiring = Wiring(places(), SecretStore().load)
    with opened_ledger(words, wiring) as (ledger, settings):
        before = _person(ledger, person_id)
        after = Person(
            before.person_id if new_id is None else new_id,
            before.name if name is None else name,
            before.group if group is None else group,
            before.notes if notes is None else notes,
            _other_day(before.valid_from, valid_from),
            _other_day(before.valid_until, valid_until),
        )
        if not after.person_id.strip():
            raise typer.BadParameter("an id is missing")
        new = None
        if photos:
            enrolment = wiring.enrolment(settings, known_faces(ledger))
            new = [examined(enrolment, file, person_id) for file in photos]
        write_person(ledger, after, known_as=person_id, photos=new)
    said = words.text("roster_cli.changed", name=after.name, id=after.person_id)
    tell_examined(photos or [], new or [], words, said=said, as_json=as_json)


def consent(
    person_id: PersonId,
    *,
    give: Annotated[
        list[str] | None,
        typer.Option(help="compare, send_to_cloud, keep_reference or keep_check_in."),
    ] = None,
    withdraw: Annotated[str | None, typer.Option(help="The consent's id.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="The person has read it and agrees.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show, give or take back what somebody agreed to. Taking back destroys the face on file."""
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        person = _person(ledger, person_id)
        if give:
            _give(ledger, person, give, words, agreed=yes)
        if withdraw is not None:
            _take_back(ledger, person, withdraw, words)
        consents = ledger.books().consents.of(person_id)
    if as_json:
        typer.echo(json.dumps([_consent_values(one) for one in consents], indent=2))
    else:
        lines = [_consent_line(one, words) for one in consents]
        typer.echo("\n".join(lines) or words.text("consent.none"))


def badge(
    person_id: PersonId,
    *,
    out: Annotated[Path, typer.Option(help="A .png, .svg or .pdf file.")],
) -> None:
    """Write the code of somebody's badge into a file."""
    words = spoken_words()
    kind = out.suffix.lower().removeprefix(".")
    with opened_ledger(words) as (ledger, settings):
        person = _person(ledger, person_id)
        code = badge_text(ledger, person_id, settings.badges)
    try:
        data = qr_file(code, kind)
        out.write_bytes(data)
    except (ValueError, OSError) as error:
        why = str(error) if isinstance(error, ValueError) else "it cannot be written there"
        raise typer.BadParameter(why) from None
    typer.echo(words.text("badge.written", name=person.name, id=person_id, file=out.name))


def _give(
    ledger: LateLedger, person: Person, names: list[str], words: Words, *, agreed: bool
) -> None:
    from facecheck_gui.domain.consent import Purpose

    try:
        purposes = [Purpose(name) for name in names]
    except ValueError:
        allowed = ", ".join(purpose.value for purpose in Purpose)
        raise typer.BadParameter(f"a purpose is one of: {allowed}") from None
    text = consent_text(person.name, words)
    if not agreed:
        asked = [words.text(f"purpose.{purpose.value}") for purpose in purposes]
        typer.echo("\n\n".join((text, *asked)), err=True)
        typer.confirm(words.text("consent.agree"), abort=True, err=True)
    ledger.books().consents.give(
        person.person_id,
        purposes,
        text=text,
        version=CONSENT_VERSION,
        language=words.language.value,
    )


def _take_back(ledger: LateLedger, person: Person, consent_id: str, words: Words) -> None:
    consents = ledger.books().consents.of(person.person_id)
    found = next((one for one in consents if one.consent_id == consent_id), None)
    if found is None:
        raise typer.BadParameter("no consent of this person has this id")
    gone = take_back(ledger, found)
    typer.echo(words.text("roster_cli.taken_back", photos=gone), err=True)


def _person(ledger: LateLedger, person_id: str) -> Person:
    found = ledger.books().roster.get(person_id)
    if found is None:
        raise RecordsError(Fault.PERSON_UNKNOWN)
    return found


def _file(ledger: LateLedger, person_id: str) -> PersonFile:
    return person_file(ledger, _person(ledger, person_id))


def _other_day(before: date | None, written: str | None) -> date | None:
    return before if written is None else day_of(written or None)


def _file_values(file: PersonFile) -> dict[str, object]:
    return {
        **as_values(file.person),
        "photos": len(file.photos),
        "photos_trouble": file.trouble.fault.word if file.trouble is not None else None,
        "consents": [_consent_values(one) for one in file.consents],
    }


def _file_lines(file: PersonFile, words: Words) -> list[str]:
    person, text = file.person, words.text
    facts = [("id", person.person_id), ("name", person.name), ("group", person.group)]
    facts += [("notes", person.notes)]
    if person.valid_from is not None:
        facts.append(("valid_from", person.valid_from.isoformat()))
    if person.valid_until is not None:
        facts.append(("valid_until", person.valid_until.isoformat()))
    lines = [f"{text(f'roster.{key}')}: {value}" for key, value in facts if value]
    lines.append(text("roster_cli.photos", photos=len(file.photos)))
    if file.trouble is not None:
        lines.append(explain(file.trouble, words).sentence)
    return lines + [_consent_line(one, words) for one in file.consents]


def _consent_values(consent: "Consent") -> dict[str, object]:
    return {
        "consent_id": consent.consent_id,
        "purposes": sorted(purpose.value for purpose in consent.purposes),
        "text_version": consent.text_version,
        "text_sha256": consent.text_hash,
        "language": consent.language,
        "given_at": consent.given_at.isoformat(),
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def _consent_line(consent: "Consent", words: Words) -> str:
    purposes = ", ".join(sorted(words.text(f"purpose.{p.value}") for p in consent.purposes))
    line = f"{consent.given_at:%Y-%m-%d %H:%M} UTC  {purposes}  [{consent.consent_id}]"
    if consent.withdrawn_at is None:
        return line
    moment = f"{consent.withdrawn_at:%Y-%m-%d %H:%M} UTC"
    return f"{line}  {words.text('consent.withdrawn', moment=moment)}"
