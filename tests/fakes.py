"""Fakes that are real: comparers with a script, pictures, requests. Shared by all test folders."""

import threading
from collections.abc import Callable

import numpy as np

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import (
    Comparison,
    ComparisonRequest,
    ComparisonScore,
    EngineName,
    Side,
)
from facecheck_gui.domain.image import Picture
from facecheck_gui.domain.liveness import LivenessLevel


class FakeClock:
    """A clock that moves only when told to; seconds."""

    def __init__(self, now_s: float = 1000.0) -> None:
        self.now_s = now_s

    def __call__(self) -> float:
        return self.now_s

    def advance(self, seconds: float) -> None:
        self.now_s += seconds


class ScriptedComparer:
    """Answers what the script says: a score, a comparison, or an exception to raise."""

    def __init__(
        self,
        *script: float | Comparison | Exception,
        engine: EngineName = EngineName.DEVICE,
        before: Callable[[CancelToken], None] = lambda cancel: None,
    ) -> None:
        self._script = list(script)
        self._engine = engine
        self._before = before
        self.requests: list[ComparisonRequest] = []
        self.threads: list[threading.Thread] = []
        self.closed = False

    @property
    def engine(self) -> EngineName:
        return self._engine

    def compare(self, request: ComparisonRequest, cancel: CancelToken) -> Comparison:
        self.requests.append(request)
        self.threads.append(threading.current_thread())
        self._before(cancel)
        answer = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Comparison):
            return answer
        return Comparison(ComparisonScore(answer))

    def close(self) -> None:
        self.closed = True


def picture(width: int = 64, height: int = 48, shade: int = 128, label: str = "") -> Picture:
    """A picture of one shade."""
    pixels = np.full((height, width, 3), shade, np.uint8)
    pixels.flags.writeable = False
    return Picture(pixels, label=label)


def request(
    attempt_id: str = "attempt-1", liveness: LivenessLevel = LivenessLevel.NONE
) -> ComparisonRequest:
    """A request of two plain pictures."""
    return ComparisonRequest(
        attempt_id, probe=Side(picture(shade=90), liveness=liveness), reference=Side(picture())
    )
