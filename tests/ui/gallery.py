"""Pictures of every widget in every state, to be looked at: python tests/ui/gallery.py FOLDER.

Further words leave out names that do not hold them all, such as ``history dark zh``.

The scale is Qt's own (QT_SCALE_FACTOR=2); the platform whatever Qt finds, offscreen will do.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from facecheck_gui.camera.preview import View, render  # noqa: E402
from facecheck_gui.domain.comparison import (  # noqa: E402
    ComparisonScore,
    EngineName,
    Threshold,
    Verdict,
    decide,
)
from facecheck_gui.domain.face import FaceBox  # noqa: E402
from facecheck_gui.domain.guidance import Instruction  # noqa: E402
from facecheck_gui.domain.image import Frame, Pixels  # noqa: E402
from facecheck_gui.domain.liveness import Challenge, LivenessLevel  # noqa: E402
from facecheck_gui.domain.quality import (  # noqa: E402
    Limits,
    Measure,
    QualityReading,
    QualityReport,
)
from facecheck_gui.i18n import Language, Words  # noqa: E402
from facecheck_gui.imaging import files  # noqa: E402
from facecheck_gui.ui.look import Look  # noqa: E402
from facecheck_gui.ui.theme import TextRole  # noqa: E402
from facecheck_gui.ui.widgets import painting  # noqa: E402
from facecheck_gui.ui.widgets.camera_view import CameraView  # noqa: E402
from facecheck_gui.ui.widgets.field import ChoiceField  # noqa: E402
from facecheck_gui.ui.widgets.guidance import (  # noqa: E402
    INSTRUCTION_ICONS,
    ChallengeContent,
    GuidanceContent,
)
from facecheck_gui.ui.widgets.key_button import KeyButton  # noqa: E402
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip  # noqa: E402
from facecheck_gui.ui.widgets.picture_slot import PictureSlot  # noqa: E402
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel  # noqa: E402
from facecheck_gui.ui.widgets.quality_bars import QualityBars  # noqa: E402
from facecheck_gui.ui.widgets.quality_text import quality_bars  # noqa: E402
from facecheck_gui.ui.widgets.score_bar import ScoreBar, ScoreReading  # noqa: E402
from facecheck_gui.ui.widgets.verdict_banner import BannerContent, VerdictBanner  # noqa: E402
from tests.ui.history_gallery import HistoryGallery  # noqa: E402

THRESHOLD = Threshold()
FACES = (FaceBox(118, 60, 190, 240), FaceBox(600, 70, 190, 240))
REPORT = QualityReport(
    (
        QualityReading(Measure.SINGLE_FACE, 0.0, Limits(most=0.2)),
        QualityReading(Measure.EYE_DISTANCE, 62.0, Limits(least=90)),
        QualityReading(Measure.YAW, 12.0, Limits(most=8)),
        QualityReading(Measure.PITCH, 3.0, Limits(most=8)),
        QualityReading(Measure.HEAD_SIZE, 0.41, Limits(0.25, 0.6)),
        QualityReading(Measure.MARGIN_LEFT, 1.9, Limits(least=1.4)),
        QualityReading(Measure.SHARPNESS, 0.83, Limits(least=0.4)),
        QualityReading(Measure.OVER_EXPOSED, 0.002, Limits(most=0.05)),
        QualityReading(Measure.LUMINANCE, 0.48, Limits(0.2, 0.8)),
        QualityReading(Measure.DYNAMIC_RANGE, 6.8, Limits(least=5)),
        QualityReading(Measure.EYES_OPEN, None, Limits(least=0.3)),
        QualityReading(Measure.FACE_COVERED, None, Limits(most=0.1)),
    )
)


def photo(name: str) -> Pixels:
    """A demonstration photo."""
    return files.read_file(ROOT / "resources" / "demo" / name).pixels


def frame() -> Frame:
    """What a camera might see: a portrait on a wide ground."""
    face = photo("collins.jpg")
    wide = np.zeros((face.shape[0], face.shape[0] * 16 // 9, 3), np.uint8)
    wide[:] = face[:, :1].mean(axis=(0, 1)).astype(np.uint8)
    left = (wide.shape[1] - face.shape[1]) // 2
    wide[:, left : left + face.shape[1]] = face
    return Frame(wide, 0.0, "gallery")


class Gallery:
    """Makes each exhibit anew, so that none depends on another."""

    def __init__(self, look: Look, words: Words) -> None:
        self.look, self.words = look, words

    def exhibits(self) -> Iterator[tuple[str, Callable[[], QWidget]]]:
        """All of them with their names."""
        for make in (
            self.banners,
            self.narrow_banners,
            self.cameras,
            self.slots,
            self.guidance,
            self.instructions,
            self.large_guidance,
            self.quality,
            self.icons,
            self.controls,
        ):
            yield make.__name__, make

    def banner_content(self, value: float) -> BannerContent:
        """A verdict with a score."""
        score, text = ComparisonScore(value), self.words.text
        verdict = decide(score, THRESHOLD)
        points = abs(score.value - THRESHOLD.score)
        side = "above" if score.value >= THRESHOLD.score else "below"
        facts = text(
            "staff.facts",
            margin=text(f"staff.margin_{side}", points=f"{points:.2f}"),
            engine=text("engine_phrase.device"),
            seconds="0.04",
            liveness=text("liveness_result.not_checked"),
        )
        return BannerContent(
            verdict,
            text(f"verdict.{verdict.value}"),
            facts,
            ScoreReading(score, THRESHOLD),
            str(score),
            text("staff.score_described", score=score, threshold="80"),
            step=text(f"verdict_step.{verdict.value}"),
        )

    def unscored(self, verdict: Verdict, fault: str, picture: str) -> BannerContent:
        """A verdict without a score."""
        text = self.words.text
        facts = text(
            "staff.facts_unscored",
            engine=text("engine_phrase.kuaidi100"),
            seconds="1.38",
            liveness=text("liveness_result.not_checked"),
        )
        sentence = text(f"fault.{fault}.sentence", picture=text(f"picture.{picture}"))
        return BannerContent(
            verdict,
            text(f"verdict.{verdict.value}"),
            facts,
            cause=sentence[:1].upper() + sentence[1:],
            step=text(f"fault.{fault}.staff"),
        )

    def banners(self) -> QWidget:
        """Every verdict."""
        page, column = _page(1248)
        resting = VerdictBanner(self.look, self.words)
        resting.rest(self.words.text("staff.ready_hint"))
        column.addWidget(resting)
        contents = [self.banner_content(value) for value in (91.5, 42.17, 77.0)]
        contents.append(self.unscored(Verdict.NOT_CHECKED, "face_blurred", "probe"))
        contents.append(self.unscored(Verdict.ATTACK_SUSPECTED, "liveness_failed", "probe"))
        for content in contents:
            banner = VerdictBanner(self.look, self.words)
            column.addWidget(banner)
            banner.show_content(content)
        return page

    def narrow_banners(self) -> QWidget:
        """The smallest window."""
        page, column = _page(928)
        contents = [self.banner_content(value) for value in (100.0, 0.0, 77.0)]
        contents.append(self.unscored(Verdict.NOT_CHECKED, "tls_failed", "neither"))
        for content in contents:
            banner = VerdictBanner(self.look, self.words)
            column.addWidget(banner)
            banner.show_content(content)
        return page

    def cameras(self) -> QWidget:
        """Live, well placed, busy, and three troubles."""
        page, column = _page(1248)
        rows = [QHBoxLayout(), QHBoxLayout()]
        for row in rows:
            row.setSpacing(16)
            column.addLayout(row)
        text, views = self.words.text, [CameraView(self.look) for _ in range(5)]
        for index, view in enumerate(views):
            view.setFixedSize(*((608, 420) if index < 2 else (400, 300)))
            rows[0 if index < 2 else 1].addWidget(view)
        seen = frame()
        for view in views[:2]:
            view.show_preview(render(seen, View(*view.device_size())))
        views[0].show_caption(text("fault.face_too_small.person"))
        views[1].show_caption(text("staff.caption_live"), well_placed=True)
        views[2].freeze(seen.pixels, mirrored=True)
        views[2]._turn = 0.3
        views[3].show_status(
            "camera-off",
            text("fault.camera_busy.sentence"),
            text("fault.camera_busy.staff"),
            text("staff_camera.retry"),
            text("staff_camera.choose_another"),
        )
        views[4].show_status("camera", text("staff_camera.opening_title"), "Front desk cam")
        return page

    def slots(self) -> QWidget:
        """Empty, one face, two faces, trouble, cloud alone."""
        page, column = _page(1248)
        row = QHBoxLayout()
        row.setSpacing(16)
        column.addLayout(row)
        text, slots = self.words.text, [PictureSlot(self.look) for _ in range(4)]
        for slot in slots:
            slot.setFixedSize(300, 340)
            row.addWidget(slot)
        slots[0].show_status(
            "photo", text("staff.reference_empty_title"), text("staff.reference_empty")
        )
        slots[1].show_picture(photo("hopper.jpg"), (FaceBox(135, 100, 230, 290),), 0, "hopper")
        slots[2].show_status(
            "warning",
            text("staff.reference_failed"),
            text("fault.picture_damaged.sentence", picture=text("picture.reference")),
        )
        slots[3].show_status(
            "cloud", text("staff.reference_cloud_title"), text("staff.reference_token")
        )
        wide = PictureSlot(self.look)
        wide.setFixedSize(620, 340)
        column.addWidget(wide)
        wide.show_picture(photo("two_people.jpg"), FACES, 0, "two")
        return page

    def guidance(self) -> QWidget:
        """Every way in which the live side speaks to the person."""
        page, column = _page(1248)
        face = FaceBox(352, 45, 132, 140)
        contents: list[GuidanceContent | ChallengeContent] = [
            GuidanceContent("closer", self._said("instruction.closer"), face=face),
            GuidanceContent("check", self._said("instruction.ready"), ready=True, face=face),
            GuidanceContent(
                "hold", self._said("instruction.hold_still"), True, face, progress=0.62
            ),
        ]
        contents += [
            ChallengeContent(each, self._said(f"challenge.{each.value}"), share, 4.2, face)
            for each, share in zip(Challenge, (0.3, 0.0, 0.8), strict=True)
        ]
        rows = [QHBoxLayout(), QHBoxLayout(), QHBoxLayout()]
        for index, content in enumerate(contents):
            rows[index // 2].addWidget(self._live(content, 608, 400))
        for row in rows:
            row.setSpacing(16)
            column.addLayout(row)
        return page

    def instructions(self) -> QWidget:
        """Everything that is asked of a person, each as it is shown."""
        page, column = _page(1248)
        face = FaceBox(352, 45, 132, 140)
        contents: list[GuidanceContent | ChallengeContent] = [
            GuidanceContent(
                icon,
                self._said(f"instruction.{instruction.value}"),
                ready=instruction is Instruction.READY,
                face=None if instruction is Instruction.NOBODY else face,
            )
            for instruction, icon in INSTRUCTION_ICONS.items()
        ]
        contents += [
            ChallengeContent(each, self._said(f"challenge.{each.value}"), 0.3, 4.2, face)
            for each in Challenge
        ]
        for start in range(0, len(contents), 3):
            row = QHBoxLayout()
            row.setSpacing(16)
            for content in contents[start : start + 3]:
                row.addWidget(self._live(content, 405, 270))
            column.addLayout(row)
        return page

    def large_guidance(self) -> QWidget:
        """For people who stand 2 m away; and the smallest views."""
        page, column = _page(1248)
        text, face = self._said("instruction.more_light"), FaceBox(352, 45, 132, 140)
        light = GuidanceContent("light", text, face=face, large=True)
        ready = GuidanceContent("check", self._said("instruction.ready"), True, face, 0.4, True)
        turn = ChallengeContent(
            Challenge.TURN_RIGHT, self._said("challenge.turn_right"), 0.5, 7.9, face, True
        )
        column.addWidget(self._live(light, 1248, 620))
        row = QHBoxLayout()
        row.setSpacing(16)
        for content, width in ((ready, 400), (turn, 400), (light, 416)):
            row.addWidget(self._live(content, width, 560))
        column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(16)
        small = GuidanceContent("light", text, face=face)
        narrow = ChallengeContent(Challenge.TURN_LEFT, turn.text, 0.5, 7.9, face)
        for content, width in ((small, 320), (narrow, 320), (ready, 320)):
            row.addWidget(self._live(content, width, 200))
        column.addLayout(row)
        return page

    def _said(self, key: str) -> str:
        name = key.rsplit(".", maxsplit=1)[-1].replace("_", " ")
        return self.words.text(key) if self.words.has(key) else name.capitalize()

    def _live(
        self, content: GuidanceContent | ChallengeContent, width: int, height: int
    ) -> CameraView:
        view = CameraView(self.look)
        view.setFixedSize(width, height)
        view.show_preview(render(frame(), View(*view.device_size())))
        if isinstance(content, GuidanceContent):
            view.show_guidance(content)
        else:
            view.show_challenge(content)
        return view

    def quality(self) -> QWidget:
        """Bars of every standing, and what is said below a reference."""
        page, column = _page(1000)
        bars = QualityBars(self.look)
        bars.show_bars(quality_bars(REPORT, self.words))
        column.addWidget(bars)
        lines = [bar.description for bar in quality_bars(REPORT, self.words)]
        row = QHBoxLayout()
        row.setSpacing(16)
        for count, poor, height in (
            (1, False, 340),
            (2, True, 340),
            (3, True, 340),
            (2, True, 180),
        ):
            slot = PictureSlot(self.look, keeps_room=True)
            slot.setFixedSize(238, height)
            slot.show_picture(photo("hopper.jpg"), (FaceBox(135, 100, 230, 290),), 0, "hopper")
            slot.show_findings(lines[:count], poor=poor)
            row.addWidget(slot)
        column.addLayout(row)
        return page

    def icons(self) -> QWidget:
        """The line-drawn set, in the sizes in which it is used."""
        page, column = _page(760)
        names = sorted({*INSTRUCTION_ICONS.values(), "dash", "warning"})
        for size in (18, 24, 36):
            row = QHBoxLayout()
            for name in names:
                label = QLabel()
                label.setPixmap(self.look.pixmap(name, size, "text"))
                row.addWidget(label)
            column.addLayout(row)
        return page

    def controls(self) -> QWidget:
        """Everything small."""
        page, column = _page(760)
        text = self.words.text
        for closable in (False, True):
            strip = NoticeStrip(self.look, closable=closable)
            key = "key_missing" if closable else "plain_http"
            action = text("notice.enter_key") if closable else ""
            strip.show_text(text(f"notice.{key}"), text("dialog.close"), action)
            column.addWidget(strip)
        column.addLayout(self._fields())
        column.addLayout(self._buttons())
        check = KeyButton(self.look, primary=True)
        check.show_words(text("staff.check"), "Space")
        cancel = KeyButton(self.look, primary=False)
        cancel.show_words(text("staff.cancel"), "Esc")
        off = KeyButton(self.look, primary=True)
        off.show_words(text("staff.check"), "Space")
        off.setEnabled(False)
        for button in (check, cancel, off):
            column.addWidget(button)
        for value, threshold in ((91.5, THRESHOLD), (78.0, THRESHOLD), (3.0, Threshold(60, 10))):
            bar = ScoreBar(self.look)
            bar.show_reading(ScoreReading(ComparisonScore(value), threshold), "text", "")
            column.addWidget(bar)
        column.addLayout(self._labels())
        return page

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        engine = ChoiceField(self.words, "staff.engine", "engine", tuple(EngineName))
        liveness = ChoiceField(self.words, "staff.liveness", "liveness", tuple(LivenessLevel))
        row.addWidget(engine)
        row.addWidget(liveness)
        edit, spin, tick = QLineEdit("https://"), QSpinBox(), QCheckBox("http")
        tick.setChecked(True)
        painting.indent(spin)
        off = QComboBox()
        off.addItem("—")
        off.setEnabled(False)
        for each in (edit, spin, tick, off):
            row.addWidget(each)
        return row

    def _buttons(self) -> QHBoxLayout:
        flow = QHBoxLayout()
        text = self.words.text
        for name, icon in (("open", "open"), ("paste", "paste"), ("from_roster", "people")):
            button = QPushButton(self.look.icon(icon), text(f"staff.{name}"))
            flow.addWidget(button)
        off = QPushButton(self.look.icon("camera"), text("staff_camera.retry"))
        off.setEnabled(False)
        flow.addWidget(off)
        default = QPushButton(text("dialog.save"))
        default.setProperty("primary", True)
        flow.addWidget(default)
        return flow

    def _labels(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(PlainLabel(self.words.text("staff.reference"), "heading"))
        column.addWidget(PlainLabel("<img src=x> <b>Zhang Wei</b> · 00417", "heading"))
        long = " ".join([self.words.text("notice.liveness_reference")] * 4)
        column.addWidget(ElidedLabel(long, "muted", lines=2))
        large = PlainLabel("0123456789 · 91.50")
        large.set_size(TextRole.LARGE, strong=True)
        column.addWidget(large)
        tabs = QTabWidget()
        tabs.addTab(QWidget(), self.words.text("details.title"))
        tabs.addTab(QWidget(), self.words.text("details.findings"))
        tabs.setFixedHeight(60)
        column.addWidget(tabs)
        return column


def _page(width: int) -> tuple[QMainWindow, QVBoxLayout]:
    page, inner = QMainWindow(), QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(16)
    page.setCentralWidget(inner)
    page.setFixedWidth(width + 32)
    return page, column


def _settle(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _keep(make: Callable[[], QWidget], file: Path) -> None:
    page = make()
    page.show()
    page.adjustSize()
    _settle(260)
    page.grab().save(str(file))
    page.close()
    page.deleteLater()


def main() -> None:
    """Fill the folder."""
    folder = Path(sys.argv[1])
    only = sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as arrows:
        look = Look(application, "light", Path(arrows))
        for theme in ("light", "dark", "contrast"):
            look.wear(theme)
            for language in Language:
                nowhere = QSettings(str(Path(arrows, "none.ini")), QSettings.Format.IniFormat)
                exhibits = (
                    *Gallery(look, Words(language)).exhibits(),
                    *HistoryGallery(look, Words(language), nowhere).exhibits(),
                )
                for name, make in exhibits:
                    named = f"{name}-{theme}-{language.value}"
                    if all(word in named for word in only):
                        nowhere.clear()
                        _keep(make, folder / f"{named}.png")


if __name__ == "__main__":
    main()
