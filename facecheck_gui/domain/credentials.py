"""The cloud's key and secret."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """Whoever has these can spend calls: never in a repr, a log, a file or an address."""

    key: str = field(repr=False)
    secret: str = field(repr=False)
