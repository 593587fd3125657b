"""Photos by their names, out of a folder or a ZIP archive."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Protocol

from facecheck_gui.domain.errors import Fault, ImportTrouble, PictureError, WhichPicture

PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp"})
MOST_PHOTOS = 200_000
MOST_PHOTO_BYTES = 32 * 1024**2
# Photos hardly shrink: what unpacks to more than this is no photo but a trap.
_MOST_RATIO = 50
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800


class Photos(Protocol):
    """Photos that can be asked for by name; a name is a path below the top, with ``/``."""

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, sorted."""
        ...

    def read(self, name: str) -> bytes:
        """The file's bytes. Raises PictureError about the reference."""
        ...


def is_archive(path: Path) -> bool:
    """Whether it is called a ZIP archive."""
    return path.suffix.lower() == ".zip"


@contextmanager
def opened_photos(path: Path) -> Iterator[Photos]:
    """The photos of a folder or an archive. Raises ImportTrouble: PHOTOS_UNREADABLE."""
    if path.is_dir():
        yield _Folder(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise ImportTrouble(Fault.PHOTOS_UNREADABLE, detail=type(error).__name__) from None
    with archive:
        yield _Archive(archive)


class NoPhotos:
    """A list may come without any."""

    names: tuple[str, ...] = ()

    def read(self, name: str) -> bytes:
        """There is none."""
        raise PictureError(Fault.FILE_MISSING, picture=WhichPicture.REFERENCE, detail=name[:80])


class _Folder:
    """What lies in a folder and below it; links that lead out of it are left alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        try:
            found = [
                file.relative_to(self._folder).as_posix()
                for file in self._folder.rglob("*")
                if is_photo(file.relative_to(self._folder).as_posix()) and file.is_file()
            ]
        except OSError as error:
            raise ImportTrouble(Fault.PHOTOS_UNREADABLE, detail=type(error).__name__) from None
        self.names = _sorted(found)

    def read(self, name: str) -> bytes:
        """The file's bytes."""
        file = (self._folder / name).resolve()
        try:
            if not file.is_relative_to(self._folder):
                raise PictureError(Fault.FILE_MISSING, picture=WhichPicture.REFERENCE)
            if file.stat().st_size > MOST_PHOTO_BYTES:
                raise PictureError(Fault.FILE_TOO_LARGE, picture=WhichPicture.REFERENCE)
            return file.read_bytes()
        except FileNotFoundError:
            raise PictureError(Fault.FILE_MISSING, picture=WhichPicture.REFERENCE) from None
        except OSError as error:
            raise PictureError(
                Fault.FILE_UNREADABLE, picture=WhichPicture.REFERENCE, detail=type(error).__name__
            ) from None


class _Archive:
    """A ZIP archive's photos, unpacked one at a time into memory."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = {
            name: member
            for member in archive.infolist()
            if not member.is_dir() and is_photo(name := _name(member))
        }
        self._members: Mapping[str, zipfile.ZipInfo] = MappingProxyType(members)
        self.names = _sorted(members)

    def read(self, name: str) -> bytes:
        """The file's bytes."""
        member = self._members.get(name)
        if member is None:
            raise PictureError(Fault.FILE_MISSING, picture=WhichPicture.REFERENCE)
        packed = max(member.compress_size, 1)
        if member.file_size > MOST_PHOTO_BYTES or member.file_size > packed * _MOST_RATIO:
            raise PictureError(Fault.FILE_TOO_LARGE, picture=WhichPicture.REFERENCE)
        if member.flag_bits & _ENCRYPTED:
            raise PictureError(
                Fault.FILE_UNREADABLE, picture=WhichPicture.REFERENCE, detail="encrypted"
            )
        try:
            with self._archive.open(member) as file:
                data = file.read(member.file_size + 1)
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise PictureError(
                Fault.FILE_UNREADABLE, picture=WhichPicture.REFERENCE, detail=type(error).__name__
            ) from None
        if len(data) > member.file_size:
            raise PictureError(Fault.FILE_TOO_LARGE, picture=WhichPicture.REFERENCE)
        return data


def is_photo(name: str) -> bool:
    """Whether a file of this name may be one; what systems hide beside photos is none."""
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return path.suffix.lower() in PHOTO_ENDINGS and not hidden


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name. Archives packed in China without the mark for UTF-8 are GBK, which Python
    takes for code page 437."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    found = tuple(sorted(names))
    if len(found) > MOST_PHOTOS:
        raise ImportTrouble(Fault.PHOTOS_UNREADABLE, detail=f"more than {MOST_PHOTOS} photos")
    return found
