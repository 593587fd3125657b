"""Pictures of every widget in every state, to be looked at: python tests/ui/gallery.py FOLDER.

The scale is Qt's own (QT_SCALE_FACTOR=2); the platform whatever Qt finds, offscreen will do.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
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
from facecheck_gui.domain.image import Frame, Pixels  # noqa: E402
from facecheck_gui.domain.liveness import LivenessLevel  # noqa: E402
from facecheck_gui.i18n import Language, Words  # noqa: E402
from facecheck_gui.imaging import files  # noqa: E402
from facecheck_gui.ui.look import Look  # noqa: E402
from facecheck_gui.ui.theme import TextRole  # noqa: E402
from facecheck_gui.ui.widgets import painting  # noqa: E402
from facecheck_gui.ui.widgets.camera_view import CameraView  # noqa: E402
from facecheck_gui.ui.widgets.field import ChoiceField  # noqa: E402
from facecheck_gui.ui.widgets.key_button import KeyButton  # noqa: E402
from facecheck_gui.ui.widgets.notice_strip import NoticeStrip, NoticeTone  # noqa: E402
from facecheck_gui.ui.widgets.picture_slot import PictureSlot  # noqa: E402
from facecheck_gui.ui.widgets.plain_label import ElidedLabel, PlainLabel  # noqa: E402
from facecheck_gui.ui.widgets.score_bar import ScoreBar, ScoreReading  # noqa: E402
from facecheck_gui.ui.widgets.verdict_banner import BannerContent, VerdictBanner  # noqa: E402

THRESHOLD = Threshold()
FACES = (FaceBox(118, 60, 190, 240), FaceBox(600, 70, 190, 240))


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

    def banner_content(self, value: float) -> BannerContent:
        """A verdict with a score."""
        score, text = ComparisonScore(value), self.words.text
        verdict = decide(score, THRESHOLD)
        points = abs(score.value - THRESHOLD.score)
        side = "above" if score.value >= THRESHOLD.score else "below"
        facts = text(
            "staff.facts_unscored",
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
            margin=text(f"staff.margin_{side}", points=f"{points:.2f}"),
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

    def controls(self) -> QWidget:
        """Everything small."""
        page, column = _page(760)
        text = self.words.text
        for tone, closable in ((NoticeTone.WARNING, False), (NoticeTone.INFO, True)):
            strip = NoticeStrip(self.look, closable=closable, tone=tone)
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
        for name, icon in (("open", "open"), ("paste", "paste"), ("from_camera", "camera")):
            button = QPushButton(self.look.icon(icon), text(f"staff.{name}"))
            flow.addWidget(button)
        off = QPushButton(self.look.icon("retry"), text("staff_camera.retry"))
        off.setEnabled(False)
        flow.addWidget(off)
        default = QPushButton(text("dialog.save"))
        default.setProperty("primary", True)
        flow.addWidget(default)
        return flow

    def _labels(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(PlainLabel(self.words.text("staff.reference"), "heading"))
        column.addWidget(PlainLabel("<img src=x> <b>Zhang Wei</b> · 00417", "title"))
        long = " ".join([self.words.text("notice.liveness_reference")] * 4)
        column.addWidget(ElidedLabel(long, "muted", lines=2))
        large = PlainLabel("0123456789 · 91.50")
        large.set_size(TextRole.LARGE, strong=True)
        column.addWidget(large)
        tabs = QTabWidget()
        tabs.addTab(QWidget(), self.words.text("details.numbers"))
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
                gallery = Gallery(look, Words(language))
                for make in (
                    gallery.banners,
                    gallery.narrow_banners,
                    gallery.cameras,
                    gallery.slots,
                    gallery.controls,
                ):
                    name = f"{make.__name__}-{theme}-{language.value}"
                    if all(word in name for word in only):
                        _keep(make, folder / f"{name}.png")


if __name__ == "__main__":
    main()
