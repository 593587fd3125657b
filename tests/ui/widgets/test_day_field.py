"""A day out of the calendar, in our languages; a count with its verdict."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.count_card import CountCard
from facecheck_gui.ui.widgets.day_field import DayField


def test_a_day_that_the_program_shows_is_not_told_as_chosen(qtbot: QtBot, words: Words) -> None:
    field = DayField(words, "history.day")
    qtbot.addWidget(field)
    told: list[date] = []
    field.chosen.connect(lambda: told.append(field.day))
    field.show_day(date(2026, 3, 12))
    assert (field.day, told) == (date(2026, 3, 12), [])
    field.setDate(QDate(2026, 3, 13))
    assert told == [date(2026, 3, 13)]


def test_the_arrows_choose_a_day_and_a_half_typed_one_is_not_told(
    qtbot: QtBot, words: Words
) -> None:
    field = DayField(words, "history.day")
    qtbot.addWidget(field)
    field.show()
    field.show_day(date(2026, 3, 12))
    told: list[date] = []
    field.chosen.connect(lambda: told.append(field.day))
    field.setCurrentSection(DayField.Section.DaySection)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    field.setCurrentSection(DayField.Section.YearSection)
    field.setSelectedSection(DayField.Section.YearSection)
    before = list(told)
    qtbot.keyClicks(field, "20")
    assert told == before == [date(2026, 3, 13)]


def test_a_day_reads_the_same_in_each_language_and_its_name_does_not(
    qtbot: QtBot, words: Words
) -> None:
    field = DayField(words, "history.first_day")
    qtbot.addWidget(field)
    field.show_day(date(2026, 3, 2))
    assert (field.text(), field.accessibleName()) == ("2026-03-02", "From this day")
    words.speak(Language.ZH)
    QApplication.sendEvent(field, QEvent(QEvent.Type.LanguageChange))
    assert field.text() == "2026-03-02"
    assert field.accessibleName() == words.text("history.first_day")
    assert field.calendarWidget().locale().name() == "zh_CN"


def test_a_count_is_told_with_its_word_where_it_may_be_cut(qtbot: QtBot, look: Look) -> None:
    card = CountCard(look, Verdict.ATTACK_SUSPECTED)
    qtbot.addWidget(card)
    card.show_count("1,204", "Attack suspected")
    assert card.accessibleName() == card.toolTip() == "Attack suspected: 1,204"
    assert card.minimumSizeHint().width() <= card.sizeHint().width()
