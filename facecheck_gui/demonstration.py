"""The demonstration: the real window, the real engine, and a photograph that moves for a camera.

Its settings are its own, so that it shows the same on every machine and changes nothing there.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from facecheck_gui import resources
from facecheck_gui.app import Staff, application, ended_by_signals, staff_window
from facecheck_gui.camera.address import Demonstration, Sitter
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.comparison import Verdict, Verification
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.station_key import station_key

REFERENCE = "collins_card.jpg"
_EXPECTED = {Sitter.COLLINS: Verdict.MATCH, Sitter.HOPPER: Verdict.NON_MATCH}
_GIVE_UP_MS = 120_000
# A sitter has taken the chair when this many frames were made of him.
_FRAMES_TO_SIT = 6

Tell = Callable[[Sitter, Verification], None]


class _Act(QObject):
    """Waits until camera and reference are there, then checks one sitter after another."""

    def __init__(self, staff: Staff, sitters: tuple[Sitter, ...], tell: Tell) -> None:
        super().__init__()
        self._staff, self._tell = staff, tell
        self._waiting = list(sitters)
        self._frames_left = _FRAMES_TO_SIT
        self.verdicts: dict[Sitter, Verdict] = {}
        self.picture: object = None
        staff.camera.frame_ready.connect(self._on_frame)
        staff.checking.ended.connect(self._on_ended)
        staff.references.load_path(str(resources.path("demo", REFERENCE)))

    @Slot()
    def _on_frame(self) -> None:
        staff = self._staff
        if not self._waiting or staff.checking.running:
            return
        if staff.references.reference is None or staff.camera.state is not CameraState.LIVE:
            return
        self._frames_left -= 1
        if self._frames_left == 0:
            staff.window.check_requested.emit()

    @Slot(object)
    def _on_ended(self, verification: Verification) -> None:
        if not self._waiting:
            return  # somebody plays on by hand
        sitter = self._waiting.pop(0)
        self.verdicts[sitter] = verification.verdict
        self._tell(sitter, verification)
        if self._waiting:
            # One turn later the window shows the verdict that was just told.
            QTimer.singleShot(400, self, self._next_sitter)
        else:
            QTimer.singleShot(0, self, self._finish)

    @Slot()
    def _next_sitter(self) -> None:
        self.picture = self._staff.window.grab()
        self._staff.opener.show(self._waiting[0])
        self._frames_left = _FRAMES_TO_SIT

    @Slot()
    def _finish(self) -> None:
        if len(self.verdicts) > 1:
            application().quit()


@contextmanager
def own_places(places: Places) -> Iterator[Places]:
    """Settings, records and window places that nobody else has and that are gone afterwards; what
    is slow to make is shared with ``places``."""
    with tempfile.TemporaryDirectory(prefix="facecheck-demo-") as folder:
        root = Path(folder)
        own = Places(root / "settings.json", root / "data", places.cache, root / "state")
        # A key of its own, too: it must leave nothing in the key store.
        station_key(own.station_key, lambda: None)
        yield own


def show(places: Places) -> int:
    """In a window: one check by itself, then whatever a person tries. The exit code."""
    qt = application()
    with (
        own_places(places) as own,
        ended_by_signals(qt),
        staff_window(own, fixed_camera=Demonstration()) as staff,
    ):
        staff.window.top_bar.cameras.offer([Demonstration(sitter) for sitter in Sitter])
        act = _Act(staff, (Sitter.COLLINS,), lambda _sitter, _verification: None)
        code = int(qt.exec())
        act.deleteLater()
        return code


def play(places: Places, picture: Path, tell: Tell) -> bool:
    """Without a display: a matching and a non-matching check; whether both came out right.

    ``picture`` becomes a picture of the window with the first verdict.
    """
    qt = application()
    with (
        own_places(places) as own,
        ended_by_signals(qt),
        staff_window(own, fixed_camera=Demonstration()) as staff,
    ):
        act = _Act(staff, tuple(_EXPECTED), tell)
        QTimer.singleShot(_GIVE_UP_MS, qt, qt.quit)
        qt.exec()
        with suppress(AttributeError):
            act.picture.save(str(picture))  # type: ignore[attr-defined]
        return act.verdicts == _EXPECTED and picture.is_file()
