"""Pictures from the disk, read without trusting what the path leads to."""

import os
import stat
from pathlib import Path

from facecheck_gui.domain.errors import Fault, PictureError
from facecheck_gui.domain.image import Picture
from facecheck_gui.imaging.decode import MAX_FILE_BYTES, decode

# A pipe or a device would make open() or read() wait for ever.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file(path: Path, *, max_bytes: int = MAX_FILE_BYTES) -> Picture:
    """The picture in a regular file of at most ``max_bytes`` bytes; its label is the file's name.

    Raises PictureError: FILE_MISSING, FILE_UNREADABLE, FILE_TOO_LARGE, or what ``decode`` raises.
    """
    return decode(_read(path, max_bytes), label=path.name)


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        with open(os.open(path, _FLAGS), "rb") as file:  # noqa: PTH123 - flags, not a path
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise PictureError(Fault.FILE_UNREADABLE, detail="not a regular file")
            if status.st_size > max_bytes:
                raise PictureError(Fault.FILE_TOO_LARGE, detail=f"{status.st_size} bytes")
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise PictureError(Fault.FILE_MISSING) from None
    except (OSError, ValueError) as error:
        raise PictureError(Fault.FILE_UNREADABLE, detail=type(error).__name__) from None
    if len(data) > max_bytes:
        raise PictureError(Fault.FILE_TOO_LARGE, detail="the file grew while it was read")
    return data
