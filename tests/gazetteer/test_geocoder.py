from typing import Any

import pytest
from geopy import Location
from geopy.exc import GeocoderQueryError, GeocoderUnavailable
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.point import Point

from incidentmap.gazetteer import Gazetteer
from incidentmap.gazetteer.geocoder import LocalGeocoder
from incidentmap.model import UnknownRegion


def _ids(located: Location | list[Location] | None) -> list[str]:
    return [place.raw["id"] for place in located or ()]


def _raw(located: Location | list[Location] | None) -> dict[str, Any]:
    assert isinstance(located, Location)
    raw: dict[str, Any] = located.raw
    return raw


@pytest.fixture
def geocoder(gazetteer: Gazetteer) -> LocalGeocoder:
    return LocalGeocoder(gazetteer, region="tombouctou")


def test_a_name_becomes_a_geopy_location(geocoder: LocalGeocoder) -> None:
    location = geocoder.geocode("NIAFUNKE")
    raw = _raw(location)
    assert isinstance(geocoder, Geocoder)
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (15.93, -3.99)
    assert location.address == "Niafunké, Tombouctou, Mali"
    assert (raw["id"], raw["status"], raw["inside"], raw["radius_km"]) == ("curated:niafunke", "found", True, 3)
    assert "same name apart from case and accents: Niafunké" in raw["reasons"]


def test_reasons_are_told_in_the_language_asked_for(geocoder: LocalGeocoder) -> None:
    assert "même graphie que dans le répertoire : Kidal" in _raw(geocoder.geocode("Kidal", language="fr"))["reasons"]


def test_several_locations_are_listed_best_first(geocoder: LocalGeocoder) -> None:
    many = geocoder.geocode("Farabougou", exactly_one=False)
    assert _ids(many) == ["curated:farabougou-1", "curated:farabougou-2"]
    assert [rival["id"] for rival in _raw(geocoder.geocode("Farabougou"))["rivals"]] == ["curated:farabougou-2"]
    assert _ids(geocoder.geocode("Farabougou", exactly_one=False, limit=1)) == ["curated:farabougou-1"]


@pytest.mark.parametrize("name", ["Xyzzyville", "", "\x00"])
def test_a_miss_is_none(geocoder: LocalGeocoder, name: str) -> None:
    assert geocoder.geocode(name) is None
    assert geocoder.geocode(name, exactly_one=False) is None


def test_countries_limit(geocoder: LocalGeocoder) -> None:
    assert _raw(geocoder.geocode("Bamba", country_codes="ne"))["id"] == "geonames:900001"
    assert geocoder.geocode("Bamba", country_codes=["dz", "bf"]) is None


def test_a_viewbox_prefers_or_limits(geocoder: LocalGeocoder) -> None:
    kayes = [Point(15, -10), (14, -9)]
    both = ["curated:farabougou-2", "curated:farabougou-1"]
    assert _ids(geocoder.geocode("Farabougou", viewbox=kayes, exactly_one=False)) == both
    assert _ids(geocoder.geocode("Farabougou", viewbox=kayes, bounded=True, exactly_one=False)) == both[:1]
    assert geocoder.geocode("Kidal", viewbox=kayes, bounded=True) is None


def test_wrong_arguments_are_told(geocoder: LocalGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="limit: 0"):
        geocoder.geocode("Kidal", exactly_one=False, limit=0)
    with pytest.raises(GeocoderQueryError, match="expected two corners"):
        geocoder.geocode("Kidal", viewbox=[(1, 2)])
    with pytest.raises(UnknownRegion):
        geocoder.geocode("Kidal", region="nowhere")
    with pytest.raises(UnknownRegion):
        geocoder.reverse((16, -4), region="nowhere")
    with pytest.raises(GeocoderQueryError, match="limit: 0"):
        geocoder.reverse((16, -4), exactly_one=False, limit=0)


def test_a_point_becomes_the_nearest_settlement(geocoder: LocalGeocoder) -> None:
    raw = _raw(geocoder.reverse((16.0, -4.0)))
    assert (raw["id"], raw["distance_km"], raw["at"]) == ("curated:niafunke", pytest.approx(7.8, abs=0.2), False)
    assert (raw["words"], raw["country"], raw["admin1"], raw["inside"]) == ("8 km N of Niafunké", "ML", "Tombouctou", True)
    assert _raw(geocoder.reverse((16.0, -4.0), language="fr", region="kidal"))["inside"] is False
    near = geocoder.reverse("16.0, -4.0", exactly_one=False, limit=2)
    assert _ids(near) == ["curated:niafunke", "curated:goundam"]
    assert geocoder.reverse(Point(-60, 100)) is None
    assert geocoder.reverse(Point(-60, 100), exactly_one=False) is None


def test_the_network_is_refused(geocoder: LocalGeocoder) -> None:
    with pytest.raises(GeocoderUnavailable, match="makes no request"):
        geocoder._call_geocoder("https://example.org", lambda answer: answer)


def test_geopys_rate_limiter_takes_it(geocoder: LocalGeocoder) -> None:
    limited = RateLimiter(geocoder.geocode, min_delay_seconds=0, swallow_exceptions=False)
    assert limited("Kidal").raw["inside"] is False
