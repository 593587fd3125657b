"""Keeps what is slow to make in a folder between runs, and trusts nothing it finds there."""

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

_LOG = logging.getLogger(__name__)
_DIGEST_BYTES = hashlib.sha256().digest_size


class MadeOnce:
    """Bytes that are made once and then read from ``folder``; None keeps nothing.

    A kept file is its content behind the content's SHA-256, under a name that tells what it was
    made from: when either does not fit, it is made again. Several processes may do so at once, the
    last one's file stays. A folder that cannot be written costs time, never the answer.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str, made_from: str, make: Callable[[], bytes]) -> bytes:
        """The kept bytes, else ``make()``. ``made_from`` names the source: a version or a hash."""
        if self._folder is None:
            return make()
        key = hashlib.sha256(made_from.encode()).hexdigest()[:16]
        path = self._folder / f"{name}-{key}"
        content = _read(path)
        if content is None:
            content = make()
            _write(path, content)
        return content


def _read(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    digest, content = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
    return content if hashlib.sha256(content).digest() == digest else None


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside its place and then moved there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError as error:
        _LOG.info("nothing is kept: %s", type(error).__name__)
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest())
            file.write(content)
        Path(beside).replace(path)
    except OSError as error:
        _LOG.info("nothing is kept: %s", type(error).__name__)
        with contextlib.suppress(OSError):
            Path(beside).unlink()
