"""Nominatim and Photon of geopy with one signature, which is that of the local geocoder, and the same behaviour."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from geopy import Location
from geopy.geocoders import Nominatim, Photon
from geopy.geocoders.base import DEFAULT_SENTINEL

from incidentmap.gazetteer.interest import Region, region
from incidentmap.gazetteer.online.asked import Asked, read_asked, read_limit, read_name, read_point, read_timeout
from incidentmap.gazetteer.online.carrier import Carrier
from incidentmap.gazetteer.online.found import Found, nominatim_place, photon_place
from incidentmap.gazetteer.online.provider import PROVIDERS, Server
from incidentmap.model import ResolutionStatus

_MOST = {"nominatim": 40, "photon": 50}
"""Asked for at every call, whatever is wanted: one kept answer then serves one place and all."""
_PHOTON_LANGUAGES = frozenset({"de", "en", "fr"})
_READ = {"nominatim": nominatim_place, "photon": photon_place}
_Answer: TypeAlias = "Location | list[Location] | None"


class _Online:
    """What both have in common: checks before, limits and order after, the same raw."""

    _provider: str
    _region: str | None
    _wait_s: float
    carrier: Carrier

    @property
    def provider(self) -> str:
        """Its name: ``nominatim`` or ``photon``."""
        return self._provider

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int | None = None, timeout: object = DEFAULT_SENTINEL,
        country_codes: str | Sequence[str] | None = None, viewbox: Sequence[object] | None = None, bounded: bool = False,
        language: str | None = None, region: str | None = None,
    ) -> _Answer:
        """Places that a name may mean. **The name leaves this machine**, with countries, viewbox or region, and language.

        Parameters
        ----------
        query
            A name; at most 300 characters.
        exactly_one
            One location, the best, or a list of all of them.
        limit
            Most locations of the list.
        timeout
            Seconds to wait for an answer.
        country_codes
            ISO 3166-1 alpha-2 codes: only places in these countries.
        viewbox
            Two corners, each a geopy Point or (lat, lon): places in it come first.
        bounded
            Whether places outside the viewbox are left out.
        language
            Of names; the local ones by default.
        region
            Id of a region of interest: its box is the viewbox where none is given.

        Returns
        -------
        geopy.Location, list of geopy.Location or None
            None for nothing found. ``raw`` is the provider's own with id, provider, attribution, status (always `ambiguous`: no
            person and no ranking of ours judged it), name, kind, country, admin1, admin2 and radius_km.

        Raises
        ------
        BadValue, UnknownRegion
            For arguments that are not allowed; nothing was sent then.
        OnlineRefused, OnlineUnavailable, OnlineUnreadable
            If there is no answer, which is not the same as nothing found.
        """
        wanted, wait_s = read_limit(limit, exactly_one=exactly_one), read_timeout(timeout, self._wait_s)
        area = _region(region or self._region)
        asked = read_asked(country_codes, viewbox, area.bounds if area else None, bounded=bounded)
        name = read_name(query)
        located = self._search(name, asked, language, wait_s) if name else None
        told = map(self._told, located or ())
        kept = [each for each in told if asked.allows(each.raw["country"], each.longitude, each.latitude)]
        kept.sort(key=lambda each: not asked.sees(each.longitude, each.latitude))
        return _as_wanted(kept[:wanted], exactly_one=exactly_one)

    def reverse(
        self, query: object, *, exactly_one: bool = True, limit: int | None = None, timeout: object = DEFAULT_SENTINEL,
        language: str | None = None, region: str | None = None,
    ) -> _Answer:
        """What lies at a point. **The point leaves this machine.** Returns and raises as :meth:`geocode`."""
        wanted, wait_s = read_limit(limit, exactly_one=exactly_one), read_timeout(timeout, self._wait_s)
        _region(region)
        located = self._at(read_point(query), language, wait_s)
        return _as_wanted([self._told(each) for each in located or ()][:wanted], exactly_one=exactly_one)

    def _search(self, name: str, asked: Asked, language: str | None, wait_s: float) -> list[Location] | None:
        raise NotImplementedError

    def _at(self, point: object, language: str | None, wait_s: float) -> list[Location] | None:
        raise NotImplementedError

    def _told(self, location: Location) -> Location:
        found = _READ[self._provider](location.raw)
        return Location(location.address, location.point, {**location.raw, **self._common(found)})

    def _common(self, found: Found) -> Mapping[str, Any]:
        return {
            "id": found.id, "provider": self._provider, "attribution": PROVIDERS[self._provider].attribution,
            "status": ResolutionStatus.AMBIGUOUS.value, "name": found.name, "kind": found.kind.value, "country": found.country,
            "admin1": found.admin1, "admin2": found.admin2, "radius_km": found.radius_km,
        }


class OnlineNominatim(_Online, Nominatim):  # type: ignore[misc]  # geopy ships no types
    """geopy's Nominatim."""

    _provider = "nominatim"

    def __init__(self, server: Server, user_agent: str, carrier: Carrier, *, region: str | None, wait_s: float) -> None:
        Nominatim.__init__(
            self, domain=f"{server.host}{server.path}", scheme=server.scheme, user_agent=user_agent,
            adapter_factory=lambda **_: carrier,
        )
        self.carrier, self._region, self._wait_s = carrier, region, wait_s

    def _search(self, name: str, asked: Asked, language: str | None, wait_s: float) -> list[Location] | None:
        located: list[Location] | None = Nominatim.geocode(
            self, name, exactly_one=False, limit=_MOST["nominatim"], timeout=wait_s, country_codes=list(asked.countries),
            viewbox=_corners(asked), bounded=asked.bounded and asked.view is not None, language=_language(language) or False,
            addressdetails=True,
        )
        return located

    def _at(self, point: object, language: str | None, wait_s: float) -> list[Location] | None:
        located: list[Location] | None = Nominatim.reverse(
            self, point, exactly_one=False, timeout=wait_s, language=_language(language) or False,
        )
        return located


