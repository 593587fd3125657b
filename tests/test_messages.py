"""Every error and finding has words in both languages, and the two catalogues agree."""

import re
import string

import pytest

from facecheck_gui import messages
from facecheck_gui.domain.errors import EngineError, FaceCheckError, Fault, WhichPicture
from facecheck_gui.domain.quality import FindingCode, QualityFinding
from facecheck_gui.i18n import Language, Words, catalogue, preferred_language

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_catalogues_have_the_same_keys() -> None:
    assert catalogue(Language.ZH).keys() == catalogue(Language.EN).keys()


def test_both_catalogues_fill_in_the_same_names() -> None:
    english, chinese = catalogue(Language.EN), catalogue(Language.ZH)
    assert {k: _names(v) for k, v in english.items()} == {k: _names(v) for k, v in chinese.items()}


def test_no_sentence_is_empty_shouts_or_holds_markup() -> None:
    for language in Language:
        for key, text in catalogue(language).items():
            assert text.strip() == text, key
            assert text or key.endswith(".hint"), key
            assert not {"!", "\uff01"} & set(text), key
            assert "<" not in text, key


@pytest.mark.parametrize("picture", WhichPicture)
def test_every_fault_names_cause_and_next_step(picture: WhichPicture) -> None:
    speak = {language: Words(language) for language in Language}
    for fault in Fault:
        error = FaceCheckError(fault, picture=picture)
        for language, words in speak.items():
            said = messages.explain(error, words)
            for line in (said.sentence, said.person, said.staff):
                assert line.endswith("." if language is Language.EN else "\u3002"), (fault, line)
                assert "{" not in line, (fault, line)
                assert bool(_CHINESE.search(line)) is (language is Language.ZH), (fault, line)


@pytest.mark.parametrize("code", FindingCode)
def test_every_finding_has_a_sentence(code: FindingCode) -> None:
    finding = QualityFinding(code, WhichPicture.PROBE, value=61.0, limit=80.0)
    assert messages.describe(finding, Words(Language.EN)).endswith(".")
    assert messages.describe(finding, Words(Language.ZH)).endswith("。")


def test_a_face_missing_on_the_reference_is_not_blamed_on_the_person() -> None:
    error = EngineError(Fault.NO_FACE, picture=WhichPicture.REFERENCE)
    explanation = messages.explain(error, Words(Language.EN))
    assert "reference photo" in explanation.sentence
    assert "camera" not in explanation.person
    assert "reference photo" in explanation.staff


def test_a_face_missing_on_the_probe_tells_the_person_what_to_do() -> None:
    error = EngineError(Fault.NO_FACE, picture=WhichPicture.PROBE)
    explanation = messages.explain(error, Words(Language.EN))
    assert "live picture" in explanation.sentence
    assert "camera" in explanation.person


def test_values_are_filled_in_once_and_never_read_as_templates() -> None:
    words = Words(Language.EN)
    assert "{oops}" in words.text("fault.no_face.sentence", picture="{oops}")


def test_the_language_follows_the_choice_and_then_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert preferred_language() is Language.ZH
    assert preferred_language("en") is Language.EN
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert preferred_language() is Language.EN
