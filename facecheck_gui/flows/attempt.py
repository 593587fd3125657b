"""One check in front of a camera, from the frozen probe to its one end.

A verdict is shown only when the camera has outlived the check: a frame younger than the answer must
have arrived, and the camera must not have failed in between. So a camera that is pulled out, frozen
or replaced in the middle of a check never ends in green.
"""

import time
import uuid
from collections.abc import Callable

from facecheck_gui.domain.comparison import (
    ComparisonRequest,
    EngineName,
    Side,
    Threshold,
    Verification,
)
from facecheck_gui.domain.errors import CameraError, Cancelled, FaceCheckError, Fault, WhichPicture
from facecheck_gui.domain.image import ImageAddress
from facecheck_gui.flows.verification import not_decided

NO_PICTURE = ImageAddress("")
"""Stands on a side whose picture could not be had; such a request is never handed to a comparer."""


def new_request(probe: Side, reference: Side) -> ComparisonRequest:
    """A request under a fresh attempt id."""
    return ComparisonRequest(attempt_id=uuid.uuid4().hex, probe=probe, reference=reference)


class Attempt:
    """Ends exactly once; ``ended`` is called with how. Not thread-safe: one thread's object."""

    def __init__(
        self,
        request: ComparisonRequest,
        engine: EngineName,
        threshold: Threshold,
        *,
        ended: Callable[[Verification], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._request = request
        self._engine = engine
        self._threshold = threshold
        self._report = ended
        self._clock = clock
        self._started_s = clock()
        self._answer: Verification | None = None
        self._answered_at_s = 0.0
        self._over = False

    @property
    def attempt_id(self) -> str:
        """What answers must carry to be heard."""
        return self._request.attempt_id

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._over

    @property
    def awaits_witness(self) -> bool:
        """Whether the answer is there and only a young frame is missing."""
        return self._answer is not None and not self._over

    def frame_arrived(self, captured_at_s: float) -> None:
        """The camera gave a frame; one that is younger than the answer bears witness for it."""
        if self._answer is not None and captured_at_s > self._answered_at_s:
            self._end(self._answer)

    def answered(self, verification: Verification) -> None:
        """The comparer has answered; an answer to another attempt is not heard."""
        if verification.attempt_id != self.attempt_id or self._answer is not None:
            return
        self._answer = verification
        self._answered_at_s = self._clock()
        if verification.error is not None:
            self._end(verification)

    def camera_failed(self, error: CameraError) -> None:
        """The camera is gone, frozen or silent: whatever the comparer says, nothing was checked."""
        self._fail(error)

    def witness_missed(self) -> None:
        """No frame came in time after the answer."""
        self._fail(CameraError(Fault.FRAME_STALE, picture=WhichPicture.PROBE))

    def cancel(self) -> None:
        """A person stopped it."""
        self._fail(Cancelled())

    def crashed(self, error: FaceCheckError) -> None:
        """The work ended without an answer."""
        self._fail(error)

    def _fail(self, error: FaceCheckError) -> None:
        elapsed_ms = (self._clock() - self._started_s) * 1000
        self._end(not_decided(self._request, self._engine, self._threshold, elapsed_ms, error))

    def _end(self, verification: Verification) -> None:
        if self._over:
            return
        self._over = True
        self._report(verification)
