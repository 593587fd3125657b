"""The roster: who is expected, found as a clerk types."""

from datetime import date
from typing import cast

import pytest
from sqlalchemy import func, select

from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.errors import Fault, RecordsError
from facecheck_gui.records.database import Database
from facecheck_gui.records.roster import Roster
from facecheck_gui.records.search_words import MOST_WORDS, folded, typed_words, words_of
from facecheck_gui.records.tables import person_words
from tests.records import book

ZHANG = Person("00417", "张伟", "Gate 3", "VIP", date(2026, 1, 1), date(2026, 12, 31))
PEOPLE = (
    ZHANG,
    Person("00418", "张伟丽"),
    Person("E-900", "曾国藩"),
    Person("E-901", "欧阳娜娜"),
    Person("x1", "Anna Müller"),
    Person("x2", "Jürgen Annan"),
    Person("anna", "Somebody Else"),
)


@pytest.fixture
def roster(database: Database) -> Roster:
    made = Roster(database, lambda: book.BEGAN)
    for person in PEOPLE:
        made.add(person)
    return made


def _ids(roster: Roster, typed: str) -> list[str]:
    return [person.person_id for person in roster.search(typed)]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("00417", {"00417"}),
        ("0041", {"00417", "00418"}),
        ("４１７", set()),
        ("００４１７", {"00417"}),
        ("900", {"E-900"}),
        ("e-90", {"E-900", "E-901"}),
        ("张", {"00417", "00418"}),
        ("伟丽", {"00418"}),
        ("zhangw", {"00417", "00418"}),
        ("zw", {"00417", "00418"}),
        ("ZWL", {"00418"}),
        ("weili", {"00418"}),
        ("zengg", {"E-900"}),
        ("cengg", {"E-900"}),
        ("zgf", {"E-900"}),
        ("ouyang", {"E-901"}),
        ("muller", {"x1"}),
        ("MÜLL", {"x1"}),
        ("ann", {"x1", "x2", "anna"}),
        ("ann jur", {"x2"}),
        ("anna muller", {"x1"}),
        ("nobody", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_people_are_found_by_what_is_typed(roster: Roster, typed: str, ids: set[str]) -> None:
    assert set(_ids(roster, typed)) == ids


def test_who_has_the_very_id_or_name_comes_first(roster: Roster) -> None:
    assert _ids(roster, "anna")[0] == "anna"
    assert _ids(roster, "张伟")[0] == "00417"


def test_nothing_typed_shows_who_was_put_on_last(roster: Roster) -> None:
    assert _ids(roster, "  ") == [person.person_id for person in reversed(PEOPLE)]
    assert len(roster.search("", limit=2)) == 2
    assert roster.ids_matching("张", limit=1) == ("00417",)


def test_a_person_comes_back_as_it_was_put_on(roster: Roster) -> None:
    assert roster.get("00417") == ZHANG
    assert roster.get("nobody") is None
    assert roster.count() == len(PEOPLE)
    assert ZHANG.valid_on(date(2026, 12, 31))
    assert not ZHANG.valid_on(date(2027, 1, 1))


def test_an_id_belongs_to_one_person(roster: Roster) -> None:
    for refused in (
        lambda: roster.add(Person("00417", "Somebody")),
        lambda: roster.change("00418", Person("00417", "Somebody")),
    ):
        with pytest.raises(RecordsError) as caught:
            refused()
        assert caught.value.fault is Fault.PERSON_TAKEN
    assert roster.get("00418") == PEOPLE[1]


def test_who_is_changed_is_found_by_the_new_words_alone(roster: Roster) -> None:
    roster.change("00418", Person("77", "李娜"))
    assert roster.get("00418") is None
    assert _ids(roster, "lina") == ["77"]
    assert _ids(roster, "zwl") == []


def test_who_is_removed_is_not_found_and_leaves_no_word(roster: Roster, database: Database) -> None:
    for person in PEOPLE:
        roster.remove(person.person_id)
    assert roster.search("") == ()
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(person_words)).scalar() == 0


def test_who_is_not_there_cannot_be_changed_or_removed(roster: Roster) -> None:
    for refused in (
        lambda: roster.change("nobody", Person("nobody", "")),
        lambda: roster.remove("nobody"),
    ):
        with pytest.raises(RecordsError) as caught:
            refused()
        assert caught.value.fault is Fault.PERSON_UNKNOWN


def test_many_are_put_on_and_changed_at_once(roster: Roster) -> None:
    many = [Person(f"N{number:05d}", f"Name {number}") for number in range(1200)]
    roster.put_all([*many, Person("00417", "王芳")])
    assert roster.count() == len(PEOPLE) + 1200
    assert _ids(roster, "wangf") == ["00417"]
    assert _ids(roster, "N01199") == ["N01199"]
    roster.put_all([Person("N00000", "first"), Person("N00000", "last")])
    assert cast(Person, roster.get("N00000")).name == "last"


def test_texts_from_outside_are_cleaned_and_cut(roster: Roster) -> None:
    roster.add(
        Person("\u202eid\x00\n7" + "9" * 99, "<b>\ud800Name</b>\u200f" + "x" * 500, "g" * 999)
    )
    (found,) = roster.search("id79")
    assert found.person_id.startswith("id79")
    assert len(found.person_id) == 64
    assert found.name.startswith("<b>Name</b>x")
    assert (len(found.name), len(found.group)) == (120, 120)


@pytest.mark.parametrize("person_id", ["", "  ", "\x00", "\u202e"])
def test_nobody_is_without_an_id(roster: Roster, person_id: str) -> None:
    with pytest.raises(ValueError, match="has an id"):
        roster.add(Person(person_id, "Somebody"))


@pytest.mark.parametrize("typed", ["'; DROP TABLE people", "\x00", "\ud800", "\\", "a" * 9999])
def test_whatever_is_typed_breaks_nothing(roster: Roster, typed: str) -> None:
    assert roster.search(typed) in {(), roster.search("")}


def test_words_are_few_and_short_for_the_strangest_name() -> None:
    words = words_of(Person("x" * 500, "重" * 60 + " ".join("abcdefgh" * 9)))
    assert len(words) <= MOST_WORDS
    assert all(1 <= len(word) <= 64 for word in words)
    assert folded("ＡＢＣ Ünï") == "abc uni"
    assert len(typed_words("a b c d e f g h i j")) == 6
