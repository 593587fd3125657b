"""Fetches a picture from an address that came from outside."""

from facecheck_gui.domain.cancellation import CancelToken
from facecheck_gui.domain.errors import CloudError, Fault, PictureError
from facecheck_gui.web.addresses import LOOPBACK, AddressRules
from facecheck_gui.web.exchange import Exchange

_CONNECT_TIMEOUT_S = 3.0
_DEADLINE_S = 10.0
_MAX_BYTES = 8 * 1024 * 1024
_OK = 200

_FAULTS = {
    Fault.ENDPOINT_INVALID: Fault.ADDRESS_REFUSED,
    # The place it leads to was never judged.
    Fault.REDIRECTED: Fault.ADDRESS_REFUSED,
    Fault.REPLY_TOO_LARGE: Fault.FILE_TOO_LARGE,
}


class Downloader:
    """Fetches bytes that are to become a picture: https, public addresses, no redirects."""

    def __init__(self, exchange: Exchange, rules: AddressRules) -> None:
        self._exchange = exchange
        self._rules = rules

    @classmethod
    def for_pictures(cls, *, ca_file: str = "", permit_loopback: bool = False) -> "Downloader":
        """At most 8 MB, 3 s to connect, 10 s in all.

        ``ca_file`` names certificates to trust instead of the built-in ones; ``permit_loopback``
        allows servers on this machine. Both are for tests and administrators.
        """
        exchange = Exchange(_CONNECT_TIMEOUT_S, _DEADLINE_S, _MAX_BYTES, verify=ca_file or True)
        return cls(exchange, AddressRules(LOOPBACK if permit_loopback else ()))

    def fetch(self, url: str, cancel: CancelToken) -> bytes:
        """The bytes at ``url``; what they are is for the decoder to judge.

        Raises ``Cancelled``, or ``PictureError``: ADDRESS_REFUSED when the rules forbid the
        address, an IP address behind it or a redirect; FILE_TOO_LARGE; ADDRESS_UNREACHABLE for
        everything else.
        """
        checked = self._rules.checked_url(url)
        trouble: PictureError
        try:
            reply = self._exchange.get(checked, cancel, address_check=self._rules.check_address)
        except CloudError as error:
            fault = _FAULTS.get(error.fault, Fault.ADDRESS_UNREACHABLE)
            trouble = PictureError(fault, detail=f"{error.fault.word}: {error.detail}")
        else:
            if reply.status == _OK:
                return reply.body
            trouble = PictureError(Fault.ADDRESS_UNREACHABLE, detail=f"HTTP {reply.status}")
        raise trouble
