"""Names from outside, fit to be shown."""

import unicodedata

MAX_LABEL_CHARS = 80


def plain_label(name: str) -> str:
    """``name`` on one line: no control or direction characters, at most 80 characters.

    The end of a long name is kept too, as that is what tells one camera's pictures apart.
    """
    # Composed first: macOS stores an accent as a character of its own.
    composed = unicodedata.normalize("NFC", name)
    spaced = "".join(" " if c.isspace() else c for c in composed)
    plain = " ".join("".join(c for c in spaced if c.isprintable()).split())
    if len(plain) <= MAX_LABEL_CHARS:
        return plain
    tail = MAX_LABEL_CHARS // 4
    return plain[: MAX_LABEL_CHARS - tail - 1] + "…" + plain[-tail:]
