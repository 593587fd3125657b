"""Which camera is meant, without opening anything."""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

_STREAM_SCHEMES = ("http", "https", "rtsp")
_VIDEO_SUFFIXES = (".avi", ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".mjpeg")


class Backend(Enum):
    """Who in OpenCV talks to the device. Matters on Windows alone."""

    AUTO = "auto"
    """V4L2 on Linux, AVFoundation on macOS, Media Foundation on Windows."""
    MEDIA_FOUNDATION = "msmf"
    DIRECTSHOW = "dshow"
    """Opens some cameras in one second that take Media Foundation twenty."""


class Sitter(Enum):
    """Who sits for the demonstration; the values name the pictures in ``resources/demo``."""

    COLLINS = "collins"
    HOPPER = "hopper"


@dataclass(frozen=True, slots=True)
class CameraIdentity:
    """What a camera is known by. OpenCV's number is not part of it: numbers move about.

    ``path`` is the system's name for where it is plugged in; the ids are USB's, None where the
    system tells none.
    """

    name: str
    path: str = ""
    vendor_id: int | None = None
    product_id: int | None = None


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """A camera of this machine. ``identity`` None means whichever is found first.

    The size is a wish; the camera gives what it can.
    """

    identity: CameraIdentity | None = None
    backend: Backend = Backend.AUTO
    width_px: int = 1280
    height_px: int = 720

    @property
    def name(self) -> str:
        """What people call it."""
        return self.identity.name if self.identity else ""


@dataclass(frozen=True, slots=True)
class CameraStream:
    """A network camera. The address may hold a password: not in repr.

    Raises ValueError unless it is an http, https or rtsp address with a host.
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            fits = parts.scheme in _STREAM_SCHEMES and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            fits = False
        if not fits or any(c.isspace() or not c.isprintable() for c in self.url):
            raise ValueError("a stream has an http, https or rtsp address with a host") from None

    @property
    def name(self) -> str:
        """Host and port alone: path and query can be as secret as a password."""
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        return f"{host}:{parts.port}" if parts.port else host


@dataclass(frozen=True, slots=True)
class VideoFile:
    """A film, played at its own rate and over again.

    Raises ValueError for an ending that is not a film's: OpenCV would take playlists and
    numbered pictures too.
    """

    path: Path

    def __post_init__(self) -> None:
        if self.path.suffix.lower() not in _VIDEO_SUFFIXES:
            raise ValueError(f"a video file ends in one of {', '.join(_VIDEO_SUFFIXES)}")

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A moving portrait, for trying the program without a camera."""

    sitter: Sitter = Sitter.COLLINS

    @property
    def name(self) -> str:
        """What staff see as the source of a frame."""
        return "demonstration"


CameraAddress: TypeAlias = CameraDevice | CameraStream | VideoFile | Demonstration
"""Where frames can come from."""


def same_camera(one: CameraAddress, other: CameraAddress) -> bool:
    """Whether both mean one camera, whatever size of picture is wished from it."""
    if isinstance(one, CameraDevice) and isinstance(other, CameraDevice):
        return one.identity == other.identity
    return one == other
