"""Quality is told by place, colour, icon and words; what was not measured is never good."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.quality import (
    Limits,
    Measure,
    QualityReading,
    QualityReport,
    Standing,
)
from facecheck_gui.i18n import Language, Words
from facecheck_gui.messages import value_text
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.picture_slot import PictureSlot
from facecheck_gui.ui.widgets.plain_label import PlainLabel
from facecheck_gui.ui.widgets.quality_bars import QualityBars
from facecheck_gui.ui.widgets.quality_text import quality_bar, quality_bars

GOOD = QualityReading(Measure.SHARPNESS, 0.83, Limits(least=0.4))
LOW = QualityReading(Measure.EYE_DISTANCE, 62.0, Limits(least=90))
HIGH = QualityReading(Measure.YAW, 12.0, Limits(most=8))
UNKNOWN = QualityReading(Measure.EYES_OPEN, None, Limits(least=0.3))


def _shown(qtbot: QtBot, look: Look, words: Words, *readings: QualityReading) -> QualityBars:
    bars = QualityBars(look)
    qtbot.addWidget(bars)
    bars.resize(520, 30 * len(readings))
    bars.show_bars(quality_bars(QualityReport(readings), words))
    bars.show()
    return bars


def _columns(image: QImage, colour: QColor) -> list[int]:
    """Where across the picture this very colour is."""
    made = image.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(made.constBits(), np.uint8).reshape(made.height(), -1, 4)
    found = (flat[:, :, :3] == np.array(colour.getRgb()[:3])).all(axis=2).any(axis=0)
    return [int(x) for x in np.flatnonzero(found)]


def test_the_poor_come_first_and_the_unmeasured_last(words: Words) -> None:
    bars = quality_bars(QualityReport((UNKNOWN, GOOD, HIGH, LOW)), words)
    assert [bar.standing for bar in bars] == [
        Standing.TOO_HIGH,
        Standing.TOO_LOW,
        Standing.GOOD,
        Standing.NOT_MEASURED,
    ]


@pytest.mark.parametrize(("reading", "above"), [(GOOD, True), (LOW, False), (HIGH, True)])
def test_a_value_lies_on_its_own_side_of_the_limit(
    words: Words, reading: QualityReading, above: bool
) -> None:
    bar = quality_bar(reading, words)
    limit = bar.least if bar.least is not None else bar.most
    assert bar.share is not None
    assert limit is not None
    assert (bar.share > limit) is above
    assert 0.25 <= limit <= 0.75


@pytest.mark.parametrize("measure", list(Measure))
def test_every_reading_makes_a_row(words: Words, measure: Measure) -> None:
    limits = (Limits(), Limits(least=0.4), Limits(0.1, 0.9), Limits(most=0))
    values = (None, float("nan"), -1.0, 0.0, 0.5, 1e9)
    for reading in (QualityReading(measure, v, each) for v in values for each in limits):
        bar = quality_bar(reading, words)
        for place in (bar.share, bar.least, bar.most):
            assert place is None or 0 <= place <= 1, reading
        assert (bar.share is None) is (bar.standing is Standing.NOT_MEASURED), reading
        assert bar.label in bar.description


def test_values_have_their_units() -> None:
    assert value_text(Measure.EYE_DISTANCE, 62.4) == "62 px"
    assert value_text(Measure.YAW, 12.2) == "12°"
    assert value_text(Measure.SHARPNESS, 0.834) == "83 %"
    assert value_text(Measure.OVER_EXPOSED, 0.002) == "0.2 %"
    assert value_text(Measure.DYNAMIC_RANGE, 6.81) == "6.8 bit"


def test_every_row_is_told_to_those_who_cannot_see_it(
    qtbot: QtBot, look: Look, words: Words
) -> None:
    bars = _shown(qtbot, look, words, GOOD, UNKNOWN)
    names = [part.accessibleName() for part in bars.findChildren(QWidget)]
    for bar in bars.bars:
        assert bar.description in names
    assert words.text("standing.not_measured") in bars.bars[1].description


def test_what_was_not_measured_is_never_green_and_its_bar_is_empty(
    qtbot: QtBot, look: Look, words: Words
) -> None:
    green, amber = look.colour("match_edge"), look.colour("unsure_edge")
    unknown = _shown(qtbot, look, words, UNKNOWN).grab().toImage()
    assert _columns(unknown, green) == []
    assert _columns(unknown, amber) == []
    assert _columns(_shown(qtbot, look, words, GOOD).grab().toImage(), green)


def test_good_and_poor_differ_in_colour_and_in_icon(qtbot: QtBot, look: Look, words: Words) -> None:
    readings = (GOOD, QualityReading(Measure.SHARPNESS, 0.2, Limits(least=0.4)))
    images = [_shown(qtbot, look, words, reading).grab().toImage() for reading in readings]
    assert _columns(images[0], look.colour("match_edge"))
    assert _columns(images[1], look.colour("match_edge")) == []
    assert _columns(images[1], look.colour("unsure_edge"))
    look.wear("contrast")
    icons = [
        _shown(qtbot, look, words, reading).grab().toImage().copy(0, 0, 18, 30)
        for reading in readings
    ]
    assert icons[0] != icons[1]


def test_a_longer_bar_is_a_larger_value(qtbot: QtBot, look: Look, words: Words) -> None:
    widths = []
    for value in (0.45, 0.6, 0.75):
        reading = QualityReading(Measure.SHARPNESS, value, Limits(least=0.4))
        image = _shown(qtbot, look, words, reading).grab().toImage()
        widths.append(len(_columns(image, look.colour("match_edge"))))
    assert widths[0] < widths[1] < widths[2]


def test_other_rows_take_the_place_of_the_first(qtbot: QtBot, look: Look, words: Words) -> None:
    bars = _shown(qtbot, look, words, GOOD, LOW, HIGH)
    bars.show_bars(quality_bars(QualityReport((GOOD,)), Words(Language.ZH)))
    shown = [label.text() for label in bars.findChildren(PlainLabel) if label.isVisibleTo(bars)]
    assert shown == [Words(Language.ZH).text("measure.sharpness"), "83 %"]


@pytest.fixture
def slot(qtbot: QtBot, look: Look, present: Callable[[QWidget], None]) -> PictureSlot:
    made = PictureSlot(look, keeps_room=True)
    qtbot.addWidget(made)
    made.resize(300, 340)
    present(made)
    return made


def test_findings_stand_below_the_picture_which_does_not_move(
    slot: PictureSlot, pixels: Pixels
) -> None:
    tall = pixels.transpose(1, 0, 2)
    slot.show_picture(tall, (FaceBox(10, 10, 20, 30),), 0, "Wei")
    mark, before = slot.marks[0].geometry(), slot.grab().toImage()
    hint = slot.sizeHint(), slot.minimumSizeHint()
    slot.show_findings(("The face is too small.", "The light is poor."), poor=True)
    after = slot.grab().toImage()
    assert slot.marks[0].geometry() == mark
    assert (slot.sizeHint(), slot.minimumSizeHint()) == hint
    top = slot.findings.geometry().top()
    assert before.copy(0, 0, 300, top) == after.copy(0, 0, 300, top)
    assert before != after


def test_without_room_kept_the_picture_makes_room_and_its_face_stays_marked(
    qtbot: QtBot, look: Look, pixels: Pixels
) -> None:
    slot = PictureSlot(look)
    qtbot.addWidget(slot)
    slot.resize(300, 340)
    slot.show_picture(pixels.transpose(1, 0, 2), (FaceBox(10, 10, 20, 30),), 0, "Wei")
    before = slot.marks[0].geometry()
    slot.show_findings(("The face is too small.",), poor=True)
    assert slot.marks[0].height() < before.height()
    slot.show_findings((), poor=False)
    assert slot.marks[0].geometry() == before


def test_lines_that_do_not_fit_are_in_the_tooltip(slot: PictureSlot, pixels: Pixels) -> None:
    lines = ("The face is too small: come closer.", "The light is poor.", "Hold still, please.")
    slot.show_picture(pixels, (), None, "Wei")
    slot.show_findings(lines, poor=True)
    assert len(slot.findings.shown_lines()) == 2
    assert slot.findings.toolTip() == "\n".join(lines)
    assert slot.findings.accessibleName() == "\n".join(lines)
    slot.resize(300, 160)
    assert len(slot.findings.shown_lines()) == 1


def test_good_and_poor_findings_look_different(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (), None, "Wei")
    slot.show_findings(("Fine",), poor=False)
    good = slot.grab().toImage()
    slot.show_findings(("Fine",), poor=True)
    assert slot.findings.is_poor
    assert slot.grab().toImage() != good


def test_findings_go_with_their_picture(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (), None, "Wei")
    slot.show_findings(("Blurred",), poor=True)
    slot.show_picture(pixels, (), None, "Wei")
    assert slot.findings.lines == ("Blurred",)
    slot.show_picture(pixels.copy(), (), None, "Wei")
    assert slot.findings.lines == ()
    slot.show_findings(("Blurred",), poor=True)
    slot.show_status("photo", "No reference photo yet", "")
    assert slot.findings.isHidden()
    slot.show_findings(("Blurred",), poor=True)
    assert slot.findings.lines == ()


def test_a_tooltip_is_never_markup(slot: PictureSlot, pixels: Pixels) -> None:
    slot.show_picture(pixels, (), None, "Wei")
    slot.show_findings(("<img src=x>",), poor=True)
    assert slot.findings.toolTip() == "<span>&lt;img src=x&gt;</span>"
