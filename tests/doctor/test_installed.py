"""Python, OpenCV and the engine's files."""

import tomllib
from pathlib import Path

import pytest

from facecheck_gui.doctor import installed
from facecheck_gui.doctor.checkup import Outcome
from facecheck_gui.vision.engine_files import EngineFile, EngineFiles

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.mark.parametrize(
    ("running", "outcome"),
    [
        ((3, 10), Outcome.PYTHON_TOO_OLD),
        ((3, 11), Outcome.PYTHON_OK),
        ((3, 13), Outcome.PYTHON_OK),
        ((3, 14), Outcome.PYTHON_TOO_NEW),
        ((4, 0), Outcome.PYTHON_TOO_NEW),
    ],
)
def test_python_is_measured_against_what_is_supported(
    running: tuple[int, int], outcome: Outcome
) -> None:
    assert installed.python(running).outcome is outcome


def test_installers_are_told_the_same() -> None:
    facts = installed.python().facts
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={facts['lowest']},<{facts['below']}"


def test_opencv_is_found_with_its_ways_to_cameras() -> None:
    pytest.importorskip("cv2", reason="needs OpenCV")
    checkup = installed.opencv(lambda _: True, lambda: ["opencv-python"])
    assert checkup.outcome is Outcome.OPENCV_OK
    assert str(checkup.facts["version"])[0].isdigit()
    assert checkup.facts["backends"]


def test_two_packages_that_bring_opencv_are_one_too_many() -> None:
    pytest.importorskip("cv2", reason="needs OpenCV")
    both = ["opencv-python", "opencv-python-headless"]
    checkup = installed.opencv(lambda _: True, lambda: both)
    assert checkup.outcome is Outcome.OPENCV_DOUBLED
    assert checkup.facts["brought_by"] == tuple(both)


def test_sound_engine_files_are_vouched_for(
    engine_files: EngineFiles, engine_file: EngineFile
) -> None:
    checkup = installed.engine(engine_files, [engine_file])
    assert checkup.outcome is Outcome.ENGINE_OK
    assert checkup.facts["sound"] == ("engine.dat",)
    assert checkup.facts["sha256"] == (engine_file.sha256,)


def test_a_missing_and_an_altered_engine_file_are_both_named(
    tmp_path: Path, engine_files: EngineFiles, engine_file: EngineFile
) -> None:
    absent = EngineFile("absent.dat", 1, "00")
    assert installed.engine(engine_files, [absent]).outcome is Outcome.ENGINE_MISSING
    (tmp_path / engine_file.name).write_bytes(b"weighty")
    checkup = installed.engine(engine_files, [engine_file, absent])
    assert checkup.outcome is Outcome.ENGINE_ALTERED
    assert (checkup.facts["altered"], checkup.facts["missing"]) == (
        ("engine.dat",),
        ("absent.dat",),
    )
