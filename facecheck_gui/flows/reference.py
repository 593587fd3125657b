"""The reference: where it came from, the faces on it, and which of them will be compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import Side, Subject
from facecheck_gui.domain.errors import FaceCheckError, Fault, PictureError, WhichPicture
from facecheck_gui.domain.face import Face, FaceType
from facecheck_gui.domain.image import FaceToken, ImageAddress, ImageSource, Picture
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.domain.quality import QualityReport
from facecheck_gui.flows.inspection import Inspector
from facecheck_gui.flows.portrait import FindFaces, find_portrait
from facecheck_gui.imaging import decode, files


class Fetches(Protocol):
    """What gets the bytes behind a web address."""

    def fetch(self, url: str, cancel: CancelToken) -> bytes:
        """The bytes. Raises PictureError."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """A loaded reference.

    ``faces`` has the most prominent first; ``chosen`` is the index of one that a person clicked,
    None leaves the choice to the engine. ``trouble`` is why an address shows no picture here: a
    cloud may still be able to fetch it. ``on_card`` says that the portrait was cut out of a card;
    ``report`` is how good the first face's picture is. ``subject`` is whom it shows, where somebody
    on the roster was loaded, with ``more`` photos of the same person.
    """

    source: ImageSource
    faces: tuple[Face, ...] = ()
    chosen: int | None = None
    trouble: FaceCheckError | None = None
    on_card: bool = False
    report: QualityReport | None = None
    more: tuple[Picture, ...] = ()
    subject: Subject | None = None

    @property
    def picture(self) -> Picture | None:
        """What can be shown; None for a token, or an address that gave nothing here."""
        return self.source if isinstance(self.source, Picture) else None

    @property
    def compared_face(self) -> int | None:
        """Index of the face that will be compared; None when there is none, or nobody can say."""
        return (self.chosen or 0) if self.faces else None

    def choosing(self, index: int) -> "Reference":
        """The same reference with the face ``index`` chosen by a person."""
        if not 0 <= index < len(self.faces):
            raise IndexError(index)
        return replace(self, chosen=index)

    def side(self, face_type: FaceType, liveness: LivenessLevel) -> Side:
        """This reference as one side of a comparison."""
        # Of several, the one that is outlined goes along: who compares is not left to choose.
        named = self.compared_face if self.chosen is not None or len(self.faces) > 1 else None
        box = self.faces[named].box if named is not None else None
        return Side(self.source, face_type, liveness, chosen_face=box, also=self.more)


class ReferenceLoader:
    """Makes references from everything a person can hand over. Slow: call it off the window."""

    def __init__(
        self,
        find_faces: FindFaces,
        downloader: Fetches,
        *,
        inspector: Inspector | None = None,
        leave_addresses: bool = True,
    ) -> None:
        """``inspector`` judges what was loaded; ``leave_addresses`` leaves an address to the cloud
        that cannot be fetched here."""
        self._inspector = inspector
        self._find_faces = find_faces
        self._downloader = downloader
        self._leave_addresses = leave_addresses

    def from_path(self, path: Path) -> Reference:
        """A file. Raises PictureError about the reference."""
        try:
            return self.from_picture(files.read_file(path))
        except PictureError as error:
            raise error.about(WhichPicture.REFERENCE) from None

    def from_picture(self, picture: Picture) -> Reference:
        """A picture that is safe already, from the camera for instance."""
        found = find_portrait(picture, self._find_faces)
        report = None
        if self._inspector is not None:
            report = self._inspector.judged(found.picture, found.faces).report
        return Reference(found.picture, found.faces, on_card=found.on_card, report=report)

    def from_person(self, subject: Subject, photos: Sequence[bytes]) -> Reference:
        """Somebody on the roster, by one to five photos as they were kept.

        Raises PictureError about the reference: PERSON_WITHOUT_PHOTO, or why a photo cannot be
        read.
        """
        if not photos:
            raise PictureError(Fault.PERSON_WITHOUT_PHOTO, picture=WhichPicture.REFERENCE)
        try:
            first, *more = (decode.decode(jpeg, label=subject.name) for jpeg in photos)
        except PictureError as error:
            raise error.about(WhichPicture.REFERENCE) from None
        return replace(self.from_picture(first), more=tuple(more), subject=subject)

    def from_address(self, url: str, cancel: CancelToken) -> Reference:
        """A web address: fetched here, so that what is shown is what is compared.

        Where that fails it is left to the cloud to fetch, or raised as PictureError.
        """
        try:
            picture = decode.decode(self._downloader.fetch(url, cancel))
        except PictureError as error:
            trouble = error.about(WhichPicture.REFERENCE)
            if not self._leave_addresses or error.fault is not Fault.ADDRESS_UNREACHABLE:
                raise trouble from None
            return Reference(ImageAddress(url), trouble=trouble)
        return self.from_picture(picture)

    @staticmethod
    def from_token(token: str) -> Reference:
        """A token that the cloud gave earlier."""
        return Reference(FaceToken(token))
