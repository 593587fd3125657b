"""``facecheck compare``: one verification without a window and without Qt."""

from dataclasses import dataclass
from pathlib import Path

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName, Side, Verification
from facecheck_gui.domain.errors import FaceCheckError, PictureError, WhichPicture
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import FaceToken, ImageAddress, ImageSource
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.flows.attempt import NO_PICTURE, new_request
from facecheck_gui.flows.reference import Fetches
from facecheck_gui.flows.verification import Verifier, not_decided
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.files import read_file

_TOKEN = "token:"  # noqa: S105 - a prefix
_ADDRESSES = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the command line."""

    reference: str
    probe: str
    reference_kind: FaceType
    probe_kind: FaceType
    liveness: LivenessLevel
    reference_liveness: LivenessLevel = LivenessLevel.NONE


class PictureReader:
    """Turns a word of the command line into one side's picture.

    ``leave_addresses`` leaves web addresses to the far end; otherwise they are fetched here.
    """

    def __init__(self, downloader: Fetches, *, leave_addresses: bool) -> None:
        self._downloader = downloader
        self._leave_addresses = leave_addresses

    def read(self, word: str, picture: WhichPicture, cancel: CancelToken) -> ImageSource:
        """A path, an address or ``token:…``. Raises FaceCheckError about ``picture``."""
        try:
            return self._read(word, cancel)
        except PictureError as error:
            raise error.about(picture) from None

    def _read(self, word: str, cancel: CancelToken) -> ImageSource:
        if word.startswith(_TOKEN):
            return FaceToken(word.removeprefix(_TOKEN))
        if not word.lower().startswith(_ADDRESSES):
            return read_file(Path(word))
        if self._leave_addresses and word.lower().startswith("https://"):
            return ImageAddress(word)
        return decode(self._downloader.fetch(word, cancel))


def leaves_addresses(engine: EngineName, *, leave_addresses: bool) -> bool:
    """Whether ``engine`` gets web addresses as they are."""
    return engine is EngineName.TRAINING or (engine is EngineName.KUAIDI100 and leave_addresses)


def compare(
    asked: Asked, reader: PictureReader, verifier: Verifier, cancel: CancelToken
) -> Verification:
    """One verification. Never raises: what cannot be read is a verification not decided."""
    try:
        probe = reader.read(asked.probe, WhichPicture.PROBE, cancel)
        reference = reader.read(asked.reference, WhichPicture.REFERENCE, cancel)
    except FaceCheckError as error:
        nothing = Side(NO_PICTURE, asked.probe_kind, asked.liveness)
        file = Side(NO_PICTURE, asked.reference_kind, asked.reference_liveness)
        request = new_request(nothing, file)
        return not_decided(request, verifier.engine, verifier.threshold, 0.0, error)
    request = new_request(
        Side(probe, asked.probe_kind, asked.liveness),
        Side(reference, asked.reference_kind, asked.reference_liveness),
    )
    return verifier.verify(request, cancel)
