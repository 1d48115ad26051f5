"""Whether an answer has the shape that its provider documents: checked before it is kept or read."""

import math
from collections.abc import Callable, Mapping
from typing import Any

_NOTHING_HERE = "Unable to geocode"
_WORDS = ("name", "housenumber", "street", "postcode", "city", "state", "country", "county", "countrycode")


class OtherShape(ValueError):
    """An answer that is not what its provider documents."""


def nominatim_found(answer: Any) -> bool:
    """Whether Nominatim found something.

    Raises
    ------
    OtherShape
        If the answer has another shape; the message says what is wrong.
    """
    if isinstance(answer, dict) and "error" in answer:
        if answer["error"] == _NOTHING_HERE:
            return False
        raise OtherShape(f"it tells an error: {str(answer['error'])[:200]}")
    places = [answer] if isinstance(answer, dict) else answer
    if not isinstance(places, list):
        raise OtherShape("neither a list nor a place")
    for place in places:
        _check_nominatim(place)
    return bool(places)


def photon_found(answer: Any) -> bool:
    """Whether Photon found something. As :func:`nominatim_found`."""
    features = answer.get("features") if isinstance(answer, dict) else None
    if not isinstance(features, list):
        raise OtherShape("no list of features")
    for feature in features:
        _check_photon(feature)
    return bool(features)


FOUND: Mapping[str, Callable[[Any], bool]] = {"nominatim": nominatim_found, "photon": photon_found}


def _check_nominatim(place: Any) -> None:
    if not isinstance(place, dict) or not isinstance(place.get("display_name"), str):
        raise OtherShape("a place without display_name")
    if not isinstance(place.get("address", {}), dict):
        raise OtherShape("an address that is no object")
    _check_point(place.get("lon"), place.get("lat"))


def _check_photon(feature: Any) -> None:
    try:
        lon, lat = feature["geometry"]["coordinates"]
        properties = feature["properties"]
    except (KeyError, TypeError, ValueError) as error:
        raise OtherShape("a feature without point or properties") from error
    if not isinstance(properties, dict) or any(not isinstance(properties.get(word) or "", str) for word in _WORDS):
        raise OtherShape("properties that are no words")
    _check_point(lon, lat)


def _check_point(lon: Any, lat: Any) -> None:
    try:
        east, north = float(lon), float(lat)
    except (TypeError, ValueError) as error:
        raise OtherShape(f"no point: {lon!r}, {lat!r}") from error
    if not (math.isfinite(east) and math.isfinite(north) and abs(east) <= 180 and abs(north) <= 90):
        raise OtherShape(f"no point on Earth: {lon!r}, {lat!r}")
