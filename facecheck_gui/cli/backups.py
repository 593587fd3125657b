"""``facecheck records backup`` and ``restore``."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.cli.records import TROUBLE, AsJson, opened_ledger
from facecheck_gui.cli.window import spoken_words
from facecheck_gui.i18n import Words
from facecheck_gui.record_words import backup_text

if TYPE_CHECKING:
    from facecheck_gui.records.backup import Backup
    from facecheck_gui.records.restoring import Restored


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="A new file; without it one of the last seven.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Copy the records into a file, without people's keys.

    Exit codes: 0 made, 3 not made.
    """
    if file is not None and file.exists():
        raise typer.BadParameter("the file is there already")
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        made = ledger.back_up(file)
    if as_json:
        typer.echo(json.dumps(as_values(made), indent=2))
    else:
        typer.echo(backup_text(made, words))


def restore(
    file: Annotated[
        Path | None, typer.Argument(help="A backup; without it the newest that is good.")
    ] = None,
    *,
    list_only: Annotated[bool, typer.Option("--list", help="Only say what there is.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the records' place. What is there now is kept beside, and what was written
    since the backup is lost. A server must be empty.

    Exit codes: 0 restored, 3 not restored.
    """
    words = spoken_words()
    with opened_ledger(words) as (ledger, _):
        if list_only:
            _show(ledger, words, as_json=as_json)
            return
        chosen = _chosen(ledger, file)
        if chosen is None:
            typer.echo(words.text("backup.none_good"), err=True)
            raise typer.Exit(TROUBLE)
        if not yes and not _agreed(words.text("backup.ask", time=_local(chosen.made_at))):
            typer.echo(words.text("backup.unchanged"), err=True)
            raise typer.Exit(TROUBLE)
        restored = ledger.restore(chosen.file)
    if as_json:
        typer.echo(json.dumps(_restored_values(restored), indent=2))
    else:
        typer.echo("\n".join(_lines(restored, words)))


def _chosen(ledger: LateLedger, file: Path | None) -> "Backup | None":
    from facecheck_gui.records.backup import Backup, check

    if file is None:
        return ledger.backups().newest_good()
    check(file)
    return Backup.of(file)


def _agreed(question: str) -> bool:
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False  # nobody there


def _show(ledger: LateLedger, words: Words, *, as_json: bool) -> None:
    from facecheck_gui.records.backup import is_good

    found = [(backup, is_good(backup.file)) for backup in ledger.backups().all()]
    if as_json:
        typer.echo(json.dumps([as_values(b) | {"good": good} for b, good in found], indent=2))
    else:
        typer.echo("\n".join(_listed(found, words)) or words.text("backup.none"))


def _listed(found: "Sequence[tuple[Backup, bool]]", words: Words) -> list[str]:
    return [
        words.text(
            "backup.good" if good else "backup.damaged",
            time=_local(backup.made_at),
            megabytes=_megabytes(backup),
            file=backup.file,
        )
        for backup, good in found
    ]


def _lines(restored: "Restored", words: Words) -> list[str]:
    lines = [words.text("backup.restored", time=_local(restored.backup.made_at))]
    if restored.kept is not None:
        lines.append(words.text("backup.kept", file=restored.kept))
    if restored.pictures_gone:
        lines.append(words.text("backup.pictures_gone", count=restored.pictures_gone))
    return lines


def as_values(backup: "Backup") -> dict[str, object]:
    """A backup for programs; keys are stable, times are UTC."""
    return {
        "file": str(backup.file),
        "made_at": backup.made_at.isoformat(),
        "bytes": backup.size_bytes,
    }


def _restored_values(restored: "Restored") -> dict[str, object]:
    return as_values(restored.backup) | {
        "kept": str(restored.kept) if restored.kept is not None else None,
        "pictures_gone": restored.pictures_gone,
    }


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def _megabytes(backup: "Backup") -> str:
    return f"{backup.size_bytes / 1e6:.1f}"
