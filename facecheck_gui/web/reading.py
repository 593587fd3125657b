"""The body of a reply, unpacked within bounds."""

import zlib
from collections.abc import Iterable, Iterator

from urllib3 import BaseHTTPResponse

from facecheck_gui.domain.errors import CloudError, Fault

_PIECE_BYTES = 16 * 1024
_GZIP_OR_ZLIB = 47
"""zlib's window bits for "whichever of the two headers is there"."""


def read_body(raw: BaseHTTPResponse, max_bytes: int) -> bytes:
    """At most ``max_bytes`` unpacked bytes.

    Raises ``CloudError``: REPLY_TOO_LARGE as soon as there is one byte more, whatever it would
    have become; BAD_REPLY for a packing that was not asked for and is unknown or damaged.
    Unpacks in small pieces itself, because the libraries below inflate a whole block at once.
    """
    announced = raw.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced[:20]) > max_bytes:
        raise CloudError(Fault.REPLY_TOO_LARGE, detail=f"more than {max_bytes} bytes announced")
    body = bytearray()
    for piece in _unpacked(raw):
        body += piece
        if len(body) > max_bytes:
            raise CloudError(Fault.REPLY_TOO_LARGE, detail=f"more than {max_bytes} bytes")
    return bytes(body)


def _unpacked(raw: BaseHTTPResponse) -> Iterator[bytes]:
    pieces = raw.stream(_PIECE_BYTES, decode_content=False)
    packing = raw.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        return pieces
    if packing in ("gzip", "x-gzip", "deflate"):
        return _inflated(pieces)
    raise CloudError(Fault.BAD_REPLY, detail="unknown content encoding")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for piece in pieces:
            packed = piece
            while packed and not inflater.eof:
                yield inflater.decompress(packed, _PIECE_BYTES)
                packed = inflater.unconsumed_tail
    except zlib.error:
        raise CloudError(Fault.BAD_REPLY, detail="damaged compression") from None
    if not inflater.eof:
        raise CloudError(Fault.BAD_REPLY, detail="compression breaks off")
