"""The subcommands that open a window, and the demonstration that needs nothing else."""

import os
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

import typer

from facecheck_gui.cli import report
from facecheck_gui.domain.comparison import Verification
from facecheck_gui.i18n import Words, preferred_language
from facecheck_gui.settings.places import places
from facecheck_gui.settings.store import SettingsStore

_FAILED = 70
"""EX_SOFTWARE of sysexits.h."""


def has_display(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a window could be seen by anybody."""
    if environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform != "linux":
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def spoken_words() -> Words:
    """Words in the language of the settings."""
    settings = SettingsStore(places().settings_file).peek().settings
    return Words(preferred_language(settings.general.language))


def run_window() -> int:
    """The staff window; the exit code."""
    words = spoken_words()
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        typer.echo(words.text("cli.window_failed", cause="DISPLAY"), err=True)
        typer.echo(words.text("cli.window_step"), err=True)
        return _FAILED
    try:
        from facecheck_gui.app import run
    except ImportError as error:
        return _no_window(words, error)
    return run(places())


def run_demo(picture: Path) -> int:
    """The demonstration: in a window to play with, or by itself where there is no display."""
    words = spoken_words()
    seen = has_display()
    if not seen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from facecheck_gui import demonstration
    except ImportError as error:
        return _no_window(words, error)
    if seen:
        return demonstration.show(places())

    def tell(sitter: Enum, verification: Verification) -> None:
        names = {"reference": demonstration.REFERENCE, "probe": sitter.value}
        typer.echo(words.text("cli.demo_head", **names))
        typer.echo(report.as_text(verification, words))

    right = demonstration.play(places(), picture, tell)
    if right:
        typer.echo(words.text("cli.demo_same_photo"))
        typer.echo(words.text("cli.demo_picture", path=picture.resolve()))
        return 0
    typer.echo(words.text("cli.demo_failed"), err=True)
    return _FAILED


def _no_window(words: Words, error: ImportError) -> int:
    """Qt cannot be loaded, most often because a system library is missing."""
    typer.echo(words.text("cli.window_failed", cause=error.msg), err=True)
    typer.echo(words.text("cli.window_step"), err=True)
    return _FAILED
