"""The online geocoders that are known: where they are, how often they may be asked, whom they want to be named.

Nominatim's usage policy (operations.osmfoundation.org/policies/nominatim, read 2026-11) wants at most one request a second
of an application, one at a time; a user agent that names the application; kept answers; attribution; no autocomplete. It asks
for a contact where requests are many, and does not demand one: so none is forced from people who have reasons not to give it.
"""

import os
import re
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from incidentmap import __version__
from incidentmap.model import BadValue

CONTACT = "INCIDENTMAP_CONTACT"
_OSM = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"
_HEADER = re.compile(r"[\x20-\x7e]{3,200}")


@dataclass(frozen=True, slots=True)
class Provider:
    """An online geocoder.

    Parameters
    ----------
    public
        Address of its public server.
    least_interval_s
        Least seconds between two requests to the public server.
    attribution
        What must be shown beside each answer.
    """

    name: str
    public: str
    least_interval_s: float
    attribution: str


PROVIDERS = MappingProxyType({
    "nominatim": Provider("nominatim", "https://nominatim.openstreetmap.org", 1.0, _OSM),
    "photon": Provider("photon", "https://photon.komoot.io", 1.0, f"{_OSM}; search by Photon, https://photon.komoot.io"),
})


@dataclass(frozen=True, slots=True)
class Server:
    """Where requests go: scheme, host with port, path in front of the provider's own; no slash at its end."""

    scheme: str
    host: str
    path: str

    @property
    def address(self) -> str:
        """As a URL."""
        return f"{self.scheme}://{self.host}{self.path}"


def read_server(address: str) -> Server:
    """Check the address of a server.

    Raises
    ------
    BadValue
        If it is no http(s) address, or holds a user name, a query or a fragment.
    """
    allowed = "an address such as https://nominatim.example.org, without user name or query"
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port  # looked at, for it raises where it is no number
    except ValueError as error:
        raise BadValue("server", address, allowed) from error
    extra = parts.username is not None or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or not host or extra or not _HEADER.fullmatch(address) or " " in address:
        raise BadValue("server", address, allowed)
    return Server(parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"))


def interval_of(provider: Provider, server: Server, asked_s: float | None) -> float:
    """Seconds between two requests to a server; on the public one never fewer than its provider wants.

    Raises
    ------
    BadValue
        If the seconds asked for are negative or no number.
    """
    wanted = provider.least_interval_s if asked_s is None else asked_s
    if not 0 <= wanted < 3600:
        raise BadValue("interval_s", asked_s, "seconds from 0 to 3600")
    public = server.host.split(":")[0] == urlsplit(provider.public).hostname
    return max(wanted, provider.least_interval_s) if public else wanted


def user_agent_of(own: str | None, contact: str | None) -> str:
    """The user agent to send: one's own, else the program's with version and contact.

    Parameters
    ----------
    own
        A whole user agent; None for the program's.
    contact
        An e-mail or web address; None takes the environment variable INCIDENTMAP_CONTACT.

    Raises
    ------
    BadValue
        If it could not stand in a header, or the contact is neither kind of address.
    """
    if own is not None:
        return _header("user_agent", own)
    contact = contact if contact is not None else os.environ.get(CONTACT, "").strip()
    if not contact:
        return f"incidentmap/{__version__}"
    if "@" not in contact and not contact.startswith(("http://", "https://")):
        raise BadValue(CONTACT, contact, "an e-mail or web address at which the server's operators may write to you")
    return f"incidentmap/{__version__} (+{_header(CONTACT, contact)})"


def _header(what: str, text: str) -> str:
    if not _HEADER.fullmatch(text):
        raise BadValue(what, text, "3 to 200 printable ASCII characters")
    return text
