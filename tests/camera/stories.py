"""Cameras with a script: what they give, and when, on a clock that only the script moves."""

from collections.abc import Callable

import numpy as np

from facecheck_gui.camera.address import CameraAddress, Demonstration
from facecheck_gui.camera.capture import CaptureLoop
from facecheck_gui.camera.state import CameraState
from facecheck_gui.domain.errors import CameraError, Fault
from facecheck_gui.domain.image import Frame, Pixels
from tests.fakes import FakeClock

FRAME_S = 1 / 30

Step = Pixels | None | Exception | Callable[[], Pixels | None]
Sitting = Exception | list[Step] | Callable[[], list[Step]]


def noisy(seed: int, width: int = 64, height: int = 48) -> Pixels:
    """A frame as a sensor gives it: no two alike."""
    return np.random.default_rng(seed).integers(60, 200, (height, width, 3), np.uint8)


def fresh(seconds: float) -> list[Step]:
    """Frames of a camera that is well."""
    return [noisy(seed) for seed in range(round(seconds / FRAME_S))]


def still(seconds: float, seed: int = 77) -> list[Step]:
    """The same frame again and again."""
    return [noisy(seed)] * round(seconds / FRAME_S)


def black(seconds: float) -> list[Step]:
    """A closed shutter."""
    return [np.zeros((48, 64, 3), np.uint8)] * round(seconds / FRAME_S)


def fault(which: Fault) -> CameraError:
    """A camera's own complaint."""
    return CameraError(which)


class ScriptedSource:
    """Gives what its script says; each step takes a frame's time."""

    name = "scripted camera"
    size = (64, 48)

    def __init__(self, steps: list[Step], clock: FakeClock, *, may_repeat: bool = False) -> None:
        self._steps = list(steps)
        self._clock = clock
        self.may_repeat = may_repeat
        self.released = False

    def read(self) -> Pixels | None:
        if not self._steps:
            raise fault(Fault.CAMERA_LOST)
        step = self._steps.pop(0)
        self._clock.advance(FRAME_S)
        if isinstance(step, Exception):
            raise step
        return step() if callable(step) else step

    def release(self) -> None:
        self.released = True


class Story:
    """A capture loop over scripted sittings, run to its end on the test's own thread."""

    def __init__(self, *sittings: Sitting, may_repeat: bool = False) -> None:
        self.clock = FakeClock()
        self.told: list[tuple[CameraState, Fault | None]] = []
        self.errors: list[CameraError] = []
        self.times_s: list[float] = []
        self.frames: list[Frame] = []
        self.sources: list[ScriptedSource] = []
        self.pauses_s: list[float] = []
        self._sittings = list(sittings)
        self._may_repeat = may_repeat
        self.loop = CaptureLoop(
            Demonstration(),
            open_source=self._open,
            deliver=self.frames.append,
            announce=self._announce,
            clock=self.clock,
            pause=self._pause,
        )

    def run(self) -> list[tuple[CameraState, Fault | None]]:
        """What was told, in order."""
        self.loop.run()
        return self.told

    def hang(self, seconds: float) -> Callable[[], None]:
        """A read that does not return for so long, while somebody outside watches."""

        def read() -> None:
            for _ in range(round(seconds / 0.25)):
                self.clock.advance(0.25)
                self.loop.watch()

        return read

    def then(self, *sittings: Sitting) -> "Story":
        """More sittings; for those that need the story itself."""
        self._sittings.extend(sittings)
        return self

    def _open(self, _: CameraAddress) -> ScriptedSource:
        sitting = self._sittings.pop(0)
        if isinstance(sitting, Exception):
            raise sitting
        sitting = sitting() if callable(sitting) else sitting
        source = ScriptedSource(sitting, self.clock, may_repeat=self._may_repeat)
        self.sources.append(source)
        return source

    def _announce(self, state: CameraState, error: CameraError | None) -> None:
        self.told.append((state, error.fault if error else None))
        self.times_s.append(self.clock())
        self.errors.extend([error] if error else [])

    def _pause(self, seconds: float) -> None:
        self.pauses_s.append(seconds)
        self.clock.advance(seconds)
        if not self._sittings and (not self.sources or self.sources[-1].released):
            self.loop.stop()
