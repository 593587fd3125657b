"""The answer is seen, read and heard, and moves nothing else."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from facecheck_gui.domain.comparison import ComparisonScore, Threshold, Verdict
from facecheck_gui.i18n import Language, Words
from facecheck_gui.ui.look import Look
from facecheck_gui.ui.widgets.score_bar import ScoreReading
from facecheck_gui.ui.widgets.verdict_banner import BannerContent, VerdictBanner
from facecheck_gui.ui.widgets.verdict_plate import VerdictPlate


def scored(verdict: Verdict, word: str = "Match", score: float = 91.5) -> BannerContent:
    return BannerContent(
        verdict,
        word,
        "11.5 above the threshold · on this device · 0.04 s · liveness not checked",
        ScoreReading(ComparisonScore(score), Threshold()),
        f"{score:.2f}",
        "Score 91.50 of 100, threshold 80",
        step="The person may pass.",
    )


def unscored(verdict: Verdict = Verdict.NOT_CHECKED) -> BannerContent:
    return BannerContent(
        verdict,
        "Not checked",
        "kuaidi100 cloud · 1.38 s · liveness not checked",
        cause="The face in the live picture is blurred.",
        step="Ask the person to hold still.",
    )


@pytest.fixture
def banner(qtbot: QtBot, look: Look, words: Words) -> VerdictBanner:
    made = VerdictBanner(look, words)
    qtbot.addWidget(made)
    made.resize(1248, made.height())
    made.show()
    return made


def _plate(banner: VerdictBanner) -> VerdictPlate:
    return banner.findChildren(VerdictPlate)[0]


def _visible_texts(banner: VerdictBanner) -> list[str]:
    labels = [label for label in banner.findChildren(QLabel) if label.isVisible()]
    return [label.text().replace("\N{NO-BREAK SPACE}", " ") for label in labels]


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_own_colour_icon_and_word(
    banner: VerdictBanner, look: Look, verdict: Verdict
) -> None:
    banner.show_content(scored(verdict, verdict.value))
    plate = _plate(banner)
    image = plate.grab().toImage()
    assert image.pixelColor(12, 80) == look.colour(verdict.value)
    assert plate.word == verdict.value
    on_ground = look.colour(f"on_{verdict.value}")
    beside_icon = (image.pixelColor(x, y) for x in range(24, 88) for y in range(40, 120))
    assert on_ground in beside_icon


def test_all_that_was_found_is_heard(banner: VerdictBanner) -> None:
    banner.show_content(scored(Verdict.MATCH))
    heard = banner.accessibleName()
    for part in ("Match", "91.50", "11.5 above", "on this device", "liveness not checked"):
        assert part in heard


def test_a_score_comes_with_what_to_do_and_how_it_was_found(banner: VerdictBanner) -> None:
    banner.show_content(scored(Verdict.MATCH))
    texts = _visible_texts(banner)
    assert "The person may pass." in texts
    assert "11.5 above the threshold · on this device · 0.04 s · liveness not checked" in texts


def test_not_checked_says_what_happened_what_to_do_and_how_it_was_tried(
    banner: VerdictBanner,
) -> None:
    banner.show_content(unscored())
    assert _visible_texts(banner) == [
        "The face in the live picture is blurred.",
        "Ask the person to hold still.",
        "kuaidi100 cloud · 1.38 s · liveness not checked",
    ]


def test_resting_is_a_quiet_hint_without_buttons(banner: VerdictBanner) -> None:
    banner.show_content(scored(Verdict.MATCH))
    banner.rest("Press Space to check.")
    assert banner.content is None
    assert banner.hint == "Press Space to check."
    assert _visible_texts(banner) == ["Press Space to check."]
    assert not [b for b in banner.findChildren(QPushButton) if b.isVisible()]


@pytest.mark.parametrize("width", [928, 1248, 3800])
def test_nothing_else_moves_when_a_verdict_comes(
    qtbot: QtBot, look: Look, words: Words, width: int
) -> None:
    page, banner = QWidget(), VerdictBanner(look, words)
    above, below = QLabel("above"), QLabel("below")
    layout = QVBoxLayout(page)
    for each in (above, banner, below):
        layout.addWidget(each)
    qtbot.addWidget(page)
    page.resize(width, 500)
    page.show()
    before = [each.geometry() for each in (above, banner, below)]
    for content in (scored(Verdict.UNSURE, "Cannot tell for sure"), unscored()):
        banner.show_content(content)
        QApplication.processEvents()
        assert [each.geometry() for each in (above, banner, below)] == before
        assert page.width() == width


@pytest.mark.parametrize(
    "word", ["比对未通过", "Cannot tell for sure", "Nicht mit Sicherheit zu entscheiden"]
)
@pytest.mark.parametrize("width", [928, 1248])
def test_the_word_shrinks_before_it_is_cut(banner: VerdictBanner, word: str, width: int) -> None:
    banner.resize(width, banner.height())
    banner.show_content(scored(Verdict.UNSURE, word))
    plate = _plate(banner)
    assert plate.width() <= width * 0.54
    assert plate.word_size_px() >= 24
    if width == 1248 and len(word) < 24:
        assert plate.word_size_px() == 48


def test_a_short_word_is_readable_from_afar_in_the_smallest_window(banner: VerdictBanner) -> None:
    banner.resize(928, banner.height())
    for word in ("Match", "Not a match", "Not checked", "比对未通过"):
        banner.show_content(scored(Verdict.NON_MATCH, word))
        assert _plate(banner).word_size_px() == 48


def test_buttons_tell_what_is_wanted_and_have_names(qtbot: QtBot, banner: VerdictBanner) -> None:
    banner.show_content(unscored())
    details, again = [b for b in banner.findChildren(QPushButton) if b.isVisible()]
    with qtbot.waitSignal(banner.details_requested):
        qtbot.mouseClick(details, Qt.MouseButton.LeftButton)
    again.setFocus()
    with qtbot.waitSignal(banner.check_again_requested):
        qtbot.keyClick(again, Qt.Key.Key_Space)
    assert (details.text(), again.text()) == ("Details", "Check again")


def test_words_follow_the_language(banner: VerdictBanner, words: Words) -> None:
    words.speak(Language.ZH)
    QApplication.sendEvent(banner, QEvent(QEvent.Type.LanguageChange))
    assert {"详情", "再次比对", "仍然比对"} == {b.text() for b in banner.findChildren(QPushButton)}


def test_with_reduced_motion_the_verdict_is_there_at_once(banner: VerdictBanner) -> None:
    banner.show_content(scored(Verdict.MATCH))
    sheet = _plate(banner).parentWidget()
    assert sheet.geometry() == banner.rect()
    assert sheet.graphicsEffect() is None


def test_a_verdict_slides_in_and_comes_to_rest(
    qtbot: QtBot, banner: VerdictBanner, look: Look
) -> None:
    look.reduce_motion(reduced=False)
    banner.show_content(scored(Verdict.MATCH))
    sheet = _plate(banner).parentWidget()
    assert sheet.graphicsEffect() is not None
    qtbot.waitUntil(lambda: sheet.graphicsEffect() is None, timeout=2000)
    assert sheet.geometry() == banner.rect()


def test_a_new_check_ends_the_slide(banner: VerdictBanner, look: Look) -> None:
    look.reduce_motion(reduced=False)
    banner.show_content(scored(Verdict.MATCH))
    banner.rest("Checking…")
    assert _plate(banner).parentWidget().graphicsEffect() is None
    assert not _plate(banner).isVisible()


def _icon_strip(banner: VerdictBanner) -> QImage:
    return _plate(banner).grab().toImage().copy(0, 0, 100, 160)


def test_without_colour_every_verdict_still_looks_different(
    banner: VerdictBanner, look: Look
) -> None:
    look.wear("contrast")
    strips: list[QImage] = []
    for verdict in Verdict:
        banner.show_content(scored(verdict, "same"))
        grey = _icon_strip(banner).convertToFormat(QImage.Format.Format_Grayscale8)
        assert all(grey != other for other in strips)
        strips.append(grey)


def test_a_theme_changes_while_a_verdict_stands(banner: VerdictBanner, look: Look) -> None:
    banner.show_content(scored(Verdict.MATCH))
    look.wear("dark")
    assert _plate(banner).grab().toImage().pixelColor(12, 80) == look.colour("match")
    assert look.colour("match").name() == "#3ddc84"


def test_names_from_outside_are_plain_text(banner: VerdictBanner) -> None:
    content = BannerContent(Verdict.NOT_CHECKED, "x", "<b>f</b>", cause="<img src=x>", step="<i>")
    banner.show_content(content)
    assert all(
        label.textFormat() == Qt.TextFormat.PlainText for label in banner.findChildren(QLabel)
    )
