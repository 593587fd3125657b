"""The ``facecheck`` command: options, and what each subcommand hands on."""

import io
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from facecheck_gui import __version__
from facecheck_gui.cli import (
    history,
    record_keeping,
    records,
    report,
    roster,
    roster_import,
    roster_person,
)
from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.errors import SettingsError
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.i18n import Words, preferred_language
from facecheck_gui.settings.places import places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.settings.store import LoadedSettings, SettingsStore

if TYPE_CHECKING:
    from facecheck_gui.cli.compare import Asked

_INTERRUPTED = 130
_UNTOLD = 3

app = typer.Typer(
    add_completion=False,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class LanguageChoice(Enum):
    """What ``--language`` takes."""

    AUTO = "auto"
    ZH = "zh"
    EN = "en"


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer's callback
    if wanted:
        typer.echo(f"facecheck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def staff(
    context: typer.Context,
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Is the person in front of the camera the one on the photo? Opens the staff window."""
    del version
    if context.invoked_subcommand is None:
        from facecheck_gui.cli.window import run_window

        raise typer.Exit(run_window())


@app.command()
def compare(
    reference: Annotated[str, typer.Argument(help="Photo: a path, https://… or token:…")],
    probe: Annotated[str, typer.Argument(help="Live picture: a path, https://… or token:…")],
    *,
    engine: Annotated[EngineName | None, typer.Option(help="Who compares.")] = None,
    endpoint: Annotated[str | None, typer.Option(help="The cloud's address.")] = None,
    allow_http: Annotated[
        bool, typer.Option("--allow-http", help="Let key and faces go over plain http.")
    ] = False,
    reference_kind: Annotated[
        FaceType | None, typer.Option(help="What kind of photo the reference is.")
    ] = None,
    probe_kind: Annotated[
        FaceType | None, typer.Option(help="What kind of photo the live picture is.")
    ] = None,
    liveness: Annotated[
        LivenessLevel | None, typer.Option(help="Asked of the live picture.")
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Match from this score, above 0 and up to 100.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    language: Annotated[LanguageChoice | None, typer.Option()] = None,
) -> None:
    """Compare a live picture with a reference photo, without a window.

    Exit codes: 0 match, 1 not a match, 2 unsure, 3 not checked, 4 attack suspected, 64 usage.
    """
    from facecheck_gui.cli.compare import Asked

    loaded = SettingsStore(places().settings_file).peek()
    settings = loaded.settings
    engine = engine or settings.check.engine
    settings = _with_options(
        settings,
        {
            "kuaidi100.endpoint": endpoint,
            "kuaidi100.allow_http": allow_http or None,
            f"{engine.value}.threshold": threshold,
            "check.reference_kind": reference_kind,
            "check.probe_kind": probe_kind,
            "check.liveness": liveness,
            "general.language": language.value if language else None,
        },
    )
    asked = Asked(
        reference,
        probe,
        settings.check.reference_kind,
        settings.check.probe_kind,
        settings.check.liveness,
        settings.check.reference_liveness,
    )
    raise typer.Exit(_told(asked, LoadedSettings(settings, loaded.notices), engine, as_json))


def _told(asked: "Asked", loaded: LoadedSettings, engine: EngineName, as_json: bool) -> int:  # noqa: FBT001 - an option
    """Compare and tell; the exit code."""
    from facecheck_gui.cli import compare as comparing
    from facecheck_gui.settings.secrets import SecretStore
    from facecheck_gui.wiring import Wiring

    settings, cancel = loaded.settings, CancelToken()
    words = Words(preferred_language(settings.general.language))
    wiring = Wiring(places(), SecretStore().load)
    leave = comparing.leaves_addresses(engine, leave_addresses=settings.kuaidi100.leave_addresses)
    reader = comparing.PictureReader(wiring.downloader(settings), leave_addresses=leave)
    verifier = wiring.verifier(engine, settings)
    unusable = comparing.unusable_setting(loaded, engine)
    with ended_by_interrupt(cancel):
        if unusable is not None:
            verification = comparing.refused(asked, verifier, unusable)
        else:
            verification = comparing.compare(asked, reader, verifier, cancel)
        verification = verifier.conclude(verification)
    wiring.close()
    if as_json:
        typer.echo(json.dumps(report.as_json(verification, words), ensure_ascii=False, indent=2))
    else:
        typer.echo(report.as_text(verification, words))
    return _INTERRUPTED if cancel.cancelled else report.EXIT_CODES[verification.verdict]


@contextmanager
def ended_by_interrupt(cancel: CancelToken) -> Iterator[None]:
    """Ctrl+C cuts the check off, so that a call that was not sent is not counted."""
    before = signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _with_options(settings: Settings, options: dict[str, object]) -> Settings:
    """The settings with what the command line says differently."""
    given = {name: value for name, value in options.items() if value is not None}
    for name, value in given.items():
        scale, _, field = name.partition(".")
        if field == "threshold" and isinstance(value, float):
            # A band that would reach below zero ends at zero.
            band = min(settings.value(f"{scale}.unsure_band"), value)
            given = {**given, f"{scale}.unsure_band": max(band, 0.0)}
    try:
        return settings.with_values(given)
    except SettingsError as error:
        raise typer.BadParameter(f"this value does not fit: {error.detail}") from None


@app.command()
def demo(
    *,
    picture: Annotated[
        Path, typer.Option(help="Where the picture of the window goes, without a display.")
    ] = Path("facecheck-demo.png"),
) -> None:
    """Try everything with nothing at hand: no camera, no key, no network."""
    from facecheck_gui.cli.window import run_demo

    raise typer.Exit(run_demo(picture))


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Say what works here, and what to do about what does not."""
    from facecheck_gui.cli.examination import run_doctor

    raise typer.Exit(run_doctor(as_json=as_json))


app.add_typer(records.audit, name="audit")
app.add_typer(record_keeping.records, name="records")
for command in (
    roster_person.show,
    roster_person.change,
    roster_person.consent,
    roster_person.badge,
):
    roster.roster.command()(command)
roster.roster.command("import")(roster_import.import_people)
app.add_typer(roster.roster, name="roster")
app.command("purge")(records.purge)
app.command("history")(history.history)


def main() -> None:
    """The entry point. Wrong usage ends with 64, an interrupt with 130, and what keeps an answer
    from being told with 3: never with 1, which would say "not a match"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except typer.TyperException as error:
        typer.echo(error.format_message(), err=True)
        code = report.EXIT_USAGE
    except SystemExit:
        # A pipe whose reader has gone.
        os._exit(_UNTOLD)
    except Exception as bug:
        from facecheck_gui.wiring import report_bug

        report_bug(bug)
        # Nothing more can be written where nothing could be; the interpreter would say so itself.
        os._exit(_UNTOLD)
    _leave(code if isinstance(code, int) else 0)


def _leave(code: int) -> NoReturn:
    """End the process.

    A thread that is still inside a library (a network being loaded, a camera that hangs) must not
    be unwound by the interpreter on its way out: that aborts the process. So where one is left,
    the process ends without further ado; everything that must be kept was written before.
    """
    if threading.active_count() > 1:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
