"""What a person does in front of the camera, and what the window says to it: the real eyes."""

import itertools
import threading
from collections.abc import Callable

import numpy as np
import pytest

from facecheck_gui.camera.address import CameraAddress
from facecheck_gui.domain.comparison import Verdict
from facecheck_gui.domain.face import Pose
from facecheck_gui.domain.guidance import Instruction
from facecheck_gui.domain.image import Pixels
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.flows.capture import AutoCapture
from facecheck_gui.settings.places import Places
from facecheck_gui.settings.schema import Settings
from facecheck_gui.wiring import Wiring
from tests import fakes
from tests.fakes import ScriptedComparer
from tests.ui.staff.counter import Counter
from tests.vision.shots import HEIGHT, WIDTH, Shot, patched
from tests.vision.stage import Stage, portrait

OpenCounter = Callable[..., Counter]


class Scene:
    """A camera before which stands whatever the test puts there, with a sensor's noise."""

    name = "desk"
    size = (WIDTH, HEIGHT)
    may_repeat = False

    def __init__(self) -> None:
        self.shown: Pixels = EMPTY
        self._pace, self._seeds = threading.Event(), itertools.count()

    def open(self, _: CameraAddress) -> "Scene":
        return self

    def read(self) -> Pixels:
        self._pace.wait(1 / 30)
        noise = np.random.default_rng(next(self._seeds)).integers(-3, 4, self.shown.shape)
        return np.clip(self.shown.astype(np.int16) + noise, 0, 255).astype(np.uint8)

    def release(self) -> None:
        return


EMPTY: Pixels = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
GOOD = Shot("hopper.jpg", box_px=170)


def _two() -> Pixels:
    both = Shot("hopper.jpg", box_px=160, x=-160).pixels.copy()
    half = WIDTH // 2
    both[:, half:] = Shot("collins.jpg", box_px=160, x=160).pixels[:, half:]
    return both


def _masked() -> Pixels:
    apart = GOOD.eyes[0][0] - GOOD.eyes[1][0]
    nose = GOOD.face.landmarks.nose_base
    mouth = (nose[0], nose[1] + 0.55 * apart)
    return patched(GOOD, mouth, (0.8 * apart, 0.5 * apart), 1.0).pixels


def _turned(yaw_deg: float) -> Pixels:
    return Stage(portrait("collins")).head(Pose(yaw_deg, 0.0, 0.0), 40.0).pixels


STORY = [
    (lambda: GOOD.pixels, {Instruction.READY}),
    (lambda: Shot("hopper.jpg", box_px=66).pixels, {Instruction.CLOSER}),
    (lambda: Shot("hopper.jpg", box_px=360).pixels, {Instruction.BACK}),
    (lambda: Shot("hopper.jpg", x=-200).pixels, {Instruction.TO_MIDDLE}),
    (lambda: GOOD.changed(lambda p: p * 0.25).pixels, {Instruction.MORE_LIGHT}),
    (lambda: EMPTY, {Instruction.NOBODY}),
    (_two, {Instruction.ONE_PERSON}),
    (lambda: Shot("hopper.jpg", box_px=170, roll_deg=24).pixels, {Instruction.STRAIGHTEN}),
    (_masked, {Instruction.UNCOVER}),
    (lambda: _turned(27), {Instruction.TURN_RIGHT}),
    (lambda: _turned(-27), {Instruction.TURN_LEFT}),
    (lambda: GOOD.pixels, {Instruction.READY}),
]


@pytest.fixture
def wiring(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    home = tmp_path_factory.mktemp("home")
    return Wiring(Places(home / "s.json", home, home / "cache", home), lambda: None)


class Eyes:
    """The real analyser, made on the thread that uses it."""

    def __init__(self, wiring: Wiring) -> None:
        self._analyser = wiring.analyser(Settings())
        self.load, self.observe = self._analyser.load, self._analyser.observe


def _counter(open_counter: OpenCounter, scene: Scene, wiring: Wiring, **more: object) -> Counter:
    return open_counter(ScriptedComparer(91.5), looks=Eyes(wiring), open_source=scene.open, **more)


def test_what_is_said_follows_what_is_seen(open_counter: OpenCounter, wiring: Wiring) -> None:
    scene = Scene()
    counter = _counter(open_counter, scene, wiring)
    for make, expected in STORY:
        scene.shown = make()
        counter.qtbot.waitUntil(
            lambda expected=expected: (
                counter.watching.guidance is not None
                and counter.watching.guidance.instruction in expected
            ),
            timeout=15_000,
        )


def test_a_good_picture_takes_itself_and_a_poor_one_does_not(
    open_counter: OpenCounter, wiring: Wiring
) -> None:
    scene = Scene()
    scene.shown = GOOD.changed(lambda p: p * 0.25).pixels
    counter = _counter(open_counter, scene, wiring, capture=AutoCapture())
    counter.load(fakes.picture())
    counter.qtbot.waitUntil(lambda: counter.watching.guidance is not None, timeout=15_000)
    counter.qtbot.wait(900)
    assert counter.ends == []
    scene.shown = GOOD.pixels
    counter.qtbot.waitUntil(lambda: bool(counter.ends), timeout=15_000)
    end = counter.ends[-1]
    assert end.verdict is Verdict.MATCH
    assert end.request.probe.also


def test_a_photo_that_is_held_up_does_not_pass_for_somebody(
    open_counter: OpenCounter, wiring: Wiring
) -> None:
    """A still photo: it cannot do what is asked, so nothing is compared."""
    scene = Scene()
    scene.shown = GOOD.pixels
    counter = _counter(open_counter, scene, wiring, make_proof=wiring.proof)
    counter.load(fakes.picture())
    counter.window.live.liveness.choose(LivenessLevel.LOW)
    counter.wait_until_live()
    counter.window.check_requested.emit()
    counter.qtbot.waitUntil(lambda: bool(counter.ends), timeout=15_000)
    assert counter.ends[-1].verdict in {Verdict.NOT_CHECKED, Verdict.ATTACK_SUSPECTED}
