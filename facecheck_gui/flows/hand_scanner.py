"""Tells a hand scanner, which types, from a person who does.

A scanner types a code's characters within a few milliseconds of each other and ends with Enter or
Tab; nobody types four letters so fast.
"""

_MOST_GAP_S = 0.05
_FEWEST_CHARS = 4
_MOST_CHARS = 800


class HandScanner:
    """Fed with every key that was pressed. One thread's object; times are seconds of one clock."""

    def __init__(self) -> None:
        self._typed = ""
        self._last_s = 0.0

    @property
    def busy(self) -> bool:
        """Whether what was typed so far may be a scanner's: more than one character, and fast."""
        return len(self._typed) > 1

    def key(self, character: str, at_s: float) -> None:
        """A key that writes ``character`` was pressed."""
        follows = at_s - self._last_s <= _MOST_GAP_S
        self._typed = (self._typed if follows else "") + character
        self._last_s = at_s
        if len(self._typed) > _MOST_CHARS:
            self._typed = ""

    def end(self, at_s: float) -> str:
        """Enter or Tab was pressed: the code, or "" where a person did."""
        typed, self._typed = self._typed, ""
        fast = at_s - self._last_s <= _MOST_GAP_S
        return typed if fast and len(typed) >= _FEWEST_CHARS else ""

    def forget(self) -> None:
        """Something else happened in between."""
        self._typed = ""
