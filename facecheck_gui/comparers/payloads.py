"""Pictures as the cloud takes them; what was made for a reference is kept while it is loaded."""

import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field

from facecheck_gui.domain.comparison import Side
from facecheck_gui.domain.errors import PictureError, WhichPicture
from facecheck_gui.domain.face import FaceBox
from facecheck_gui.domain.image import FaceToken, ImageLimits, Picture
from facecheck_gui.imaging.crop import around
from facecheck_gui.imaging.encode import to_jpeg
from facecheck_gui.protocol.fields import CallSide, EncodedPicture, Image

_TOKEN_LASTS_S = 60 * 60 - 60
_CROP_MARGIN = 0.6


@dataclass(slots=True)
class _Kept:
    """What is known of one picture, for each choice of face."""

    jpeg: dict[FaceBox | None, bytes] = field(default_factory=dict)
    tokens: dict[FaceBox | None, tuple[FaceToken, float]] = field(default_factory=dict)


class Payloads:
    """Encodes each reference once, and keeps the token the cloud gave for it, for an hour.

    ``reuse_tokens`` sends such a token instead of the picture. Pictures are known by identity and
    let go with them. Thread-safe.
    """

    def __init__(
        self,
        *,
        reuse_tokens: bool = False,
        limits: ImageLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._reuse_tokens = reuse_tokens
        self._limits = limits or ImageLimits()
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: weakref.WeakKeyDictionary[Picture, _Kept] = weakref.WeakKeyDictionary()

    def probe(self, side: Side) -> CallSide:
        """The live side. Raises PictureError about the probe when it cannot be made to fit."""
        try:
            return CallSide(self._image(side), side.face_type, side.liveness)
        except PictureError as error:
            raise error.about(WhichPicture.PROBE) from None

    def reference(self, side: Side) -> CallSide:
        """The reference; encoded once. Raises PictureError about the reference."""
        try:
            return CallSide(self._kept_image(side), side.face_type, side.liveness)
        except PictureError as error:
            raise error.about(WhichPicture.REFERENCE) from None

    def kept_token(self, side: Side) -> FaceToken | None:
        """The cloud's name for this reference, while it lasts and may be used."""
        if not self._reuse_tokens or not isinstance(side.source, Picture):
            return None
        with self._lock:
            token, until_s = self._of(side.source).tokens.get(side.chosen_face, (None, 0.0))
        return token if self._clock() < until_s else None

    def keep_token(self, side: Side, token: FaceToken | None) -> None:
        """The cloud has named this reference."""
        if token is not None and isinstance(side.source, Picture):
            with self._lock:
                until_s = self._clock() + _TOKEN_LASTS_S
                self._of(side.source).tokens[side.chosen_face] = (token, until_s)

    def forget_token(self, side: Side) -> None:
        """The cloud knows the name no longer."""
        if isinstance(side.source, Picture):
            with self._lock:
                self._of(side.source).tokens.pop(side.chosen_face, None)

    def _of(self, picture: Picture) -> _Kept:
        return self._kept.setdefault(picture, _Kept())

    def _kept_image(self, side: Side) -> Image:
        if not isinstance(side.source, Picture):
            return side.source
        with self._lock:
            jpeg = self._of(side.source).jpeg.get(side.chosen_face)
        if jpeg is None:
            jpeg = self._encoded(side.source, side.chosen_face)
            with self._lock:
                self._of(side.source).jpeg[side.chosen_face] = jpeg
        return EncodedPicture(jpeg)

    def _image(self, side: Side) -> Image:
        if not isinstance(side.source, Picture):
            return side.source
        return EncodedPicture(self._encoded(side.source, side.chosen_face))

    def _encoded(self, picture: Picture, chosen: FaceBox | None) -> bytes:
        if chosen is not None:
            picture = around(picture, chosen, _CROP_MARGIN)
        return to_jpeg(picture, self._limits)
