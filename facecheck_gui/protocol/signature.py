"""The vendor's signature."""

import hashlib

from facecheck_gui.domain.credentials import Credentials


def sign(credentials: Credentials) -> str:
    """MD5 of key and secret, one behind the other, in upper-case hexadecimal.

    It holds no time, no nonce and nothing of the call: whoever has seen it once can use it for
    ever. Guard it like the secret itself.
    """
    joined = (credentials.key + credentials.secret).encode("utf-8")
    return hashlib.md5(joined, usedforsecurity=False).hexdigest().upper()
