"""What makes a web address usable as an engine's endpoint."""

import ipaddress
from urllib.parse import urlsplit


def checked_endpoint(url: str) -> str:
    """``url`` without surrounding blanks.

    Raises ValueError unless it is http or https with a host, and without name, password, query or
    fragment: those end up in logs along the way.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = (
            parts.scheme in {"http", "https"}
            and _is_host(parts.hostname or "")
            and parts.username is None
            and parts.password is None
            and not {"?", "#"} & set(url)
            and parts.port != 0
        )
    except ValueError:
        usable = False
    if not usable or any(c.isspace() or not c.isprintable() for c in url):
        raise ValueError("an endpoint is http or https with a host and nothing behind its path")
    return url


def is_plain_http(url: str) -> bool:
    """Whether everything sent there could be read on the way."""
    return urlsplit(url).scheme == "http"


def is_loopback(url: str) -> bool:
    """Whether ``url`` leads to this machine and so needs no protection on the way."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_exposed(url: str) -> bool:
    """Whether it is plain http to another machine."""
    return is_plain_http(url) and not is_loopback(url)


def _is_host(host: str) -> bool:
    """Whether every reader of an address would find the same host in it."""
    return bool(host) and all(c.isalnum() or c in "-._:" for c in host)
