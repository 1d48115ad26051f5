"""Answers of online geocoders in the gazetteer's own terms. A person looks at every one of them."""

from dataclasses import replace

from geopy import Location

from incidentmap.gazetteer.interest import regions_containing
from incidentmap.gazetteer.online.geocoders import OnlineGeocoder
from incidentmap.model import Candidate, Place, PlaceKind, Position, Reason, Resolution, ResolutionStatus, reason

_MOST = 10


def online_candidates(
    geocoder: OnlineGeocoder, name: str, *, country: str = "", region: str | None = None,
) -> tuple[Candidate, ...]:
    """Places that a name may mean, best first, at most ten. The name leaves this machine.

    Parameters
    ----------
    geocoder
        From :func:`incidentmap.gazetteer.online.open_geocoder`.
    name
        As a text writes it.
    country
        ISO 3166-1 alpha-2 code: only places there; empty for anywhere.
    region
        Id of the region of interest: places in its box come first.

    Returns
    -------
    tuple of Candidate
        Empty where nothing was found. Place ids such as ``nominatim:node/123``. Scores, from 1 down, say no more than the
        order; they cannot be compared with those of the gazetteer.

    Raises
    ------
    OnlineRefused, OnlineUnavailable, OnlineUnreadable
        If there is no answer.
    """
    located = geocoder.geocode(name, exactly_one=False, limit=_MOST, country_codes=country or None, region=region)
    return tuple(_candidate(each, index) for index, each in enumerate(located or ()))


def online_resolution(
    geocoder: OnlineGeocoder, missed: Resolution, *, country: str = "", region: str | None = None,
) -> Resolution:
    """A name that the gazetteer misses, looked up online: ambiguous, for a person to judge, or the miss that it was.

    Raises
    ------
    OnlineRefused, OnlineUnavailable, OnlineUnreadable
        If there is no answer.
    """
    ranked = online_candidates(geocoder, missed.query, country=country, region=region)
    if not ranked:
        return replace(missed, reasons=(*missed.reasons, reason("online_nothing", provider=geocoder.provider)))
    chosen = ranked[0]
    held_by = regions_containing(chosen.place.position)
    return Resolution(
        query=missed.query, status=ResolutionStatus.AMBIGUOUS, chosen=chosen, inside=region in held_by if region else None,
        regions=held_by, reasons=(*chosen.reasons, reason("online_unjudged")), rivals=ranked[1:],
    )


def _candidate(located: Location, index: int) -> Candidate:
    raw = located.raw
    place = Place(
        id=raw["id"], name=raw["name"], kind=PlaceKind(raw["kind"]),
        position=Position(located.longitude, located.latitude),
        radius_km=raw["radius_km"], country=raw["country"], admin1=raw["admin1"], admin2=raw["admin2"], population=None,
        source=raw["provider"], note=raw["attribution"],
    )
    return Candidate(place, raw["name"], round(1 / (index + 1), 4), _reasons(raw["provider"], index))


def _reasons(provider: str, index: int) -> tuple[Reason, ...]:
    return (reason(f"source_{provider}"), reason("online_rank", rank=index + 1))
