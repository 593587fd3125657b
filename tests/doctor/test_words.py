"""Whatever the doctor finds, people can read it, in every language."""

from string import Formatter

import pytest

from facecheck_gui.doctor.checkup import Outcome, Topic, word_keys
from facecheck_gui.doctor.examination import Instruments, examine
from facecheck_gui.i18n import Language, Words
from facecheck_gui.settings.secrets import SecretStore
from facecheck_gui.settings.store import SettingsStore


@pytest.mark.parametrize("language", list(Language))
def test_every_word_is_there(language: Language) -> None:
    words = Words(language)
    assert [key for key in word_keys() if not words.has(key)] == []


@pytest.mark.parametrize("language", list(Language))
def test_no_word_asks_for_a_fact_that_its_topic_does_not_tell(
    language: Language, store: SettingsStore, secrets: SecretStore, instruments: Instruments
) -> None:
    told: dict[Topic | None, set[str]] = {
        checkup.topic: set(checkup.facts) for checkup in examine(store, secrets, instruments)
    }
    own = {Outcome.FAILED: {"exception", "fault"}, Outcome.NO_ANSWER: {"limit_s"}}
    for outcome in Outcome:
        template = Words(language).text(outcome.word_key)
        asked = {name for _, name, _, _ in Formatter().parse(template) if name}
        assert asked <= (own.get(outcome) or told[outcome.topic]), outcome.word_key
