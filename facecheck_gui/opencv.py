"""The only importer of OpenCV.

``import cv2`` rewrites environment variables that Qt and every child process would then inherit
(a plug-in folder of another Qt, a font folder that does not exist, a library path that ends in the
current directory). They are put back at once, so that the order of imports does not matter.
"""

import os

_TOUCHED_BY_CV2 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR", "LD_LIBRARY_PATH")

_before = {name: os.environ.get(name) for name in _TOUCHED_BY_CV2}
# V4L2 waits ten seconds for a frame by default; a stalled camera must be noticed sooner.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
# Media Foundation's hardware transforms make some cameras take 20 s to open.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
# FFmpeg writes to the console by itself, and what it writes may name a stream's address.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

import cv2  # noqa: E402

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
