"""Which runs of the program are alive: each holds a lock on a file of its own, which the system
lets go of when it ends, however it ends."""

import uuid
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout


class Sessions:
    """The runs that share a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: FileLock | None = None
        self._name = uuid.uuid4().hex

    @property
    def name(self) -> str:
        """What this run is called."""
        return self._name

    def begin(self) -> None:
        """Be alive. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._mine = self._lock(self._name)
        self._mine.acquire(timeout=0)

    def is_alive(self, name: str) -> bool:
        """Whether another run holds its lock; cleans up after one that does not."""
        if name == self._name:
            return True
        file = self._file(name)
        if not file.exists():
            return False
        try:
            with self._lock(name).acquire(timeout=0):
                pass
        except (Timeout, OSError):
            return True
        with suppress(OSError):
            file.unlink()
        return False

    def is_any_alive(self) -> bool:
        """Whether any other run is alive."""
        others = [file.stem for file in self._folder.glob("*.lock") if file.stem != self._name]
        return any(self.is_alive(name) for name in others)

    def end(self) -> None:
        """Be no longer alive."""
        if self._mine is not None:
            self._mine.release()
            self._mine = None
            with suppress(OSError):
                self._file(self._name).unlink()

    def _lock(self, name: str) -> FileLock:
        return FileLock(self._file(name), thread_local=False)

    def _file(self, name: str) -> Path:
        # Names come from the database, too.
        return self._folder / f"{''.join(c for c in name if c.isalnum())}.lock"
