"""Remembers what was worked out about a picture, for as long as the picture itself lives."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

import numpy as np

from facecheck_gui.domain.image import Pixels

Found = TypeVar("Found")


class KeptByPicture(Generic[Found]):
    """The last few answers, each belonging to one array of pixels and a key. Thread-safe.

    It is the array itself that counts, not what it looks like; an array that could still be
    written to is never remembered. Arrays are not kept alive.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Hashable], tuple[weakref.ref[Pixels], Found]] = (
            OrderedDict()
        )

    def get(self, pixels: Pixels, key: Hashable = None) -> Found | None:
        """What was put for these very pixels, or None."""
        place = (id(pixels), key)
        with self._lock:
            entry = self._kept.get(place)
            if entry is None:
                return None
            if entry[0]() is not pixels:
                del self._kept[place]
                return None
            self._kept.move_to_end(place)
            return entry[1]

    def put(self, pixels: Pixels, found: Found, key: Hashable = None) -> None:
        """Remember ``found``; what was not asked for longest is forgotten."""
        if not unchanging(pixels):
            return
        with self._lock:
            for place in [place for place, entry in self._kept.items() if entry[0]() is None]:
                del self._kept[place]
            self._kept[id(pixels), key] = (weakref.ref(pixels), found)
            self._kept.move_to_end((id(pixels), key))
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


def unchanging(pixels: Pixels) -> bool:
    """Whether nobody can write to these pixels, nor to an array that they are a part of."""
    part: object = pixels
    while isinstance(part, np.ndarray):
        if part.flags.writeable:
            return False
        part = part.base
    return True
