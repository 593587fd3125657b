"""The whole program: composed, run, and gone without a trace."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facecheck_gui import resources
from facecheck_gui.app import Staff, staff_window
from facecheck_gui.bookkeeping.badges import badge_text
from facecheck_gui.bookkeeping.ledger import LateLedger
from facecheck_gui.bookkeeping.people import write_person
from facecheck_gui.camera.address import Demonstration, VideoFile
from facecheck_gui.domain.check_in import Person
from facecheck_gui.domain.comparison import EngineName, Subject, Verdict, Verification
from facecheck_gui.domain.errors import Fault
from facecheck_gui.domain.face import FaceType
from facecheck_gui.i18n import Words, preferred_language
from facecheck_gui.imaging.qr import QUIET_ZONE, qr_modules
from facecheck_gui.opencv import cv2
from facecheck_gui.records.album import NewPhoto
from facecheck_gui.settings.places import places
from facecheck_gui.settings.schema import BadgeSettings, RecordsSettings
from facecheck_gui.ui.staff.history_window import HistoryWindow
from facecheck_gui.ui.staff.restore_dialog import RestoreDialog
from facecheck_gui.ui.staff.restore_offer import TROUBLE
from facecheck_gui.ui.theme import load
from tests.hostile_server import HostileServer, ok

pytestmark = pytest.mark.usefixtures("garbage_is_found_on_this_thread")


@pytest.fixture
def staff(qapp: QApplication) -> Iterator[Staff]:
    with staff_window(places(), fixed_camera=Demonstration()) as staff:
        yield staff


def _check(qtbot: QtBot, staff: Staff) -> Verification:
    ends: list[Verification] = []
    staff.checking.ended.connect(ends.append)
    qtbot.waitUntil(lambda: staff.camera.state.value == "live", timeout=10_000)
    staff.window.check_requested.emit()
    qtbot.waitUntil(lambda: bool(ends), timeout=30_000)
    return ends[0]


def _load(qtbot: QtBot, staff: Staff, name: str) -> None:
    with qtbot.waitSignal(staff.references.loaded, timeout=30_000):
        staff.references.load_path(str(resources.path("demo", name)))


def test_the_demonstration_s_person_matches_on_the_real_engine(qtbot: QtBot, staff: Staff) -> None:
    _load(qtbot, staff, "collins_card.jpg")
    end = _check(qtbot, staff)
    assert end.verdict is Verdict.MATCH
    assert end.engine is EngineName.DEVICE


def test_somebody_else_s_photo_does_not_match(qtbot: QtBot, staff: Staff) -> None:
    _load(qtbot, staff, "hopper.jpg")
    assert _check(qtbot, staff).verdict is Verdict.NON_MATCH


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (b'{"code":200,"message":"","data":{"score":"80.00"}}', Verdict.MATCH),
        (b'{"code":200,"message":"","data":{"score":"79.99"}}', Verdict.UNSURE),
        (b'{"code":200,"message":"","data":{"score":"60"}}', Verdict.NON_MATCH),
        (b'{"code":200,"message":"","data":{"score":1e999}}', Verdict.NOT_CHECKED),
        (b'{"code":400,"message":"liveness check fail 223120"}', Verdict.ATTACK_SUSPECTED),
    ],
)
def test_the_cloud_s_words_become_the_banner(
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    reply: bytes,
    verdict: Verdict,
) -> None:
    monkeypatch.setenv("FACECHECK_SECRET_KEY", "CANARY-key")
    monkeypatch.setenv("FACECHECK_SECRET_SECRET", "CANARY-secret")
    with (
        HostileServer(ok(reply)) as server,
        staff_window(places(), fixed_camera=Demonstration()) as staff,
    ):
        staff.preferences.remember(
            {"check.engine": EngineName.KUAIDI100, "kuaidi100.endpoint": server.url}
        )
        _load(qtbot, staff, "collins_card.jpg")
        end = _check(qtbot, staff)
        content = staff.window.banner.content
    assert end.verdict is verdict
    assert content is not None
    assert content.verdict is verdict
    assert len(server.requests) == 1
    assert "CANARY" not in places().settings_file.read_text("utf-8")


def test_closing_leaves_no_thread_behind(qtbot: QtBot, qapp: QApplication) -> None:
    before = set(threading.enumerate())
    with staff_window(places(), fixed_camera=Demonstration()) as staff:
        _load(qtbot, staff, "collins_card.jpg")
        assert set(threading.enumerate()) - before
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= before)


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own, without a desktop."""
    if sys.platform != "linux" or shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb, which only Linux has")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with open(reading, encoding="ascii") as told:  # noqa: PTH123 - a pipe, not a path
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


