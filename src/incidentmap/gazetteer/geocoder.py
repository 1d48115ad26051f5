"""geopy's door: a `Geocoder` over the local gazetteer. It never reaches for the network; its adapter refuses."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NoReturn

from geopy import Location, Point
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder

from incidentmap.gazetteer.doubt import in_doubt
from incidentmap.gazetteer.finder import Gazetteer, open_gazetteer
from incidentmap.gazetteer.interest import region as known_region
from incidentmap.gazetteer.record import rival_record
from incidentmap.gazetteer.reverse import Neighbour, Surveyor, Whereabouts, neighbour_in_words
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import Candidate, Place, Position, ResolutionStatus
from incidentmap.words import say_reason

_MOST_NEAR = 10
_Corners = tuple[Position, Position]


class NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy ships no types
    """An adapter that makes no request."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> NoReturn:  # noqa: ARG002 - geopy's signature
        """Refuse.

        Raises
        ------
        geopy.exc.GeocoderUnavailable
            Always.
        """
        raise GeocoderUnavailable(f"The local gazetteer makes no request; refused: {url}")

    get_text = get_json


class LocalGeocoder(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Geocoder over the shipped gazetteer, with the signature of geopy's Nominatim and a region of interest beside it.

    Parameters
    ----------
    gazetteer
        An open gazetteer; the shipped one by default.
    region
        Id of the region of interest that calls without one use.
    """

    def __init__(self, gazetteer: Gazetteer | None = None, *, region: str | None = None) -> None:
        super().__init__(adapter_factory=NoNetwork)
        self._gazetteer = gazetteer or open_gazetteer()
        self._region = region

    def geocode(
        self, query: str, *, exactly_one: bool = True, limit: int | None = None, timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002
        country_codes: str | Sequence[str] | None = None, viewbox: Sequence[object] | None = None, bounded: bool = False,
        language: str | None = None, region: str | None = None,
    ) -> Location | list[Location] | None:
        """Places that a name may mean.

        Parameters
        ----------
        query
            A name, with or without a type word ("cercle de Niafunké").
        exactly_one
            One location, the best, or a list of all of them.
        timeout
            Ignored: nothing is waited for.
        limit
            Most locations of the list.
        country_codes
            ISO 3166-1 alpha-2 codes: only places in these countries.
        viewbox
            Two corners, each a geopy Point or (lat, lon): places in it come first.
        bounded
            Whether places outside the viewbox are left out.
        language
            Of the reasons, ``en`` by default or ``fr``.
        region
            Id of the region of interest: a hint for the ranking.

        Returns
        -------
        geopy.Location, list of geopy.Location or None
            None for a miss. ``raw`` holds place id, status (`found`, `ambiguous`), score, reasons, radius_km, inside, kind,
            area_id and rivals.

        Raises
        ------
        UnknownRegion, BadValue
            For an unknown region or language.
        geopy.exc.GeocoderQueryError
            For a limit below 1 or a viewbox that has not two corners.
        """
        if limit is not None and limit < 1:
            raise GeocoderQueryError(f"limit: {limit!r} is not allowed; expected 1 or more.")
        region = region or self._region
        ranked = self._gazetteer.candidates(query, region=region)
        ranked = _in_view(_in_countries(ranked, country_codes), _corners(viewbox), bounded=bounded)
        if not ranked:
            return None
        located = [self._location(ranked, index, region, language or "en") for index in range(len(ranked))]
        return located[0] if exactly_one else located[:limit]

    def reverse(
        self, query: object, *, exactly_one: bool = True, limit: int | None = None, timeout: object = DEFAULT_SENTINEL,  # noqa: ARG002
        language: str | None = None, region: str | None = None,
    ) -> Location | list[Location] | None:
        """The settlements that tell best where a point is.

        Parameters
        ----------
        query
            A geopy Point, (lat, lon) or text.
        exactly_one, limit
            One location, the best, or a list: ten of them, or `limit`.
        timeout
            Ignored: nothing is waited for.
        language
            Of the words, ``en`` by default or ``fr``.
        region
            Id of the region of interest that `inside` refers to.

        Returns
        -------
        geopy.Location, list of geopy.Location or None
            None where no settlement is within 400 km. ``raw`` holds place id, distance_km, bearing_deg (from the settlement to
            the point), at (within its radius), words ("12 km SW of Diré"), and of the point itself country, admin1, admin2,
            regions, inside.

        Raises
        ------
        ValueError
            If the query is no point.
        UnknownRegion, BadValue
            For an unknown region or language.
        geopy.exc.GeocoderQueryError
            For a limit below 1.
        """
        if limit is not None and limit < 1:
            raise GeocoderQueryError(f"limit: {limit!r} is not allowed; expected 1 or more.")
        region = region or self._region
        if region:
            known_region(region)
        lat, lon = Point(query)[:2]
        found = self._surveyor.whereabouts(Position(lon, lat), 1 if exactly_one else limit or _MOST_NEAR)
        if found.nearest is None:
            return None
        located = [self._told(found, near, region, language or "en") for near in (found.nearest, *found.others)]
        return located[0] if exactly_one else located

    @cached_property
    def _surveyor(self) -> Surveyor:
        return Surveyor(self._gazetteer)

    def _told(self, found: Whereabouts, near: Neighbour, region: str | None, language: str) -> Location:
        regions = [each.region for each in found.regions]
        return self._described(near.place, {
            "id": near.place.id, "distance_km": near.distance_km, "bearing_deg": near.bearing_deg, "at": near.at,
            "words": neighbour_in_words(near, language), "country": found.country, "admin1": found.admin1,
            "admin2": found.admin2, "regions": regions, "inside": region in regions if region else None,
        })

    def _location(self, ranked: Sequence[Candidate], index: int, region: str | None, language: str) -> Location:
        candidate = ranked[index]
        regions = self._gazetteer.lookup.regions_of(candidate.place.id)
        doubtful = in_doubt(ranked[index:], ranking()) or index > 0
        return self._described(candidate.place, {
            "id": candidate.place.id,
            "status": (ResolutionStatus.AMBIGUOUS if doubtful else ResolutionStatus.FOUND).value,
            "score": candidate.score,
            "reasons": [say_reason(language, why) for why in candidate.reasons],
            "radius_km": candidate.place.radius_km,
            "inside": region in regions if region else None,
            "regions": list(regions),
            "kind": candidate.place.kind.value,
            "area_id": candidate.place.area_id,
            "rivals": [rival_record(rival) for rival in ranked if rival is not candidate],
        })

    def _described(self, place: Place, raw: Mapping[str, Any]) -> Location:
        country = self._gazetteer.lookup.country_name(place.country)
        parts = dict.fromkeys(part for part in (place.name, place.admin2, place.admin1, country) if part)
        return Location(", ".join(parts), Point(*place.position.lat_lon()), dict(raw))


def _in_countries(ranked: Sequence[Candidate], codes: str | Sequence[str] | None) -> tuple[Candidate, ...]:
    wanted = {code.upper() for code in ([codes] if isinstance(codes, str) else codes or ())}
    return tuple(candidate for candidate in ranked if not wanted or candidate.place.country in wanted)


def _corners(viewbox: Sequence[object] | None) -> _Corners | None:
    if viewbox is None:
        return None
    if len(viewbox) != 2:
        raise GeocoderQueryError(f"viewbox: {viewbox!r} is not allowed; expected two corners, each (lat, lon).")
    lats, lons = zip(*(Point(corner)[:2] for corner in viewbox), strict=True)
    return Position(min(lons), min(lats)), Position(max(lons), max(lats))


def _in_view(ranked: tuple[Candidate, ...], corners: _Corners | None, *, bounded: bool) -> tuple[Candidate, ...]:
    if corners is None:
        return ranked
    low, high = corners

    def seen(candidate: Candidate) -> bool:
        at = candidate.place.position
        return low.lon <= at.lon <= high.lon and low.lat <= at.lat <= high.lat

    within = tuple(candidate for candidate in ranked if seen(candidate))
    return within if bounded else (*within, *(candidate for candidate in ranked if not seen(candidate)))
