"""What somebody is found by while a clerk types: id, name, pinyin, initials."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from facecheck_gui.domain.check_in import Person

MOST_WORD_CHARS, MOST_WORDS, MOST_TYPED = 64, 48, 6
_MOST_READINGS, _MOST_COMBINATIONS = 2, 8
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_PARTS = re.compile(r"[^\w]+|_")

# Characters that are read differently as a surname; the usual reading is searched for as well.
_SURNAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "单": ("shan",),
        "曾": ("zeng",),
        "解": ("xie",),
        "仇": ("qiu",),
        "区": ("ou",),
        "查": ("zha",),
        "盖": ("ge",),
        "朴": ("piao",),
        "缪": ("miao",),
        "翟": ("zhai", "di"),
        "乐": ("yue", "le"),
        "员": ("yun",),
        "黑": ("he",),
        "种": ("chong",),
        "秘": ("bi",),
        "冼": ("xian",),
        "洗": ("xian",),
        "召": ("shao",),
        "繁": ("po",),
        "重": ("chong",),
        "覃": ("qin", "tan"),
        "尉": ("wei", "yu"),
        "宓": ("mi", "fu"),
        "折": ("she",),
        "能": ("nai",),
        "俞": ("yu",),
        "褚": ("chu",),
        "任": ("ren",),
        "尉迟": ("yuchi",),
        "万俟": ("moqi",),
        "长孙": ("zhangsun",),
        "令狐": ("linghu",),
        "澹台": ("tantai",),
    }
)


def folded(text: str) -> str:
    """``text`` as it is searched: width, case and accents do not matter, controls are gone."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = unicodedata.normalize("NFD", plain)
    kept = "".join(c for c in bare if unicodedata.category(c) not in {"Mn", "Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFC", kept)


def typed_words(typed: str) -> tuple[str, ...]:
    """What each word of somebody must begin with; at most 6, without repetition."""
    parts = (part[:MOST_WORD_CHARS] for part in folded(typed).split())
    return tuple(dict.fromkeys(parts))[:MOST_TYPED]


def words_of(person: Person) -> tuple[str, ...]:
    """The words of a person, at most 48: the id and its parts, the parts of the name, each ending
    of a Chinese name, its pinyin and their initials, with and without the surname."""
    found = itertools.chain(_id_words(person.person_id), _name_words(person.name))
    cut = (word[:MOST_WORD_CHARS] for word in found if word)
    return tuple(dict.fromkeys(cut))[:MOST_WORDS]


def _id_words(person_id: str) -> Iterator[str]:
    whole = folded(person_id)
    yield from whole.split()
    yield from _PARTS.split(whole)


def _name_words(name: str) -> Iterator[str]:
    whole = folded(name)
    for part in (*whole.split(), *_PARTS.split(whole)):
        yield part
        if _HAN.search(part):
            yield from (part[start:] for start in range(1, len(part)))
    for part in _PARTS.split(whole):
        if _HAN.search(part):
            yield from _pinyin_words(part)


def _pinyin_words(part: str) -> Iterator[str]:
    surname, given = _split(part)
    for first in surname:
        for rest in given:
            syllables = (*first, *rest)
            yield "".join(syllables)
            yield "".join(syllable[0] for syllable in syllables)
    for rest in given:
        if rest:
            yield "".join(rest)
            yield "".join(syllable[0] for syllable in rest)


Reading = tuple[str, ...]


def _split(part: str) -> tuple[list[Reading], list[Reading]]:
    """How the surname and how the rest may be read, syllable by syllable."""
    compound = part[:2] in _SURNAMES
    surname, rest = (part[:2], part[2:]) if compound else (part[:1], part[1:])
    own = [(reading,) for reading in _SURNAMES.get(surname, ())]
    return list(dict.fromkeys([*own, *_readings(surname)])), _readings(rest)


def _readings(text: str) -> list[Reading]:
    # Takes 0.3 s to load, and is needed only where somebody is put on the roster.
    from pypinyin import Style, pinyin

    choices = [
        [folded(reading) for reading in readings[:_MOST_READINGS]]
        for readings in pinyin(text, style=Style.NORMAL, heteronym=True)
    ]
    combined = itertools.product(*choices)
    return [
        tuple(syllable for syllable in one if syllable)
        for one in itertools.islice(combined, _MOST_COMBINATIONS)
    ]