# Looks at the screen, as a person beside the program does, until a colour is there.
_ONLOOKER = """
import sys
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtCore import Qt, QTimer
path, awaited = sys.argv[1], QColor(sys.argv[2]).rgb()
app = QGuiApplication([])
assert app.platformName() == "xcb"
def look():
    picture = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    points = range(0, picture.width(), 8), range(0, picture.height(), 8)
    seen = sum(picture.pixel(x, y) == awaited for x in points[0] for y in points[1])
    if seen > 80:
        picture.save(path)
        app.quit()
timer = QTimer(interval=250, timeout=look)
timer.start()
QTimer.singleShot(40_000, lambda: app.exit(1))
sys.exit(app.exec())
"""


def test_the_real_program_on_a_real_screen_shows_two_pictures_and_a_green_verdict(
    display: str, tmp_path: Path
) -> None:
    colours = load("light").colours
    picture = tmp_path / "screen.png"
    environ = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen(
        [sys.executable, "-m", "facecheck_gui", "demo"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    onlooker = [sys.executable, "-c", _ONLOOKER, str(picture), colours["match"]]
    looked = subprocess.run(onlooker, env=environ, timeout=50, check=False)
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=10)
    assert looked.returncode == 0, output
    assert (program.returncode, output) == (0, b"")
    shown = QImage(str(picture))
    points = [(x, y) for x in range(0, shown.width(), 4) for y in range(0, shown.height(), 4)]
    seen = [shown.pixelColor(x, y).name() for x, y in points]
    assert seen.count(QColor(colours["accent"]).name()) > 300
    # Two photographs: nothing else on the screen has so many colours.
    assert len(set(seen)) > 2000


def test_sigterm_ends_the_staff_window_at_once_and_silently(display: str, tmp_path: Path) -> None:
    environ = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen(
        [sys.executable, "-m", "facecheck_gui"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    accent = load("light").colours["accent"]
    onlooker = [sys.executable, "-c", _ONLOOKER, str(tmp_path / "screen.png"), accent]
    looked = subprocess.run(onlooker, env=environ, timeout=50, check=False)
    program.send_signal(signal.SIGTERM)
    output, _ = program.communicate(timeout=5)
    assert looked.returncode == 0, output
    assert (program.returncode, output) == (0, b"")


def test_language_and_look_leave_the_verdict_and_another_engine_takes_it_away(
    qtbot: QtBot, staff: Staff
) -> None:
    _load(qtbot, staff, "collins_card.jpg")
    _check(qtbot, staff)
    staff.preferences.remember({"general.language": "zh", "general.theme": "dark"})
    content = staff.window.banner.content
    assert content is not None
    assert content.word == "比对通过"
    staff.preferences.remember({"check.engine": EngineName.TRAINING})
    assert staff.window.banner.content is None
    assert staff.window.notices.sentences[-1:] == ["培训模式\uff1a不会真正比对。"]


def test_settings_that_a_person_chose_are_there_next_time(qtbot: QtBot, qapp: QApplication) -> None:
    with staff_window(places(), fixed_camera=Demonstration()) as staff:
        staff.preferences.remember({"check.engine": EngineName.TRAINING})
    with staff_window(places(), fixed_camera=Demonstration()) as staff:
        assert staff.preferences.settings.check.engine is EngineName.TRAINING
        assert staff.checking._verifier.engine is EngineName.TRAINING


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_check_stands_in_the_history_at_once(qtbot: QtBot, staff: Staff) -> None:
    _load(qtbot, staff, "hopper.jpg")
    first = _check(qtbot, staff)
    staff.window.top_bar.history_requested.emit()
    history = next(w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryWindow))
    qtbot.waitUntil(lambda: history.checks.page is not None, timeout=10_000)
    second = _check(qtbot, staff)
    qtbot.waitUntil(lambda: len(history.checks.page.rows) == 2, timeout=10_000)
    rows = history.checks.page.rows
    assert [row.intent.attempt_id for row in rows] == [second.attempt_id, first.attempt_id]
    assert {row.ending.verdict for row in rows if row.ending} == {Verdict.NON_MATCH}


@pytest.mark.qt_log_ignore("does not support (raise|propagateSizeHints)", extend=True)
def test_damaged_records_are_restored_in_the_window_and_checks_go_on(
    qtbot: QtBot, qapp: QApplication
) -> None:
    ledger = LateLedger(places(), RecordsSettings())
    ledger.back_up()
    ledger.close()
    places().records_file.write_bytes(b"no database at all " * 300)

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RestoreDialog)
        dialog.accept()

    with staff_window(places(), fixed_camera=Demonstration()) as staff:
        notices, words = staff.window.notices, Words(preferred_language())
        _load(qtbot, staff, "hopper.jpg")
        error = _check(qtbot, staff).error
        assert error is not None
        assert error.fault is Fault.RECORDS_DAMAGED
        offered = words.text("notice.restore.offer")
        qtbot.waitUntil(lambda: offered in notices.sentences, timeout=10_000)
        QTimer.singleShot(0, agree)
        notices.action_requested.emit(TROUBLE)
        qtbot.waitUntil(lambda: "records-before-" in "".join(notices.sentences), timeout=10_000)
        assert _check(qtbot, staff).verdict is Verdict.NON_MATCH


def test_the_history_opens_by_its_key_and_a_check_that_ends_appears_in_it(
    qtbot: QtBot, staff: Staff
) -> None:
    staff.window.activateWindow()
    qtbot.waitUntil(staff.window.isActiveWindow)
    qtbot.keyClick(staff.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryWindow)]
    qtbot.waitUntil(lambda: window.checks.page is not None)
    assert window.isVisible()
    assert window.checks.table.rows == ()
    _load(qtbot, staff, "collins_card.jpg")
    _check(qtbot, staff)
    qtbot.waitUntil(lambda: len(window.checks.table.rows) == 1)
    (row,) = window.checks.table.rows
    assert row.ending is not None
    assert row.ending.verdict is Verdict.MATCH
    qtbot.keyClick(staff.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert len([w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryWindow)]) == 1


