"""``facecheck doctor``: what works here, and what to do about what does not."""

import json

import typer

from facecheck_gui.cli.window import spoken_words
from facecheck_gui.comparers.call_meter import CallMeter
from facecheck_gui.doctor.checkup import CheckUp, Fact, State
from facecheck_gui.doctor.examination import Instruments, examine
from facecheck_gui.i18n import Words
from facecheck_gui.settings.places import places
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore
from facecheck_gui.wiring import Wiring

_TROUBLE = 1


def run_doctor(*, as_json: bool) -> int:
    """Print every check-up; 1 when there is trouble, else 0."""
    store, secrets, words = SettingsStore(places().settings_file), SecretStore(), spoken_words()
    meter: CallMeter = Wiring(places(), secrets.load).meter(store.peek().settings)
    checkups = examine(store, secrets, Instruments(read_meter=meter.read))
    if as_json:
        typer.echo(json.dumps([_as_json(c, words) for c in checkups], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(as_text(checkups, words)))
    return _TROUBLE if any(c.state is State.TROUBLE for c in checkups) else 0


def as_text(checkups: tuple[CheckUp, ...], words: Words) -> list[str]:
    """A line for each, and one more where packages are missing."""
    lines = []
    for checkup in checkups:
        state = words.text(f"doctor.state.{checkup.state.value}")
        title = words.text(f"doctor.{checkup.topic.value}.title")
        lines.append(f"[{state}] {title}: {sentence(checkup, words)}")
        if checkup.packages:
            names = " ".join(checkup.packages)
            install = words.text("doctor.install", packages=f"apt-get install {names}")
            lines.append(f"    {install}")
    return lines


def sentence(checkup: CheckUp, words: Words) -> str:
    """What was found, with its facts filled in."""
    facts = {name: _shown(fact) for name, fact in checkup.facts.items()}
    return words.text(checkup.outcome.word_key, **facts)


def _shown(fact: Fact) -> str:
    if isinstance(fact, tuple):
        return ", ".join(fact)
    if isinstance(fact, float):
        return f"{fact:.0f}"
    return "" if fact is None else str(fact)


def _as_json(checkup: CheckUp, words: Words) -> dict[str, object]:
    return {**checkup.as_json(), "message": sentence(checkup, words)}
