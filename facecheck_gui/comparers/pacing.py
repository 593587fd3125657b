"""When a call may go out, and when it may go out again. The one place with a retry policy."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import CloudError, ErrorClass, Fault

_Answer = TypeVar("_Answer")
_THROTTLED_S = 1.0
_RETRY_AFTER_S = 0.2
# A quota may be one of the day, which no code tells for certain: ask again, but seldom.
_CLOSED_S = 3600.0


class Pacing:
    """Spaces calls, stops them for an hour when the quota is gone (a new package or key comes with
    a new pacing), and tries once more only when nothing was sent. Thread-safe.

    ``clock`` counts seconds. Waiting is done on the call's token, so that a cancel ends it.
    """

    def __init__(
        self, *, calls_per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._spacing_s = 1.0 / calls_per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._next_s = 0.0
        # Not the error itself: it holds on to the frames it came through, and they to the faces.
        self._closed_by: tuple[Fault, str, str] | None = None
        self._closed_until_s = 0.0

    def run(self, send: Callable[[], _Answer], cancel: CancelToken) -> _Answer:
        """Call ``send`` when its turn has come; again, once, if certainly nothing was sent and that
        was known soon.

        Raises what ``send`` raises, ``Cancelled``, or the quota error that closed the gate.
        """
        self._await_turn(cancel)
        try:
            return self._once(send)
        except CloudError as error:
            if not error.nothing_sent or error.error_class is not ErrorClass.RETRY:
                raise
            if error.fault is Fault.CONNECT_TIMEOUT:
                raise  # a second try would double the time that people were promised
        cancel.wait(_RETRY_AFTER_S)
        self._await_turn(cancel)
        return self._once(send)

    def _once(self, send: Callable[[], _Answer]) -> _Answer:
        try:
            return send()
        except CloudError as error:
            self._learn_from(error)
            raise

    def _learn_from(self, error: CloudError) -> None:
        with self._lock:
            # Our own count refuses for nothing each time, and may be mended behind our back.
            if error.error_class is ErrorClass.QUOTA and error.vendor_code is not None:
                self._closed_by = (error.fault, error.detail, error.vendor_code)
                self._closed_until_s = self._clock() + _CLOSED_S
            elif error.error_class is ErrorClass.THROTTLE:
                # Never again for this check: it may have been billed. The next one waits.
                self._next_s = max(self._next_s, self._clock() + _THROTTLED_S)

    def _await_turn(self, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        with self._lock:
            self._raise_if_closed()
            now_s = self._clock()
            turn_s = max(now_s, self._next_s)
            self._next_s = turn_s + self._spacing_s
        if turn_s > now_s:
            cancel.wait(turn_s - now_s)
            cancel.raise_if_cancelled()
            with self._lock:
                # Another check may have learned of it in the meantime.
                self._raise_if_closed()

    def _raise_if_closed(self) -> None:
        if self._closed_by is not None and self._clock() < self._closed_until_s:
            fault, detail, code = self._closed_by
            raise CloudError(fault, detail=detail, vendor_code=code)