class OnlinePhoton(_Online, Photon):  # type: ignore[misc]  # geopy ships no types
    """geopy's Photon. It knows no countries: they are looked at in its answers. A viewbox draws answers near its middle."""

    _provider = "photon"

    def __init__(self, server: Server, user_agent: str, carrier: Carrier, *, region: str | None, wait_s: float) -> None:
        Photon.__init__(
            self, domain=f"{server.host}{server.path}", scheme=server.scheme, user_agent=user_agent,
            adapter_factory=lambda **_: carrier,
        )
        self.carrier, self._region, self._wait_s = carrier, region, wait_s

    def _search(self, name: str, asked: Asked, language: str | None, wait_s: float) -> list[Location] | None:
        # Photon's bbox leaves out what lies outside, and only `bounded` means that.
        located: list[Location] | None = Photon.geocode(
            self, name, exactly_one=False, limit=_MOST["photon"], timeout=wait_s, language=_photon_language(language),
            location_bias=None if asked.bounded else _middle(asked), bbox=_corners(asked) if asked.bounded else None,
        )
        return located

    def _at(self, point: object, language: str | None, wait_s: float) -> list[Location] | None:
        located: list[Location] | None = Photon.reverse(
            self, point, exactly_one=False, limit=10, timeout=wait_s, language=_photon_language(language),
        )
        return located


OnlineGeocoder = OnlineNominatim | OnlinePhoton


def _as_wanted(located: list[Location], *, exactly_one: bool) -> _Answer:
    if not located:
        return None
    return located[0] if exactly_one else located


def _region(region_id: str | None) -> Region | None:
    return region(region_id) if region_id else None


def _corners(asked: Asked) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if asked.view is None:
        return None
    west, south, east, north = asked.view
    return (south, west), (north, east)


def _middle(asked: Asked) -> tuple[float, float] | None:
    if asked.view is None:
        return None
    west, south, east, north = asked.view
    return round((south + north) / 2, 2), round((west + east) / 2, 2)


def _language(language: str | None) -> str:
    return (language or "").strip().lower()


def _photon_language(language: str | None) -> str | bool:
    short = _language(language)[:2]
    return short if short in _PHOTON_LANGUAGES else False
