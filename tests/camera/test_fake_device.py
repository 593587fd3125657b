"""OpenCV's own V4L2, driven through every trouble by a camera that is preloaded into a process."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from facecheck_gui.opencv import cv2

ROOT = Path(__file__).resolve().parents[2]
FAKECAM = ROOT.parent / "shared" / "tools" / "fakecam" / "fakecam.c"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="V4L2 is Linux's"),
    pytest.mark.skipif(not FAKECAM.is_file(), reason="no source of the fake camera here"),
    pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler here"),
]


def yuyv_portrait(count: int = 8) -> bytes:
    """Raw 640 x 480 pictures with a sensor's noise, red on the left."""
    noise = np.random.default_rng(1)
    pictures = []
    for _ in range(count):
        rgb = np.full((480, 640, 3), (90, 120, 150), np.uint8)
        rgb[:, :320] = (200, 60, 40)
        cv2.ellipse(rgb, (320, 240), (90, 120), 0, 0, 360, (205, 170, 150), -1)
        rgb += noise.integers(0, 6, rgb.shape, np.uint8)
        pictures.append(_yuyv(rgb))
    return b"".join(pictures)


def _yuyv(rgb: np.ndarray) -> bytes:
    yuv = cv2.cvtColor(rgb, cv2.COLOR_RGB2YUV)
    packed = np.empty((*rgb.shape[:2], 2), np.uint8)
    packed[..., 0] = yuv[..., 0]
    packed[:, 0::2, 1] = yuv[:, 0::2, 1]
    packed[:, 1::2, 1] = yuv[:, 0::2, 2]
    return packed.tobytes()


@pytest.fixture
def with_camera(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that has a camera."""
    library = tmp_path / "fakecam.so"
    command = ["gcc", "-O2", "-w", "-fPIC", "-shared", "-o", str(library), str(FAKECAM), "-ldl"]
    subprocess.run(command, check=True)
    (tmp_path / "frames.yuyv").write_bytes(yuyv_portrait())
    (tmp_path / "control").write_text("ok\n")
    return os.environ | {
        "LD_PRELOAD": str(library),
        "FAKECAM_CTL": str(tmp_path / "control"),
        "FAKECAM_FRAMES": str(tmp_path / "frames.yuyv"),
        "FAKECAM_SIZE": "640x480",
        "PYTHONPATH": str(ROOT),
    }


def test_every_trouble_of_a_device_is_named_and_outlived(
    with_camera: dict[str, str], tmp_path: Path
) -> None:
    script = Path(__file__).with_name("fakecam_story.py")
    command = [sys.executable, str(script), str(tmp_path / "control")]
    done = subprocess.run(
        command, env=with_camera, capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert [state for state in report["states"] if state != "opening"] == [
        "live",
        "frozen camera_silent",
        "live",
        "lost camera_lost",
        "live",
        "frozen camera_frozen",
        "live",
        "frozen camera_unusable",
        "live",
        "lost camera_lost",
        "lost camera_busy",
        "lost camera_denied",
        "lost camera_absent",
        "live",
    ]
    assert report["cameras"] == ["Fake Camera 0"]
    assert report["shape"] == [480, 640, 3]
    assert report["red_left"]
    assert report["ended"]
