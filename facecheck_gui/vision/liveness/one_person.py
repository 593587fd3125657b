"""Whether it is one person from the first frame to the last."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from facecheck_gui.domain.face import Face
from facecheck_gui.domain.image import Frame
from facecheck_gui.vision.embedding import Embedding

Embed: TypeAlias = Callable[[Frame, Face], Embedding]
"""128 numbers of one face in one frame."""

# Against the frontal picture the same face lies 0.25 off when turned by 20 degrees and 0.35 at 30;
# two people are 0.6 and more apart.
_SAME_WITHIN = 0.48


class OnePerson:
    """Compares the face now and then with the first one. Without ``embed`` it says nothing."""

    def __init__(self, embed: Embed | None) -> None:
        self._embed = embed
        self._first: Embedding | None = None
        self._other = False

    def look(self, frame: Frame, face: Face) -> None:
        """Take in one frame; costs an embedding."""
        if self._embed is None or self._other:
            return
        seen = np.asarray(self._embed(frame, face), np.float32).ravel()
        if self._first is None:
            self._first = seen
        elif float(np.linalg.norm(seen - self._first)) > _SAME_WITHIN:
            self._other = True

    @property
    def other(self) -> bool:
        """Whether somebody else was seen. Stays so."""
        return self._other
