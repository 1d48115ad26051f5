"""The address of a published table: which service it is, and what is asked of it."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from incidentmap.model import BadValue
from incidentmap.tables.feeds.wire import LOOPBACK


class Service(StrEnum):
    """Who publishes the table."""

    ACLED = "acled"
    UCDP = "ucdp"
    GDELT = "gdelt"


EXAMPLES = {
    Service.ACLED: "https://acleddata.com/api/acled/read?country=Mali",
    Service.UCDP: "https://ucdpapi.pcr.uu.se/api/gedevents/25.1?Country=432",
    Service.GDELT: "https://storage.googleapis.com/data.gdeltproject.org/gdeltv2/lastupdate.txt",
}
"""GDELT's own host has no certificate of its own; its files stand in this store, which has one."""
EVERY_MINUTES = {Service.ACLED: 1440.0, Service.UCDP: 1440.0, Service.GDELT: 15.0}
"""ACLED comes out weekly and is mended daily, UCDP's candidates monthly, GDELT every quarter of an hour."""
_SECRETS = frozenset({"key", "email", "password", "username", "access_token", "refresh_token", "token", "client_secret"})
_OURS = frozenset({
    "page", "limit", "pagesize", "offset", "_format", "fields", "timestamp", "timestamp_where", "deleted_timestamp",
    "deleted_timestamp_where", "export_type",
})


@dataclass(frozen=True, slots=True)
class Feed:
    """A published table.

    Parameters
    ----------
    server
        Scheme and host, to which a login belongs.
    path, query
        Of the table; the query holds the user's own filters only.
    """

    service: Service
    server: str
    path: str
    query: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """As a URL."""
        return f"{self.server}{self.path}" + (f"?{urlencode(self.query)}" if self.query else "")

    @property
    def id(self) -> str:
        """A name for files, another for each address."""
        return f"{self.service}-{sha256(self.address.encode()).hexdigest()[:12]}"


def is_address(text: str) -> bool:
    """Whether a text is meant as a URL rather than as a folder."""
    return "://" in text


def read_feed(text: str) -> Feed:
    """Check an address that a user wants to watch.

    Raises
    ------
    BadValue
        If it is not encrypted, holds a login, or no known service has such a path.
    """
    allowed = "one of " + ", ".join(EXAMPLES.values())
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
        query = tuple(parse_qsl(parts.query, strict_parsing=True)) if parts.query else ()
    except ValueError as error:
        raise BadValue("--watch", _bare(text), allowed) from error
    if parts.username is not None or parts.password is not None or _SECRETS & {name.casefold() for name, _ in query}:
        raise BadValue("--watch", _bare(text), "an address without a login in it", "See: incidentmap login --help")
    if not host or not text.isascii() or any(sign.isspace() for sign in text) or parts.fragment:
        raise BadValue("--watch", _bare(text), allowed)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise BadValue("--watch", _bare(text), "an address that begins with https://", f"GDELT's is {EXAMPLES[Service.GDELT]}")
    ours = sorted(_OURS & {name.casefold() for name, _ in query})
    if ours:
        raise BadValue("--watch", _bare(text), f"an address without {', '.join(ours)}", "Paging and time are ours to set.")
    return Feed(_service(parts.path, _bare(text)), f"{parts.scheme}://{parts.netloc.lower()}", parts.path, query)


def read_server(text: str) -> str:
    """Scheme and host of a server to log in at.

    Raises
    ------
    BadValue
        If it is not encrypted, or more than that.
    """
    parts = urlsplit(text)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or parts.username is not None or parts.path not in {"", "/"} or parts.query:
        raise BadValue("--server", _bare(text), "scheme and host alone, such as https://acleddata.com")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def home(service: Service) -> str:
    """The server that a service has for everybody."""
    parts = urlsplit(EXAMPLES[service])
    return f"{parts.scheme}://{parts.netloc}"


def _service(path: str, shown: str) -> Service:
    pieces = [piece for piece in path.split("/") if piece]
    if pieces[-2:] == ["acled", "read"]:
        return Service.ACLED
    if pieces[-2:-1] == ["gedevents"]:
        return Service.UCDP
    if pieces[-1:] == ["lastupdate.txt"]:
        return Service.GDELT
    raise BadValue("--watch", shown, "an address such as " + ", ".join(EXAMPLES.values()))


def _bare(text: str) -> str:
    """The address without what may be secret in it."""
    head = text.partition("?")[0].partition("#")[0]
    scheme, mark, rest = head.partition("://")
    return scheme + mark + rest.rsplit("@", 1)[-1]
