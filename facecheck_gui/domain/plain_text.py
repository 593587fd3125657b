"""Text from outside, fit to be shown."""


def printable(text: str, max_chars: int) -> str:
    """``text`` without control and direction characters and blanks around it, cut to
    ``max_chars``."""
    return "".join(c for c in text if c.isprintable())[:max_chars].strip()
