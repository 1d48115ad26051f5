"""One door to three geocoders with the same signature. Only the one that is named is ever made.

The local one sends nothing. The online ones send what is asked for (names or points, with countries, box and language) to the
server told, and nothing else; whoever runs it learns which places someone is interested in.
"""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, overload

from incidentmap.gazetteer.finder import Gazetteer
from incidentmap.gazetteer.geocoder import LocalGeocoder
from incidentmap.gazetteer.interest import region as known_region
from incidentmap.gazetteer.online.answers import open_answers
from incidentmap.gazetteer.online.carrier import Carrier
from incidentmap.gazetteer.online.clock import SYSTEM, Clock
from incidentmap.gazetteer.online.geocoders import OnlineGeocoder, OnlineNominatim, OnlinePhoton
from incidentmap.gazetteer.online.limiter import limiter_of
from incidentmap.gazetteer.online.provider import PROVIDERS, interval_of, read_server, user_agent_of
from incidentmap.gazetteer.online.wire import Wire
from incidentmap.model import BadValue
from incidentmap.paths import cache_folder

LOCAL = "local"
_WAIT_S = 10.0
"""geopy's own second is too short for a far server."""
_CLASSES: Mapping[str, type[OnlineNominatim | OnlinePhoton]] = {"nominatim": OnlineNominatim, "photon": OnlinePhoton}
OnlineName = Literal["nominatim", "photon"]


@overload
def open_geocoder(
    provider: Literal["local"], *, gazetteer: Gazetteer | None = ..., region: str | None = ...,
) -> LocalGeocoder: ...
@overload
def open_geocoder(
    provider: OnlineName, *, server: str | None = ..., user_agent: str | None = ..., contact: str | None = ...,
    cache: Path | None = ..., region: str | None = ..., interval_s: float | None = ..., wait_s: float = ...,
    clock: Clock = ..., ssl_context: ssl.SSLContext | None = ...,
) -> OnlineGeocoder: ...
@overload
def open_geocoder(
    provider: str, *, server: str | None = ..., user_agent: str | None = ..., contact: str | None = ...,
    cache: Path | None = ..., gazetteer: Gazetteer | None = ..., region: str | None = ..., interval_s: float | None = ...,
    wait_s: float = ..., clock: Clock = ..., ssl_context: ssl.SSLContext | None = ...,
) -> LocalGeocoder | OnlineGeocoder: ...
def open_geocoder(
    provider: str, *, server: str | None = None, user_agent: str | None = None, contact: str | None = None,
    cache: Path | None = None, gazetteer: Gazetteer | None = None, region: str | None = None, interval_s: float | None = None,
    wait_s: float = _WAIT_S, clock: Clock = SYSTEM, ssl_context: ssl.SSLContext | None = None,
) -> LocalGeocoder | OnlineGeocoder:
    """A geocoder. Opening one sends nothing; asking an online one does.

    Parameters
    ----------
    provider
        ``local``, or ``nominatim`` or ``photon``, which send the names asked for to a server.
    server
        Address of one's own server (``https://nominatim.example.org``); the provider's public one by default.
    user_agent, contact
        What the server is told about who asks: by default the program and its version, with the contact (an e-mail or web
        address) of the environment variable INCIDENTMAP_CONTACT.
    cache
        Folder of kept answers; the cache folder by default.
    gazetteer
        For ``local``: an open gazetteer; the shipped one by default.
    region
        Id of the region of interest that calls without one use.
    interval_s
        Least seconds between two requests to the server, in the whole process; on a public server at least one.
    wait_s
        Seconds to wait for an answer, for calls that do not tell.
    clock, ssl_context
        Functions of time; TLS settings, the system's by default.

    Raises
    ------
    BadValue, UnknownRegion, UnwritablePlace
        For an argument that is not allowed, or a folder where answers cannot be kept.
    """
    if region:
        known_region(region)
    if provider == LOCAL:
        return LocalGeocoder(gazetteer, region=region)
    told = PROVIDERS.get(provider)
    if told is None:
        raise BadValue("provider", provider, ", ".join((LOCAL, *PROVIDERS)))
    where = read_server(server or told.public)
    agent = user_agent_of(user_agent, contact)
    limiter = limiter_of(where.host, interval_of(told, where, interval_s), clock)
    carrier = Carrier(provider, where.path, open_answers(cache or cache_folder(), clock), limiter, Wire(clock, ssl_context))
    return _CLASSES[provider](where, agent, carrier, region=region, wait_s=wait_s)
