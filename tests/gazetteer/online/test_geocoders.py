from typing import Any

import pytest
from geopy import Location, Point
from geopy.geocoders.base import Geocoder
from tests.gazetteer.online.conftest import DIRE, ELSEWHERE, FEATURES, Open, Server, ok

from incidentmap.gazetteer import Gazetteer
from incidentmap.gazetteer.geocoder import LocalGeocoder
from incidentmap.gazetteer.online import open_geocoder
from incidentmap.model import BadValue, UnknownRegion

BOTH = pytest.mark.parametrize("provider", ["nominatim", "photon"])


def _ids(answer: Location | list[Location] | None) -> list[str]:
    located = [answer] if isinstance(answer, Location) else answer or []
    return [each.raw["id"] for each in located]


def _asked(server: Server) -> dict[str, list[str]]:
    return server.calls[-1][1]


@pytest.fixture
def opened_on(server: Server, opened: Open) -> Open:
    def open_one(provider: str = "nominatim", **others: Any) -> Any:
        server.replies = [ok([ELSEWHERE, DIRE] if provider == "nominatim" else FEATURES)]
        return opened(provider, **others)

    return open_one


@BOTH
def test_a_name_becomes_a_location_with_an_id_and_the_attribution(opened_on: Open, server: Server, provider: str) -> None:
    found = opened_on(provider).geocode("Diré", country_codes="ml")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == (16.27, -3.39)
    raw = found.raw
    assert (raw["id"], raw["name"], raw["kind"], raw["status"]) == (f"{provider}:node/123", "Diré", "town", "ambiguous")
    assert (raw["country"], raw["admin1"], raw["radius_km"]) == ("ML", "Tombouctou", pytest.approx(15.4, abs=0.2))
    assert "OpenStreetMap contributors" in raw["attribution"]
    assert raw["osm_id" if provider == "nominatim" else "geometry"]  # the provider's own answer is there too
    assert _asked(server)["q"] == ["Diré"]


@BOTH
def test_all_three_answer_to_the_same_call(opened_on: Open, gazetteer: Gazetteer, provider: str) -> None:
    wanted: dict[str, Any] = {
        "exactly_one": False, "limit": 5, "timeout": 3, "country_codes": ["ML"], "viewbox": [(10, -12), (25, 4)],
        "bounded": True, "language": "fr", "region": "tombouctou",
    }
    for geocoder in (opened_on(provider), open_geocoder("local", gazetteer=gazetteer)):
        assert isinstance(geocoder, Geocoder)
        assert [type(each) for each in geocoder.geocode("Goundam", **wanted)] == [Location]
    at: dict[str, Any] = {"exactly_one": False, "limit": 1, "timeout": 3, "language": "fr", "region": "tombouctou"}
    for geocoder in (opened_on(provider), open_geocoder("local", gazetteer=gazetteer)):
        assert [type(each) for each in geocoder.reverse((16.4, -3.6), **at) or ()] == [Location]


@BOTH
def test_order_and_limits_are_the_same_whoever_answers(opened_on: Open, provider: str) -> None:
    geocoder = opened_on(provider)
    mali, away = [Point(10, -12), Point(25, 4)], [Point(-5, 100), Point(0, 101)]

    def ids(**limits: Any) -> list[str]:
        return [each.raw["id"].split("/")[-1] for each in geocoder.geocode("Dire", exactly_one=False, **limits) or ()]

    assert ids() == ["9" if provider == "nominatim" else "7", "123"]
    assert ids(viewbox=mali) == ["123", "9" if provider == "nominatim" else "7"]
    assert ids(viewbox=mali, bounded=True) == ids(country_codes=["ML", "NE"]) == ids(viewbox=mali, limit=1) == ["123"]
    assert ids(region="mali")[0] == "123"
    assert ids(viewbox=away, bounded=True) == ids(country_codes="BF") == []


def test_nominatim_is_told_the_limits(opened_on: Open, server: Server) -> None:
    opened_on().geocode("Diré", country_codes=["NE", "ml"], viewbox=[(25, 4), (10, -12)], bounded=True, language="FR")
    assert _asked(server) == {
        "q": ["Diré"], "format": ["json"], "limit": ["40"], "viewbox": ["-12.0,10.0,4.0,25.0"], "bounded": ["1"],
        "countrycodes": ["ml,ne"], "addressdetails": ["1"], "accept-language": ["fr"],
    }


def test_photon_is_told_a_middle_or_a_box(opened_on: Open, server: Server) -> None:
    geocoder = opened_on("photon")
    geocoder.geocode("Diré", viewbox=[(10, -12), (25, 4)], language="ar")
    assert _asked(server) == {"q": ["Diré"], "limit": ["50"], "lat": ["17.5"], "lon": ["-4.0"]}
    geocoder.geocode("Diré", viewbox=[(10, -12), (25, 4)], bounded=True, language="fr")
    assert _asked(server) == {"q": ["Diré"], "limit": ["50"], "bbox": ["-12.0,10.0,4.0,25.0"], "lang": ["fr"]}


@BOTH
def test_nothing_found_is_none(opened: Open, server: Server, provider: str) -> None:
    server.replies = [ok([] if provider == "nominatim" else {"features": []})]
    assert opened(provider).geocode("Xyzzyville") is None
    assert opened(provider).geocode("Xyzzyville", exactly_one=False) is None


def test_a_point_becomes_what_lies_there(opened: Open, server: Server) -> None:
    server.replies = [ok(DIRE), ok({"error": "Unable to geocode"}), ok(FEATURES)]
    geocoder = opened()
    assert _ids(geocoder.reverse("16.27, -3.39", exactly_one=False)) == ["nominatim:node/123"]
    assert server.calls[0] == ("/reverse", {"lat": ["16.27"], "lon": ["-3.39"], "format": ["json"], "addressdetails": ["1"]})
    assert geocoder.reverse((0, 0)) is None
    assert _ids(opened("photon").reverse((9.6, 41.86)))[0] == "photon:relation/7"


@pytest.mark.parametrize(("call", "told"), [
    ({"query": "a" * 301}, "at most 300 characters"), ({"query": "Diré", "limit": 0}, "limit: 0"),
    ({"query": "Diré", "country_codes": "MLI"}, "two letters"), ({"query": "Diré", "viewbox": [(1, 2)]}, "two corners"),
    ({"query": "Diré", "viewbox": [(1, 2), ("x", 2)]}, "a latitude and a longitude"),
    ({"query": "Diré", "timeout": 0}, "more than 0"),
])
def test_wrong_arguments_are_told_and_nothing_is_sent(opened: Open, server: Server, call: dict[str, Any], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        opened().geocode(**call)
    with pytest.raises(UnknownRegion):
        opened().geocode("Diré", region="nowhere")
    assert server.calls == []


@pytest.mark.parametrize("name", ["", "  ", "\x00", "...", "\ud800"])
def test_what_is_no_name_is_not_sent(opened: Open, server: Server, name: str) -> None:
    assert opened().geocode(name) is None
    assert server.calls == []


def test_the_local_one_is_local(gazetteer: Gazetteer) -> None:
    assert isinstance(open_geocoder("local", gazetteer=gazetteer), LocalGeocoder)
