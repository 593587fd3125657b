"""What every comparer promises."""

from typing import Protocol

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Comparison, ComparisonRequest, EngineName


class Comparer(Protocol):
    """Compares a probe with a reference. Safe to call from any thread, one call at a time each."""

    @property
    def engine(self) -> EngineName:
        """Which engine this is."""
        ...

    def compare(self, request: ComparisonRequest, cancel: CancelToken) -> Comparison:
        """How alike the two sides are.

        Returns soon after ``cancel`` is cancelled, raising ``Cancelled``. Raises a
        ``FaceCheckError`` that names the picture at fault whenever there is no honest score.
        """
        ...

    def close(self) -> None:
        """Let go of what is held. May be called twice."""
        ...
