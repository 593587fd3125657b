"""What may stand in the settings as the records' database."""

from urllib.parse import urlsplit


def checked_database(url: str) -> str:
    """``url`` without surrounding blanks; "" stands for the file in the data folder.

    Raises ValueError unless it is empty or names a PostgreSQL server, without a password: settings
    are no place for one. PostgreSQL's own ways (a password file, PGPASSWORD, certificates) hold.
    """
    url = url.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        usable = (
            parts.scheme in {"postgresql", "postgres"}
            and bool(parts.hostname)
            and parts.password is None
            and "password" not in parts.query.lower()
            and len(parts.path) > 1
        )
    except ValueError:
        usable = False
    if not usable or any(c.isspace() or not c.isprintable() for c in url):
        raise ValueError("records lie in a file, or on postgresql://name@server/database")
    return url.replace("postgres://", "postgresql://", 1)
