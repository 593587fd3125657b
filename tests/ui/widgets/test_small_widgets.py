"""Notices, buttons with keys, segments and flowing rows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QPushButton,
    QSpinBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.comparison import EngineName
from facecheck_gui.domain.errors import PictureError
from facecheck_gui.i18n import Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets import painting
from facecheck_gui.ui.widgets.field import ChoiceField
from facecheck_gui.ui.widgets.key_button import KeyButton
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip


def test_a_lasting_notice_cannot_be_closed(qtbot: QtBot, look: Look) -> None:
    strip = NoticeStrip(look, closable=False)
    qtbot.addWidget(strip)
    strip.show_text("The cloud's address is plain http.", "Close")
    strip.show()
    assert not [b for b in strip.findChildren(QToolButton) if b.isVisible()]
    assert strip.accessibleName() == strip.sentence == "The cloud's address is plain http."


def test_a_notice_is_closed_and_tells_so(qtbot: QtBot, look: Look) -> None:
    strip = NoticeStrip(look, closable=True)
    qtbot.addWidget(strip)
    strip.show_text("Key and secret are not set.", "Close", "Enter…")
    strip.show()
    (action,) = [b for b in strip.findChildren(QPushButton) if b.isVisible()]
    with qtbot.waitSignal(strip.action_requested):
        qtbot.mouseClick(action, Qt.MouseButton.LeftButton)
    (close,) = strip.findChildren(QToolButton)
    assert close.accessibleName() == "Close"
    with qtbot.waitSignal(strip.closed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()


def test_a_notice_has_a_ground_of_its_own(qtbot: QtBot, look: Look) -> None:
    strip = NoticeStrip(look, closable=True)
    qtbot.addWidget(strip)
    strip.show_text("x", "Close")
    strip.resize(300, 44)
    assert strip.grab().toImage().pixelColor(150, 6) == look.colour("notice_warning")


def test_a_button_shows_its_words_and_its_key_and_cuts_neither(qtbot: QtBot, look: Look) -> None:
    button = KeyButton(look, primary=True)
    qtbot.addWidget(button)
    button.show_words("Check", "Space")
    narrow = button.minimumSizeHint().width()
    button.show_words("Jetzt noch einmal vergleichen", "Space")
    assert button.minimumSizeHint().width() > narrow
    assert (button.text(), button.key) == ("Jetzt noch einmal vergleichen", "Space")
    assert button.accessibleName() == button.text()
    assert button.sizeHint().height() >= 52


def test_a_disabled_button_looks_disabled(qtbot: QtBot, look: Look) -> None:
    button = KeyButton(look, primary=True)
    qtbot.addWidget(button)
    button.show_words("Check", "Space")
    button.resize(300, 52)
    live = button.grab().toImage().pixelColor(20, 26)
    button.setEnabled(False)
    assert live == look.colour("accent")
    assert button.grab().toImage().pixelColor(20, 26) == look.colour("disabled_ground")


def test_the_focus_ring_is_seen_on_every_kind_of_button(
    qtbot: QtBot, look: Look, present: Callable[[QWidget], None]
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    buttons: list[QAbstractButton] = [KeyButton(look, primary=p) for p in (True, False)]
    buttons += [QPushButton("x"), QToolButton()]
    for button in buttons:
        button.setParent(page)
        button.resize(200, 52)
    present(page)
    for button in buttons:
        button.clearFocus()
        before = button.grab().toImage()
        button.setFocus()
        assert button.grab().toImage() != before


def test_figures_keep_off_the_edge_of_a_number_box(qtbot: QtBot, look: Look) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    painting.indent(box)
    assert box.lineEdit().textMargins().left() >= 8


def test_whatever_takes_the_keyboard_has_a_name(qtbot: QtBot, look: Look, words: Words) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    strip = NoticeStrip(look, closable=True)
    strip.show_text("x", "Close", "Enter")
    key = KeyButton(look, primary=True)
    key.show_words("Check", "Space")
    field = ChoiceField(words, "staff.engine", "engine", tuple(EngineName))
    for widget in (strip, key, field):
        widget.setParent(page)
    page.show()
    nameless = [
        w
        for w in page.findChildren(QWidget)
        if w.isVisible()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(w, QAbstractSpinBox)
        and not (w.accessibleName() or getattr(w, "text", str)())
    ]
    assert nameless == []


def test_a_pasted_picture_is_fitted_opaque_and_read_only() -> None:
    image = QImage(2400, 1200, QImage.Format.Format_ARGB32)
    image.fill(QColor(255, 0, 0, 0))
    painter = QPainter(image)
    painter.fillRect(0, 0, 1200, 1200, QColor(10, 20, 30))
    painter.end()
    picture = painting.picture_of(image, "pasted")
    assert (picture.width, picture.height, picture.label) == (1920, 960, "pasted")
    assert picture.pixels[5, 5].tolist() == [10, 20, 30]
    assert picture.pixels[5, -5].tolist() == [255, 255, 255]
    assert not picture.pixels.flags.writeable


def test_a_pasted_picture_of_an_odd_width_is_not_slanted() -> None:
    image = QImage(7, 5, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    image.setPixelColor(6, 4, QColor(200, 100, 50))
    pixels = painting.picture_of(image, "").pixels
    assert pixels[4, 6].tolist() == [200, 100, 50]
    assert pixels[:4].reshape(-1, 3).tolist() == [[1, 2, 3]] * 28


def test_nothing_pasted_is_no_picture() -> None:
    with pytest.raises(PictureError):
        painting.picture_of(QImage(), "")
