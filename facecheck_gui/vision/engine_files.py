"""The two weight files of the installed package ``face_recognition_models``."""

import hashlib
import importlib.util
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from facecheck_gui.domain.errors import EngineError, Fault


@dataclass(frozen=True, slots=True)
class EngineFile:
    """One file as it was published; ``sha256`` in hexadecimal."""

    name: str
    size_bytes: int
    sha256: str


RECOGNITION = EngineFile(
    "dlib_face_recognition_resnet_model_v1.dat",
    22_466_066,
    "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
)
FIVE_LANDMARKS = EngineFile(
    "shape_predictor_5_face_landmarks.dat",
    9_150_489,
    "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
)


def installed_folders() -> tuple[Path, ...]:
    """Where the weight files may lie; empty when the package is not installed.

    The package is not imported: its own import needs ``pkg_resources``, which is often gone.
    """
    spec = importlib.util.find_spec("face_recognition_models")
    places = spec.submodule_search_locations if spec is not None else None
    return tuple(Path(place) / "models" for place in places or ())


class EngineFiles:
    """Finds weight files and vouches for them. Thread-safe.

    What was read is what was checked: callers get bytes, never a path to read again.
    """

    def __init__(self, folders: Callable[[], Iterable[Path]] = installed_folders) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._vouched: set[str] = set()

    def read(self, file: EngineFile) -> bytes:
        """The whole file.

        Raises EngineError: ENGINE_FILES_MISSING, or ENGINE_FILES_ALTERED for a wrong size or hash.
        """
        for folder in self._folders():
            try:
                content = (folder / file.name).read_bytes()
            except OSError:
                continue
            _check(content, file)
            with self._lock:
                self._vouched.add(file.sha256)
            return content
        raise EngineError(Fault.ENGINE_FILES_MISSING, detail=file.name)

    def vouch(self, file: EngineFile) -> None:
        """Make sure that the file is there and unaltered; hashed once in this object's life.

        Raises EngineError like ``read``.
        """
        with self._lock:
            known = file.sha256 in self._vouched
        if not known:
            self.read(file)


def _check(content: bytes, file: EngineFile) -> None:
    if len(content) != file.size_bytes or hashlib.sha256(content).hexdigest() != file.sha256:
        raise EngineError(Fault.ENGINE_FILES_ALTERED, detail=file.name)
