"""Which addresses on the web may be fetched: https, and only from the public internet.

A picture's address comes from outside. Whoever chose it must not reach the machine itself, its
network or a cloud's metadata through this program (server-side request forgery).
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from facecheck_gui.domain.errors import Fault, PictureError

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

LOOPBACK: tuple[Network, ...] = (
    ipaddress.ip_network("127.0.0.0/8"),
    ipaddress.ip_network("::1/128"),
)
"""This machine itself: for a server that a test or an administrator runs there."""


def is_this_machine(host: str) -> bool:
    """Whether ``host`` is a name or an address of this machine itself."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_LONGEST_URL = 4096
_LONGEST_HOST = 253
_HTTPS_PORT = 443
_FIRST_UNPRIVILEGED_PORT = 1024

# IANA's special-purpose registries, spelt out because ipaddress.is_global differs between
# Python versions and calls translated and tunnelled IPv4 addresses global.
_NOT_PUBLIC_V4 = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade address translation
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and the metadata of clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112 sink
        "192.52.193.0/24",  # multicast tunnelling
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112 sink
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# What lies outside is not public unicast: loopback, link-local, unique local, multicast, and
# IPv4 in disguise (mapped ::ffff:0:0/96, compatible ::/96, NAT64 64:ff9b::/96, 64:ff9b:1::/48).
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    ipaddress.ip_network(block)
    for block in (
        "2001::/23",  # protocol assignments, among them Teredo 2001::/32
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48",  # AS112 sink
        "3fff::/20",  # documentation
    )
)
# The low 64 bits of an ISATAP address: an IPv4 address in disguise below any prefix.
_ISATAP = {0x00005EFE, 0x02005EFE}

_FORBIDDEN_IN_URL = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_LOOKS_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
# The two editions of the rules for international names disagree on these.
_AMBIGUOUS_LETTERS = frozenset("ßẞς\u200c\u200d")


def is_public(address: str) -> bool:
    """Whether ``address`` is an IP address of the public internet, in its usual spelling."""
    parsed = _parsed(address)
    if parsed is None:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in block for block in _NOT_PUBLIC_V4)
    if parsed not in _PUBLIC_V6 or (int(parsed) >> 32) & 0xFFFFFFFF in _ISATAP:
        return False
    return not any(parsed in block for block in _NOT_PUBLIC_V6)


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What may be fetched. ``permitted`` lists networks that are allowed though not public."""

    permitted: Sequence[Network] = field(default=())

    def checked_url(self, url: str) -> str:
        """``url`` in its one plain spelling: https, ASCII host, no user, no fragment.

        The host is judged as far as it is an IP address; a name is judged by ``check_address``
        once it has been looked up. Raises ``PictureError`` (ADDRESS_REFUSED).
        """
        if len(url) > _LONGEST_URL or _FORBIDDEN_IN_URL.search(url):
            raise _refused("too long, or with a forbidden character")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise _refused("not a web address") from None
        if parts.scheme != "https":
            raise _refused("not https")
        if "@" in parts.netloc:
            raise _refused("with a user's name")
        host = self._checked_host(parts)
        if port is not None and port != _HTTPS_PORT and port < _FIRST_UNPRIVILEGED_PORT:
            raise _refused(f"port {port}")
        place = host if port in (None, _HTTPS_PORT) else f"{host}:{port}"
        return parts._replace(netloc=place, fragment="").geturl()

    def check_address(self, address: str) -> None:
        """Raises ``PictureError`` (ADDRESS_REFUSED) unless the IP address may be connected to."""
        parsed = _parsed(address)
        if parsed is None or not (
            is_public(address) or any(parsed in network for network in self.permitted)
        ):
            raise _refused("not on the public internet")

    def _checked_host(self, parts: SplitResult) -> str:
        bracketed = parts.netloc.startswith("[")
        host = _ascii_host(parts.hostname or "")
        if not bracketed and not _LOOKS_NUMERIC.fullmatch(host.rpartition(".")[2]):
            if not all(_LABEL.fullmatch(label) for label in host.split(".")):
                raise _refused("not a host name")
            return host
        address = _parsed(host)
        if address is None or bracketed != isinstance(address, ipaddress.IPv6Address):
            raise _refused("an oddly spelt IP address")
        self.check_address(host)
        return f"[{address}]" if bracketed else str(address)


def _ascii_host(host: str) -> str:
    if _AMBIGUOUS_LETTERS.intersection(host):
        raise _refused("an ambiguous letter in the host name")
    try:
        plain = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _refused("not a host name") from None
    plain = plain.removesuffix(".")
    if not plain or len(plain) > _LONGEST_HOST:
        raise _refused("no host name")
    return plain


def _parsed(address: str) -> _Address | None:
    """The address, or None for anything but the usual spelling without a zone."""
    if "%" in address:
        return None
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


def _refused(reason: str) -> PictureError:
    return PictureError(Fault.ADDRESS_REFUSED, detail=reason)
