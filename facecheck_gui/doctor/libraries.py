"""Libraries of the system that wheels do not bring along, and who brings them on Debian."""

import ctypes
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library by its soname, and the package of Debian and Ubuntu that has it."""

    soname: str
    package: str


_GL = Library("libGL.so.1", "libgl1")
_GLIB = Library("libglib-2.0.so.0", "libglib2.0-0")

OPENCV = (_GL, _GLIB, Library("libgthread-2.0.so.0", "libglib2.0-0"))

# Found on a bare Debian 12 by adding packages until a window opened.
_EVERY_WINDOW = (
    _GL,
    Library("libEGL.so.1", "libegl1"),
    _GLIB,
    Library("libdbus-1.so.3", "libdbus-1-3"),
    Library("libfontconfig.so.1", "libfontconfig1"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
)
_X11_WINDOW = (
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Library("libxcb-shape.so.0", "libxcb-shape0"),
)
_WAYLAND_WINDOW = (
    Library("libwayland-client.so.0", "libwayland-client0"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0"),
)


def of_platform(platform: str) -> tuple[Library, ...]:
    """What Qt needs for its ``platform``; for "" (not known yet) what it needs on X11."""
    if platform.startswith("wayland"):
        return _EVERY_WINDOW + _WAYLAND_WINDOW
    if platform in {"xcb", ""}:
        return _EVERY_WINDOW + _X11_WINDOW
    return _EVERY_WINDOW


def load_library(soname: str) -> bool:
    """Whether the system's loader finds it, together with all that it needs itself."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def missing(libraries: Iterable[Library], loads: Callable[[str], bool]) -> tuple[Library, ...]:
    """Those that do not load."""
    return tuple(library for library in libraries if not loads(library.soname))


def packages(libraries: Iterable[Library]) -> tuple[str, ...]:
    """Who brings them, each once."""
    return tuple(dict.fromkeys(library.package for library in libraries))
