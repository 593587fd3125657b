"""The station's window: every page in both languages, and no way out of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from facecheck_gui.domain import kiosk_events as k
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import Subject
from facecheck_gui.domain.consent import Purpose
from facecheck_gui.domain.kiosk import KioskRules, Page, Screen, Way, Why
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.kiosk.first_pages import StationTexts
from facecheck_gui.ui.kiosk.letters import sizes_for
from facecheck_gui.ui.kiosk.parts import BigTick
from facecheck_gui.ui.kiosk.window import KioskWindow
from facecheck_gui.ui.look import Look

pytestmark = pytest.mark.usefixtures("garbage_is_found_on_this_thread")

RULES = KioskRules(frozenset(Way), (Purpose.COMPARE, Purpose.SEND_TO_CLOUD))
TEXTS = StationTexts("<b>Hospital</b>", "reception", 30)
AGREED = frozenset({Purpose.COMPARE})
ZHANG = Subject("00417", "<img src=x>")
SCREENS = {
    page: Screen(page, agreed=AGREED, subject=ZHANG, why=Why.SUSPECTED, help_open=True)
    for page in Page
}


class Station:
    """A window, and what happened on it."""

    def __init__(self, qtbot: QtBot, look: Look, language: Language) -> None:
        self.words = Words(language)
        self.window = KioskWindow(look, self.words, RULES, TEXTS)
        self.events: list[k.Event] = []
        self.refused: list[bool] = []
        self.window.happened.connect(self.events.append)
        self.window.closing_refused.connect(lambda: self.refused.append(True))
        qtbot.addWidget(self.window, before_close_func=lambda w: w.let_close())
        self.window.resize(1080, 1920)
        self.window.show()

    def show(self, screen: Screen) -> None:
        self.window.show_screen(screen)

    def said(self) -> list[str]:
        labels = (label for label in self.window.findChildren(QLabel) if label.isVisible())
        return [label.text() for label in labels if label.text()]

    def button(self, text: str) -> QPushButton:
        found = [b for b in self.window.findChildren(QPushButton) if b.isVisible()]
        return next(b for b in found if b.text() == text)


Open = Callable[..., Station]


@pytest.fixture
def station(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Open:
    look = Look(qapp, "light", tmp_path / "theme", reduced_motion=True)
    look.wear()
    return lambda language=Language.EN: Station(qtbot, look, language)


@pytest.mark.parametrize("language", Language)
def test_every_page_says_something_and_has_the_other_way(station: Open, language: Language) -> None:
    made = station(language)
    text = made.words.text
    for page, screen in SCREENS.items():
        made.show(screen)
        assert made.said(), page
        visible = {b.text() for b in made.window.findChildren(QPushButton) if b.isVisible()}
        alone = page in {Page.ATTRACT, Page.WELCOME, Page.SIGNED_IN, Page.OUT_OF_ORDER}
        assert (text("kiosk.small.back") in visible) is not alone, page
        no_face = text("kiosk.no_face") in visible
        assert no_face is not (alone or page in {Page.NO_FACE, Page.CODE, Page.CALLED}), page
        assert text(f"kiosk.help.{page.value}") in made.said()


def test_names_and_texts_from_outside_are_plain(station: Open) -> None:
    made = station()
    made.show(SCREENS[Page.NOTICE])
    assert any("<b>Hospital</b> compares" in said for said in made.said())
    made.show(SCREENS[Page.WELCOME])
    assert "Welcome, <img src=x>." in made.said()
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in made.window.findChildren(QLabel)
    )


def test_whatever_the_reason_the_page_for_who_is_not_let_in_is_the_same(station: Open) -> None:
    made = station()
    shown = set()
    for why in (Why.NOT_THE_SAME, Why.NOT_SURE, Why.SUSPECTED, Why.NOT_CHECKED):
        made.show(Screen(Page.SEE_STAFF, agreed=AGREED, subject=ZHANG, why=why))
        shown.add(tuple(made.said()))
    assert len(shown) == 1


def test_nothing_of_a_visitor_is_left_on_a_page_that_is_not_shown(station: Open) -> None:
    made = station()
    made.show(Screen(Page.KEYPAD, typed="00417"))
    found = (Person("1", "Zhang Wei"),)
    made.show(Screen(Page.SEARCH, typed="zhang", found=found))
    made.show(Screen(Page.WELCOME, subject=ZHANG))
    made.show(Screen())
    everything = [label.text() for label in made.window.findChildren(QLabel)]
    everything += [line.text() for line in made.window.findChildren(QLineEdit)]
    everything += [button.text() for button in made.window.findChildren(QPushButton)]
    for secret in ("00417", "zhang", "Zhang Wei", ZHANG.name):
        assert not any(secret in text for text in everything), secret


def test_what_is_done_on_a_page_is_told(station: Open, qtbot: QtBot) -> None:
    made = station()
    made.button("Touch to begin").click()
    made.show(SCREENS[Page.NOTICE])
    made.window.findChildren(BigTick)[1].click()
    made.button("I agree").click()
    made.show(Screen(Page.KEYPAD, agreed=AGREED))
    made.button("4").click()
    made.show(SCREENS[Page.NO_FACE])
    made.button("I have a code from the staff").click()
    made.button("Call the staff").click()
    for name in ("Back", "Help", "Start again"):
        made.button(name).click()
    assert made.events == [
        k.Touched(),
        k.Ticked(Purpose.SEND_TO_CLOUD, ticked=True),
        k.Agreed(),
        k.Typed("4"),
        k.CodeWanted(),
        k.StaffWanted(),
        k.BackWanted(),
        k.HelpToggled(),
        k.StartAgainWanted(),
    ]


def test_nobody_agrees_by_an_old_tick(station: Open) -> None:
    made = station()
    made.show(SCREENS[Page.NOTICE])
    made.show(Screen(Page.NOTICE))
    assert not any(tick.isChecked() for tick in made.window.findChildren(BigTick))
    assert not made.button("I agree").isEnabled()


def test_neither_keys_nor_the_window_manager_close_it(station: Open, qtbot: QtBot) -> None:
    made = station()
    assert not made.window.close()
    assert made.window.isVisible()
    assert made.refused == [True]
    for key, modifiers in (
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
    ):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        assert made.window.event(event)
        assert event.isAccepted()
        qtbot.keyClick(made.window, key, modifiers)
        assert made.window.isVisible()
    assert made.window.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert not made.window.acceptDrops()
    assert all(
        line.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
        for line in made.window.findChildren(QLineEdit)
    )


def test_it_speaks_another_language_while_it_runs(station: Open) -> None:
    made = station()
    made.words.speak(Language.ZH)
    QApplication.sendEvent(made.window, QEvent(QEvent.Type.LanguageChange))
    assert "请在此签到" in made.said()


def test_what_is_touched_is_never_small() -> None:
    for size in ((1024, 600), (1080, 1920), (1920, 1080), (3840, 2160)):
        sizes = sizes_for(QSize(*size))
        assert sizes.button >= 88
        assert sizes.body >= 28
    assert sizes_for(QSize(1080, 1920)).title == 56
    assert sizes_for(QSize(1920, 1080)).verdict == 120
