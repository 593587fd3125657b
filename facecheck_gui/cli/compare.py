"""``facecheck compare``: one verification without a window and without Qt."""

from dataclasses import dataclass
from pathlib import Path

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.comparison import EngineName, Side, Verification
from facecheck_gui.domain.errors import (
    FaceCheckError,
    Fault,
    PictureError,
    SettingsError,
    WhichPicture,
)
from facecheck_gui.domain.face import FaceType
from facecheck_gui.domain.image import FaceToken, ImageAddress, ImageSource
from facecheck_gui.domain.liveness import LivenessLevel
from facecheck_gui.flows.attempt import NO_PICTURE, new_request
from facecheck_gui.flows.reference import Fetches
from facecheck_gui.flows.verification import Verifier, not_decided
from facecheck_gui.imaging.decode import decode
from facecheck_gui.imaging.files import read_file
from facecheck_gui.settings.store import LoadedSettings, NoticeCode

_TOKEN = "token:"  # noqa: S105 - a prefix
_LONGEST_TOKEN = 512
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
            return FaceToken(_checked_token(word.removeprefix(_TOKEN)))
        if not word.lower().startswith(_ADDRESSES):
            return read_file(Path(word))
        if self._leave_addresses and word.lower().startswith("https://"):
            return ImageAddress(_checked_address(word))
        return decode(self._downloader.fetch(word, cancel))


def _checked_token(token: str) -> str:
    """What can be a token at all: anything else would cost a call."""
    if not 1 <= len(token) <= _LONGEST_TOKEN or not all("!" <= c <= "~" for c in token):
        raise PictureError(Fault.NOT_A_PICTURE, detail="no token")
    return token


def _checked_address(url: str) -> str:
    """An address by the rules of those that are fetched here: no name, no password, no port below.

    Raises PictureError(ADDRESS_REFUSED).
    """
    from facecheck_gui.web.addresses import AddressRules

    return AddressRules().checked_url(url)


def leaves_addresses(engine: EngineName, *, leave_addresses: bool) -> bool:
    """Whether ``engine`` gets web addresses as they are."""
    return engine is EngineName.TRAINING or (engine is EngineName.KUAIDI100 and leave_addresses)


def unusable_setting(loaded: LoadedSettings, engine: EngineName) -> SettingsError | None:
    """Why the settings' file cannot be trusted with this check: a threshold or a liveness level
    that somebody set and that cannot be read must not silently become the usual one."""
    for notice in loaded.notices:
        group = notice.subject.partition(".")[0]
        whole = notice.code in {NoticeCode.DAMAGED, NoticeCode.UNREADABLE}
        ours = notice.code is NoticeCode.VALUE_REFUSED and group in {"check", engine.value}
        if whole or ours:
            return SettingsError(Fault.SETTING_REFUSED, detail=notice.subject)
    return None


def refused(asked: Asked, verifier: Verifier, error: FaceCheckError) -> Verification:
    """A check that could not even begin."""
    nothing = Side(NO_PICTURE, asked.probe_kind, asked.liveness)
    file = Side(NO_PICTURE, asked.reference_kind, asked.reference_liveness)
    request = new_request(nothing, file)
    return not_decided(request, verifier.engine, verifier.threshold, 0.0, error)


def compare(
    asked: Asked, reader: PictureReader, verifier: Verifier, cancel: CancelToken
) -> Verification:
    """One verification. Never raises: what cannot be read is a verification not decided."""
    try:
        probe = reader.read(asked.probe, WhichPicture.PROBE, cancel)
        reference = reader.read(asked.reference, WhichPicture.REFERENCE, cancel)
    except FaceCheckError as error:
        return refused(asked, verifier, error)
    request = new_request(
        Side(probe, asked.probe_kind, asked.liveness),
        Side(reference, asked.reference_kind, asked.reference_liveness),
    )
    return verifier.verify(request, cancel)