def _filmed(code: str, file: Path) -> VideoFile:
    """Somebody holds a badge up before a camera."""
    modules = np.kron(np.pad(np.array(qr_modules(code)), QUIET_ZONE), np.ones((6, 6), bool))
    side = modules.shape[0]
    frame = np.full((480, 640, 3), 120, np.uint8)
    frame[100 : 100 + side, 200 : 200 + side] = np.where(modules, 20, 235)[:, :, None]
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 25, (640, 480))
    for number in range(50):
        writer.write(np.roll(frame, number % 5, axis=1))
    writer.release()
    return VideoFile(file)


def test_a_badge_that_is_held_up_loads_its_person(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    ledger = LateLedger(places(), RecordsSettings())
    write_person(ledger, Person("00417", "Zhang Wei"))
    photo = NewPhoto(resources.path("demo", "collins.jpg").read_bytes(), FaceType.LIVE)
    ledger.books().album.put_references("00417", [photo])
    camera = _filmed(badge_text(ledger, "00417", BadgeSettings()), tmp_path / "badge.avi")
    ledger.close()
    with staff_window(places(), fixed_camera=camera) as staff:
        qtbot.waitUntil(lambda: staff.references.reference is not None, timeout=20_000)
        reference = staff.references.reference
        assert reference is not None
        assert reference.subject == Subject("00417", "Zhang Wei")


def test_a_poster_before_the_camera_says_nothing(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    camera = _filmed("https://example.com/poster", tmp_path / "poster.avi")
    with staff_window(places(), fixed_camera=camera) as staff:
        seen: list[object] = []
        staff.watching.observed.connect(seen.append)
        qtbot.waitUntil(lambda: len(seen) > 12, timeout=20_000)
        assert not any("roster" in said for said in staff.window.notices.sentences)
        assert staff.references.reference is None
