"""The floor plan as data: which package stands on which floor, and what it alone may import."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "facecheck_gui"

FLOORS: dict[str, int] = {
    "__init__": 0,
    "domain": 0,
    "resources": 0,
    "opencv": 0,
    "protocol": 1,
    "imaging": 1,
    "web": 1,
    "camera": 1,
    "settings": 1,
    "records": 1,
    "sheets": 1,
    "i18n": 1,
    "messages": 2,
    "vision": 2,
    "comparers": 3,
    "flows": 4,
    "bookkeeping": 5,
    "record_words": 6,
    "workers": 6,
    "wiring": 6,
    "doctor": 6,
    "backstage": 7,
    "ui": 7,
    "app": 8,
    "demonstration": 9,
    "kiosk_app": 9,
    "cli": 10,
    "__main__": 11,
}

# Which rooms may import a library. A library that is not named here may be imported by nobody.
LIBRARIES: dict[str, set[str]] = {
    "numpy": {"domain", "opencv", "imaging", "camera", "vision", "comparers", "workers", "ui"},
    "cv2": {"opencv"},
    "PIL": {"imaging"},
    "pydantic": {"settings"},
    "pydantic_core": {"settings"},
    "platformdirs": {"settings"},
    "keyring": {"settings"},
    "cv2_enumerate_cameras": {"camera"},
    "requests": {"web"},
    "urllib3": {"web"},
    "dlib": {"vision"},
    "zxingcpp": {"vision"},
    "segno": {"imaging"},
    "_dlib_pybind11": {"vision"},
    "onnx": {"vision"},
    "sqlalchemy": {"records"},
    "alembic": {"records"},
    "cryptography": {"records"},
    "filelock": {"records"},
    "pypinyin": {"records"},
    "openpyxl": {"sheets"},
    "PySide6": {"workers", "ui", "app", "demonstration"},
    "pyqtgraph": {"ui"},
    "shiboken6": {"workers", "ui", "app"},
    "typer": {"cli"},
}

# Which rooms may use OpenCV, through the one module that may import cv2. The doctor only looks
# whether it is there.
OPENCV_ROOMS = {"camera", "vision", "doctor"}
