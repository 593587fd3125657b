"""Pictures from the disk, read without trusting what the path leads to."""

import os
import stat
from pathlib import Path

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import Picture
from facecheck_gui.imaging.decode import MAX_FILE_BYTES, decode

# A pipe that takes a file's place after it was looked at must not make open() or read() wait.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_PIECE_BYTES = 4 * 1024 * 1024


def read_file(path: Path, *, max_bytes: int = MAX_FILE_BYTES) -> Picture:
    """The picture in a regular file of at most ``max_bytes`` bytes; its label is the file's name.

    Raises PictureError: FILE_MISSING, FILE_UNREADABLE, FILE_TOO_LARGE, or what ``decode`` raises.
    """
    return decode(_read(path, max_bytes), label=path.name)


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        # Looked at before it is opened: opening alone can start what hangs on a device.
        _judge(path.stat(), max_bytes)
        descriptor = os.open(path, _FLAGS)
        try:
            _judge(os.fstat(descriptor), max_bytes)
            data = _up_to(descriptor, max_bytes + 1)
        finally:
            os.close(descriptor)
    except (FileNotFoundError, NotADirectoryError):
        raise PictureError(Fault.FILE_MISSING) from None
    except (OSError, ValueError) as error:
        raise PictureError(Fault.FILE_UNREADABLE, detail=type(error).__name__) from None
    if len(data) > max_bytes:
        raise PictureError(Fault.FILE_TOO_LARGE, detail=f"more than {max_bytes} bytes")
    return data


def _judge(status: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise PictureError(Fault.FILE_UNREADABLE, detail="not a regular file")
    if status.st_size > max_bytes:
        raise PictureError(Fault.FILE_TOO_LARGE, detail=f"{status.st_size} bytes")


def _up_to(descriptor: int, max_bytes: int) -> bytes:
    """At most ``max_bytes`` bytes, however many more there are: a size can lie, or grow."""
    pieces, left = [], max_bytes
    while left and (piece := os.read(descriptor, min(left, _PIECE_BYTES))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
