"""What is installed: Python, OpenCV, the engine's files."""

import platform
import sys
from collections.abc import Callable, Iterable
from importlib.metadata import distributions

from facecheck_gui.doctor import libraries
from facecheck_gui.doctor.checkup import CheckUp, Fact, Outcome, Topic
from facecheck_gui.domain.errors import EngineError, Fault
from facecheck_gui.vision.engine_files import (
    FIVE_LANDMARKS,
    RECOGNITION,
    EngineFile,
    EngineFiles,
)

SUPPORTED_PYTHON = ((3, 11), (3, 14))
"""From, and below; as pyproject.toml says it to installers."""


def python(running: tuple[int, int] = sys.version_info[:2]) -> CheckUp:
    """Facts: ``version``, ``lowest`` and ``below`` (of what is supported), ``system``."""
    lowest, below = SUPPORTED_PYTHON
    outcome = Outcome.PYTHON_OK
    if running < lowest:
        outcome = Outcome.PYTHON_TOO_OLD
    elif running >= below:
        outcome = Outcome.PYTHON_TOO_NEW
    facts: dict[str, Fact] = {
        "version": platform.python_version(),
        "lowest": ".".join(map(str, lowest)),
        "below": ".".join(map(str, below)),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }
    return CheckUp(Topic.PYTHON, outcome, facts)


def opencv(
    loads: Callable[[str], bool], brought_by: Callable[[], Iterable[str]] | None = None
) -> CheckUp:
    """Facts: ``version``, ``backends`` (OpenCV's words for ways to cameras), ``brought_by``
    (packages), ``missing`` (libraries)."""
    packages = tuple((brought_by or _opencv_packages)())
    facts: dict[str, Fact] = {
        "version": "",
        "backends": (),
        "brought_by": packages,
        "missing": (),
    }
    try:
        from facecheck_gui.opencv import cv2
    except ImportError:
        wanted = libraries.OPENCV if sys.platform == "linux" else ()
        missing = libraries.missing(wanted, loads)
        facts["missing"] = tuple(library.soname for library in missing)
        outcome = Outcome.OPENCV_LIBRARIES_MISSING if missing else Outcome.OPENCV_MISSING
        return CheckUp(Topic.OPENCV, outcome, facts, libraries.packages(missing))
    registry = cv2.videoio_registry
    facts["version"] = str(cv2.__version__)
    facts["backends"] = tuple(
        str(registry.getBackendName(backend))
        for backend in registry.getCameraBackends()
        if registry.hasBackend(backend)
    )
    outcome = Outcome.OPENCV_DOUBLED if len(packages) > 1 else Outcome.OPENCV_OK
    return CheckUp(Topic.OPENCV, outcome, facts)


def _opencv_packages() -> Iterable[str]:
    names = {str(found.metadata["Name"]).lower() for found in distributions()}
    return sorted(name for name in names if name.startswith("opencv-"))


def engine(
    files: EngineFiles, wanted: Iterable[EngineFile] = (RECOGNITION, FIVE_LANDMARKS)
) -> CheckUp:
    """Facts: ``sound``, ``missing`` and ``altered`` (names), ``sha256`` of the sound ones."""
    by_fault: dict[Fault | None, list[EngineFile]] = {}
    for file in wanted:
        by_fault.setdefault(_fault(files, file), []).append(file)
    sound = by_fault.pop(None, [])
    facts: dict[str, Fact] = {
        "sound": tuple(file.name for file in sound),
        "sha256": tuple(file.sha256 for file in sound),
        "missing": tuple(file.name for file in by_fault.get(Fault.ENGINE_FILES_MISSING, [])),
        "altered": tuple(file.name for file in by_fault.get(Fault.ENGINE_FILES_ALTERED, [])),
    }
    if facts["altered"]:
        return CheckUp(Topic.ENGINE, Outcome.ENGINE_ALTERED, facts)
    outcome = Outcome.ENGINE_MISSING if facts["missing"] else Outcome.ENGINE_OK
    return CheckUp(Topic.ENGINE, outcome, facts)


def _fault(files: EngineFiles, file: EngineFile) -> Fault | None:
    try:
        files.vouch(file)
    except EngineError as error:
        return error.fault
    return None
