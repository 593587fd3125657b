"""The staff window on OpenCV's own V4L2, with a face in front of it and mishaps in mid-check."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np

from facecheck_gui import resources
from facecheck_gui.imaging.files import read_file
from facecheck_gui.opencv import cv2
from tests.camera import test_fake_device as device
from tests.camera.test_fake_device import with_camera  # noqa: F401 - a fixture

pytestmark = device.pytestmark


def _portrait() -> bytes:
    """Collins at 640 x 480, with a sensor's noise."""
    portrait = read_file(resources.path("demo", "collins.jpg")).pixels
    view = np.ascontiguousarray(portrait[10:250, 70:390])
    view = cv2.resize(view, (640, 480), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    noise = np.random.default_rng(3)
    frames = [np.clip(view + noise.integers(-4, 5, view.shape), 0, 255) for _ in range(8)]
    return b"".join(device._yuyv(frame.astype(np.uint8)) for frame in frames)


def test_a_camera_that_fails_in_mid_check_never_ends_in_green(
    with_camera: dict[str, str],  # noqa: F811
    tmp_path: Path,
) -> None:
    (tmp_path / "frames.yuyv").write_bytes(_portrait())
    script = Path(__file__).with_name("fakecam_desk.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "control")],
        env={**with_camera, "QT_LOGGING_RULES": "qt.qpa.*=false", "LANG": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["cameras"] == "Fake Camera 0"
    assert report["well"] == ["match", ""]
    assert report["unplug"] == ["not_checked", "camera_lost"]
    assert report["hang"] == ["not_checked", "camera_silent"]
    assert report["freeze"] == ["not_checked", "camera_frozen"]
    assert report["black"] == ["not_checked", "camera_unusable"]
    assert report["without camera"] == ["not_checked", "camera_lost"]
    assert report["unplug said"] == "The camera has gone."
    assert report["hang said"] == "The camera is open but sends no pictures."
    assert report["freeze said"] == "The camera sends the same picture again and again."
    assert report["black said"] == "The camera's picture is blank."
