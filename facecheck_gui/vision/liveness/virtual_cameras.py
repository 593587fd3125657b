"""Cameras that are programs: what they show may never have been before a lens."""

import re

# As the systems name them. DroidCam and the like bring the picture of a real lens: not here.
_NAMES = (
    r"\bobs\b",
    r"obs.?(virtual|camera|cam)",
    r"v4l2.?loopback",
    r"dummy video",
    r"virtual.?(cam|video)",
    r"manycam",
    r"snap camera",
    r"xsplit",
    r"e2esoft",
    r"vcam",
    r"splitcam",
    r"youcam",
    r"mmhmm",
    r"nvidia broadcast",
    r"webcamoid",
    r"chromacam",
    r"camtwist",
    r"sparkocam",
    r"unity video capture",
    r"altercam",
)
_VIRTUAL = re.compile("|".join(_NAMES), re.IGNORECASE)


def is_virtual(camera_name: str) -> bool:
    """Whether a camera of this name is a program. A program can call itself anything."""
    return bool(_VIRTUAL.search(camera_name))
